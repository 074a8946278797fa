"""The second opinion about a store: what does not go together is counted, what does is left in peace."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.faults import Fault
from offline_cache.driver import Database
from offline_cache.proof.content import Oddities, oddities, read_seen, seen
from offline_cache.proof.visits import Act, ActKind, Desk, acts


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A visit that has submitted and a bundle that was handed over, nothing sent."""
    made = Desk(tmp_path / "store.db")
    for kind, visit in (
        (ActKind.SIGN, 0), (ActKind.DRAFT, 0), (ActKind.SUBMIT, 0), (ActKind.RATE, 0), (ActKind.SIGN, 1),
        (ActKind.HAND_OVER, 1),
    ):  # fmt: skip
        assert made.perform(Act(kind, visit)) is None
    yield made
    made.close()


def _odd(desk: Desk) -> Oddities:
    with desk.store.read() as db:
        return oddities(db)


def _entry_goes(db: Database, kind: str) -> None:
    db.execute("DROP TRIGGER audit_grows")
    db.execute("DELETE FROM audit WHERE body LIKE ?", [f'%"kind":"{kind}"%'])


def _bytes_change(db: Database, statement: str) -> None:
    db.execute("DROP TRIGGER outbox_bytes_stay")
    db.execute(statement)


_TWICE = (
    "INSERT INTO outbox (key, case_id, slip_code, operation, path, body, fact, staff_ref, blobs, state,"
    " made_at) SELECT 'another', case_id, slip_code, operation, path, body, fact, staff_ref, blobs, state,"
    " made_at FROM outbox WHERE operation = 'recordHandedOver'"
)
_SPOILT: dict[str, tuple[Callable[[Database], object], Oddities]] = {
    "a submission without its entry": (lambda db: _entry_goes(db, "submitted"), Oddities(half=1)),
    "a hand-over without its entry": (lambda db: _entry_goes(db, "handed_over"), Oddities(half=1)),
    "a draft came with its submission": (lambda db: _entry_goes(db, "draft_saved"), Oddities()),
    "an entry without its rating": (
        lambda db: db.execute("DELETE FROM outbox WHERE operation = 'postEvaluation'"), Oddities(half=1),
    ),
    "an entry without its hand-over": (
        lambda db: db.execute("DELETE FROM outbox WHERE operation = 'recordHandedOver'"), Oddities(half=1),
    ),
    "signatures gone": (lambda db: db.execute("DELETE FROM blobs"), Oddities(half=2)),
    "a signature with other bytes": (
        lambda db: db.execute("UPDATE blobs SET data = x'00' WHERE rowid = 1"), Oddities(half=1),
    ),
    "a deed without its bytes": (
        lambda db: _bytes_change(db, "UPDATE outbox SET body = x'' WHERE operation = 'submitCase'"), Oddities(half=1),
    ),
    # Two hand-overs, one entry: doubled, and half as well.
    "a hand-over twice": (lambda db: db.execute(_TWICE), Oddities(doubled=1, half=1)),
}  # fmt: skip


def test_nothing_is_odd(desk: Desk) -> None:
    assert _odd(desk) == Oddities()


def test_nothing_is_odd_in_any_moment_of_the_visits(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    desk = Desk(path)
    for act in acts(4):
        if act.kind is ActKind.RESTART:
            desk.close()
            desk = Desk(path)
        fault = desk.perform(act)
        assert not isinstance(fault, Fault) and _odd(desk) == Oddities(), act
    desk.close()


@pytest.mark.parametrize("what", _SPOILT)
def test_what_does_not_go_together_is_counted(desk: Desk, what: str) -> None:
    spoil, found = _SPOILT[what]
    with desk.store.write() as db:
        spoil(db)
    assert _odd(desk) == found


def test_a_fingerprint_tells_every_change(desk: Desk) -> None:
    before = seen(desk.store)
    assert read_seen(str(before)) == before == seen(desk.store)
    with desk.store.write() as db:
        db.execute("UPDATE outbox SET attempts = 1 WHERE id = 1")
    changed = seen(desk.store)
    assert changed.digest != before.digest and changed.head == before.head
