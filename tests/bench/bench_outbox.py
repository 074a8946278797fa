"""How the outbox stands against the floor of this very disk, against loops by hand and against four queue libraries.

python -m tests.bench.bench_outbox [COUNT] [WAITING] [LONG_OUTAGE]

Judge by the ratios: absolute figures belong to the machine. All queues take turns, so that a busy machine is as busy
for each; every figure is the median of the rounds. A cycle is: put, durable; taken and acknowledged, durable. Work
(of the processor) and what is given to the system to write say the same on a busy machine as on an idle one.

How often each waits for the disk in a cycle (counted by strace): the floor, the loops by hand, huey, diskcache and
the outbox with one sender 2; persist-queue and litequeue 3; the outbox with three senders 1.33.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kiosk.audit import GENESIS, AuditEvent, AuditKind, canonical, link
from kiosk.contracts.ledger import RateVisit
from offline_cache import auditing, journal, seals
from offline_cache.clock import PlatformClock
from offline_cache.database import open_store
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
    sealed,
)

ROUNDS = 11
COUNT = 200  # in one go, as after an outage: of twenty, half find their own code and pages gone from the cache
ENTRIES = 1_000_000
SENDERS = 3  # as the sync loop has them
_OURS = f"outbox, {SENDERS} senders"
_IO = Path("/proc/self/io")

Make = Callable[[Path], Queue]
IN_CLEAR: dict[str, Make] = {
    "by hand, bare table": Raw,
    "by hand, the outbox's table": RawOutbox,
    "persist-queue": PersistQueue,
    "litequeue": LiteQueue,
    "huey (no acknowledgement)": Huey,
    "diskcache (no acknowledgement)": DiskCache,
    "outbox, one sender": PlainOutbox,
    _OURS: lambda path: PlainOutbox(path, SENDERS),
}
ENCRYPTED: dict[str, Make] = {
    **IN_CLEAR,
    "outbox, one sender": Outbox,
    _OURS: lambda path: Outbox(path, SENDERS),
}


class Cost(NamedTuple):
    """Of one of it: seconds by the clock, seconds of the processor, bytes given to the system."""

    seconds: float
    work: float
    written: float


def cost(act: Callable[[int], object], numbers: range) -> Cost:
    """What one of it takes."""
    wrote, worked, began = _written(), time.process_time(), time.perf_counter()
    for number in numbers:
        act(number)
    ended = time.perf_counter() - began, time.process_time() - worked, _written() - wrote
    return Cost(*(one / len(numbers) for one in ended))


def _written() -> int:
    """Bytes that this process has given to the system to write; 0 where the system does not count."""
    try:
        return int(_IO.read_text("ascii").split()[3])  # wchar
    except OSError:
        return 0


@dataclass(frozen=True, slots=True)
class Found:
    """Of one queue: medians per second, the best round's cycles per second, the processor's time for a cycle and for
    taking alone, and the bytes written for a cycle."""

    put: float
    take: float
    cycle: float
    best: float
    work: float
    taking: float
    written: float


def rounds(queues: dict[str, Queue], count: int, first: int) -> dict[str, Found]:
    """Everybody's turn, again and again."""
    found: dict[str, list[tuple[Cost, Cost]]] = {name: [] for name in queues}
    chance = random.Random(1)  # nobody always comes behind the same other
    for turn in range(ROUNDS):
        numbers = range(first + turn * count, first + (turn + 1) * count)
        for number in numbers:
            sealed(number)
        for name, queue in chance.sample(list(queues.items()), len(queues)):
            found[name].append((cost(queue.put, numbers), cost(lambda _, q=queue: q.take(), numbers)))
    return {name: _found(one) for name, one in found.items()}


def _found(turns: list[tuple[Cost, Cost]]) -> Found:
    middle = statistics.median
    cycles = [put.seconds + take.seconds for put, take in turns]
    return Found(
        put=1 / middle(put.seconds for put, _ in turns),
        take=1 / middle(take.seconds for _, take in turns),
        cycle=1 / middle(cycles),
        best=1 / min(cycles),
        work=middle(put.work + take.work for put, take in turns),
        taking=middle(take.work for _, take in turns),
        written=statistics.mean(put.written + take.written for put, take in turns),
    )


