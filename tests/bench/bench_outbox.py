"""How the outbox stands against the floor of this very disk, against loops by hand and against four queue libraries.

python -m tests.bench.bench_outbox [COUNT] [WAITING] [LONG_OUTAGE]

Judge by the ratios: absolute figures belong to the machine. All queues take turns, so that a busy machine is as busy
for each; every figure is the median of the rounds. A cycle is: put, durable; taken and acknowledged, durable.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk.audit import GENESIS, AuditEvent, AuditKind, canonical, link
from kiosk.contracts.ledger import RateVisit
from offline_cache import auditing, journal
from offline_cache.clock import PlatformClock
from offline_cache.database import StoreFile, open_store
from offline_cache.ledger import CacheLedger, Keeper
from offline_cache.news import News
from tests.bench.queues import (
    BODY,
    DiskCache,
    Floor,
    Huey,
    LiteQueue,
    Outbox,
    PersistQueue,
    PlainOutbox,
    Queue,
    Raw,
    RawOutbox,
    case,
    let_libraries_encrypt,
)

ROUNDS = 31  # many and short: what else the disk has to do meets all alike
ENTRIES = 1_000_000
SENDERS = 3  # as the sync loop has them
_OURS = "outbox"

Make = Callable[[Path], Queue]
IN_CLEAR: dict[str, Make] = {
    "by hand, bare table": Raw,
    "by hand, the outbox's table": RawOutbox,
    "persist-queue": PersistQueue,
    "litequeue": LiteQueue,
    "huey (no acknowledgement)": Huey,
    "diskcache (no acknowledgement)": DiskCache,
    _OURS: PlainOutbox,
    f"outbox, {SENDERS} senders": lambda path: PlainOutbox(path, SENDERS),
}
ENCRYPTED: dict[str, Make] = {
    **IN_CLEAR,
    _OURS: Outbox,
    f"outbox, {SENDERS} senders": lambda path: Outbox(path, SENDERS),
}


def seconds(act: Callable[[int], object], numbers: range) -> tuple[float, float]:
    """How long one of it takes, by the clock and of the processor."""
    began, worked = time.perf_counter(), time.process_time()
    for number in numbers:
        act(number)
    return (time.perf_counter() - began) / len(numbers), (time.process_time() - worked) / len(numbers)


@dataclass(frozen=True, slots=True)
class Found:
    """Of one queue: medians per second, the best round's cycles per second, and the processor's time per cycle."""

    put: float
    take: float
    cycle: float
    best: float
    work: float


def rounds(queues: dict[str, Queue], count: int, first: int) -> dict[str, Found]:
    """Everybody's turn, again and again."""
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in queues}
    chance = random.Random(1)  # nobody always comes behind the same other
    for turn in range(ROUNDS):
        numbers = range(first + turn * count, first + (turn + 1) * count)
        for name, queue in chance.sample(list(queues.items()), len(queues)):
            (put, putting), (take, taking) = (
                seconds(queue.put, numbers),
                seconds(lambda _, q=queue: q.take(), numbers),
            )
            found[name].append((put, take, putting + taking))
    return {name: _found(one) for name, one in found.items()}


def _found(turns: list[tuple[float, float, float]]) -> Found:
    cycles = [put + take for put, take, _ in turns]
    put, take, work = (statistics.median(column) for column in zip(*turns, strict=True))
    return Found(1 / put, 1 / take, 1 / statistics.median(cycles), 1 / min(cycles), work)


def table(title: str, found: dict[str, Found], floor: Found) -> None:
    """Rates, each cycle against the floor and against the outbox (in brackets: by the best round of each)."""
    ours = found[_OURS]
    print(f"\n{title}\n{'':34}{'put/s':>8}{'take/s':>8}{'cycle/s':>8}{'of floor':>9}{'work':>8}   outbox is")
    for name, one in found.items():
        against = "" if name == _OURS else f"{ours.cycle / one.cycle:6.2f}x ({ours.best / one.best:.2f}x)"
        rates = f"{one.put:8,.0f}{one.take:8,.0f}{one.cycle:8,.0f}{one.cycle / floor.cycle:9.0%}"
        print(f"  {name:32}{rates}{one.work * 1e6:5,.0f} us  {against}")


