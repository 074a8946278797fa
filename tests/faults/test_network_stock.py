"""A window's custody store against the real platform: movements by outbox, acts of two, counts without network."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.audit import AuditEvent, AuditKind
from kiosk.contracts import custody
from kiosk.contracts.central_platform import GetChallenge, SignOut
from kiosk.contracts.ledger import ClosedAs, DeedStatus, Verdict
from kiosk.domain.discrepancy import Discrepancy, Resolution
from kiosk.domain.ids import CaseId, StaffRef
from kiosk.domain.stock import StockBook, StockCount, StockKind, StockUnit, UnitState
from kiosk.faults import Fault, FaultCode
from offline_cache.cache import OfflineCache

from .hall import Hall, PlatformProcess, ask, fresh_case, parked, settled, sign_in, wait_for, window
from .proxy import Proxy, Weather

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    process = PlatformProcess(tmp_path_factory.mktemp("platform"), "manual")
    try:
        yield process.start()
    finally:
        process.stop()


def number(cache: OfflineCache) -> str:
    return fresh_case(cache)[0]


def do(cache: OfflineCache, deed: Any, clerk: str = "0317") -> DeedStatus:
    """Recorded, and settled one way or the other."""
    event = AuditEvent(AuditKind.STOCK_MOVED, cache.clock.now(), "", clerk, {"act": type(deed).__name__})
    status = cache.ledger.record(deed, event)
    assert isinstance(status, DeedStatus), status
    return settled(cache, CaseId(deed.id), 1)[-1]


def second(cache: OfflineCache, ref: str) -> custody.SecondPerson | Fault:
    """A colleague's card signs beside the clerk's."""
    challenge = ask(cache, GetChallenge(StaffRef(ref)))
    if isinstance(challenge, Fault):  # a line that is cut at once gets no further
        return challenge
    card = Ed25519PrivateKey.from_private_bytes(sha256(b"demo-staff-card:" + ref.encode()).digest())
    answer = ask(cache, custody.ConfirmSecond(StaffRef(ref), challenge, card.sign(b"QIBAN-STAFF-1" + challenge)))
    assert isinstance(answer, custody.SecondPerson | Fault)
    return answer


def book(cache: OfflineCache) -> StockBook:
    found = ask(cache, custody.ReadStock())
    assert isinstance(found, StockBook), found
    return found


def unit(found: StockBook, kind: StockKind, state: UnitState = UnitState.IN_STOCK, place: str = "") -> StockUnit:
    return next(u for u in found.units if u.kind is kind and u.state is state and place in ("", u.place))


def lent(cache: OfflineCache, kind: StockKind, count: int) -> tuple[StockUnit, ...]:
    """Things of the store on their way to this window."""
    free = [
        u for u in book(cache).units if u.kind is kind and u.place == "store-01" and u.state is UnitState.IN_STOCK
    ]
    ids = tuple(u.id for u in free[-count:])
    assert do(cache, custody.SendGoods(number(cache), "store-01", "w-03", ids, ())).verdict is Verdict.ACCEPTED
    return tuple(free[-count:])


def again(found: StockBook, one: StockUnit) -> StockUnit:
    return next(u for u in found.units if u.id == one.id)


def test_the_whole_store_is_read_kept_and_shown_without_network(tmp_path: Path, hall: Hall) -> None:
    with window(tmp_path, hall) as cache:
        assert cache.ledger.stock() is None
        sign_in(cache)
        found = book(cache)
        assert len(found.units) >= 520 and len(found.batches) == 1 and found.batches[0].left == 200
        assert {level.kind for level in found.levels} == {
            StockKind.LICENCE_PAPER, StockKind.TAX_DEVICE, StockKind.INVOICE_VOLUME,
        }  # fmt: skip
        assert {"store-01", "w-03"} <= {one.place for one in found.places}
    with window(tmp_path, hall, url="http://127.0.0.1:9") as cache:
        kept = cache.ledger.stock()
        assert kept == found
        assert cache.ledger.record(
            custody.SendGoods(number(cache), "store-01", "w-03", (found.units[0].id,), ()),
            AuditEvent(AuditKind.STOCK_MOVED, cache.clock.now(), "", "0317", {}),
        ) == Fault(FaultCode.NEEDS_NETWORK)


def test_one_persons_movements_go_through_the_outbox_and_a_refusal_becomes_a_task(tmp_path: Path, hall: Hall) -> None:
    with window(tmp_path, hall) as cache:
        sign_in(cache)
        paper = unit(book(cache), StockKind.LICENCE_PAPER, place="store-01")
        away = do(cache, custody.QuarantineUnit(number(cache), paper.id, "damaged", paper.version))
        assert away.verdict is Verdict.ACCEPTED
        fenced = again(book(cache), paper)
        assert fenced.state is UnitState.QUARANTINED
        stale = do(cache, custody.MoveUnit(number(cache), paper.id, custody.UnitAct.CLEAR, "checked", paper.version))
        assert stale.verdict is Verdict.REFUSED and stale.fault is not None
        assert stale.fault.details["slug"] == "version-mismatch"
        (task,) = parked(cache)
        assert task.deed == "clearUnit"
        closing = AuditEvent(
            AuditKind.TASK_CLOSED, cache.clock.now(), "", "0317", {"task": task.id, "how": "done_anew"}
        )
        assert cache.ledger.close_task(task.id, ClosedAs.DONE_ANEW, closing) is None
        entries = cache.ledger.state().audit_entries
        assert parked(cache) == [] and cache.ledger.close_task(task.id, ClosedAs.DONE_ANEW, closing) is None
        assert cache.ledger.state().audit_entries == entries, "closed once, written down once"
        done = do(cache, custody.MoveUnit(number(cache), paper.id, custody.UnitAct.CLEAR, "checked", fenced.version))
        assert done.verdict is Verdict.ACCEPTED and again(book(cache), paper).state is UnitState.IN_STOCK


def test_what_takes_two_takes_another_person_and_is_used_up_by_one_act(tmp_path: Path, hall: Hall) -> None:
    with window(tmp_path, hall) as cache:
        sign_in(cache)
        serials = tuple(f"6610000990{n:02d}" for n in range(5))
        wanted = custody.ReceiveGoods(number(cache), StockKind.TAX_DEVICE, "store-01", "DN-2026-1", serials)
        assert ask(cache, wanted) == Fault(FaultCode.SECOND_PERSON_WRONG)
        alone = second(cache, "0317")
        assert isinstance(alone, Fault) and alone.code is FaultCode.SECOND_PERSON_WRONG
        other = second(cache, "0402")
        assert isinstance(other, custody.SecondPerson) and other.roles == {"keeper"}
        assert ask(cache, wanted) == 5
        assert ask(cache, replace(wanted, id=number(cache))) == Fault(FaultCode.SECOND_PERSON_WRONG), "used up"
        second(cache, "0402")
        known = ask(cache, replace(wanted, id=number(cache)))
        assert isinstance(known, Fault) and known.code is FaultCode.STOCK_REFUSED
        assert known.details["slug"] == "serial-exists"
        second(cache, "0402")
        batch = custody.ReceivedBatch("050001900104", "007", 41000126, 41000150, 25)
        overlap = ask(
            cache, custody.ReceiveGoods(number(cache), StockKind.INVOICE_VOLUME, "store-01", "DN-2", (), batch)
        )
        assert isinstance(overlap, Fault) and overlap.details["slug"] == "range-overlap"


def test_sent_and_taken_in_with_a_difference(tmp_path: Path, hall: Hall) -> None:
    with window(tmp_path, hall) as cache:
        sign_in(cache)
        three = lent(cache, StockKind.LICENCE_PAPER, 3)
        ids = tuple(u.id for u in three)
        transfer = next(one for one in book(cache).transfers if one.units == tuple(sorted(ids)))
        assert not transfer.arrived
        taken = custody.TakeInGoods(number(cache), transfer.id, transfer.version, ids[:2], ())
        assert do(cache, taken).verdict is Verdict.ACCEPTED
        after = book(cache)
        assert transfer.id not in {one.id for one in after.transfers} and again(after, three[0]).place == "w-03"
        differences = ask(cache, custody.ReadDiscrepancies())
        assert (ids[2],) in [d.missing for d in differences if d.kind == "transfer-differs"]
        movements = ask(cache, custody.ReadMovements(cache.clock.now() - timedelta(minutes=30)))
        assert {m.what for m in movements if m.kind == "TRANSFER"} >= set(ids)
        assert all(m.kind != "RECEIVE" or m.document_ref != "opening-balance" for m in movements)


def test_a_count_without_network_is_a_fact_and_its_difference_is_closed_by_two(tmp_path: Path, hall: Hall) -> None:
    with closing(Proxy(hall.url)) as proxy, window(tmp_path, hall, url=proxy.url) as cache:
        sign_in(cache)
        ids = tuple(u.id for u in lent(cache, StockKind.LICENCE_PAPER, 2))
        (transfer,) = (one for one in book(cache).transfers if one.units == tuple(sorted(ids)))
        do(cache, custody.TakeInGoods(number(cache), transfer.id, transfer.version, ids, ()))
        ask(cache, SignOut())
        sign_in(cache, "0001")
        here = [u for u in book(cache).units if u.place == "w-03" and u.state is UnitState.IN_STOCK]
        moved = max(m.at for m in ask(cache, custody.ReadMovements(cache.clock.now() - timedelta(minutes=30))))
        wait_for(lambda: cache.clock.now() > moved)  # it may be a moment behind: what moved since is not counted
        proxy.set(Weather.RESET_AT_ONCE)
        count = custody.CountPlace(number(cache), "w-03", cache.clock.now(), tuple(u.id for u in here[1:]), ())
        event = AuditEvent(AuditKind.STOCK_COUNTED, cache.clock.now(), "", "0001", {"place": "w-03"})
        status = cache.ledger.record(count, event)
        assert isinstance(status, DeedStatus) and status.verdict in (Verdict.WAITING, Verdict.SENDING)
        proxy.set(Weather.FAIR)
        cache.hurry()
        assert settled(cache, CaseId(count.id), 1)[-1].verdict is Verdict.ACCEPTED
        told = next(c for c in book(cache).counts if c.id == count.id)
        assert told.open and told.missing == (here[0].id,) and told.differences == 1
        second(cache, "0402")
        closed = ask(cache, custody.CloseCount(number(cache), told.id, told.version, True))
        assert isinstance(closed, StockCount) and not closed.open, closed
        assert again(book(cache), here[0]).state is UnitState.LOST
        open_ones = ask(cache, custody.ReadDiscrepancies())
        mine = next(d for d in open_ones if d.missing == (here[0].id,) and d.kind == "count-differs")
        assert isinstance(second(cache, "0317"), custody.SecondPerson)
        words = custody.SettleDiscrepancy(number(cache), mine.id, mine.version, Resolution.EXPLAINED, "示例：已查明")
        settled_now = ask(cache, words)
        assert isinstance(settled_now, Discrepancy) and not settled_now.open, settled_now
        assert mine.id not in {d.id for d in ask(cache, custody.ReadDiscrepancies())}


def test_written_off_before_two_people(tmp_path: Path, hall: Hall) -> None:
    with window(tmp_path, hall) as cache:
        sign_in(cache)
        device = unit(book(cache), StockKind.TAX_DEVICE)
        do(cache, custody.QuarantineUnit(number(cache), device.id, "broken", device.version))
        device = again(book(cache), device)
        assert isinstance(second(cache, "0001"), custody.SecondPerson)
        assert ask(cache, custody.VoidUnit(number(cache), device.id, "broken", device.version)) is True
        assert again(book(cache), device).state is UnitState.VOID
