"""What the store's folder lies on, and how long this disk takes to say "written"."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

SYNCS = 64
_PAGE = 4096
_IN_MEMORY = {"tmpfs", "ramfs", "devtmpfs"}
_ELSEWHERE = {"nfs", "nfs4", "cifs", "smb3", "9p"}
_WITHOUT_FLUSH = {"nobarrier", "barrier=0"}


@dataclass(frozen=True, slots=True)
class Medium:
    """File system and device; ``objection``: a slug why nothing there outlives a power cut, or empty."""

    filesystem: str
    source: str
    objection: str


@dataclass(frozen=True, slots=True)
class SyncTimes:
    """Microseconds of one page written and synced, over ``SYNCS`` times."""

    median: int
    slowest: int


def medium(folder: Path, mounts: str | None = None) -> Medium:
    """What ``folder`` lies on, by the system's own table (``mounts``: its text, as in /proc/self/mountinfo)."""
    if mounts is None:
        try:
            mounts = Path("/proc/self/mountinfo").read_text("utf-8", "replace")
        except OSError:
            return Medium("unknown", "", "")
    path = str(folder.resolve())
    best: tuple[int, Medium] = (-1, Medium("unknown", "", ""))
    for line in mounts.splitlines():
        mount, _, rest = line.partition(" - ")
        fields, said = mount.split(" "), rest.split(" ")
        if len(fields) < 6 or len(said) < 3:
            continue
        point = fields[4].replace("\\040", " ")
        inside = path == point or path.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= best[0]:  # the later of two on one place covers the earlier
            options = {*fields[5].split(","), *said[2].split(",")}
            best = len(point), Medium(said[0], said[1], _objection(said[0], options))
    return best[1]


def sync_times(folder: Path) -> SyncTimes:
    """Write and sync a page again and again, on this very disk."""
    path, took = folder / "page", []
    handle = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        for number in range(SYNCS):
            page = os.urandom(_PAGE)
            begun = time.perf_counter_ns()
            os.pwrite(handle, page, number * _PAGE)
            os.fdatasync(handle)
            took.append((time.perf_counter_ns() - begun) // 1000)
    finally:
        os.close(handle)
        path.unlink()
    took.sort()
    return SyncTimes(took[len(took) // 2], took[-1])


def _objection(filesystem: str, options: set[str]) -> str:
    if filesystem in _IN_MEMORY:
        return "memory"
    if filesystem in _ELSEWHERE:
        return "network"
    return "no-barrier" if options & _WITHOUT_FLUSH else ""
