"""The morning's training script, walked as it is printed: every row of its tables is done, and what it promises is on
the screen. Buttons are pressed by the words that stand on them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.demo import acts
from kiosk.demo.play import HURRIED
from kiosk.demo.stage import Stage, Window, set_up
from tests.journeys.visiting import DESK_READER, PATIENT, STAFF_CARD, TAX_DEVICE, said, wait_for
from ui.dock_buttons import CLOCKS, DEVICES, WEATHERS

pytestmark = pytest.mark.processes

SCRIPT = Path(__file__).parents[2] / "docs" / "training-morning.md"
_ROW = re.compile(r"\| (?P<do>[^|]+) \| (?P<see>[^|]+) \|")
_ACT = re.compile(
    r"(?P<where>[^，|]*)：【(?P<button>[^】]+)】|(?P<again>反复)?按 `(?P<key>[^`]+)`|输入 `(?P<typed>[^`]+)`"
)
_PLACES = {
    said("dock.of", where=said("dock.where.window"), what=said(word)): (device, kind)
    for device, kind, word in (
        (STAFF_CARD, "smartcard", "dock.slot.staff_card_reader"), (TAX_DEVICE, "smartcard", "dock.slot.tax_device"),
        (DESK_READER, "sdt", "dock.kind.sdt"),
    )
}  # fmt: skip
_OF_CUSTOMER = {said("customer.show_card.agree"): "agree", said("customer.sign.done"): "signed"}
_MOST = 20  # times that a key is pressed again


def rows() -> list[tuple[str, str]]:
    """What is done, and what is seen then, in order."""
    found = [
        (one["do"].strip(), one["see"].strip())
        for one in map(_ROW.fullmatch, SCRIPT.read_text("utf-8").split("\n"))
        if one
    ]
    return [(do, see) for do, see in found if not do.startswith(("---", "您做"))]


class Trainee:
    """Reads a row, does it, looks."""

    def __init__(self, stage: Stage, window: Window) -> None:
        self._stage, self._window = stage, window
        self._written: set[str] = set()

    def follow(self, do: str, see: str) -> None:
        """One row."""
        office = self._stage.office
        office.write_devices(self._stage.hall, TAX_DEVICE, self._written)  # as the running demo does every second
        if do.startswith("等后台办好"):
            wait_for(lambda: "READY" in office.case_states(), "the departments' work")
        if "逐样核对" in do:
            for code in office.bundle_codes():
                self._window.do("keys", "F4")
                self._window.sees(said("check_bundle.typed_hint"))
                self._window.do("type", code)
                self._window.do("keys", "Enter")
        if "客户屏上签名" in do:
            self._window.customer_sees("sign_for")
            self._window.customers("draw", "signature_pad", acts.SIGNATURES["wang"])
        for act in _ACT.finditer(do):
            self._act(act, see)
        self._window.sees(see, PATIENT)

    def _act(self, act: re.Match[str], see: str) -> None:
        if act["button"]:
            self._press(act["where"].strip(), act["button"])
        elif act["typed"]:
            self._window.do("type", act["typed"])
        elif act["again"]:
            for _ in range(_MOST):
                if see in "".join(self._window.do("texts")):
                    return
                self._window.do("keys", act["key"])
        else:
            self._window.do("keys", act["key"])

    def _press(self, where: str, word: str) -> None:
        """A button of the dock, found by what stands on it."""
        if where == "客户屏":
            if word == said("customer.show_card.agree"):
                self._window.customer_sees("show_card")
            self._window.customers("tap", _OF_CUSTOMER[word])
        elif where == said("dock.clock"):
            method, path, body = next(one for name, one in CLOCKS.items() if said(f"dock.{name}") == word)
            self._stage.office.call(method, f"/sandbox{path}", **body)
        elif where == said("dock.weather"):
            self._stage.office.weather(**next(one for name, one in WEATHERS.items() if said(f"dock.{name}") == word))
        else:
            device, kind = _PLACES[where]
            button = next(one for one in DEVICES[kind] if said(f"dock.{one.word}") == word)
            self._stage.hall.do(device, button.verb, **button.args)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """As ``kiosk demo --exercise morning`` begins."""
    folder = tmp_path_factory.mktemp("morning")
    with set_up(folder, screen=False, clock=HURRIED, exercise="morning", customer=True) as stage:
        yield stage


def test_every_row_of_the_script_is_true(stage: Stage) -> None:
    script = rows()
    assert len(script) > 40
    window = stage.open("window")
    trainee = Trainee(stage, window)
    for number, (do, see) in enumerate(script, 1):
        try:
            trainee.follow(do, see)
        except Exception as error:
            raise AssertionError(f"row {number}: {do} → {see}; on the screen: {window.do('texts')}") from error
    states = stage.office.call("GET", "/sandbox/inspector.json")["cases"]
    assert sorted(one["state"] for one in states) == ["CLOSED", "DRAFT", "READY", "RETURNED"]
    stage.close(window)
    assert stage.verify_audit("window") == "verified"


def test_every_key_and_button_of_the_script_exists() -> None:
    words = {said(f"dock.{one.word}") for buttons in DEVICES.values() for one in buttons}
    words |= {said(f"dock.{name}") for name in (*WEATHERS, *CLOCKS)} | set(_OF_CUSTOMER)
    pressed = {act["button"] for do, _ in rows() for act in _ACT.finditer(do) if act["button"]}
    assert pressed <= words and len(pressed) > 8
