"""Cuts the power at moments spread over a whole recording, and counts the verdicts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from .disk import SimulatedDisk, Survivors
from .events import Event, Promised
from .judge import Judge, Verdict, lay
from .recorder import ProofError, Recording
from .visits import Act


@dataclass(frozen=True, slots=True)
class Cut:
    """One power cut: how many promises had been given, and what is left."""

    promised: int
    left: Survivors


@dataclass(frozen=True, slots=True)
class Tally:
    """How so many cuts ended. ``lost_acts``: promised acts missing, over all cuts; ``why``: reasons with counts."""

    cuts: int
    lost: int = 0
    lost_acts: int = 0
    doubled: int = 0
    half: int = 0
    unreadable: int = 0
    why: tuple[tuple[str, int], ...] = ()

    @property
    def sound(self) -> bool:
        """Nothing lost, doubled, half or unreadable."""
        return self.cuts > 0 and not (self.lost or self.doubled or self.half or self.unreadable)


def cuts(events: Sequence[Event], count: int, seed: int, *, killed: bool = False) -> Iterator[Cut]:
    """``count`` cuts spread over all of it; the same for the same seed.

    ``killed``: only the program dies, the system goes on and keeps what it was given.
    """
    chance, disk = Random(seed), SimulatedDisk()
    done = promised = 0
    for moment in _moments(events, count, chance):
        for event in events[done:moment]:
            if isinstance(event, Promised):
                promised += 1
                continue
            try:
                disk.apply(event)
            except (KeyError, ValueError) as error:
                raise ProofError(f"trace: {type(event).__name__} does not fit") from error
        done = moment
        yield Cut(promised, disk.running() if killed else disk.cut(chance))


def _moments(events: Sequence[Event], count: int, chance: Random) -> list[int]:
    """Every other one is spread over the calls, so that each kind of call is met. The others are spread over the
    promises: right behind one, somewhere on the way to one, or right before one, when the act is durable and nobody
    has been told."""
    promises = [number for number, event in enumerate(events) if isinstance(event, Promised)]
    moments = []
    for number in range(count):
        part = (number + chance.random()) / count
        if number % 2 or not promises:
            moments.append(int(part * (len(events) + 1)))
            continue
        following = int(part * len(promises))
        before = promises[following - 1] + 1 if following else 0
        on_the_way = chance.randrange(before, promises[following] + 1)
        moments.append(chance.choice((promises[following], promises[following] + 1, on_the_way)))
    return sorted(moments)


def replay(recording: Recording, todo: Sequence[Act], count: int, seed: int, folder: Path) -> Tally:
    """Cut, lay what is left into ``folder``, judge, ``count`` times."""
    judge = Judge(recording.promises, todo)
    counts = dict.fromkeys(Verdict, 0)
    why: dict[str, int] = {}
    lost_acts = 0
    for cut in cuts(recording.events, count, seed):
        lay(folder, cut.left)
        judgement = judge.look(folder, cut.promised)
        counts[judgement.verdict] += 1
        lost_acts += judgement.lost
        if judgement.why:
            why[judgement.why] = why.get(judgement.why, 0) + 1
    return Tally(
        cuts=sum(counts.values()),
        lost=counts[Verdict.LOST],
        lost_acts=lost_acts,
        doubled=counts[Verdict.DOUBLED],
        half=counts[Verdict.HALF],
        unreadable=counts[Verdict.UNREADABLE],
        why=tuple(sorted(why.items())),
    )
