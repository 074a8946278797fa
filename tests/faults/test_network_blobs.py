"""Uploads have a lane of their own: a picture on a slow line holds up its own case, and nobody else's."""

import logging
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from kiosk.audit import AuditKind
from kiosk.contracts.ledger import DeedStatus, SaveDraft, Verdict
from kiosk.domain.ids import CaseId
from kiosk.faults import Fault
from offline_cache.cache import OfflineCache
from offline_cache.database import open_beside
from offline_cache.sync import UPLOADERS

from .hall import Hall, event, form, fresh_case, kiosk, parked, ready_form, settled, submit, trade_name, wait_for
from .proxy import Proxy, Weather
from .workers import case_of, scan_of

pytestmark = pytest.mark.processes


def _draft_with(cache: OfflineCache, scan: bytes) -> CaseId:
    """A draft that the platform may have only behind a picture."""
    blob = cache.ledger.keep_blob(scan, "scan")
    assert not isinstance(blob, Fault)
    case_id, slip = fresh_case(cache)
    made = replace(form(), people=(replace(form().people[0], signature=blob),))
    status = cache.ledger.record(SaveDraft(case_id, slip, made), event(cache, AuditKind.DRAFT_SAVED))
    assert isinstance(status, DeedStatus), status
    return case_id


def _pieces_of(*scans: bytes) -> Callable[[str, str], bool]:
    """The requests that bring them."""
    blobs = {sha256(scan).hexdigest() for scan in scans}
    return lambda method, path: method == "PATCH" and path.rpartition("/")[2] in blobs


def _arrived(hall: Hall, scan: bytes) -> bool:
    """Whether every byte of it is there, once."""
    blob = sha256(scan).hexdigest()
    pieces = hall.rows("SELECT start, length(data) FROM blob_piece WHERE sha256 = ? ORDER BY start", blob)
    ends = [0, *(start + size for start, size in pieces)]
    whole = hall.rows("SELECT whole FROM blob WHERE sha256 = ?", blob) == [(1,)]
    return whole and [start for start, _ in pieces] == ends[:-1] and ends[-1] == len(scan)


def _on_disk(folder: Path, case_id: CaseId) -> list[tuple[str, int]]:
    """State and attempts of a case's rows, as the next start finds them."""
    with closing(open_beside(folder / "kiosk" / "store.db", "file").conn) as store:
        query = "SELECT state, attempts FROM outbox WHERE case_id = ? ORDER BY id"
        return store.execute(query, [case_id]).fetchall()  # type: ignore[no-any-return]


def test_ten_cases_pass_a_picture_on_a_slow_line(tmp_path: Path, hall: Hall, proxy: Proxy) -> None:
    """Five megabytes are on the way and do not arrive: ten others are signed, submitted and accepted meanwhile. What
    is done for the picture's own case waits behind it."""
    scan = scan_of(1)
    with kiosk(tmp_path, proxy.url, 60.0) as cache:
        proxy.hold(_pieces_of(scan), after=2)
        slow = _draft_with(cache, scan)
        proxy.wait_held()
        later = SaveDraft(slow, fresh_case(cache)[1], replace(form(), licence_copies=3))
        cache.ledger.record(later, event(cache, AuditKind.DRAFT_SAVED))
        others = []
        for number in range(10):
            case_id, slip = fresh_case(cache)
            submit(cache, case_id, slip, ready_form(cache, case_id, trade_name(600 + number)))
            others.append(case_id)
        for case_id in others:
            assert {one.verdict for one in settled(cache, case_id, 2)} == {Verdict.ACCEPTED}
        assert proxy.held == 1 and not _arrived(hall, scan)
        assert [one.verdict for one in cache.ledger.deeds(slow)] == [Verdict.SENDING, Verdict.WAITING]
        proxy.release()
        assert [one.verdict for one in settled(cache, slow, 2)] == [Verdict.ACCEPTED] * 2
        assert parked(cache) == []
    assert _arrived(hall, scan)
    assert hall.rows("SELECT version FROM opening_case WHERE id = ?", slow) == [(2,)]


