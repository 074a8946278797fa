"""How the outbox stands against the floor of this very disk: write + fsync, one by one, in the same run.

python -m tests.bench.bench_outbox [COUNT] [BACKLOG]

Judge by the ratios: absolute figures belong to the machine. What is measured is the outbox itself (one IMMEDIATE
transaction per act, encrypted, WAL, synchronous FULL), and the ledger's whole record (messages and audit entry too).
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kiosk.audit import AuditEvent, AuditKind
from kiosk.contracts.ledger import RateVisit
from kiosk.domain.ids import CaseId, new_ulid
from offline_cache import outbox
from offline_cache.clock import PlatformClock
from offline_cache.database import StoreFile, open_store
from offline_cache.ledger import CacheLedger, Keeper
from offline_cache.news import News
from offline_cache.outbox import Sealed

BODY = b"{" + b'"x":"' + b"y" * 2036 + b'"}'  # two kilobytes
ROUNDS = 5


def case(number: int) -> CaseId:
    """The n-th case."""
    return CaseId(new_ulid(1_800_000_000_000 + number, bytes(10)))


def sealed(number: int) -> Sealed:
    """The n-th message, each in a chain of its own."""
    return Sealed("submitCase", case(number), "", f"/v1/cases/{case(number)}/submit", BODY, f"key-{number}", False)


class Floor:
    """The least that any durable queue can cost: append the bytes, wait for the disk."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def write(self) -> None:
        """One record."""
        os.write(self._handle, BODY)
        os.fdatasync(self._handle)

    def close(self) -> None:
        """Done."""
        os.close(self._handle)


def per_second(act: Callable[[int], object], count: int) -> float:
    """How many of it fit into a second."""
    began = time.perf_counter()
    for number in range(count):
        act(number)
    return count / (time.perf_counter() - began)


def enqueue(store: StoreFile, first: int) -> Callable[[int], None]:
    """One act recorded, durable."""
    now = PlatformClock().now()

    def act(number: int) -> None:
        with store.write() as db:
            outbox.put(db, sealed(first + number), now)

    return act


def take_and_settle(store: StoreFile) -> Callable[[int], None]:
    """One row taken, and acknowledged: two durable transactions."""
    now = PlatformClock().now()

    def act(_: int) -> None:
        with store.write() as db:
            (row,) = outbox.lease(db, 1)
        with store.write() as db:
            outbox.acknowledge(db, row, now, replayed=False)

    return act


def record(store: StoreFile, first: int) -> Callable[[int], None]:
    """What a person waits for: message, key, audit entry, through the ledger."""
    clock = PlatformClock()
    ledger = CacheLedger(store, Keeper("kiosk-01", "", 10**9), clock, News(), lambda: None, lambda: False)

    def act(number: int) -> None:
        case_id = case(first + number)
        rating = RateVisit(case_id, "accepted", 5, clock.now())
        ledger.record(rating, AuditEvent(AuditKind.RATED, clock.now(), case_id, "citizen"))

    return act


def fill(store: StoreFile, first: int, backlog: int) -> None:
    """A long outage."""
    now = PlatformClock().now()
    with store.write() as db:
        for number in range(backlog):
            outbox.put(db, sealed(first + number), now)


def main() -> None:
    """Print rates and ratios."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    backlog = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    figures: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        floor = Floor(Path(folder) / "floor")
        store = open_store(Path(folder) / "empty.db", "file", 0)
        deep = open_store(Path(folder) / "deep.db", "file", 0)
        fill(deep, 10**7, backlog)
        for turn in range(ROUNDS):  # side by side, so that a busy machine is as busy for each
            first = turn * count
            measured = {
                "floor: write + fdatasync": per_second(lambda _: floor.write(), count),
                "floor: two of them": per_second(lambda _: (floor.write(), floor.write()), count),
                "enqueue": per_second(enqueue(store, first), count),
                "take + acknowledge": per_second(take_and_settle(store), count),
                f"enqueue, {backlog:,} waiting": per_second(enqueue(deep, first), count),
                f"take + acknowledge, {backlog:,} waiting": per_second(take_and_settle(deep), count),
                "ledger.record": per_second(record(store, 10**6 + first), count),
            }
            with store.write() as db:
                db.execute("DELETE FROM outbox")
            for name, rate in measured.items():
                figures.setdefault(name, []).append(rate)
        floor.close()
        store.close()
        deep.close()
    rates = {name: statistics.median(found) for name, found in figures.items()}
    one, two = rates["floor: write + fdatasync"], rates["floor: two of them"]
    print(f"{count} each, median of {ROUNDS}; 2 KB; ratios to the floor of the same run\n")
    for name, rate in rates.items():
        against = two if name.startswith("take") or "two" in name else one
        print(f"{name:42} {rate:10,.0f}/s  {rate / against:6.1%}")
    deep_ratio = rates[f"take + acknowledge, {backlog:,} waiting"] / rates["take + acknowledge"]
    print(f"\nbacklog against empty: take + acknowledge {deep_ratio:.1%}")


if __name__ == "__main__":
    main()
