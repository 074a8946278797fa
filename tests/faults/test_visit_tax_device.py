"""A tax device at the window against the real platform and a virtual device on the real card service: it is taken,
issued, read back; and what becomes of one that is not this company's."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from drivers.virtual.control import Control
from kiosk.demo import acts
from kiosk.demo.stage import Stage, Window
from kiosk.domain.ids import SlipCode
from kiosk.faults import FaultCode
from kiosk.rules.slip import ITEMS_OF_BUNDLE
from tests.journeys.visiting import (
    DESK_READER,
    TAX_DEVICE,
    Keeper,
    NoAlbum,
    fault,
    rows,
    said,
    silent,
    stage_in,
    states,
    wait_for,
)

from . import hall
from .test_visit_window import accept, case_goods, open_case, scan_all

pytestmark = pytest.mark.processes

NOBODY = NoAlbum(Path())
STRANGER = {"uscc": "91500103MA0000001X", "holder": "重庆别家商贸有限公司"}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage_in(tmp_path_factory.mktemp("hall"), clock="scaled:600") as stage:
        stage.office.call("PUT", "/sandbox/back-offices/tax", device_issue="manual")
        yield stage


@pytest.fixture(scope="module")
def terminal(stage: Stage) -> Keeper:
    return Keeper(stage, "window", "present_staff_card")


@pytest.fixture
def window(terminal: Keeper) -> Window:
    return terminal.at_rest()


@pytest.fixture
def slip(stage: Stage, tmp_path: Path, request: pytest.FixtureRequest) -> SlipCode:
    """A case that a citizen has submitted."""
    with hall.kiosk(tmp_path, stage.platform["url"]) as cache:
        case_id, code = hall.fresh_case(cache)
        trade = hall.trade_name(sum(request.node.name.encode()) % 1000)
        hall.submit(cache, case_id, code, replace(hall.ready_form(cache, case_id, trade), items=ITEMS_OF_BUNDLE))
        hall.settled(cache, case_id, 2)
    return code


def waiting(stage: Stage, window: Window, slip: SlipCode) -> None:
    """Accepted, its invoices approved; nobody has taken a device."""
    acts.sign_in(stage, window, NOBODY, silent)
    open_case(window, slip)
    accept(window)
    wanted = (
        "SELECT 1 FROM opening_case c JOIN article a ON a.case_id = c.id WHERE c.slip_code = ? AND"
        " c.state = 'PREPARING' AND a.kind = 'tax_device' AND a.state = 'PLANNED'"
    )
    wait_for(lambda: rows(stage, wanted, slip), "the case's waiting for a device")


def take(stage: Stage, window: Window, slip: SlipCode, number: str) -> None:
    """Out of the list, with this blank device, to the tax office."""
    window.page("list_devices")
    choose(stage, window, slip)
    issue(window, number)


def choose(stage: Stage, window: Window, slip: SlipCode) -> None:
    """The case's line, wherever it stands."""
    [(case_id,)] = rows(stage, "SELECT id FROM opening_case WHERE slip_code = ?", slip)
    line = f"row_{case_id}"
    wait_for(lambda: line in {one["object"] for one in window.do("tree")}, "the case's line on the list")
    window.tap(line)
    window.page("take_device")


def issue(window: Window, number: str) -> None:
    window.do("wedge", number)
    window.sees(said("take_device.ready"))

    def asked() -> bool:  # on a machine under load a key may be taken for the scanner's last
        if window.do("page") == "take_device":
            window.do("keys", "F12")
        return bool(window.do("page") != "take_device")

    wait_for(asked, "the request")


def company(stage: Stage, slip: SlipCode) -> dict[str, str]:
    """Whose the device must be, in the platform's own books."""
    [(uscc, holder)] = rows(stage, "SELECT uscc, name_full FROM opening_case WHERE slip_code = ?", slip)
    return {"uscc": uscc, "holder": holder}


def write(stage: Stage, number: str, **company: str) -> None:
    """What the tax office's own software writes."""
    stage.hall.do(TAX_DEVICE, "write_tax_device", number=number, **company)


def plug(stage: Stage, number: str) -> None:
    stage.hall.do(TAX_DEVICE, "insert", card=f"tax:{number}")


def slot(stage: Stage) -> str:
    """What is in the reader for tax devices."""
    with Control(stage.control) as bench:
        return str(bench.list()[TAX_DEVICE]["state"])


def issues(stage: Stage, slip: SlipCode) -> list[str]:
    """The states of the case's issues, oldest first."""
    query = (
        "SELECT i.state FROM device_issue i JOIN opening_case c ON c.id = i.case_id WHERE c.slip_code = ?"
        " ORDER BY i.attempt"
    )
    return [state for (state,) in rows(stage, query, slip)]


