"""The audit trail on disk: every kind of tampering is found, and a cut tail with the head that is kept elsewhere."""

import json
import multiprocessing
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.audit import GENESIS, AuditEntry, AuditEvent, AuditKind, check
from kiosk.config import Store
from kiosk.faults import Fault
from offline_cache import auditing, journal
from offline_cache.cache import AuditReport, export_audit, verify_audit
from offline_cache.driver import Database
from offline_cache.errors import ConstraintError

from .stores import START, Hands, ledger_at, store_at, told

LENGTH = 40
ROUNDS = 60


def _written(path: Path, count: int = LENGTH) -> tuple[bytes, list[AuditEntry]]:
    with store_at(path) as store:
        key = store.key_for("audit")
        with store.write() as db:
            for number in range(count):
                journal.append(db, key, AuditEvent(AuditKind.RATED, START, f"C{number}", "citizen", {"level": "5"}))
        with store.read() as db:
            return key, list(journal.entries(db))


def first_break(key: bytes, chain: list[AuditEntry], head: str | None = None) -> int | None:
    """Number of the first entry that does not fit, or of the first missing one; None when the chain holds."""
    found = check(key, chain, head, (0, GENESIS))
    return found.last + 1 if found.broken or not found.seen else None


Tamper = Callable[[list[AuditEntry], random.Random], list[AuditEntry]]


def _flip(chain: list[AuditEntry], chance: random.Random) -> list[AuditEntry]:
    at, bit = chance.randrange(len(chain)), chance.randrange(8)
    body = bytearray(chain[at].body)
    body[chance.randrange(len(body))] ^= 1 << bit
    return [*chain[:at], AuditEntry(chain[at].seq, bytes(body), chain[at].digest), *chain[at + 1 :]]


def _flip_digest(chain: list[AuditEntry], chance: random.Random) -> list[AuditEntry]:
    at, place = chance.randrange(len(chain)), chance.randrange(64)
    digest = chain[at].digest
    other = "0" if digest[place] != "0" else "1"
    changed = AuditEntry(chain[at].seq, chain[at].body, digest[:place] + other + digest[place + 1 :])
    return [*chain[:at], changed, *chain[at + 1 :]]


def _delete(chain: list[AuditEntry], chance: random.Random) -> list[AuditEntry]:
    at = chance.randrange(len(chain) - 1)
    return [*chain[:at], *chain[at + 1 :]]


def _delete_and_renumber(chain: list[AuditEntry], chance: random.Random) -> list[AuditEntry]:
    left = _delete(chain, chance)
    return [AuditEntry(number, one.body, one.digest) for number, one in enumerate(left, 1)]


def _swap(chain: list[AuditEntry], chance: random.Random) -> list[AuditEntry]:
    one, other = sorted(chance.sample(range(len(chain)), 2))
    mixed = list(chain)
    mixed[one], mixed[other] = mixed[other], mixed[one]
    return [AuditEntry(number, entry.body, entry.digest) for number, entry in enumerate(mixed, 1)]


def _duplicate(chain: list[AuditEntry], chance: random.Random) -> list[AuditEntry]:
    at = chance.randrange(len(chain))
    longer = [*chain[: at + 1], chain[at], *chain[at + 1 :]]
    return [AuditEntry(number, entry.body, entry.digest) for number, entry in enumerate(longer, 1)]


def _insert(chain: list[AuditEntry], chance: random.Random) -> list[AuditEntry]:
    at = chance.randrange(len(chain))
    made = AuditEntry(0, b'{"kind":"rated"}', f"{chance.getrandbits(256):064x}")
    longer = [*chain[:at], made, *chain[at:]]
    return [AuditEntry(number, entry.body, entry.digest) for number, entry in enumerate(longer, 1)]


def _cut(chain: list[AuditEntry], chance: random.Random) -> list[AuditEntry]:
    return chain[: chance.randrange(len(chain))]


TAMPER: dict[str, Tamper] = {
    "bit": _flip,
    "digest": _flip_digest,
    "delete": _delete,
    "renumber": _delete_and_renumber,
    "swap": _swap,
    "duplicate": _duplicate,
    "insert": _insert,
    "cut tail": _cut,
}


@pytest.mark.parametrize("how", TAMPER)
def test_tampering_is_found(tmp_path: Path, how: str) -> None:
    key, chain = _written(tmp_path / "store.db")
    chance = random.Random(how)
    for head in (chain[-1].digest, chain[-1].digest[:16]):
        assert first_break(key, chain, head) is None
        for _ in range(ROUNDS):
            assert first_break(key, TAMPER[how](chain, chance), head) is not None


def test_without_a_head_a_cut_tail_is_not_seen(tmp_path: Path) -> None:
    """Why the head is told to the platform and printed on receipts."""
    key, chain = _written(tmp_path / "store.db")
    assert first_break(key, chain[:-3]) is None
    assert first_break(key, chain[:-3], chain[-1].digest) == LENGTH - 2


def test_another_key_made_another_chain(tmp_path: Path) -> None:
    _, chain = _written(tmp_path / "store.db")
    assert first_break(b"x" * 32, chain) == 1


def test_on_the_disk_and_from_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    _, chain = _written(path)
    store = Store(path=str(path))
    assert verify_audit(store, chain[-1].digest[:16]) == AuditReport(LENGTH, chain[-1].digest, None)
    lines = export_audit(store)
    assert not isinstance(lines, Fault)
    records = [json.loads(line) for line in lines]
    assert [one["seq"] for one in records] == list(range(1, LENGTH + 1))
    assert records[-1]["digest"] == chain[-1].digest and records[0]["body"]["case"] == "C0"
    _tamper(path, "DELETE FROM audit WHERE seq = 40")
    assert verify_audit(store, chain[-1].digest) == AuditReport(LENGTH - 1, chain[-2].digest, LENGTH)
    _tamper(path, "UPDATE audit SET body = CAST(replace(body, 'C7', 'C8') AS BLOB) WHERE seq = 8")
    found = verify_audit(store)
    assert isinstance(found, AuditReport) and found.broken_at == 8


