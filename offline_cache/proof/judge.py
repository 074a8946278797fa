"""Opens what a power cut has left, through the store's own door, and compares it with what had been promised."""

import enum
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.faults import FaultCode
from offline_cache import journal
from offline_cache.driver import DriverError
from offline_cache.errors import ConstraintError, StoreError

from .content import Oddities, Seen, oddities, read_seen, seen
from .disk import Survivors
from .recorder import STORE
from .visits import REPEATED, Act, Desk


class Verdict(enum.Enum):
    """What became of a store in one power cut, worst first."""

    UNREADABLE = "unreadable"  # it does not open, or its trail does not hold
    LOST = "lost"  # something promised is not there
    HALF = "half"  # half an act is there
    DOUBLED = "doubled"  # an act is there twice, or was when the person repeated it
    SOUND = "sound"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One cut's verdict; ``lost``: how many promised acts are missing; ``why``: a slug, without content."""

    verdict: Verdict
    lost: int = 0
    why: str = ""


class Judge:
    """Knows what was done and promised in one recording. ``todo`` may be empty: then nothing is repeated."""

    def __init__(self, promises: Sequence[str], todo: Sequence[Act]) -> None:
        self._told: list[Seen] = [read_seen(text) for text in promises]
        self._todo = todo

    def look(self, folder: Path, promised: int) -> Judgement:
        """The store below ``folder`` after a cut behind ``promised`` promises. It is written to.

        StoreError(DISK_FULL): the disk that this runs on has no room; that says nothing about the store.
        """
        try:
            desk = Desk(folder / STORE)
        except StoreError as error:
            if error.code is FaultCode.DISK_FULL:
                raise
            return Judgement(Verdict.UNREADABLE, why=f"{error.code.value} {error.details.get('reason', '')}")
        try:
            judgement = self._compare(desk, promised)
            if judgement.verdict is Verdict.SOUND:
                judgement = self._repeat(desk, promised)
            desk.close()
        except (StoreError, ConstraintError, DriverError) as error:
            desk.close()
            return Judgement(Verdict.UNREADABLE, why=type(error).__name__)
        return judgement

    def _compare(self, desk: Desk, promised: int) -> Judgement:
        found = seen(desk.store)
        last = max(0, promised - 1)
        right = self._told[last : promised + 1]
        with desk.store.read() as db:
            odd = oddities(db)
            # The head that a receipt shows; the trail must hold up to it, and beyond.
            head = self._told[last].head
            broken = journal.verify(db, desk.store.key_for("audit"), head).broken_at
        if found not in right:
            # Whether an earlier moment came back; the latest such moment counts, as some acts change nothing.
            earlier = [number for number in range(last) if self._told[number] == found]
            if earlier:
                return Judgement(Verdict.LOST, last - earlier[-1])
            return _odd(odd) or Judgement(Verdict.HALF, why="no promised moment")
        if broken is not None:
            return Judgement(Verdict.UNREADABLE, why="audit trail")
        return _odd(odd) or Judgement(Verdict.SOUND)

    def _repeat(self, desk: Desk, promised: int) -> Judgement:
        """The person stands there still, has been told nothing, and acts again."""
        if not 1 <= promised <= len(self._todo):
            return Judgement(Verdict.SOUND)
        act = self._todo[promised - 1]
        if act.kind not in REPEATED:
            return Judgement(Verdict.SOUND)
        fault = desk.perform(act)
        if fault is not None:
            return Judgement(Verdict.UNREADABLE, why=f"repeated: {fault.code.value}")
        with desk.store.read() as db:
            return _odd(oddities(db)) or Judgement(Verdict.SOUND)


def _odd(found: Oddities) -> Judgement | None:
    if found.half:
        return Judgement(Verdict.HALF, why="parts do not fit")
    return Judgement(Verdict.DOUBLED, why="twice") if found.doubled else None


def lay(folder: Path, left: Survivors) -> None:
    """Put survivors onto a real disk, as they would be found."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    for path, content in left.items():
        if content is None:
            (folder / path).mkdir(mode=0o700)
        else:
            handle = os.open(folder / path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(handle, "wb") as file:  # noqa: PTH123  (a descriptor)
                file.write(content)
