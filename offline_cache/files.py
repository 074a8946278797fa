"""The few plain files beside the store: written durably, locked against a second start, reserved for a full disk."""

import contextlib
import errno
import os
import sys
from pathlib import Path

from kiosk.faults import FaultCode

from .errors import StoreError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def refused(error: OSError) -> StoreError:
    """An operating system's refusal as ours."""
    if error.errno in _FULL:
        return StoreError(FaultCode.DISK_FULL, {"reason": "no-space"})
    return StoreError(
        FaultCode.STORE_LOCKED, {"reason": "file-" + errno.errorcode.get(error.errno or 0, "unknown").lower()}
    )


def make_folder(folder: Path) -> None:
    """The store's folder, for its owner only, and durably: a folder whose name a power cut takes away takes with it
    whatever was promised in it."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for one in missing:
            sync_folder(one.parent)
    except OSError as error:
        raise refused(error) from None


def write_durably(path: Path, data: bytes) -> None:
    """A small file that is there whole or not at all, also after a power cut (mode 0600)."""
    fresh = path.with_name(path.name + ".new")
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            if os.write(handle, data) != len(data):
                raise OSError(errno.ENOSPC, "short write")
            os.fsync(handle)
        finally:
            os.close(handle)
        os.replace(fresh, path)  # noqa: PTH105  (one call, atomic on both systems)
        sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise refused(error) from None


def sync_folder(folder: Path) -> None:
    """Make new names durable; Windows does so by itself."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class StartLock:
    """Held while the terminal runs: a second start of the same terminal is refused. The system frees it with the
    process, however that ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def take(self) -> None:
        """StoreError(ALREADY_RUNNING) when somebody holds it."""
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise refused(error) from None
        try:
            if sys.platform == "win32":
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            raise StoreError(FaultCode.ALREADY_RUNNING) from None
        self._handle = handle

    def free(self) -> None:
        """Let the next start in."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


class Reserve:
    """Room kept aside for the bookkeeping of a full disk: given back at the first "disk full", so that what is
    acknowledged can still be settled and the outbox can still empty itself."""

    def __init__(self, path: Path, size: int) -> None:
        self._path, self._size = path, size

    def keep(self) -> bool:
        """Whether the room is kept aside now; False when the disk has none to give."""
        if not self._size:
            return True
        with contextlib.suppress(OSError):
            if self._path.stat().st_size == self._size:
                return True
        try:
            with self._path.open("wb") as file:
                for start in range(0, self._size, 65536):
                    file.write(b"\0" * min(65536, self._size - start))
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            self.give_back()
            return False
        return True

    def give_back(self) -> None:
        """Free the room."""
        with contextlib.suppress(OSError):
            self._path.unlink()
