"""``kiosk prove``: the whole proof on the disk of a terminal's store, without ever touching the store itself."""

import contextlib
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from kiosk.faults import Fault
from offline_cache.clock import SHANGHAI
from offline_cache.driver import ENGINE
from offline_cache.errors import StoreError
from offline_cache.files import StartLock, make_folder, refused

from . import result
from .medium import Medium, SyncTimes, medium, sync_times
from .recorder import ProofError, record, tracer
from .replay import Tally, replay
from .result import Outcome, Proof
from .visits import acts
from .words import sentence

DEFAULT_CUTS = 2000
FEWEST_CUTS = 50  # with fewer the control might pass by luck
_VISITS = 12  # some three thousand calls
_FEWEST_VISITS = 4  # one of each kind
_CONTROL_CUTS = 100
_LEAST_FREE = 256 * 2**20

Say = Callable[[str], None]


def prove(store: Path, cuts: int, version: str, say: Say) -> Proof | Fault:
    """Run it, say every line as it is known, and keep the result beside ``store``.

    Fault: proof-impossible (strace missing or forbidden, no room, a call that cannot be judged), already-running
    (another proof), disk-full, store-locked (the folder cannot be written).
    """
    try:
        with _scratch(store) as scratch:
            proof = _prove(scratch, cuts, version, say)
            result.keep(store, proof)
    except (StoreError, ProofError) as error:
        return error.fault
    except OSError as error:
        return refused(error).fault
    say(sentence("kept", path=result.place(store)))
    return proof


def _prove(scratch: Path, cuts: int, version: str, say: Say) -> Proof:
    begun, seed = time.monotonic(), secrets.randbits(32)
    tracer()  # where there is none, nothing has to be tried first
    say(sentence("began", cuts=cuts, version=version, engine=ENGINE))
    under, times = _look_at_disk(scratch, say)
    visits = _VISITS if cuts > 10 * FEWEST_CUTS else _FEWEST_VISITS
    promises, tally = _run(scratch, "full", visits, cuts, seed)
    figures = {"lost": tally.lost, "doubled": tally.doubled, "half": tally.half, "unreadable": tally.unreadable}
    say(_mark(tally.sound) + sentence("cuts", cuts=tally.cuts, promises=promises, **figures))
    for why, count in tally.why:
        say(f"     {count} × {why}")
    _, control = _run(scratch, "normal", _FEWEST_VISITS, min(cuts, _CONTROL_CUTS), seed)
    sees = control.lost > 0
    said = sentence("control" if sees else "control-blind", cuts=control.cuts, lost=control.lost)
    say(_mark(sees) + said)
    proof = Proof(
        at=datetime.now(SHANGHAI).isoformat(timespec="seconds"),
        version=version,
        engine=ENGINE,
        filesystem=under.filesystem,
        objection=under.objection,
        sync_median=times.median,
        sync_slowest=times.slowest,
        promises=promises,
        cuts=tally.cuts,
        lost=tally.lost,
        doubled=tally.doubled,
        half=tally.half,
        unreadable=tally.unreadable,
        control_cuts=control.cuts,
        control_lost=control.lost,
        seed=seed,
        seconds=round(time.monotonic() - begun),
    )
    say(_mark(proof.outcome is Outcome.PASSED) + sentence(proof.outcome.value))
    return proof


def _run(scratch: Path, synchronous: str, visits: int, cuts: int, seed: int) -> tuple[int, Tally]:
    program = ["offline_cache.proof.program", "{store}", "{promises}", str(visits), synchronous]
    recording = record(scratch, program)
    return len(recording.promises), replay(recording, acts(visits), cuts, seed, scratch / "cut")


def _look_at_disk(scratch: Path, say: Say) -> tuple[Medium, SyncTimes]:
    under = medium(scratch)
    try:
        if shutil.disk_usage(scratch).free < _LEAST_FREE:
            raise ProofError(f"less than {_LEAST_FREE // 2**20} MB free")
        times = sync_times(scratch)
    except OSError as error:
        raise ProofError(type(error).__name__) from error
    shown = {"median": times.median / 1000, "slowest": times.slowest / 1000}
    say(_mark(not under.objection) + sentence("medium", filesystem=under.filesystem, **shown))
    if under.objection:
        say("     " + sentence(f"objection-{under.objection}"))
    return under, times


@contextlib.contextmanager
def _scratch(store: Path) -> Iterator[Path]:
    """A folder beside the store, for one proof at a time; what an earlier one that was cut off left is removed."""
    folder = store.with_name(store.name + ".proving")
    make_folder(folder)
    lock = StartLock(folder / "lock")
    lock.take()
    try:
        work = folder / "work"
        shutil.rmtree(work, ignore_errors=True)
        make_folder(work)
        yield work
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        lock.free()


def _mark(good: bool) -> str:
    return "ok   " if good else "BAD  "
