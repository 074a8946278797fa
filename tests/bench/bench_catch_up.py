"""How fast a terminal works off a long outage, against the same requests sent by hand.

python -m tests.bench.bench_catch_up [INTENTS]

One reference platform as a process takes both; by hand means three threads with a plain session each, which know the
requests beforehand, keep nothing and wait for no disk. Judge by the ratio: the platform has this machine's cores too.
"""

import statistics
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

import requests

from kiosk.audit import AuditKind
from kiosk.config import Platform, Store
from kiosk.contracts.ledger import SaveDraft
from kiosk.domain.ids import CaseId, SlipCode, new_slip_code, new_ulid
from offline_cache.cache import OfflineCache
from offline_cache.wire import sent
from tests.faults.hall import SITE, Hall, PlatformProcess, event, form

SENDERS, ROUNDS = 3, 5


def case_of(number: int) -> tuple[CaseId, SlipCode]:
    """A case of its own for every number."""
    return CaseId(new_ulid(1_800_000_000_000 + number, bytes(10))), new_slip_code(number.to_bytes(8, "big"))


def by_hand(hall: Hall, numbers: range) -> float:
    """Seconds for the same drafts, straight over the line."""
    waiting: SimpleQueue[tuple[CaseId, bytes]] = SimpleQueue()
    for number in numbers:
        case_id, slip = case_of(number)
        waiting.put((case_id, sent.draft(slip, form())))

    def work(_: int) -> None:
        with requests.Session() as session:
            session.trust_env = False
            session.headers.update(
                {
                    "Kiosk-Contract": "1.0", "Kiosk-Terminal": "kiosk-01 demo-kiosk-01", "If-None-Match": "*",
                    "Content-Type": "application/json",
                }
            )  # fmt: skip
            while not waiting.empty():
                case_id, body = waiting.get()
                session.put(f"{hall.url}/v1/cases/{case_id}/draft", data=body, timeout=60).raise_for_status()

    began = time.perf_counter()
    with ThreadPoolExecutor(SENDERS) as pool:
        list(pool.map(work, range(SENDERS)))
    return time.perf_counter() - began


def by_terminal(hall: Hall, folder: Path, numbers: range) -> float:
    """Seconds from the moment when the line is back until nothing is owed."""
    store = Store(path=str(folder / f"{numbers.start}.db"))
    cache = OfflineCache(store, Platform(url=hall.url, key="demo-kiosk-01"), "kiosk-01", SITE, most_waiting=10**9)
    fault = cache.open()
    assert fault is None, fault
    for number in numbers:
        case_id, slip = case_of(number)
        cache.ledger.record(SaveDraft(case_id, slip, form()), event(cache, AuditKind.DRAFT_SAVED))
    told = threading.Event()
    cache.ledger.subscribe(lambda _: told.set())
    began = time.perf_counter()
    cache.start()
    while cache.ledger.state().waiting:
        told.wait(1.0)
        told.clear()
    took = time.perf_counter() - began
    assert cache.ledger.state().parked == 0
    cache.stop()
    return took


def main() -> None:
    """Print the ratio."""
    intents = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    each = intents // ROUNDS
    hands, terminals = [], []
    with tempfile.TemporaryDirectory() as folder:
        process = PlatformProcess(Path(folder))
        try:
            hall = process.start()
            for turn in range(ROUNDS):
                first = 2 * turn * each
                hands.append(by_hand(hall, range(first, first + each)))
                terminals.append(by_terminal(hall, Path(folder), range(first + each, first + 2 * each)))
        finally:
            process.stop()
    hand, terminal = (each / statistics.median(found) for found in (hands, terminals))
    print(f"\n{intents:,} intents after an outage, {SENDERS} at a time, median of {ROUNDS} turns")
    print(f"  by hand     {hand:8,.0f}/s")
    print(f"  terminal    {terminal:8,.0f}/s, {terminal / hand:.0%} of by hand")


if __name__ == "__main__":
    main()
