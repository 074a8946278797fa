"""Taking things from the store with eight hands at once, and the same done carelessly: so the test can fail."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from kiosk.domain.ids import new_ulid
from kiosk.sandbox import custody, seed
from kiosk.sandbox import tables as t
from kiosk.sandbox.database import Store
from kiosk.sandbox.ledger import Mover
from kiosk.sandbox.transaction import Tx

HANDS, ROUNDS = 8, 6


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(f"sqlite:///{tmp_path / 'stock.db'}")
    made.create()
    with made.write() as c:
        seed.fill(c)
    yield made
    made.close()


def case_id(hand: int, n: int) -> str:
    return new_ulid(hand * 1000 + n, b"0123456789")


def eight(work: Callable[[int], list[str]]) -> list[str]:
    with ThreadPoolExecutor(HANDS) as pool:
        return [one for found in pool.map(work, range(HANDS)) for one in found]


def test_every_unit_goes_to_one_case(store: Store) -> None:
    def take(hand: int) -> list[str]:
        taken = []
        for n in range(ROUNDS):
            with store.write() as c:
                unit = custody.earmark(Tx(c, 0), "tax_device", case_id(hand, n), seed.STORE_ID)
                taken.append(str(unit.id))
        return taken

    assert max(Counter(eight(take)).values()) == 1


def test_taken_carelessly_a_unit_goes_to_several(store: Store) -> None:
    """The negative control: look, then write, in two steps."""
    everybody_looked = threading.Barrier(HANDS)
    column = t.unit.c

    def take(hand: int) -> list[str]:
        with store.read() as c:
            free = sa.select(column.id).where(column.kind == "tax_device", column.state == "IN_STOCK")
            unit_id = c.execute(free.order_by(column.id).limit(1)).scalar_one()
        everybody_looked.wait(20)
        with store.write() as c:
            c.execute(
                sa.update(t.unit).where(column.id == unit_id).values(state="RESERVED", case_id=case_id(hand, 0))
            )
        return [str(unit_id)]

    assert max(Counter(eight(take)).values()) == HANDS


def test_number_ranges_never_overlap(store: Store) -> None:
    def take(hand: int) -> list[str]:
        taken = []
        for n in range(ROUNDS):
            with store.write() as c:
                mover = Mover(case_id(hand, n), "test")
                first = custody.allot_numbers(Tx(c, 0), "B-0500019", 7, mover, case_id(hand, 500 + n))
                assert first is not None
                taken += [str(number) for number in range(first, first + 7)]
        return taken

    numbers = eight(take)
    assert max(Counter(numbers).values()) == 1
    with store.read() as c:
        used = c.execute(sa.select(t.batch.c.next_no - t.batch.c.first_no)).scalar_one()
    assert used == len(numbers)


def test_a_batch_ends(store: Store) -> None:
    with store.write() as c:
        row = c.execute(sa.select(t.batch)).one()
        c.execute(sa.update(t.batch).values(next_no=row.last_no - 3))
        mover = Mover(case_id(0, 0), "test")
        assert custody.allot_numbers(Tx(c, 0), row.id, 5, mover, case_id(0, 1)) is None
        assert custody.allot_numbers(Tx(c, 0), row.id, 4, mover, case_id(0, 2)) == row.last_no - 3
        assert custody.allot_numbers(Tx(c, 0), row.id, 1, mover, case_id(0, 3)) is None


@pytest.mark.parametrize("second", ["case", "window", "article"])
def test_constraints_refuse_doubles_by_themselves(store: Store, second: str) -> None:
    """Even a careless program cannot write a second open hand-over: the indexes stand behind it."""

    def insert(c: sa.Connection, number: int, case: str, window: str, article: str) -> None:
        handover = {
            "id": case_id(9, number), "case_id": case, "site_id": seed.SITE_ID, "window": window, "state": "PREPARED",
        }  # fmt: skip
        c.execute(t.handover.insert().values(**handover))
        c.execute(t.handover_line.insert().values(handover_id=handover["id"], article_id=article, live=True))

    with store.write() as c:
        insert(c, 0, "case-a", "w-03", "article-a")
    with pytest.raises(sa.exc.IntegrityError), store.write() as c:
        insert(
            c, 1,
            "case-a" if second == "case" else "case-b",
            "w-03" if second == "window" else "w-04",
            "article-a" if second == "article" else "article-b",
        )  # fmt: skip
