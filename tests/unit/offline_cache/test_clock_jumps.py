"""The system clock is set, by hours or by years, one way or the other: nothing is wiped early, nothing stays for
ever, and the trail holds whatever times are written into it.
"""

from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from kiosk.config import Platform, Store
from kiosk.contracts.ledger import SaveDraft
from kiosk.domain.ids import SlipCode
from kiosk.faults import Fault
from offline_cache import journal, retention
from offline_cache.cache import OfflineCache
from offline_cache.clock import SHANGHAI
from offline_cache.ledger import CacheLedger
from tests.faults.hall import form

from .stores import START, Hands, case, ledger_at, told

SLIP = SlipCode("K2B-001")
JUMPS = [timedelta(hours=30), timedelta(hours=-30), timedelta(days=40), timedelta(days=3652), timedelta(days=-3652)]


def _drafted(ledger: CacheLedger) -> None:
    ledger.record(SaveDraft(case(1), SLIP, form()), told())
    ledger.forget_visit(case(1))


def _is_there(ledger: CacheLedger) -> bool:
    ledger.forget_visit(None)  # the next visit's end, which sweeps
    return ledger.find_by_slip(SLIP) is not None


def _platform_says(hands: Hands, ledger: CacheLedger, now: datetime) -> None:
    ledger._clock.observe(format_datetime(now), hands.seconds - 0.02, hands.seconds)


@pytest.mark.parametrize("jump", JUMPS, ids=str)
@pytest.mark.parametrize("known", [False, True], ids=["alone", "with the platform's time"])
def test_a_day_stays_a_day(tmp_path: Path, jump: timedelta, known: bool) -> None:
    hands = Hands()
    with ledger_at(tmp_path / "s", hands) as ledger:
        if known:
            _platform_says(hands, ledger, START)
        _drafted(ledger)
        hands.advance(hours=1)
        hands.wall += jump.total_seconds()
        assert _is_there(ledger)
        hands.advance(hours=22)
        assert _is_there(ledger)
        hands.advance(hours=3)
        assert not _is_there(ledger)


@pytest.mark.parametrize("years", [-26, 10])
def test_a_clock_that_was_wrong_from_the_start(tmp_path: Path, years: int) -> None:
    """A dead battery: the first answer of the platform mends the time, and makes nothing old."""
    hands = Hands(START + timedelta(days=365 * years))
    with ledger_at(tmp_path / "s", hands) as ledger:
        _drafted(ledger)
        hands.advance(hours=1)
        _platform_says(hands, ledger, START)
        assert abs(ledger._clock.now() - START) < timedelta(seconds=2)
        assert _is_there(ledger)
        hands.advance(hours=22)
        assert _is_there(ledger)
        hands.advance(hours=3)
        assert not _is_there(ledger)


def test_a_start_with_a_clock_nobody_vouches_for(tmp_path: Path) -> None:
    """It may have been set while the machine was off: nothing goes for its age until a day has been seen."""
    hands = Hands()
    with ledger_at(tmp_path / "s", hands) as ledger:
        _drafted(ledger)
    hands.advance(days=100)
    with ledger_at(tmp_path / "s", hands) as ledger:
        assert _is_there(ledger)
        hands.advance(hours=23)
        assert _is_there(ledger)
        hands.advance(hours=2)
        assert not _is_there(ledger)
    with ledger_at(tmp_path / "t", hands) as ledger:
        _drafted(ledger)
    hands.advance(days=2)
    with ledger_at(tmp_path / "t", hands) as ledger:
        _platform_says(hands, ledger, datetime.fromtimestamp(hands.wall, SHANGHAI))
        assert not _is_there(ledger)


def test_the_signature_of_a_visit_survives(tmp_path: Path) -> None:
    """Kept, and the clock jumps before anything that refers to it is recorded; it goes with the visit, or with the
    program."""
    store = Store(path=str(tmp_path / "store.db"))
    cache = OfflineCache(store, Platform(url="http://127.0.0.1:9", key="k"), "kiosk-01", "s")
    assert cache.open() is None
    blob = cache.ledger.keep_blob(b"signature", "signature")
    assert not isinstance(blob, Fault) and cache._store is not None
    with cache._store.write() as db:
        retention.sweep(db, cache.clock.now() + timedelta(days=3652), keeps_site=False)
        assert db.execute("SELECT id FROM blobs").fetchall() == [(blob,)]
    cache.stop()
    assert cache.open() is None
    with cache._store.read() as db:
        assert db.execute("SELECT id FROM blobs").fetchall() == []
    cache.stop()


def test_the_trail_holds(tmp_path: Path) -> None:
    hands = Hands()
    with ledger_at(tmp_path / "s", hands) as ledger:
        for jump in (*JUMPS, timedelta(days=-9000)):
            assert ledger.note(told(at=ledger._clock.now())) is None
            hands.wall += jump.total_seconds()
        with ledger._opened().read() as db:
            times = [one.body for one in journal.entries(db)]
            report = journal.verify(db, ledger._audit_key, journal.head(db)[1])
    assert times != sorted(times) and report.broken_at is None and report.entries == len(JUMPS) + 1
