"""A citizen and a clerk for tests that play on the demo's stage: real processes, real lines, fingers on the glass.

The acts of the demo are played as they are, only without waiting for pictures; what a test does to a device, to the
network or to a process happens between them.
"""

import contextlib
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.demo import ground
from kiosk.demo.acts import SIGNATURES, Album
from kiosk.demo.processes import DemoError
from kiosk.demo.stage import Stage, Window, set_up
from kiosk.faults import FaultCode
from kiosk.faults import words as fault_words
from ui.words import Words

READER, CAMERA, PRINTER = "kiosk.id_card_reader", "kiosk.face_camera", "kiosk.receipt_printer"
PAPERS = "kiosk.document_camera"
DESK_READER, SCANNER, SHEETS = "window.id_card_reader", "window.code_scanner", "window.document_printer"
STAFF_CARD, TAX_DEVICE, CARD_SERVICE = "window.staff_card_reader", "window.tax_device", "pcscd"
PATIENT = 60.0  # seconds after which a wait has failed; nothing is judged by it
SOCIAL_CARD = "kiosk.social_card_reader"
_BENCH_MORE = '\n[devices."pcscd"]\nkind = "pcscd"\naddress = "pcscd:"\n'
# The service has two readers in all: the kiosk's is the one that a window has for tax devices.
_BENCH_SOCIAL = f'\n[devices."{SOCIAL_CARD}"]\nkind = "smartcard"\naddress = "pcsc:Virtual PCD 00 01"\n'
KIOSK_STAFF_CARD = "kiosk.staff_card_reader"


class NoAlbum(Album):
    """Whoever only wants to see it happen keeps no pictures, and waits for none to stand still."""

    def take(self, window: Window, name: str) -> None:
        """Nothing."""

    def take_customers(self, window: Window, name: str) -> None:
        """Nothing."""


def said(key: str, **arguments: object) -> str:
    """A sentence of the screens, from the catalogue the screens have it from."""
    return Words("zh").say(key, **arguments)


def fault(code: FaultCode) -> str:
    """What a fault says on the screen."""
    return fault_words(code).what


def silent(_line: str) -> None:
    """Nobody listens to the story."""


@contextlib.contextmanager
def stage_in(
    folder: Path,
    *,
    clock: str = "real",
    card_service: bool = False,
    social_card: bool = False,
    small: bool = False,
) -> Iterator[Stage]:
    """A hall with platform and devices; ``card_service``: a hand can also stop and start the smart-card service;
    ``social_card``: the kiosk has a reader for social-security cards (and no window may read tax devices);
    ``small``: the kiosk's panel has few pixels and is painted quickly, with every thing where it always is."""
    written = ground.write_bench

    def with_service(place: ground.Ground) -> Path:
        path = written(place)
        more = _BENCH_MORE * card_service + _BENCH_SOCIAL * social_card
        path.write_text(path.read_text("utf-8") + more, "utf-8")
        return path

    ground.write_bench = with_service if card_service or social_card else written
    try:
        with set_up(folder, screen=False, clock=clock) as stage:
            if small:
                path = stage.configs["kiosk"]
                path.write_text(path.read_text("utf-8").replace("zoom = 1.0", "zoom = 0.4"), "utf-8")
            yield stage
    finally:
        ground.write_bench = written


@dataclass(slots=True)
class Keeper:
    """Keeps one terminal running for many tests; each of them finds it as a person would: at rest, all in order."""

    stage: Stage
    name: str
    rest: str
    window: Window | None = None

    def at_rest(self) -> Window:
        """The terminal at its first screen; what an earlier test left open is started anew."""
        fair(self.stage)
        if self.window is not None and not self._rests(self.window):
            self.shut()
        if self.window is None:
            self.window = self.stage.open(self.name)
        self.window.page(self.rest)
        return self.window

    def shut(self) -> None:
        """Ended, so that a test can start the terminal itself: two of one name would be one too many."""
        if self.window is not None:
            self.stage.family.stop(self.window.child)
            self.window = None

    def _rests(self, window: Window) -> bool:
        try:
            window.page(self.rest, 3)
        except DemoError:
            return False
        return True


def kill(stage: Stage, window: Window) -> None:
    """As a power cut of the program: no farewell."""
    window.child.process.kill()
    stage.family.stop(window.child)


