"""Real system calls that fail for a real process: strace takes hold of it, and the chosen calls on the store's files
are answered with an error instead of being done, or end the process where they stand.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .hall import wait_for

needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
WRITES = "pwrite64,write,fdatasync,fsync,ftruncate,openat,unlink,rename"
_BESIDE = ("", "-wal", "-shm", "-journal", ".key", ".key.new", ".check", ".check.new", ".lock", ".reserve")


class Spoiler:
    """Holds on to one process. ``spoil`` as strace writes it: ``error=EIO:when=7+`` or ``signal=KILL:when=7``."""

    def __init__(
        self, process: int, folder: Path, calls: str, spoil: str, names: tuple[str, ...] = ("store.db",)
    ) -> None:
        paths = [str(folder), *(str(folder / (name + end)) for name in names for end in _BESIDE)]
        command = ["strace", "-f", "-p", str(process), "-o", "/dev/null", "-e", f"trace={calls}"]
        for path in paths:
            command += ["-P", path]
        self._strace = subprocess.Popen(
            [*command, "-e", f"inject={calls}:{spoil}"], stderr=subprocess.PIPE, text=True
        )
        assert self._strace.stderr is not None
        said = self._strace.stderr.readline()
        assert "attached" in said, said

    def let_go(self) -> None:
        """The condition is gone."""
        if self._strace.poll() is None:
            self._strace.send_signal(signal.SIGINT)
        self._strace.communicate()


class Life:
    """One life of the program that does every act, held from its first system call on."""

    def __init__(self, nursery: "Nursery", folder: Path, calls: str, spoil: str) -> None:
        self._nursery, self.folder, self.died = nursery, folder, False
        folder.mkdir(exist_ok=True)
        self.number = int(nursery.ask(f"begin {folder.name}").split()[1])
        wait_for(lambda: _is_stopped(self.number))
        self._spoiler: Spoiler | None = Spoiler(self.number, folder, calls, spoil) if spoil else None
        os.kill(self.number, signal.SIGCONT)

    def acts(self) -> list[tuple[str, str, int, str]]:
        """What was done until "done", or until its death: act, how it ended, length and head of the trail."""
        found = []
        while not (line := self._nursery.hear()).startswith(("done", "ended")):
            name, code, entries, head = line.rsplit(" ", 3)
            found.append((name, code, int(entries), head))
        if line.startswith("ended"):
            self.died = True
            self.mend()
        return found

    def mend(self) -> None:
        """The condition is gone."""
        if self._spoiler is not None:
            self._spoiler.let_go()
            self._spoiler = None

    def again(self) -> list[tuple[str, str, int, str]]:
        """Everything once more, in the same process."""
        self._nursery.tell("again")
        return self.acts()

    def end(self) -> int:
        """Close; how it ended."""
        self._nursery.tell("end")
        return int(self._nursery.hear().split()[1])


class Nursery:
    """Where lives begin: everything is imported already, so that hundreds of them are soon lived."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        command = [sys.executable, "-m", "tests.faults.acts", str(folder)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def tell(self, line: str) -> None:
        """One line of input; the life that runs hears it."""
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def hear(self) -> str:
        """One line."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline().strip()
        assert line, "the nursery is gone"
        return line

    def ask(self, line: str) -> str:
        """Tell, and hear."""
        self.tell(line)
        return self.hear()

    def close(self) -> None:
        """No more of them."""
        self._process.kill()
        self._process.communicate()


@contextlib.contextmanager
def nursery_in(folder: Path) -> Iterator[Nursery]:
    """Begun and ended."""
    nursery = Nursery(folder)
    try:
        yield nursery
    finally:
        nursery.close()


def _is_stopped(process: int) -> bool:
    return Path(f"/proc/{process}/stat").read_text("ascii").rsplit(")", 1)[1].split()[0] == "T"
