"""Which files a process has written to, by its system calls, and whether somebody is still in one of them."""

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

_CALLS = "open,openat,creat,rename,renameat,renameat2,link,linkat"
_NAME = r'"((?:[^"\\]|\\.)*)"'
_OPENED = re.compile(rf"(?:open|creat|openat)\((?:AT_FDCWD(?:<[^>]*>)?, )?{_NAME}(?:, ([A-Z_|0-9a-z]+))?.*\) = \d")
_MOVED = re.compile(rf"(?:rename|link)\w*\(.*{_NAME}(?:, 0|, RENAME_\w+)?\) = 0")
_NOWHERE = ("/dev/", "/proc/", "/sys/")


class Watcher:
    """Writes down every file that a process, or what it starts, opens to write, from now on; ``open``: what it has
    open to write already."""

    def __init__(self, trace: Path, process: int) -> None:
        self.trace = trace
        self.open = set(_open_to_write(process))
        command = ["strace", "-f", "-qq", "-s", "4096", "-e", f"trace={_CALLS}", "-o", str(trace), "-p", str(process)]
        self._strace = subprocess.Popen(command, stderr=subprocess.DEVNULL)

    def stop(self) -> None:
        """Enough."""
        if self._strace.poll() is None:
            self._strace.send_signal(signal.SIGINT)
        self._strace.wait()


def _open_to_write(process: int) -> Iterator[Path]:
    for handle in Path(f"/proc/{process}/fd").iterdir():
        info = Path(f"/proc/{process}/fdinfo/{handle.name}").read_text("ascii")
        flags = int(next(line for line in info.splitlines() if line.startswith("flags:")).split()[1], 8)
        if flags & os.O_ACCMODE and (name := str(handle.readlink())).startswith("/"):
            yield Path(name)


def under_watch(trace: Path, *command: str) -> list[str]:
    """A command that is watched from its first moment."""
    return ["strace", "-f", "-qq", "-s", "4096", "-e", f"trace={_CALLS}", "-o", str(trace), *command]


def written(trace: Path, base: Path) -> set[Path]:
    """Every file that was opened to write, or got a new name; relative names are ``base``'s."""
    found = set()
    for line in trace.read_text("utf-8", "replace").splitlines():
        opened, moved = _OPENED.search(line), _MOVED.search(line)
        if opened and ("O_WRONLY" in (opened[2] or "") or "O_RDWR" in (opened[2] or "") or "creat(" in line):
            found.add(opened[1])
        elif moved:
            found.add(moved[1])
    names = (name.encode("latin-1", "replace").decode("unicode_escape") for name in found)
    return {base / name for name in names if not name.startswith(_NOWHERE)}


def still_in(paths: set[Path], secrets: list[bytes]) -> list[tuple[Path, bytes]]:
    """Who is still found where, in the files that are still there."""
    return [
        (path, secret)
        for path in sorted(paths)
        if path.is_file()
        for secret in secrets
        if secret in path.read_bytes()
    ]
