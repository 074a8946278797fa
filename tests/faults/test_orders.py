"""What the platform orders reaches a running terminal, is followed only when it is the platform's; and the audit
trail reaches the platform: real cache, real platform, a line that fails."""

import contextlib
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.audit import AuditEvent, AuditKind
from kiosk.config import Platform, Store
from kiosk.contracts.central_platform import CheckName
from kiosk.contracts.ledger import AbortHandover, DeedStatus, SaveDraft, SubmitCase
from kiosk.domain.acts import Act
from kiosk.domain.ids import DivisionCode, HandoverId
from kiosk.domain.orders import EVERYTHING, Mode, Standing, Why
from kiosk.faults import Fault, FaultCode
from offline_cache import trail
from offline_cache.cache import OfflineCache, export_audit, verify_audit
from tests.contract.hands import Hands, second_person
from tests.contract.machines import act

from .hall import SITE, Hall, ask, event, form, fresh_case, running, wait_for
from .proxy import Proxy, Weather

pytestmark = pytest.mark.processes
ME = "kiosk-02"


@pytest.fixture
def technician(hall: Hall) -> Iterator[Hands]:
    hall.control("PUT", f"/terminals/{ME}", {})  # in order, whatever a test before did to it
    hands = Hands(hall.url, "store-desk-01 demo-store-desk-01")
    assert hands.sign_in("0500")["status"] == 201
    yield hands
    hands.close()


def store_of(folder: Path) -> Store:
    return Store(path=str(folder / "kiosk" / "store.db"))


@contextlib.contextmanager
def kiosk(folder: Path, hall: Hall, url: str = "", **keys: str) -> Iterator[OfflineCache]:
    """The second kiosk, which knows the platform's keys."""
    known = {"config_keys": hall.config_keys, "directive_keys": hall.directive_keys, **keys}
    platform = Platform(url=url or hall.url, key="demo-kiosk-02", timeout=2.0, **known)
    with running(OfflineCache(store_of(folder), platform, ME, SITE)) as cache:
        yield cache


def order(technician: Hands, mode: str) -> None:
    if mode in ("LOCKED", "WIPE"):
        body = {"mode": mode, "reason": "设备被盗"}
        answer = act(technician, ME, "grave-directives", body, Second_Person=second_person(technician, "0501"))
    else:
        answer = act(technician, ME, "directives", {"mode": mode, "reason": "月底盘点"})
    assert answer.status_code == 201, answer.text


def stands(cache: OfflineCache, mode: Mode) -> None:
    wait_for(lambda: cache.orders.standing().mode is mode)


def test_an_order_restricts_a_terminal_and_lets_it_go(tmp_path: Path, hall: Hall, technician: Hands) -> None:
    with kiosk(tmp_path, hall) as cache:
        wait_for(lambda: cache.orders.version > 0)
        order(technician, "READ_ONLY")
        stands(cache, Mode.READ_ONLY)
        case_id, slip = fresh_case(cache)
        refused = cache.ledger.record(SubmitCase(case_id, slip, form(), cache.clock.now()), event(cache))
        assert isinstance(refused, Fault) and refused.code is FaultCode.TERMINAL_READ_ONLY
        question = CheckName(case_id, "重庆示例云信息技术有限公司", "示例云", "信息技术", DivisionCode("500103"))
        assert ask(cache, question) == Fault(FaultCode.TERMINAL_READ_ONLY, {"reason": "ordered"})
        assert isinstance(cache.ledger.record(SaveDraft(case_id, slip, form()), event(cache)), DeedStatus)
        assert {Act.BEGIN_VISIT, Act.SUBMIT} <= set(cache.orders.barred())
    with kiosk(tmp_path, hall) as cache:  # remembered over a restart, before the platform is heard
        assert cache.orders.standing() == Standing(Mode.READ_ONLY, Why.ORDERED)
        order(technician, "NORMAL")
        stands(cache, Mode.NORMAL)
        assert not {Act.BEGIN_VISIT, Act.SUBMIT} & set(cache.orders.barred())
    seen = technician.call("GET", f"/v1/terminals/{ME}").json()
    assert seen["seen_at"] and seen["config_version"] == cache.orders.version and not seen["offline"]