def test_uploads_that_get_nowhere_give_way(tmp_path: Path, hall: Hall, proxy: Proxy) -> None:
    """More pictures than the lane takes, and the line swallows each: a signature behind them all still arrives."""
    scans = [scan_of(10 + number, 300_000) for number in range(2 * UPLOADERS + 1)]
    with kiosk(tmp_path, proxy.url, 0.8) as cache:
        proxy.set(Weather.HALF_OPEN, _pieces_of(*scans))
        slow = [_draft_with(cache, scan) for scan in scans]
        proxy.wait_hit()
        signed = _draft_with(cache, b"a signature")
        assert settled(cache, signed, 1)[0].verdict is Verdict.ACCEPTED
        assert not any(_arrived(hall, scan) for scan in scans)
        assert cache.platform.online()  # what does not pass is too large for the line, and says nothing of it
        proxy.set(Weather.FAIR)
        cache.hurry()
        for case_id in slow:
            assert settled(cache, case_id, 1)[0].verdict is Verdict.ACCEPTED
    assert all(_arrived(hall, scan) for scan in scans)


def test_stopped_in_the_middle_it_goes_on_there(tmp_path: Path, hall: Hall, proxy: Proxy) -> None:
    """A stop breaks the upload off although its deadline is far away; the row is ready, and nothing is sent twice."""
    scan = scan_of(2)
    with kiosk(tmp_path, proxy.url, 600.0) as cache:
        proxy.hold(_pieces_of(scan), after=2)
        case_id = _draft_with(cache, scan)
        proxy.wait_held()
    assert [state for state, _ in _on_disk(tmp_path, case_id)] == ["ready"]
    proxy.release()
    with kiosk(tmp_path, proxy.url) as cache:
        assert settled(cache, case_id, 1)[0].verdict is Verdict.ACCEPTED
    assert _arrived(hall, scan)


def test_killed_in_the_middle_it_goes_on_there(tmp_path: Path, hall: Hall, proxy: Proxy) -> None:
    """No farewell: what was on the blobs' lane is ready again at the next start, under its old key."""
    scan, promised = scan_of(0), tmp_path / "promised"
    command = [sys.executable, "-m", "tests.faults.workers", "scan", str(tmp_path), str(promised), "1", proxy.url]
    proxy.hold(_pieces_of(scan), after=2)
    worker = subprocess.Popen(command)
    try:
        proxy.wait_held()
    finally:
        worker.kill()
        worker.wait()
    case_id = case_of(0)[0]
    assert promised.read_text("ascii").split() == [case_id]
    assert _on_disk(tmp_path, case_id) == [("leased", 0)]
    proxy.release()
    with kiosk(tmp_path, proxy.url) as cache:
        assert settled(cache, case_id, 1)[0].verdict is Verdict.ACCEPTED
        assert parked(cache) == []
    assert _on_disk(tmp_path, case_id) == [("done", 2)]
    assert _arrived(hall, scan)
    assert hall.rows("SELECT version FROM opening_case WHERE id = ?", case_id) == [(1,)]


def test_what_is_underway_is_never_taken_a_second_time(
    tmp_path: Path, hall: Hall, proxy: Proxy, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The loop stumbles and takes up again what it may have left lying: not the picture that is still on the way."""
    scan = scan_of(3)
    asked: list[str] = []
    with kiosk(tmp_path, proxy.url, 60.0) as cache:
        proxy.hold(_pieces_of(scan), after=2)
        slow = _draft_with(cache, scan)
        proxy.wait_held()
        proxy.set(Weather.FAIR, lambda method, path: not asked.append(f"{method} {path}"))  # type: ignore[func-returns-value]
        tell = cache._news.tell

        def stumble(changed: CaseId | None) -> None:
            tell(changed)
            if changed == case_id and threading.current_thread().name == "sync":
                monkeypatch.setattr(cache._news, "tell", tell)
                raise RuntimeError("a bug")

        case_id, slip = fresh_case(cache)
        with caplog.at_level(logging.ERROR):
            monkeypatch.setattr(cache._news, "tell", stumble)
            cache.ledger.record(SaveDraft(case_id, slip, form()), event(cache, AuditKind.DRAFT_SAVED))
            wait_for(lambda: "sync failed" in caplog.text)
        cache.hurry()
        assert settled(cache, case_id, 1)[0].verdict in (Verdict.ACCEPTED, Verdict.ALREADY_KNOWN)
        assert cache.ledger.deeds(slow)[0].verdict is Verdict.SENDING and proxy.held == 1
        assert not any(one.endswith(sha256(scan).hexdigest()) for one in asked)
        proxy.release()
        assert settled(cache, slow, 1)[0].verdict is Verdict.ACCEPTED
    assert _arrived(hall, scan)
