"""The dated outcome of one proof, kept beside the store as a small file that people and the doctor read."""

import enum
import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path

from offline_cache.files import write_durably

SUFFIX = ".proof.json"


class Outcome(enum.Enum):
    """What the proof says."""

    PASSED = "passed"
    FAILED = "failed"  # something was lost, doubled, half or unreadable, or nothing on this disk outlives a power cut
    INVALID = "invalid"  # the control lost nothing: this proof would not have seen a loss


@dataclass(frozen=True, slots=True)
class Proof:
    """Figures of one run. ``at``: ISO time; ``promises``: acts that people were told of; times in microseconds."""

    at: str
    version: str
    engine: str
    filesystem: str
    objection: str
    sync_median: int
    sync_slowest: int
    promises: int
    cuts: int
    lost: int
    doubled: int
    half: int
    unreadable: int
    control_cuts: int
    control_lost: int
    seed: int
    seconds: int

    @property
    def outcome(self) -> Outcome:
        """The verdict over all."""
        if not self.control_lost:
            return Outcome.INVALID
        bad = self.objection or self.lost or self.doubled or self.half or self.unreadable or not self.cuts
        return Outcome.FAILED if bad else Outcome.PASSED

    @property
    def when(self) -> datetime:
        """The moment it ended."""
        return datetime.fromisoformat(self.at)


def keep(store: Path, proof: Proof) -> None:
    """Beside the store; the last one counts. StoreError when the disk refuses."""
    record = asdict(proof) | {"outcome": proof.outcome.value}
    text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    write_durably(place(store), text.encode())


def last(store: Path) -> Proof | None:
    """The last proof on this machine; None when there is none, or what is there is none."""
    try:
        record = json.loads(place(store).read_text("utf-8"))
        proof = Proof(**{one.name: one.type(record[one.name]) for one in fields(Proof)})  # type: ignore[operator]
        proof.when.astimezone()
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return proof


def place(store: Path) -> Path:
    """Where it lies."""
    return store.with_name(store.name + SUFFIX)