def test_a_wiped_terminal_keeps_what_happened(tmp_path: Path, hall: Hall, technician: Hands) -> None:
    with kiosk(tmp_path, hall) as cache:
        wait_for(lambda: cache.orders.version > 0)
        case_id, slip = fresh_case(cache)
        cache.ledger.record(SaveDraft(case_id, slip, form()), event(cache))
        order(technician, "WIPE")
        stands(cache, Mode.WIPE)
        assert cache.ledger.case(case_id) is None and cache.ledger.deeds(case_id) == ()
        assert Act.KEEP_DRAFT not in cache.orders.barred() and Act.SIGN_IN in cache.orders.barred()
        fact = AbortHandover(HandoverId(fresh_case(cache)[0]), case_id, "returned", cache.clock.now())
        assert isinstance(cache.ledger.record(fact, event(cache)), DeedStatus), "what happened is always recorded"
    lines = export_audit(store_of(tmp_path))
    assert not isinstance(lines, Fault)
    kinds = [json.loads(line)["body"]["kind"] for line in lines]
    assert "order_followed" in kinds and "submitted" in kinds


def test_orders_of_a_stranger_are_counted_and_not_followed(tmp_path: Path, hall: Hall, technician: Hands) -> None:
    strange = {"config_keys": "ab" * 32, "directive_keys": f"{'cd' * 32} {'ef' * 32}"}
    order(technician, "READ_ONLY")
    with kiosk(tmp_path, hall, **strange) as cache:
        wait_for(lambda: cache.orders.ignored >= 2)
        assert cache.orders.standing() == EVERYTHING and (cache.orders.version, cache.orders.seq) == (0, 0)
    with kiosk(tmp_path, hall) as cache:
        stands(cache, Mode.READ_ONLY)
        assert cache.orders.ignored == 0


def test_a_terminal_that_is_suspended_stops(tmp_path: Path, hall: Hall, technician: Hands) -> None:
    with kiosk(tmp_path, hall) as cache:
        wait_for(lambda: cache.orders.version > 0)
        assert act(technician, ME, "suspend").status_code == 200
    with kiosk(tmp_path, hall) as cache:
        wait_for(lambda: cache.orders.standing() == Standing(Mode.LOCKED, Why.REFUSED))
    assert act(technician, ME, "activate").status_code == 200
    with kiosk(tmp_path, hall) as cache:
        wait_for(lambda: cache.orders.version > 0 and cache.platform.online())
        assert cache.orders.standing() == EVERYTHING


def test_the_trail_arrives_in_segments_whatever_the_line_does(
    tmp_path: Path, hall: Hall, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The entries themselves, byte for byte, and the heads they lead to; cut in the middle, it goes on there."""
    monkeypatch.setattr(trail, "MOST_ENTRIES", 3)
    store = store_of(tmp_path)
    platform = Platform(url=proxy.url, key="demo-window-04", timeout=2.0)
    own = "window-04"

    def sent() -> list[tuple[int, int, str, str]]:
        return hall.rows(  # type: ignore[return-value]
            "SELECT first_seq, last_seq, head, blob_sha256 FROM audit_segment WHERE terminal_id = ? ORDER BY 1", own
        )

    cache = OfflineCache(store, platform, own, SITE)

    def seven() -> None:
        for _ in range(7):
            assert cache.ledger.note(AuditEvent(AuditKind.STARTED, cache.clock.now(), "", "terminal")) is None
        proxy.set(Weather.CLOSE_AFTER, lambda method, where: method == "PATCH" or where == "/v1/audit/segments", 2)

    with running(cache, seven):  # a segment that is not full would be followed by the next only minutes later
        proxy.wait_hit()
        wait_for(lambda: sum(last - first + 1 for first, last, _, _ in sent()) == 7)
        head = cache.ledger.state().audit_head
    rows = sent()
    assert [(first, last) for first, last, _, _ in rows] == [(1, 3), (4, 6), (7, 7)]
    assert rows[-1][2].startswith(head)
    for first, last, head, blob in rows:
        pieces = hall.rows("SELECT data FROM blob_piece WHERE terminal_id = ? AND sha256 = ? ORDER BY start",
                           own, blob)  # fmt: skip
        entries = b"".join(piece for (piece,) in pieces)
        assert hashlib.sha256(entries).hexdigest() == blob
        lines = [json.loads(line) for line in entries.splitlines()]
        assert [line["seq"] for line in lines] == list(range(first, last + 1)) and lines[-1]["digest"] == head
        report = verify_audit(store, head)
        assert not isinstance(report, Fault) and report.broken_at is None
