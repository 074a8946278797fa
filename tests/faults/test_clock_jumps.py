"""The system clock is set while deeds wait for a line that is down: they go out when it is back, under one key."""

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.audit import AuditKind
from kiosk.contracts.ledger import SaveDraft, Verdict
from offline_cache.cache import OfflineCache

from .hall import Hall, event, form, fresh_case, kiosk, kiosk_settings, parked, running, settled, wait_for
from .proxy import Proxy, Weather

pytestmark = pytest.mark.processes


@pytest.mark.parametrize("jump", [timedelta(hours=5), timedelta(days=3652), timedelta(days=-3652)], ids=str)
def test_set_during_an_outage(tmp_path: Path, hall: Hall, proxy: Proxy, jump: timedelta) -> None:
    with kiosk(tmp_path, proxy.url) as cache:
        wait_for(cache.platform.online)
        proxy.set(Weather.RESET_AT_ONCE)
        wait_for(lambda: not cache.platform.online())
        case_id, slip = fresh_case(cache)
        cache.ledger.record(SaveDraft(case_id, slip, form()), event(cache, AuditKind.DRAFT_SAVED))
        wall = cache.clock._wall
        cache.clock._wall = lambda: wall() + jump.total_seconds()
        later, other = fresh_case(cache)
        cache.ledger.record(SaveDraft(later, other, form()), event(cache, AuditKind.DRAFT_SAVED))
        proxy.set(Weather.FAIR)
        for number in (case_id, later):
            assert settled(cache, number, 1)[0].verdict is Verdict.ACCEPTED
        assert parked(cache) == []
    there = hall.rows("SELECT id, version FROM opening_case WHERE id IN (?, ?)", case_id, later)
    assert sorted(there) == sorted([(case_id, 1), (later, 1)])


@pytest.mark.parametrize("tried", [False, True])
def test_made_under_a_wrong_clock(tmp_path: Path, hall: Hall, tried: bool) -> None:
    """A deed that never was on its way goes out, however old it says it is; one whose key the platform may have
    forgotten is a task for a person."""
    store, platform = kiosk_settings(tmp_path, hall.url)
    cache = OfflineCache(store, platform, "kiosk-01", "cq-demo-01")
    with running(cache):
        case_id, slip = fresh_case(cache)
        wait_for(cache.platform.online)
    assert cache.open() is None
    cache.ledger.record(SaveDraft(case_id, slip, form()), event(cache, AuditKind.DRAFT_SAVED))
    assert cache._store is not None
    with cache._store.write() as db:
        db.execute("UPDATE outbox SET made_at = '2000-01-01T08:00:00+08:00', attempts = ?", [int(tried)])
    cache.stop()
    with kiosk(tmp_path, hall.url) as cache:
        (status,) = settled(cache, case_id, 1)
        assert status.verdict is (Verdict.GAVE_UP if tried else Verdict.ACCEPTED)
        assert [task.fault.details["slug"] for task in parked(cache)] == (["too-old"] if tried else [])