def fair(stage: Stage) -> None:
    """Good weather, every device as it should be, nobody there."""
    stage.office.weather()
    do = stage.hall.do
    do(READER, "speak")
    do(READER, "plug")
    do(READER, "lift_card")
    do(CAMERA, "plug")
    do(CAMERA, "thaw")
    do(CAMERA, "show", scene="nobody")
    do(PAPERS, "clear")
    do(PRINTER, "power_on")
    do(PRINTER, "paper_in")
    do(PRINTER, "close_cover")
    do(DESK_READER, "lift_card")
    do(SCANNER, "plug")
    do(SCANNER, "show", scene="nobody")
    do(SHEETS, "power_on")
    do(SHEETS, "paper_in")
    for slot in (STAFF_CARD, TAX_DEVICE, KIOSK_STAFF_CARD):
        do(slot, "remove")
        do(slot, "unlock_pin", card="staff:0317")


def wait_for(true: Callable[[], Any], what: str, seconds: float = PATIENT) -> Any:
    """Wait until something is so in another process; for things nobody can be told of."""
    until = time.monotonic() + seconds
    while not (found := true()):
        if time.monotonic() > until:
            raise AssertionError(f"{what} never came true")
        time.sleep(0.02)
    return found


# --- the citizen ---
def to_card(kiosk: Window, way: str = "face") -> None:
    """From home to the reader."""
    kiosk.tap("next")
    kiosk.page("give_consent")
    kiosk.tap(f"way_{way}", "consent")
    kiosk.page("present_id_card")


def lay(stage: Stage, kiosk: Window, card: str = "wang") -> None:
    """Lay the card, wait until it is read, take it away."""
    stage.hall.do(READER, "lay_card", card=card)
    kiosk.page("verify_face")
    stage.hall.do(READER, "lift_card")


def identified(stage: Stage, kiosk: Window) -> None:
    """Consent, card, face."""
    stage.hall.do(CAMERA, "show", scene="face")
    to_card(kiosk)
    lay(stage, kiosk)
    kiosk.page("choose_purpose", PATIENT)


def name_page(kiosk: Window, trade: str) -> None:
    """What the company is, up to its name, not yet checked."""
    kiosk.tap("choice_alone", "way_company", "choice_catering", "way_all", "way_none", "choice_here", "purpose")
    kiosk.page("declare_name")
    kiosk.tap("trade_input")
    kiosk.do("pinyin", trade)


def described(kiosk: Window, more_people: Callable[[Window], None] | None = None) -> None:
    """From the reserved name to the check page."""
    kiosk.sees(said("declare_name.reserved_until", at="").removesuffix("。").strip())
    kiosk.tap("next")
    from_the_business(kiosk, more_people)


def from_the_business(kiosk: Window, more_people: Callable[[Window], None] | None = None) -> None:
    """From the business scope to the check page; ``more_people``: who else takes part."""
    to_address(kiosk)
    kiosk.page("set_capital")
    kiosk.tap("quick_100", "capital")
    kiosk.page("name_people")
    kiosk.tap("edit_phone_p1", "phone_number_input")
    kiosk.do("pinyin", "13800001234")
    kiosk.tap("phone")
    if more_people is not None:
        more_people(kiosk)
    kiosk.tap("next")
    through_the_items(kiosk)


ITEMS = ("tax_and_invoice", "seals", "employment_insurance", "bank_appointment", "pick_up")


def through_the_items(kiosk: Window, steps: Sequence[str] = ITEMS) -> None:
    """What is proposed is right, page after page; the papers come later; to the check page."""
    agree(kiosk, steps)
    papers_later(kiosk)


def agree(kiosk: Window, steps: Sequence[str] = ITEMS) -> None:
    """What is proposed is right, page after page; to the papers."""
    for step in steps:
        kiosk.page(step)
        kiosk.tap("next")
    kiosk.page("collect_materials")


def papers_later(kiosk: Window) -> None:
    """What has to be shown is brought to the window; to the check page."""
    kiosk.page("collect_materials")
    for name in [one["object"] for one in kiosk.do("tree") if one["object"].startswith("need_")]:
        kiosk.tap(name, "bring_later")
    kiosk.tap("next")
    kiosk.page("check_answers")