def cycles(folder: Path, count: int, waiting: int) -> None:
    """Everybody against everybody, in clear and encrypted, with that many already waiting."""
    let_libraries_encrypt()
    for kind, makers in (("in clear", IN_CLEAR), ("encrypted", ENCRYPTED)):
        place = folder / f"{kind.replace(' ', '-')}-{waiting}"
        place.mkdir()
        queues: dict[str, Queue] = {"floor: write + fdatasync": Floor(place / "floor")}
        queues |= {name: make(place / f"q{number}") for number, (name, make) in enumerate(makers.items())}
        for queue in queues.values():
            queue.fill(range(10**7, 10**7 + waiting))
        found = rounds(queues, count, 0)
        table(f"{kind}, {waiting:,} waiting", found, found["floor: write + fdatasync"])


def long_outage(folder: Path, count: int, backlog: int) -> None:
    """Taking from a day's outage against taking from an empty queue."""
    empty, deep = Outbox(folder / "empty.db"), Outbox(folder / "deep.db")
    deep.fill(range(10**7, 10**7 + backlog))
    small, large = rounds({"empty": empty, f"{backlog:,} waiting": deep}, count, 0).values()
    print(f"\ntake + acknowledge with {backlog:,} waiting: {large.take / small.take:.1%} of an empty queue's rate")


def recording(folder: Path, count: int) -> None:
    """What a person waits for: message, key and audit entry through the ledger, against one wait for the disk."""
    store, floor, clock = open_store(folder / "ledger.db", "file", 0), Floor(folder / "floor"), PlatformClock()
    ledger = CacheLedger(store, Keeper("kiosk-01", "", 10**9), clock, News(), lambda: None, lambda: False)

    def record(number: int) -> None:
        rating = RateVisit(case(number), "accepted", 5, clock.now())
        ledger.record(rating, AuditEvent(AuditKind.RATED, clock.now(), case(number), "citizen"))

    turns = [range(turn * count, (turn + 1) * count) for turn in range(ROUNDS)]
    found = [(seconds(record, turn)[0], seconds(floor.put, turn)[0]) for turn in turns]
    took, least = (statistics.median(column) for column in zip(*found, strict=True))
    print(f"\nledger.record: {1 / took:,.0f}/s, {least / took:.0%} of write + fdatasync of {len(BODY):,} bytes")
    store.close()


def audit(folder: Path) -> None:
    """The whole trail of many years, checked as ``kiosk audit verify`` does, and by one process alone."""
    path = folder / "audit.db"
    store = open_store(path, "file", 0)
    key, now, previous, rows = store.key_for("audit"), PlatformClock().now(), GENESIS, []
    for number in range(1, ENTRIES + 1):
        body = canonical(AuditEvent(AuditKind.SUBMITTED, now, case(number), "citizen"))
        previous = link(key, previous, number, body)
        rows.append((number, body, previous))
    _fill_audit(store, rows)
    store.close()
    for what, alone in (("every processor", auditing.ALONE), ("one process", ENTRIES + 1)):
        began = time.perf_counter(), time.process_time()
        report = auditing.verify(path, "file", previous[: journal.SHOWN], alone)
        took, worked = time.perf_counter() - began[0], time.process_time() - began[1]
        assert report.broken_at is None and report.entries == ENTRIES
        own = "" if alone == auditing.ALONE else f" ({worked:.2f} s of processor)"
        print(f"\naudit trail of {ENTRIES:,} entries verified by {what} in {took:.2f} s{own}")


def _fill_audit(store: StoreFile, rows: list[tuple[int, bytes, str]]) -> None:
    with store.write() as db:
        db.conn.executemany("INSERT INTO audit VALUES (?, ?, ?)", rows)
    store.checkpoint()


def main() -> None:
    """Print rates and ratios."""
    given = [int(one) for one in sys.argv[1:]]
    count, waiting, outage = (*given, *(30, 20_000, 100_000)[len(given) :])
    print(f"{count} each, median of {ROUNDS} rounds in turn; 2 KB; write-ahead log, synchronous FULL")
    with tempfile.TemporaryDirectory() as folder:
        cycles(Path(folder), count, 0)
        cycles(Path(folder), count, waiting)
        long_outage(Path(folder), count, outage)
        recording(Path(folder), count)
        audit(Path(folder))


if __name__ == "__main__":
    main()
