"""How the outbox stands against the floor of this very disk, against loops by hand and against four queue libraries.

python -m tests.bench.bench_outbox [COUNT] [WAITING] [LONG_OUTAGE]

Judge by the ratios: absolute figures belong to the machine. All queues take turns, so that a busy machine is as busy
for each; every figure is the median of the rounds. A cycle is: put, durable; taken and acknowledged, durable.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from kiosk.audit import GENESIS, AuditEvent, AuditKind, canonical, link
from kiosk.contracts.ledger import RateVisit
from offline_cache import journal
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


def per_second(act: Callable[[int], object], numbers: Iterable[int]) -> float:
    """How many of it fit into a second."""
    began, count = time.perf_counter(), 0
    for number in numbers:
        act(number)
        count += 1
    return count / (time.perf_counter() - began)


def rounds(queues: dict[str, Queue], count: int, first: int) -> dict[str, tuple[float, float, float]]:
    """Put, take and whole cycle per second, of each."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in queues}
    for turn in range(ROUNDS):
        numbers = range(first + turn * count, first + (turn + 1) * count)
        for name, queue in queues.items():
            put = per_second(queue.put, numbers)
            found[name].append((put, per_second(lambda _, queue=queue: queue.take(), numbers)))
    median = statistics.median
    return {
        name: (median(p for p, _ in one), median(t for _, t in one), median(1 / (1 / p + 1 / t) for p, t in one))
        for name, one in found.items()
    }


def table(title: str, rates: dict[str, tuple[float, float, float]], floor: float) -> None:
    """Rates, and each cycle against the floor and against the outbox."""
    ours = rates[_OURS][2]
    print(f"\n{title}\n{'':34}{'put/s':>9}{'take/s':>9}{'cycle/s':>9}{'of floor':>10}{'outbox is':>11}")
    for name, (put, take, cycle) in rates.items():
        against = "" if name == _OURS else f"{ours / cycle:10.2f}x"
        print(f"  {name:32}{put:9,.0f}{take:9,.0f}{cycle:9,.0f}{cycle / floor:10.0%}{against:>11}")


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
        rates = rounds(queues, count, 0)
        table(f"{kind}, {waiting:,} waiting", rates, rates["floor: write + fdatasync"][2])


def long_outage(folder: Path, count: int, backlog: int) -> None:
    """Taking from a day's outage against taking from an empty queue."""
    empty, deep = Outbox(folder / "empty.db"), Outbox(folder / "deep.db")
    deep.fill(range(10**7, 10**7 + backlog))
    rates = rounds({"empty": empty, f"{backlog:,} waiting": deep}, count, 0)
    (_, small, _), (_, large, _) = rates.values()
    print(f"\ntake + acknowledge with {backlog:,} waiting: {large / small:.1%} of the rate with an empty queue")


def recording(folder: Path, count: int) -> None:
    """What a person waits for: message, key and audit entry through the ledger, against one wait for the disk."""
    store, floor, clock = open_store(folder / "ledger.db", "file", 0), Floor(folder / "floor"), PlatformClock()
    ledger = CacheLedger(store, Keeper("kiosk-01", "", 10**9), clock, News(), lambda: None, lambda: False)

    def record(number: int) -> None:
        rating = RateVisit(case(number), "accepted", 5, clock.now())
        ledger.record(rating, AuditEvent(AuditKind.RATED, clock.now(), case(number), "citizen"))

    found = [
        (per_second(record, range(turn * count, (turn + 1) * count)), per_second(floor.put, range(count)))
        for turn in range(ROUNDS)
    ]
    rate, least = (statistics.median(column) for column in zip(*found, strict=True))
    print(f"\nledger.record: {rate:,.0f}/s, {rate / least:.0%} of write + fdatasync of {len(BODY):,} bytes")
    store.close()


def audit(folder: Path) -> None:
    """The whole trail of many years, checked."""
    store = open_store(folder / "audit.db", "file", 0)
    key, now, previous, rows = store.key_for("audit"), PlatformClock().now(), GENESIS, []
    for number in range(1, ENTRIES + 1):
        body = canonical(AuditEvent(AuditKind.SUBMITTED, now, case(number), "citizen"))
        previous = link(key, previous, number, body)
        rows.append((number, body, previous))
    _fill_audit(store, rows)
    with store.read() as db:
        began, worked = time.perf_counter(), time.process_time()
        report = journal.verify(db, key, previous[: journal.SHOWN])
        took, worked = time.perf_counter() - began, time.process_time() - worked
    assert report.broken_at is None and report.entries == ENTRIES
    print(f"\naudit trail of {ENTRIES:,} entries verified in {took:.2f} s ({worked:.2f} s of processor)")
    store.close()


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
