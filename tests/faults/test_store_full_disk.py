"""A disk that is full, really: every write site says so, nothing is half written, what was promised stays."""

import contextlib
import os
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.audit import AuditKind
from kiosk.config import Platform, Store
from kiosk.contracts.ledger import DeedStatus, RecordHandover, SaveDraft, Verdict
from kiosk.domain.handover import Handover, HandoverLine, HandoverState, Permit
from kiosk.domain.ids import ArticleId, BlobId, CaseId, HandoverId, PermitId, UnitId
from kiosk.faults import Fault, FaultCode
from offline_cache.cache import AuditReport, OfflineCache, verify_audit

from .hall import SITE, Hall, event, form, fresh_case, settled

RESERVE = 512 * 1024
_FULL = FaultCode.DISK_FULL


class SmallDisk:
    """A file system of a few megabytes, with a ballast that fills it to the last byte."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Not one byte left."""
        with self._ballast.open("ab", buffering=0) as file, contextlib.suppress(OSError):
            for size in (65536, 4096, 1):
                with contextlib.suppress(OSError):
                    while True:
                        file.write(b"\0" * size)
        assert os.statvfs(self.folder).f_bavail == 0

    def clear(self) -> None:
        """Somebody tidied up."""
        self._ballast.unlink()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """Mounted for one test; needs leave to mount."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no leave to mount a small disk")
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def _cache(disk: SmallDisk, url: str = "http://127.0.0.1:9", reserve: int = RESERVE) -> OfflineCache:
    store = Store(path=str(disk.folder / "store.db"))
    return OfflineCache(
        store, Platform(url=url, key="demo-kiosk-01"), "kiosk-01", SITE, reserve_bytes=reserve, most_waiting=10**6
    )


def _draft(cache: OfflineCache, case_id: CaseId | None = None) -> DeedStatus | Fault:
    fresh, slip = fresh_case(cache)
    return cache.ledger.record(SaveDraft(case_id or fresh, slip, form()), event(cache, AuditKind.DRAFT_SAVED))


def _fact(cache: OfflineCache) -> DeedStatus | Fault:
    case_id, goods = fresh_case(cache)[0], HandoverId(fresh_case(cache)[0])
    deed = RecordHandover(
        goods, case_id, PermitId(goods), (ArticleId(goods),), BlobId("0" * 64), "R-1", cache.clock.now()
    )
    return cache.ledger.record(deed, event(cache, AuditKind.HANDED_OVER, "0317"))


def _handover(cache: OfflineCache) -> Handover:
    number = fresh_case(cache)[0]
    permit = Permit(PermitId(number), b"{}" * 2000, b"\0" * 64, cache.clock.now() + timedelta(minutes=20))
    lines = (HandoverLine(ArticleId(number), UnitId("licence_paper-50010001")),)
    return Handover(HandoverId(number), number, HandoverState.PREPARED, 1, lines, permit)


WRITES: dict[str, Callable[[OfflineCache], Any]] = {
    "intent": _draft,
    "fact": _fact,
    "audit entry": lambda cache: cache.ledger.note(event(cache, AuditKind.VISIT_BEGUN)),
    "signature": lambda cache: cache.ledger.keep_blob(os.urandom(40_000), "signature"),
    "prepared hand-over": lambda cache: cache.ledger.keep_handover(_handover(cache)),
}


@pytest.mark.parametrize("what", WRITES)
def test_every_write_site(disk: SmallDisk, what: str) -> None:
    """Without any reserve left: a fault as a value; the store is whole; it goes on when there is room again."""
    cache = _cache(disk, reserve=0)
    assert cache.open() is None
    case_id, _ = fresh_case(cache)
    assert isinstance(_draft(cache, case_id), DeedStatus)
    before = cache.ledger.state()
    disk.fill()
    full = next(heard for _ in range(200) if isinstance(heard := WRITES[what](cache), Fault))
    assert full.code is _FULL
    kept = cache.ledger.state()  # those of the 200 that still fitted
    assert kept.locked is None and kept.audit_entries >= before.audit_entries
    assert isinstance(cache.ledger.keep_blob(os.urandom(3_000_000), "scan"), Fault)
    cache.ledger.forget_visit(None)  # the wipe waits, and does not fall over
    assert cache.ledger.deeds(case_id)[0].verdict is Verdict.WAITING
    disk.clear()
    assert not isinstance(WRITES[what](cache), Fault)
    cache.stop()
    report = verify_audit(Store(path=str(disk.folder / "store.db")), kept.audit_head)
    assert isinstance(report, AuditReport) and report.broken_at is None


def test_until_nothing_fits(disk: SmallDisk) -> None:
    """People go on until the disk is full: every yes is kept, the first no is the last word until there is room."""
    cache = _cache(disk)
    assert cache.open() is None
    yes = 0
    while isinstance(heard := _draft(cache), DeedStatus):
        yes += 1
    assert heard.code is _FULL and yes > 20
    state = cache.ledger.state()
    assert state.waiting == state.audit_entries == yes
    again = _draft(cache)
    assert isinstance(again, Fault) and again.code is _FULL
    cache.stop()
    reopened = _cache(disk)
    assert reopened.open() is None
    assert reopened.ledger.state() == state
    reopened.stop()


def test_no_room_to_begin(disk: SmallDisk) -> None:
    """A first start on a full disk: disk full, no half store; with room it begins as if nothing had been."""
    disk.fill()
    cache = _cache(disk)
    fault = cache.open()
    assert fault is not None and fault.code is _FULL
    assert cache.ledger.state().locked == fault
    disk.clear()
    cache = _cache(disk)
    assert cache.open() is None
    assert isinstance(_draft(cache), DeedStatus)
    cache.stop()


@pytest.mark.processes
def test_the_outbox_empties_itself_on_a_full_disk(disk: SmallDisk, hall: Hall) -> None:
    """The reserve is for settling: what was recorded before is sent and acknowledged, new acts are refused."""
    cache = _cache(disk, hall.url)
    assert cache.open() is None
    case_id, _ = fresh_case(cache)
    assert isinstance(_draft(cache, case_id), DeedStatus)
    disk.fill()
    while isinstance(heard := _draft(cache), DeedStatus):
        pass
    assert heard.code is _FULL
    cache.start()
    assert settled(cache, case_id, 1)[0].verdict is Verdict.ACCEPTED
    refused = _draft(cache)
    assert isinstance(refused, Fault) and refused.code is _FULL
    disk.clear()
    assert isinstance(_draft(cache), DeedStatus)
    cache.stop()
    assert hall.rows("SELECT version FROM opening_case WHERE id = ?", case_id) == [(1,)]