HURT: dict[str, tuple[str, int]] = {
    "an entry before a border": ("UPDATE audit SET body = x'7b7d' WHERE seq = 19", 19),
    "the border": ("UPDATE audit SET body = x'7b7d' WHERE seq = 20", 20),
    "the border's digest": (
        "UPDATE audit SET digest = replace(digest, substr(digest, 1, 1), 'x') WHERE seq = 20",
        20,
    ),
    "behind it": ("UPDATE audit SET digest = 'x' WHERE seq = 21", 21),
    "the last": ("UPDATE audit SET digest = 'x' WHERE seq = 40", 40),
    "no border": ("DELETE FROM audit WHERE seq = 20", 20),
    "none behind it": ("DELETE FROM audit WHERE seq = 21", 21),
    "none before it": ("DELETE FROM audit WHERE seq = 19", 19),
    "cut tail": ("DELETE FROM audit WHERE seq > 30", 31),
    "one before, one behind": ("UPDATE audit SET digest = 'x' WHERE seq IN (7, 33)", 7),
}


@pytest.mark.parametrize("how", HURT)
def test_several_processes_find_what_one_finds(tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long chain is checked in parts, side by side: the border between two of them hides nothing."""
    path = tmp_path / "store.db"
    _, chain = _written(path)
    monkeypatch.setattr(auditing, "_processors", lambda: 2)
    monkeypatch.setattr(auditing, "_forking", lambda: multiprocessing.get_context("fork"))
    parts, parting = list[int](), auditing._parts

    def spied(db: Database, entries: int, count: int) -> tuple[auditing._Part, ...]:
        made = parting(db, entries, count)
        parts.append(len(made))
        return made

    monkeypatch.setattr(auditing, "_parts", spied)
    for head in (None, chain[-1].digest[:16], chain[3].digest):
        assert auditing.verify(path, "file", head, alone=1) == AuditReport(LENGTH, chain[-1].digest, None)
    assert auditing.verify(path, "file", "0" * 16, alone=1).broken_at == LENGTH + 1
    assert parts == [2] * 4
    statement, broken_at = HURT[how]
    _tamper(path, statement)
    for alone in (1, 10**6):
        assert auditing.verify(path, "file", chain[-1].digest, alone).broken_at == broken_at


def _tamper(path: Path, statement: str) -> None:
    with store_at(path) as store, store.write() as db:
        for trigger in ("audit_stays", "audit_grows"):
            db.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        db.execute(statement)


@pytest.mark.parametrize("statement", ["DELETE FROM audit", "UPDATE audit SET digest = 'x'"])
def test_the_store_itself_refuses_to_forget(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "store.db"
    _written(path, 3)

    def change(db: Database) -> None:
        db.execute(statement)

    with store_at(path) as store:
        with pytest.raises(ConstraintError), store.write() as db:
            change(db)
        with store.read() as db:
            assert journal.head(db)[0] == 3


def test_an_unknown_field_is_a_bug_and_nothing_is_written(tmp_path: Path) -> None:
    with ledger_at(tmp_path / "store.db", Hands()) as ledger:
        with pytest.raises(ValueError, match="not in the vocabulary") as bug:
            ledger.note(AuditEvent(AuditKind.RATED, START, "", "citizen", {"name": "王测试"}))
        assert "王测试" not in str(bug.value)
        assert ledger.state().audit_entries == 0 and ledger.state().audit_head == GENESIS[:16]
        assert ledger.note(told()) is None
        assert ledger.state().audit_entries == 1


@pytest.mark.long
@pytest.mark.parametrize("how", TAMPER)
def test_a_thousand_of_each(tmp_path: Path, how: str) -> None:
    key, chain = _written(tmp_path / "store.db", 200)
    chance = random.Random(how)
    for _ in range(1000):
        assert first_break(key, TAMPER[how](chain, chance), chain[-1].digest) is not None


SHEET = {"paper": "handover_sheet", "job": "C1-handover", "result": "printed"}


@pytest.mark.parametrize(
    ("trail", "found"),
    [
        ((), None),
        ((AuditKind.STARTED, AuditKind.HANDED_OVER), None),  # its clerk still sits there
        ((AuditKind.STARTED, AuditKind.HANDED_OVER, AuditKind.STARTED), "C1"),
        ((AuditKind.HANDED_OVER, AuditKind.STARTED, AuditKind.STAFF_SIGNED_IN), "C1"),
        ((AuditKind.HANDED_OVER, AuditKind.PRINTED, AuditKind.STARTED), None),
    ],
)
def test_what_was_recorded_before_a_stop_and_seen_by_nobody(
    tmp_path: Path, trail: tuple[AuditKind, ...], found: str | None
) -> None:
    with store_at(tmp_path / "store.db") as store:
        with store.write() as db:
            for kind in trail:
                fields = SHEET if kind is AuditKind.PRINTED else {}
                case = "C1" if kind is AuditKind.HANDED_OVER else ""
                journal.append(db, store.key_for("audit"), AuditEvent(kind, START, case, "0317", fields))
        with store.read() as db:
            last = journal.unwitnessed(db)
    assert (None if last is None else last[0]) == found
