"""The queue as this machine keeps it, and the terminal's own series of numbers."""

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.audit import AuditEvent, AuditKind
from kiosk.contracts.ledger import DrawLocalNumber, FinishTicket, Verdict
from kiosk.domain.ids import CaseId, SiteId, TicketId, new_ulid
from kiosk.domain.queue import Priority, TicketState
from kiosk.faults import Fault, FaultCode
from offline_cache import hall_queue, outbox
from offline_cache.errors import StoreError

from .stores import START, Hands, ledger_at, store_at

TICKET = TicketId(new_ulid(1_800_000_000_000, bytes(10)))
HALL = (
    b'{"site_id":"cq","at":"2026-03-12T10:00:00+08:00","waiting":1,"estimate_minutes":null,"next_numbers":["A002"],'
    b'"windows":[{"window_id":"w-03","open":true,"number":"A001","state":"CALLED"}]}'
)
TICKETS = (
    b'{"items":[{"id":"01","site_id":"cq","number":"A001","state":"CALLED","version":3,'
    b'"taken_at":"2026-03-12T09:50:00+08:00","window":"w-03","priority":true,"priority_reason":"of-tomorrow"}]}'
)


def test_numbers_of_a_day_are_never_given_twice_also_after_a_restart(tmp_path: Path) -> None:
    hands, seen = Hands(), []
    for _ in range(2):
        with ledger_at(tmp_path / "s", hands) as ledger:
            seen += [ledger.next_local_number(), ledger.next_local_number()]
    hands.advance(days=1)
    with ledger_at(tmp_path / "s", hands) as ledger:
        seen.append(ledger.next_local_number())
    assert seen == ["L01-001", "L01-002", "L01-003", "L01-004", "L01-001"]


def test_a_series_has_an_end_and_a_terminal_a_number(tmp_path: Path) -> None:
    today = START.date()
    with store_at(tmp_path / "s") as store, store.write() as db:
        for n in range(1, 1000):
            assert hall_queue.next_local_number(db, "kiosk-107", today) == f"L07-{n:03d}"
        with pytest.raises(StoreError) as used_up:
            hall_queue.next_local_number(db, "kiosk-107", today)
        with pytest.raises(StoreError) as nameless:
            hall_queue.next_local_number(db, "kiosk", today + timedelta(days=1))
    assert (used_up.value.code, nameless.value.code) == (FaultCode.NEEDS_NETWORK, FaultCode.CONFIGURATION_INVALID)


def test_the_queue_is_kept_with_its_age_and_read_back(tmp_path: Path) -> None:
    with ledger_at(tmp_path / "s", Hands(), "w-03") as ledger:
        assert ledger.queue() is None
    with store_at(tmp_path / "s") as store, store.write() as db:
        assert hall_queue.keep(db, HALL, TICKETS, START)
        assert not hall_queue.keep(db, HALL, TICKETS, START + timedelta(minutes=1))  # nothing new but its age
    with ledger_at(tmp_path / "s", Hands(), "w-03") as ledger:
        kept = ledger.queue()
    assert kept is not None and kept.as_of == START + timedelta(minutes=1) and not kept.live
    (ticket,) = kept.value.tickets
    assert (ticket.number, ticket.state, ticket.priority) == ("A001", TicketState.CALLED, Priority.OTHER)
    window = kept.value.windows[0]
    assert kept.value.at_window(window.window) == ticket and window.open and kept.value.next_numbers == ("A002",)


@pytest.mark.parametrize("spoilt", [b"", b"[]", b'{"site_id":1}', HALL[:-3]])
def test_what_is_no_queue_is_none(tmp_path: Path, spoilt: bytes) -> None:
    with store_at(tmp_path / "s") as store, store.write() as db:
        hall_queue.keep(db, spoilt, TICKETS, START)
        assert hall_queue.kept(db) is None


def test_a_number_and_its_end_wait_for_the_platform_in_a_chain_of_their_own(tmp_path: Path) -> None:
    drawn = DrawLocalNumber(TICKET, SiteId("cq"), "L03-001", START, Priority.ELDER)
    with ledger_at(tmp_path / "s", Hands(), "w-03", most_waiting=1) as ledger:
        first = ledger.record(drawn, AuditEvent(AuditKind.NUMBER_DRAWN, START))
        again = ledger.record(drawn, AuditEvent(AuditKind.NUMBER_DRAWN, START))
        done = ledger.record(FinishTicket(TICKET, START), AuditEvent(AuditKind.NUMBER_FINISHED, START))
        assert not isinstance(first, Fault) and not isinstance(done, Fault)
        assert first == again and done.verdict is Verdict.WAITING  # a fact is taken however much waits
        assert len(ledger.deeds(CaseId(TICKET))) == 2
    with store_at(tmp_path / "s") as store, store.read() as db:
        draw, end = outbox.owed(db, CaseId(TICKET))
    assert draw.path == "/v1/tickets" and b'"local_no":"L03-001"' in draw.body and b'"elder"' in draw.body
    assert end.path == f"/v1/tickets/{TICKET}/finish" and end.fact and not end.staff_ref