def to_address(kiosk: Window) -> None:
    """The business scope and the place."""
    to_business(kiosk)
    kiosk.tap("line_input")  # the district is this hall's, as was said at the beginning
    kiosk.do("pinyin", "示例路8号")
    kiosk.tap("key_hide", "line_done", "choice_02", "address")


def to_business(kiosk: Window) -> None:
    """The business scope, up to the page of the place."""
    kiosk.page("describe_business")
    wait_for(lambda: _picks(kiosk), "the first items of the business scope")
    for name in _picks(kiosk)[:2]:
        kiosk.tap(name)
    kiosk.tap("next")
    kiosk.page("give_address")


def _picks(kiosk: Window) -> list[str]:
    return [one["object"] for one in kiosk.do("tree") if one["object"].startswith("pick_")]


def signed(kiosk: Window) -> None:
    """From the check page to the page of the submission."""
    kiosk.tap("next")
    kiosk.page("sign")
    kiosk.do("draw", "signature_pad", SIGNATURES["wang"])
    kiosk.tap("sign")
    kiosk.sees(said("sign.done_title"))
    kiosk.tap("next")
    kiosk.page("submit")


def to_submit(stage: Stage, kiosk: Window, trade: str) -> None:
    """A whole form of one person, ready to be submitted."""
    identified(stage, kiosk)
    name_page(kiosk, trade)
    kiosk.tap("check")
    described(kiosk)
    signed(kiosk)


def leave_at_card(kiosk: Window) -> None:
    """Whoever has laid no card yet goes, and nothing is kept."""
    kiosk.tap("without", "leave")
    gone(kiosk)


def leave_later(kiosk: Window) -> str:
    """先存着，改天再办: the code under which the case is kept."""
    kiosk.tap("later", "dialog_leave")
    kiosk.page("farewell")
    kiosk.sees(said("farewell.kept.title"))
    code = next(text for text in kiosk.do("texts") if len(text) == 7 and text[3] == "-")
    gone(kiosk)
    return code


def gone(kiosk: Window) -> None:
    """Through the farewell to the next person's home screen."""
    kiosk.page("farewell")
    kiosk.tap("next")
    kiosk.page("home")


def finish(kiosk: Window) -> None:
    """From the receipt through the progress and the rating to home."""
    kiosk.tap("next")
    kiosk.page("see_progress")
    kiosk.tap("next")
    kiosk.page("rate")
    kiosk.tap("level_5")
    gone(kiosk)


def slip_code(kiosk: Window) -> str:
    """The code on the page of the receipt."""
    return next(text for text in kiosk.do("texts") if len(text) == 7 and text[3] == "-")


def seen(window: Window) -> str:
    """Everything that eyes and a screen reader find on the page."""
    return "\n".join([*window.do("texts"), *(one["name"] for one in window.do("tree"))])


# --- what the platform knows, past all of its code ---
def rows(stage: Stage, query: str, *values: object) -> list[tuple[Any, ...]]:
    """A look into the platform's own books."""
    place = stage.ground.work / "platform.db"
    with contextlib.closing(sqlite3.connect(f"file:{place}?mode=ro", uri=True, timeout=30)) as books:
        return books.execute(query, values).fetchall()


def states(stage: Stage, code: str) -> list[str]:
    """The states that the case of a slip went through, oldest first; a case that is there twice shows twice."""
    found = rows(
        stage,
        "SELECT timeline.state FROM timeline JOIN opening_case ON timeline.case_id = opening_case.id"
        " WHERE opening_case.slip_code = ? AND timeline.what = 'CASE' ORDER BY timeline.id",
        code,
    )
    return [state for (state,) in found]


def arrived_once(stage: Stage, name: str, code: str) -> None:
    """The terminal owes nothing, and the platform has its case submitted exactly once."""
    assert stage.settled(name, PATIENT)
    assert states(stage, code) == ["DRAFT", "SUBMITTED"]


def command(env: Mapping[str, str], *args: str) -> tuple[int, str]:
    """The terminal's command line: its exit code and what it said."""
    line = [sys.executable, "-m", "kiosk", *args]
    made = subprocess.run(line, env=dict(env), capture_output=True, text=True, check=False, timeout=PATIENT)
    return made.returncode, made.stdout + made.stderr
