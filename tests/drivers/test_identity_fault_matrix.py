"""The fault matrix of the identity devices: what a hand, a card or a library does → the fault that is said, the state
that the device is shown in, and back in order without anybody's doing but the hand's.

Every cell goes the whole way: supervisor, driver, wire, virtual device. The ordinary run takes one of each kind; all
of them are the long proof, and the count is held.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from drivers.supervisor import Supervisor
from drivers.worker import Patience
from kiosk.contracts.device import DeviceKind, DeviceState
from kiosk.faults import Fault, FaultCode
from kiosk.faults import words as fault_words
from tests.unit.drivers.stage import Outcome, Reports, TestClock

from .conftest import Bench, Hall

pytestmark = pytest.mark.processes

ID, SOCIAL, STAFF, TOKEN, SERVICE = "id", "social", "staff", "token", "pcscd"
KINDS = {
    ID: (DeviceKind.ID_CARD_READER, "sdt"),
    SOCIAL: (DeviceKind.SOCIAL_CARD_READER, "pcsc"),
    STAFF: (DeviceKind.STAFF_CARD_READER, "pcsc"),
    TOKEN: (DeviceKind.TAX_DEVICE, "skf"),
}
NUMBER, USCC, HOLDER = "661234567890", "91500103MA5DEMQ01X", "重庆示例科技有限公司"
WAIT = 1.5
Deed = tuple[str, str, dict[str, Any]]  # device, verb, arguments


def _sign(reader: Any, pin: str) -> object:
    reader.wait_card(WAIT)
    return reader.sign(pin, bytes(32))


READS: dict[str, Callable[[Any], object]] = {
    ID: lambda one: one.read(WAIT).name,
    SOCIAL: lambda one: one.read(WAIT).name,
    STAFF: lambda one: len(_sign(one, "135790").signature),  # type: ignore[attr-defined]
    TOKEN: lambda one: one.read_back(WAIT).holder,
}
GOOD: dict[str, tuple[list[Deed], object]] = {
    ID: ([(ID, "lay_card", {"card": "wang"})], "王测试"),
    SOCIAL: ([(SOCIAL, "insert", {"card": "social:wang"})], "王测试"),
    STAFF: ([(STAFF, "insert", {"card": "staff:0317"})], 64),
    TOKEN: ([(TOKEN, "insert", {"card": f"tax:{NUMBER}"})], HOLDER),
}


@dataclass(frozen=True)
class Cell:
    """One fault: what is done, what is said, which state shows it (None: the device is in order), what mends it."""

    where: str
    name: str
    deeds: list[Deed]
    code: FaultCode
    state: DeviceState | None = None
    mend: tuple[Deed, ...] = ()
    job: Callable[[Any], object] | None = None
    small: bool = False


F, S = FaultCode, DeviceState


def lay(card: str) -> Deed:
    return (ID, "lay_card", {"card": card})


def reader(name: str, deeds: list[Deed], code: FaultCode, state: DeviceState | None = None, **more: Any) -> Cell:
    return Cell(ID, name, deeds, code, state, **more)


def status(value: int, at: str, count: int = 3) -> list[Deed]:
    """Answered so often: as often as the driver tries."""
    return [lay("wang"), (ID, "fail_next", {"status": value, "at": at, "count": count})]


def put(where: str, card: str) -> Deed:
    return (where, "insert", {"card": card})


def worn(record: int, value: str, right: str) -> tuple[list[Deed], tuple[Deed, ...]]:
    at = {"card": "social:li", "sfi": 6, "record": record}
    return [(SOCIAL, "spoil_record", {**at, "value": value}), put(SOCIAL, "social:li")], (
        (SOCIAL, "spoil_record", {**at, "value": right}),
    )


def library(what: str, function: str, code: FaultCode, state: DeviceState | None = None, **more: Any) -> Cell:
    deeds = [put(TOKEN, f"tax:{NUMBER}"), (TOKEN, "misbehave", {"what": what, "function": f"SKF_{function}"})]
    return Cell(TOKEN, f"{what}-{function}", deeds, code, state, ((TOKEN, "heal", {}),), **more)


NUMBER_OF_LI, NAME_OF_LI = b"500103199011030015".hex(), "李示例".encode("gbk").ljust(30).hex()
HEALTHY = (ID, "sam", {"state": "ok"})

CELLS = [
    reader("nobody-comes", [], F.NO_CARD, small=True),
    reader("lifted-early", [(ID, "lift_during_read", {"card": "wang"})], F.CARD_READ_FAILED),
    reader("two-cards", [lay("wang"), (ID, "lay_second_card", {})], F.TWO_CARDS),
    reader("no-identity-card", [(ID, "wrong_card", {"kind": "other"})], F.WRONG_CARD),
    reader("unknown-mark", [(ID, "wrong_card", {"kind": "unknown_flag"})], F.WRONG_CARD),
    reader("wrong-check-digit", [lay("wrong_digit")], F.CARD_DATA_INVALID),
    reader("damaged-chip", [lay("damaged")], F.CARD_READ_FAILED),
    reader("card-refuses-reader", status(0x31, "select"), F.CARD_READ_FAILED),
    reader("reader-refuses-card", status(0x32, "select"), F.CARD_READ_FAILED),
    reader("not-verified", status(0x33, "read", 1), F.CARD_DATA_INVALID),
    reader("newest-address-unread", status(0x41, "append"), F.CARD_READ_FAILED),
    reader("unknown-error", status(0x24, "read", 1), F.DEVICE_FAILED, S.FAILED),
    reader(
        "garbled", [lay("wang"), (ID, "spoil_next", {"how": "checksum", "count": 3})], F.DEVICE_FAILED, S.FAILED
    ),
    reader("not-authorised", [(ID, "sam", {"state": "unauthorised"})], F.DEVICE_FAILED, S.FAILED, mend=(HEALTHY,)),
    reader("self-test", [(ID, "sam", {"state": "selftest_failed"})], F.DEVICE_FAILED, S.FAILED, mend=(HEALTHY,)),
    reader("silent", [(ID, "silence", {})], F.ID_CARD_READER_ABSENT, S.ABSENT, mend=((ID, "speak", {}),)),
    reader(
        "pulled-out", [(ID, "unplug", {})], F.ID_CARD_READER_ABSENT, S.ABSENT, mend=((ID, "plug", {}),), small=True
    ),
    Cell(SOCIAL, "nobody-comes", [], F.NO_CARD),
    Cell(SOCIAL, "staff-card", [put(SOCIAL, "staff:0317")], F.WRONG_CARD, small=True),
    Cell(SOCIAL, "tax-device", [put(SOCIAL, "tax:660000000001")], F.WRONG_CARD),
    Cell(SOCIAL, "wants-a-pin", [put(SOCIAL, "social:pin")], F.CARD_READ_FAILED),
    *(
        Cell(SOCIAL, name, worn(*values)[0], F.CARD_DATA_INVALID, None, worn(*values)[1])
        for name, values in {
            "worn-number": (1, "30" * 18, NUMBER_OF_LI),
            "short-number": (1, "35", NUMBER_OF_LI),
            "no-name": (2, "20" * 30, NAME_OF_LI),
            "no-text": (2, "ff" * 30, NAME_OF_LI),
        }.items()
    ),
    Cell(
        SOCIAL, "pulled-in-the-middle", [put(SOCIAL, "social:li"), (SOCIAL, "cut_at", {"apdu": "00b202"})], F.NO_CARD
    ),
    Cell(
        SOCIAL, "service-down", [(SERVICE, "stop", {})], F.SMART_CARD_SERVICE_DOWN, S.FAILED,
        ((SERVICE, "start", {}),),
    ),
    Cell(STAFF, "social-card", [put(STAFF, "social:li")], F.WRONG_CARD),
    Cell(STAFF, "wrong-pin", [put(STAFF, "staff:0317")], F.PIN_WRONG, job=lambda one: _sign(one, "000000")),
    Cell(STAFF, "no-pin-at-all", [put(STAFF, "staff:0317")], F.PIN_WRONG, job=lambda one: _sign(one, "abc")),
    Cell(
        STAFF, "locked", [put(STAFF, "staff:0317"), (STAFF, "lock_pin", {})], F.PIN_LOCKED, None,
        ((STAFF, "unlock_pin", {"card": "staff:0317"}),),
    ),
    Cell(
        STAFF, "pulled-while-signing", [put(STAFF, "staff:0317"), (STAFF, "cut_at", {"apdu": "0088"})],
        F.CARD_REMOVED, None,
    ),
    Cell(TOKEN, "nothing-there", [], F.NO_TAX_DEVICE),
    Cell(TOKEN, "two-tokens", [put(TOKEN, f"tax:{NUMBER}"), (TOKEN, "insert_second", {})], F.TWO_TAX_DEVICES),
    Cell(
        TOKEN, "half-written",
        [(TOKEN, "write_tax_device", {"number": "660000000002", "holder": HOLDER}), put(TOKEN, "tax:660000000002")],
        F.TAX_DEVICE_UNREADABLE,
    ),
    Cell(TOKEN, "odd-number", [put(TOKEN, "tax:SN-77")], F.TAX_DEVICE_UNREADABLE),
    library("crash", "GetDevInfo", F.DEVICE_FAILED, S.FAILED, small=True),
    library("kill", "EnumDev", F.DEVICE_FAILED, S.FAILED),
    library("abort", "ExportCertificate", F.DEVICE_FAILED, S.FAILED),
    library("hang", "EnumDev", F.DEVICE_FAILED, S.FAILED),
    library("noise", "EnumDev", F.DEVICE_FAILED, S.FAILED),
    library("flood", "EnumDev", F.DEVICE_FAILED, S.FAILED),
    library("noise", "GetDevInfo", F.TAX_DEVICE_UNREADABLE),
    library("noise", "ExportCertificate", F.TAX_DEVICE_UNREADABLE),
    library("pull", "ConnectDev", F.TAX_DEVICE_UNREADABLE),
    library("refuse:0A00000F", "ConnectDev", F.DEVICE_BUSY),
    library("refuse:0A00002D", "ExportCertificate", F.TAX_DEVICE_UNREADABLE),
]  # fmt: skip


def test_every_kind_has_its_dozen() -> None:
    counts = Counter({ID: 0, "cards": 0, TOKEN: 0})
    for cell in CELLS:
        counts["cards" if cell.where in (SOCIAL, STAFF) else cell.where] += 1
    assert min(counts.values()) >= 12 and len(CELLS) >= 45
    assert len({(cell.where, cell.name) for cell in CELLS}) == len(CELLS)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_fault_has_its_words(language: str) -> None:
    for cell in CELLS:
        said = fault_words(cell.code, language)
        assert said.what and said.citizen


@pytest.fixture(scope="module")
def hall(module_bench: Bench) -> Hall:
    hall = module_bench(
        {
            ID: {"kind": "sdt", "address": "tcp:127.0.0.1:0"},
            SOCIAL: {"kind": "smartcard", "address": "pcsc:Virtual PCD 00 00"},
            STAFF: {"kind": "smartcard", "address": "pcsc:Virtual PCD 00 01"},
            SERVICE: {"kind": "pcscd", "address": "pcscd:"},
            TOKEN: {"kind": "skf"},
        }
    )
    hall.hand(TOKEN, "write_tax_device", number=NUMBER, uscc=USCC, holder=HOLDER)
    return hall


@dataclass
class Desk:
    """The devices of a terminal under their supervisor."""

    hall: Hall
    supervisor: Supervisor
    reports: Reports

    def do(self, deeds: list[Deed]) -> None:
        for device, verb, args in deeds:
            self.hall.hand(device, verb, **args)

    def ask(self, where: str, job: Callable[[Any], object]) -> Any:
        outcome = Outcome()
        self.supervisor.device(KINDS[where][0]).submit(job, outcome)
        return outcome.get()

    def clear(self, where: str) -> None:
        self.hall.hand(where, "lift_card" if where == ID else "remove")


@pytest.fixture(scope="module")
def desk(hall: Hall) -> Iterator[Desk]:
    configs = {kind: hall.config(where, driver) for where, (kind, driver) in KINDS.items()}
    supervisor, reports = Supervisor(configs, TestClock(), patience=Patience(heartbeat=0.5)), Reports()
    supervisor.subscribe(reports)
    supervisor.start()
    yield Desk(hall, supervisor, reports)
    supervisor.stop()


def _in_order(desk: Desk, where: str, state: DeviceState) -> None:
    """Wait until the device's report says so: reports come when something changes."""
    kind = KINDS[where][0]

    def there() -> bool:
        return next(one for one in desk.supervisor.reports() if one.kind is kind).state is state

    with desk.reports._more:
        assert desk.reports._more.wait_for(there, 30), f"{where} is not {state.value}"


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param(cell, marks=[] if cell.small else [pytest.mark.long], id=f"{cell.where}-{cell.name}")
        for cell in CELLS
    ],
)
def test_fault(desk: Desk, cell: Cell) -> None:
    _in_order(desk, cell.where, DeviceState.READY)
    desk.clear(cell.where)
    try:
        desk.do(cell.deeds)
        said = desk.ask(cell.where, cell.job or READS[cell.where])
        assert isinstance(said, Fault), "nothing was wrong"
        assert said.code is cell.code, dict(said.details)
        if cell.state is not None:
            _in_order(desk, cell.where, cell.state)
    finally:
        desk.do(list(cell.mend))
    desk.clear(cell.where)
    _in_order(desk, cell.where, DeviceState.READY)
    deeds, good = GOOD[cell.where]
    desk.do(deeds)
    assert desk.ask(cell.where, READS[cell.where]) == good
    desk.clear(cell.where)