def unit(stage: Stage, number: str) -> str:
    """The state of a device in the custody store."""
    [(state,)] = rows(stage, "SELECT state FROM stock_unit WHERE id = ?", f"tax_device-{number}")
    return str(state)


def no_discrepancy(stage: Stage) -> bool:
    return not rows(stage, "SELECT kind FROM discrepancy")


def test_taken_issued_read_back_and_laid_ready(stage: Stage, window: Window, slip: SlipCode) -> None:
    """On the way another device is plugged in, and the right one is pulled while it is read."""
    waiting(stage, window, slip)
    window.do("keys", "F8")
    take(stage, window, slip, "661000000030")
    window.page("read_device", 60)
    write(stage, "661000000030", **company(stage, slip))
    write(stage, "661000000099", **STRANGER)
    plug(stage, "661000000099")
    window.sees(fault(FaultCode.TAX_DEVICE_OTHER))
    assert issues(stage, slip) == ["ISSUED"]  # nothing is said of it before somebody has looked at the label
    stage.hall.do(TAX_DEVICE, "remove")
    window.do("keys", "F6")
    plug(stage, "661000000030")
    window.page("device_ready")
    wait_for(lambda: issues(stage, slip) == ["READ_BACK"], "the platform's knowing")
    window.sees(said("devices.known"))
    assert states(stage, slip)[-1] == "READY" and unit(stage, "661000000030") == "BOUND"
    stage.hall.do(TAX_DEVICE, "remove")


def test_pulled_while_it_is_read(stage: Stage, window: Window, slip: SlipCode) -> None:
    waiting(stage, window, slip)
    window.do("keys", "F8")
    window.page("list_devices")
    plug(stage, "661000000031")
    choose(stage, window, slip)
    window.sees(said("take_device.chip_says.blank", number="661000000031"))  # known by its chip, without a scan
    stage.hall.do(TAX_DEVICE, "cut_at", apdu="00B0")
    write(stage, "661000000031", **company(stage, slip))
    window.do("keys", "F12")
    window.page("read_device", 60)
    wait_for(lambda: slot(stage) == "empty", "the pulling")
    assert window.do("page") == "read_device" and issues(stage, slip) == ["ISSUED"]  # half of a device is none
    plug(stage, "661000000031")
    window.page("device_ready")
    wait_for(lambda: issues(stage, slip) == ["READ_BACK"], "the platform's knowing")
    stage.hall.do(TAX_DEVICE, "remove")


def test_written_for_somebody_else_while_the_platform_is_away(stage: Stage, window: Window, slip: SlipCode) -> None:
    """Put aside without a question and without the line; when that is back, the platform knows, and another device
    of the same case is issued and fits."""
    waiting(stage, window, slip)
    window.do("keys", "F8")
    take(stage, window, slip, "661000000032")
    window.page("read_device", 60)
    write(stage, "661000000032", **{**company(stage, slip), "uscc": STRANGER["uscc"]})
    stage.office.weather(offline=True)
    try:
        window.sees(said("clerk.status.offline"), 60)
        plug(stage, "661000000032")
        window.page("device_aside")
        window.sees(said("device_aside.cause.tax_device_stranger"))
        window.sees(said("devices.offline"))
        assert issues(stage, slip) == ["ISSUED"] and unit(stage, "661000000032") == "BOUND"
        window.do("keys", "F6")  # not before the platform knows
        assert window.do("page") == "device_aside"
    finally:
        stage.office.weather()
    wait_for(lambda: issues(stage, slip) == ["MISMATCH"], "the platform's knowing")
    assert unit(stage, "661000000032") == "QUARANTINED" and states(stage, slip)[-1] == "PREPARING"
    stage.hall.do(TAX_DEVICE, "remove")
    window.sees(said("devices.known"))
    window.do("keys", "F6")
    window.page("take_device")
    issue(window, "661000000033")
    window.page("read_device", 60)
    write(stage, "661000000033", **company(stage, slip))
    plug(stage, "661000000033")
    window.page("device_ready")
    wait_for(lambda: issues(stage, slip) == ["MISMATCH", "READ_BACK"], "the second device")
    assert states(stage, slip)[-1] == "READY" and no_discrepancy(stage)
    stage.hall.do(TAX_DEVICE, "remove")