def table(title: str, found: dict[str, Found], floor: Found) -> None:
    """Rates, each cycle against the floor and against the outbox as the terminal has it (in brackets: by the best
    round of each)."""
    ours = found[_OURS]
    columns = f"{'put/s':>8}{'take/s':>8}{'cycle/s':>8}{'of floor':>9}{'work':>8}{'written':>8}   outbox is"
    print(f"\n{title}\n{'':34}{columns}")
    for name, one in found.items():
        against = "" if name == _OURS else f"{ours.cycle / one.cycle:6.2f}x ({ours.best / one.best:.2f}x)"
        rates = f"{one.put:8,.0f}{one.take:8,.0f}{one.cycle:8,.0f}{one.cycle / floor.cycle:9.0%}"
        print(f"  {name:32}{rates}{one.work * 1e6:5,.0f} us{one.written / 1024:5,.0f} kB  {against}")


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
    rate, work = large.take / small.take, large.taking / small.taking
    what = f"{rate:.1%} of an empty queue's rate, {work:.2f}x its work"
    print(f"\ntake + acknowledge with {backlog:,} waiting: {what}")


def recording(folder: Path, count: int) -> None:
    """What a person waits for: message, key and audit entry through the ledger, against one wait for the disk."""
    store, floor, clock = open_store(folder / "ledger.db", "file", 0), Floor(folder / "floor"), PlatformClock()
    ledger = CacheLedger(store, Keeper("kiosk-01", "", 10**9), clock, News(), lambda: None, lambda: False)

    def record(number: int) -> None:
        rating = RateVisit(case(number), "accepted", 5, clock.now())
        ledger.record(rating, AuditEvent(AuditKind.RATED, clock.now(), case(number), "citizen"))

    turns = [range(turn * count, (turn + 1) * count) for turn in range(ROUNDS)]
    found = [(cost(record, turn).seconds, cost(floor.put, turn).seconds) for turn in turns]
    took, least = (statistics.median(column) for column in zip(*found, strict=True))
    print(f"\nledger.record: {1 / took:,.0f}/s, {least / took:.0%} of write + fdatasync of {len(BODY):,} bytes")
    store.close()


def audit(folder: Path) -> None:
    """The whole trail of many years, checked as ``kiosk audit verify`` does, and by one process alone."""
    path = folder / "audit.db"
    head = _fill_audit(path)
    for how in ("by its seals", "entry by entry"):
        for what, alone in (("every processor", auditing.ALONE), ("one process", ENTRIES + 1)):
            began = time.perf_counter(), time.process_time()
            report = auditing.verify(path, "file", head[: journal.SHOWN], alone)
            took, worked = time.perf_counter() - began[0], time.process_time() - began[1]
            assert report.broken_at is None and report.entries == ENTRIES
            own = "" if alone == auditing.ALONE else f" ({worked:.2f} s of processor)"
            print(f"\naudit trail of {ENTRIES:,} entries verified {how} by {what} in {took:.2f} s{own}")
        _unseal(path)


def _unseal(path: Path) -> None:
    store = open_store(path, "file", 0)
    with store.write() as db:
        db.execute("DELETE FROM audit_seals")
    store.close()


def _fill_audit(path: Path) -> str:
    """A trail of ``ENTRIES``; its head. Nothing of it stays in memory, as it would not for the command."""
    store = open_store(path, "file", 0)
    key, now, previous = store.key_for("audit"), PlatformClock().now(), GENESIS

    def rows() -> Iterator[tuple[int, bytes, str]]:
        nonlocal previous
        for number in range(1, ENTRIES + 1):
            body = canonical(AuditEvent(AuditKind.SUBMITTED, now, case(number), "citizen"))
            previous = link(key, previous, number, body)
            yield number, body, previous

    with store.write() as db:
        db.conn.executemany("INSERT INTO audit VALUES (?, ?, ?)", rows())
        for last in range(seals.BLOCK, ENTRIES + 1, seals.BLOCK):  # as with every entry that ends a block
            seals.put(db, key, last)
    store.checkpoint()
    store.close()
    return previous


def main() -> None:
    """Print rates and ratios."""
    given = [int(one) for one in sys.argv[1:]]
    count, waiting, outage = (*given, *(COUNT, 20_000, 100_000)[len(given) :])
    print(f"{count} each, median of {ROUNDS} rounds in turn; 2 KB; write-ahead log, synchronous FULL")
    with tempfile.TemporaryDirectory() as folder:
        cycles(Path(folder), count, 0)
        cycles(Path(folder), count, waiting)
        long_outage(Path(folder), count, outage)
        recording(Path(folder), count)
        audit(Path(folder))


if __name__ == "__main__":
    main()
