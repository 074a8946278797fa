"""Runs a program under ``strace`` and hands back what it did to its disk."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.faults import Fault, FaultCode
from offline_cache.files import make_folder

from . import trace
from .events import Event, Promised
from .trace import TraceError

STORE = "kiosk/store.db"  # below the watched folder; its own folder is made by the store, as on a first start
_SECONDS = 900


class ProofError(Exception):
    """The proof could not be run; ``reason`` is a slug for the technician."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def fault(self) -> Fault:
        """The same as a value."""
        return Fault(FaultCode.PROOF_IMPOSSIBLE, {"reason": self.reason})


@dataclass(frozen=True, slots=True)
class Recording:
    """Every call on the watched folder, in order, and every promise among them."""

    events: tuple[Event, ...]

    @property
    def promises(self) -> tuple[str, ...]:
        """What was promised, in order."""
        return tuple(event.text for event in self.events if isinstance(event, Promised))


def tracer() -> str:
    """Where strace is; ProofError when it is not there."""
    found = shutil.which("strace")
    if found is None:
        raise ProofError("strace-missing")
    return found


def record(scratch: Path, program: Sequence[str]) -> Recording:
    """Run ``python -m PROGRAM…`` with ``{store}`` and ``{promises}`` filled in; everything stays below ``scratch``.
    The program is one process and opens its files by absolute paths or relative to a folder.

    ProofError: strace missing or not allowed to trace, the program failed, a call that the trace cannot judge.
    """
    strace = tracer()
    watched = scratch.resolve() / "disk"
    promises, lines = scratch.resolve() / "promises", scratch.resolve() / "trace"
    shutil.rmtree(watched, ignore_errors=True)
    make_folder(watched)
    places = {"{store}": str(watched / STORE), "{promises}": str(promises)}
    command = [strace, *trace.OPTIONS, "-o", str(lines), sys.executable, "-m", *(places.get(p, p) for p in program)]
    try:
        run = subprocess.run(
            command, env=_environment(), capture_output=True, text=True, timeout=_SECONDS, check=False
        )
        if run.returncode:
            raise ProofError(_why(run.stderr))
        with lines.open(encoding="ascii", errors="strict") as file:
            return Recording(tuple(trace.events(file, str(watched), str(promises))))
    except TraceError as error:
        raise ProofError(f"trace: {error}") from error
    except (OSError, UnicodeDecodeError, subprocess.TimeoutExpired) as error:
        raise ProofError(type(error).__name__) from error
    finally:
        lines.unlink(missing_ok=True)
        shutil.rmtree(watched, ignore_errors=True)


def _environment() -> dict[str, str]:
    """The program finds the very modules that this process runs, and writes no compiled ones."""
    ours = str(Path(__file__).parents[2])
    paths = [ours, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}


def _why(said: str) -> str:
    """A program that is not allowed to trace says so in many words; the program's own last line names its error."""
    if "strace:" in said and any(word in said.lower() for word in ("ptrace", "not permitted", "attach")):
        return "ptrace-forbidden"
    last = said.strip().splitlines()[-1:] or [""]
    return f"program: {last[0].partition(':')[0][:80]}"