def test_a_chip_that_is_not_its_labels(stage: Stage, window: Window, slip: SlipCode) -> None:
    """The label is right, the number inside is not: a person says so, and the device is put aside."""
    waiting(stage, window, slip)
    window.do("keys", "F8")
    take(stage, window, slip, "661000000034")
    window.page("read_device", 60)
    write(stage, "661000000098", **company(stage, slip))
    plug(stage, "661000000098")
    window.sees(fault(FaultCode.TAX_DEVICE_OTHER))
    window.do("keys", "F8")
    window.sees(said("read_device.ask_title", n="661000000034"))
    window.do("keys", "Enter")  # no, look again
    assert window.do("page") == "read_device" and issues(stage, slip) == ["ISSUED"]
    window.do("keys", "F8")
    window.do("keys", "Ctrl+Enter")
    window.page("device_aside")
    wait_for(lambda: issues(stage, slip) == ["MISMATCH"], "the platform's knowing")
    assert unit(stage, "661000000034") == "QUARANTINED"
    stage.hall.do(TAX_DEVICE, "remove")


def test_out_of_a_bundle_on_the_counter(stage: Stage, window: Window, slip: SlipCode) -> None:
    """The holder differs: nothing is handed over, the bundle goes back, the device is aside, another is wanted."""
    waiting(stage, window, slip)
    window.do("keys", "F8")
    take(stage, window, slip, "661000000035")
    window.page("read_device", 60)
    window.do("keys", "Esc")
    window.page("list_devices")
    window.do("keys", "Esc")
    window.page("find_case")
    write(stage, "661000000035", **{**company(stage, slip), "holder": STRANGER["holder"]})
    goods = case_goods(stage, slip)
    open_case(window, slip)
    window.page("verify_recipient")
    stage.hall.do(DESK_READER, "lay_card", card="wang")
    window.sees("********")  # the card's number, masked: it is read
    window.do("keys", "Enter")
    window.page("check_bundle")
    window.sees(said("check_bundle.permit_ends", at="").strip())
    scan_all(window, goods)
    plug(stage, "661000000035")
    window.sees(fault(FaultCode.TAX_DEVICE_MISMATCH))
    window.do("keys", "F12")
    assert window.do("page") == "check_bundle"
    window.do("keys", "F8")
    window.sees(said("check_bundle.aside_title"))
    window.do("keys", "Ctrl+Enter")
    window.page("device_aside")
    window.sees(said("device_aside.bundle"))
    wait_for(lambda: unit(stage, "661000000035") == "QUARANTINED", "the platform's knowing")
    [(case_id,)] = rows(stage, "SELECT id FROM opening_case WHERE slip_code = ?", slip)
    assert rows(stage, "SELECT state FROM handover WHERE case_id = ?", case_id) == [("ABORTED",)]
    assert states(stage, slip)[-1] == "PREPARING" and no_discrepancy(stage)
    window.sees(said("devices.known"))
    stage.hall.do(TAX_DEVICE, "remove")
    window.do("keys", "F6")
    window.page("take_device")


def test_a_hall_where_a_clerk_types_it_in(stage: Stage, terminal: Keeper, slip: SlipCode) -> None:
    """By configuration: what belongs into the tax office's page stands on the screen; the rest is the same."""
    terminal.shut()
    config = stage.configs["window"]
    before = config.read_text("utf-8")
    config.write_text(before + '\n[tax_issue]\nway = "manual"\npage = "电子税务局"\n', "utf-8")
    silent_office = {"word": "", "outcome": "device_silent", "text": "税务很久不答"}
    stage.office.call("PUT", "/sandbox/back-offices/tax", device_issue="manual", outcome_rules=[silent_office])
    try:
        window = terminal.at_rest()
        waiting(stage, window, slip)
        window.do("keys", "F8")
        take(stage, window, slip, "661000000036")
        window.page("watch_device")
        window.sees(said("watch_device.said.manual", page="电子税务局"))
        for text in (*company(stage, slip).values(), "661000000036"):
            window.sees(text)
        assert issues(stage, slip) in (["SUBMITTED"], ["ISSUING"])
        window.do("type", "SW-2026-0042")
        window.do("keys", "Enter")
        window.page("read_device")
        write(stage, "661000000036", **company(stage, slip))
        plug(stage, "661000000036")
        window.page("device_ready")
        wait_for(lambda: issues(stage, slip) == ["READ_BACK"], "the platform's knowing")
        assert states(stage, slip)[-1] == "READY" and no_discrepancy(stage)
    finally:
        config.write_text(before, "utf-8")
        stage.office.call("PUT", "/sandbox/back-offices/tax", device_issue="manual", outcome_rules=[])
        stage.hall.do(TAX_DEVICE, "remove")
        terminal.shut()
