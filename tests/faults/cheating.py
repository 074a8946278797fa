"""The proof's program with one thing done wrong. A proof that does not see it is none.

python -m tests.faults.cheating STORE PROMISES VISITS HOW
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiosk.audit import AuditEvent
from kiosk.faults import Fault
from offline_cache import database, deeds, files, journal, keys
from offline_cache.proof.program import teller, walk
from offline_cache.proof.visits import Act, Desk, acts

Cheat = Callable[[], None]


def entry_in_a_transaction_of_its_own() -> None:
    """The deed first, the entry of the trail right behind it."""
    append, perform = journal.append, Desk.perform
    late: list[tuple[Any, AuditEvent]] = []

    def two_steps(desk: Desk, act: Act) -> Fault | None:
        said = perform(desk, act)
        for key, event in late:
            with desk.store.write() as db:
                append(db, key, event)
        late.clear()
        return said

    journal.append = lambda db, key, event: late.append((key, event))  # type: ignore[assignment]
    Desk.perform = two_steps  # type: ignore[method-assign]


def a_new_key_each_time() -> None:
    """The act has no name of its own, so a repeated one is another."""
    numbers = iter(range(10**6))
    deeds.idempotency_key = lambda *parts: f"{parts[1]}-{next(numbers)}"  # type: ignore[assignment]


def folders_are_not_synced() -> None:
    """Files are, their names are not."""
    for module in (files, database):
        module.sync_folder = lambda folder: None  # type: ignore[attr-defined]


def key_is_not_synced() -> None:
    """The small files beside the store are simply written."""
    keys.write_durably = lambda path, data: (path.write_bytes(data), path.chmod(0o600))  # type: ignore[assignment]


CHEATS: dict[str, Cheat] = {
    cheat.__name__: cheat
    for cheat in (
        entry_in_a_transaction_of_its_own,
        a_new_key_each_time,
        folders_are_not_synced,
        key_is_not_synced,
    )
}


def main() -> None:
    """The command line above."""
    store, promises, visits, how = sys.argv[1:]
    CHEATS[how]()
    walk(Path(store), acts(int(visits)), teller(Path(promises)))


if __name__ == "__main__":
    main()
