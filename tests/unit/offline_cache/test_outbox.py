"""The outbox: strict order inside a chain, side by side between chains, nothing lost, nothing twice."""

import itertools
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kiosk.contracts.ledger import Verdict
from kiosk.domain.ids import idempotency_key
from kiosk.faults import Fault, FaultCode
from offline_cache import outbox, outcomes
from offline_cache.database import open_store
from offline_cache.driver import Database
from offline_cache.errors import ConstraintError
from offline_cache.outbox import Leased, Sealed

from .stores import START, case, store_at

_numbers = itertools.count()


def sealed(chain: int, operation: str = "submitCase", *, fact: bool = False, key: str = "") -> Sealed:
    """A message of one case."""
    return Sealed(
        operation=operation,
        case_id=case(chain),
        slip_code="K2B-001",
        path=f"/v1/cases/{case(chain)}/x",
        body=b'{"n":%d}' % next(_numbers),
        key=key or idempotency_key(str(next(_numbers))),
        fact=fact,
    )


REFUSED = Fault(FaultCode.PLATFORM_REFUSED, {"slug": "version-mismatch"})


def test_heads_of_chains_oldest_first(tmp_path: Path) -> None:
    with store_at(tmp_path / "store.db") as store:
        rows = [sealed(chain) for chain in (1, 1, 2, 3, 2)]
        with store.write() as db:
            for one in rows:
                outbox.put(db, one, START)
            first = outbox.lease(db, 2)
            assert [one.sealed.key for one in first] == [rows[0].key, rows[2].key]
            assert [one.sealed.key for one in outbox.lease(db, 9)] == [rows[3].key]
            outbox.acknowledge(db, first[0], START, replayed=False)
            assert [one.sealed.key for one in outbox.lease(db, 9)] == [rows[1].key]
            outbox.put_back(db, first[1], tried=True)
            again = outbox.lease(db, 9)
            assert [one.sealed.key for one in again] == [rows[2].key] and again[0].attempts == 1
            assert again[0].sealed.body == rows[2].body


def test_a_resting_chain_holds_up_nobody(tmp_path: Path) -> None:
    with store_at(tmp_path / "store.db") as store, store.write() as db:
        one, other = sealed(1), sealed(2)
        outbox.put(db, one, START)
        outbox.put(db, other, START)
        assert [row.sealed.key for row in outbox.lease(db, 9, {one.case_id})] == [other.key]


def test_of_one_case_the_oldest_that_waits(tmp_path: Path) -> None:
    with store_at(tmp_path / "store.db") as store, store.write() as db:
        one, two, other = sealed(1), sealed(1), sealed(2)
        for row in (other, one, two):
            outbox.put(db, row, START)
        (leased,) = outbox.lease_of(db, one.case_id)
        assert leased.sealed.key == one.key
        assert outbox.lease_of(db, one.case_id) == (), "strictly one after the other inside a case"
        outbox.acknowledge(db, leased, START, replayed=False)
        assert [row.sealed.key for row in outbox.lease_of(db, one.case_id)] == [two.key]


def test_the_same_act_is_recorded_once(tmp_path: Path) -> None:
    with store_at(tmp_path / "store.db") as store:
        one = sealed(1)
        with store.write() as db:
            outbox.put(db, one, START)
        with pytest.raises(ConstraintError), store.write() as db:
            outbox.put(db, one, START)


@pytest.mark.parametrize(
    "change",
    ["body = x'00'", "key = 'other'", "path = '/other'", "operation = 'other'", "case_id = 'other'", "body = x''"],
)
def test_bytes_and_key_never_change(tmp_path: Path, change: str) -> None:
    with store_at(tmp_path / "store.db") as store:
        with store.write() as db:
            outbox.put(db, sealed(1), START)
        with pytest.raises(ConstraintError), store.write() as db:
            db.execute(f"UPDATE outbox SET {change}")


def test_parked_stops_intents_of_its_chain_and_no_fact(tmp_path: Path) -> None:
    with store_at(tmp_path / "store.db") as store, store.write() as db:
        refused, behind, fact, elsewhere = sealed(1), sealed(1, "decideAcceptance"), sealed(1, fact=True), sealed(2)
        for one in (refused, behind, fact, elsewhere):
            outbox.put(db, one, START)
        (first, _) = outbox.lease(db, 9)
        outbox.park(db, first, REFUSED, START)
        (task,) = outcomes.tasks(db)
        assert task.id == refused.key and task.fault == REFUSED and task.case_id == case(1)
        assert outbox.lease(db, 9) == ()  # the fact is behind an intent that waits
        assert outcomes.status(db, refused.case_id, refused.key).verdict is Verdict.REFUSED  # type: ignore[union-attr]


def test_a_fact_passes_a_parked_intent(tmp_path: Path) -> None:
    with store_at(tmp_path / "store.db") as store, store.write() as db:
        refused, fact = sealed(1), sealed(1, "recordHandedOver", fact=True)
        outbox.put(db, refused, START)
        outbox.park(db, outbox.lease(db, 1)[0], REFUSED, START)
        outbox.put(db, fact, START)
        (row,) = outbox.lease(db, 9)
        assert row.sealed.key == fact.key


@pytest.mark.parametrize("operation", ["postEvaluation", "putMaterial"])
def test_a_refused_rating_or_paper_stops_nothing(tmp_path: Path, operation: str) -> None:
    with store_at(tmp_path / "store.db") as store, store.write() as db:
        outbox.put(db, sealed(1, operation), START)
        outbox.park(db, outbox.lease(db, 1)[0], REFUSED, START)
        later = sealed(1, "submitCase")
        outbox.put(db, later, START)
        assert [row.sealed.key for row in outbox.lease(db, 9)] == [later.key]
        assert len(outcomes.tasks(db)) == 1


def test_another_paper_closes_no_task_of_the_first(tmp_path: Path) -> None:
    with store_at(tmp_path / "store.db") as store, store.write() as db:
        outbox.put(db, sealed(1, "putMaterial"), START)
        outbox.park(db, outbox.lease(db, 1)[0], REFUSED, START)
        outbox.put(db, sealed(1, "putMaterial"), START)
        assert len(outcomes.tasks(db)) == 1 and len(outbox.lease(db, 9)) == 1


def test_deciding_anew_closes_the_task_and_what_built_on_it(tmp_path: Path) -> None:
    with store_at(tmp_path / "store.db") as store, store.write() as db:
        draft, submission = sealed(1, "putDraft"), sealed(1)
        for one in (draft, submission):
            outbox.put(db, one, START)
        outbox.park(db, outbox.lease(db, 1)[0], REFUSED, START)
        mended, again = sealed(1, "putDraft"), sealed(1)
        outbox.put(db, mended, START)
        outbox.put(db, again, START)
        assert outcomes.tasks(db) == ()
        assert outcomes.status(db, submission.case_id, submission.key).verdict is Verdict.REFUSED  # type: ignore[union-attr]
        (row,) = outbox.lease(db, 9)
        assert row.sealed.key == mended.key
        outbox.acknowledge(db, row, START, replayed=False)
        assert [one.sealed.key for one in outbox.lease(db, 9)] == [again.key]
        assert db.execute("SELECT body FROM outbox WHERE key = ?", [draft.key]).fetchone() == (b"",)


def test_only_the_newest_unsent_draft_matters(tmp_path: Path) -> None:
    with store_at(tmp_path / "store.db") as store, store.write() as db:
        tried, old, submission, newest = (
            sealed(1, "putDraft"),
            sealed(1, "putDraft"),
            sealed(1),
            sealed(1, "putDraft"),
        )
        outbox.put(db, tried, START)
        outbox.put_back(db, outbox.lease(db, 1)[0], tried=True)
        outbox.put(db, old, START)
        outbox.drop_unsent_drafts(db, case(1))
        outbox.put(db, submission, START)
        outbox.put(db, newest, START)
        outbox.drop_unsent_drafts(db, case(1))
        kept = [one.key for one in outbox.owed(db, case(1))]
        assert kept == [tried.key, submission.key]
        outbox.put(db, sealed(1, "putDraft"), START)
        assert len(outbox.owed(db, case(1))) == 3


def test_a_restored_platform_is_told_the_facts_again(tmp_path: Path) -> None:
    with store_at(tmp_path / "store.db") as store, store.write() as db:
        fact, intent = sealed(1, "recordHandedOver", fact=True), sealed(2)
        for one in (fact, intent):
            outbox.put(db, one, START)
        for row in outbox.lease(db, 9):
            outbox.acknowledge(db, row, START, replayed=True)
        assert outcomes.status(db, fact.case_id, fact.key).verdict is Verdict.ALREADY_KNOWN  # type: ignore[union-attr]
        outbox.owe_facts_again(db, START + timedelta(seconds=1))
        assert outbox.lease(db, 9) == ()
        outbox.owe_facts_again(db, START)
        (row,) = outbox.lease(db, 9)
        assert row.sealed.key == fact.key and row.sealed.body == fact.body


class Spied:
    """Stands for the database and keeps how it would go about each statement."""

    def __init__(self, db: Database) -> None:
        self._db, self.plans = db, list[str]()

    def execute(self, statement: str, values: Sequence[object] = ()) -> Any:
        self.plans += [row[3] for row in self._db.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
        return self._db.execute(statement, values)


def test_every_hot_query_uses_its_index(tmp_path: Path) -> None:
    """At a long outage's backlog a walk over what waits would be felt with every row."""
    with store_at(tmp_path / "store.db") as store, store.write() as writer:
        spied = Spied(writer)
        db = cast(Database, spied)
        outbox.put(db, sealed(1), START)
        outbox.acknowledge(db, outbox.lease(db, 3)[0], START, replayed=False)
        outbox.lease(db, 3, {case(2)})
        outbox.recover(db)
        outbox.anything_ready(db)
        plans = set(spied.plans)
        assert {plan for plan in plans if plan.startswith("SEARCH")} == {
            "SEARCH o USING INDEX outbox_waiting (state=?)",
            "SEARCH e USING INDEX outbox_acts (case_id=?)",
            "SEARCH d USING INDEX outbox_parked (case_id=? AND id<?)",
            "SEARCH d USING INDEX outbox_parked (case_id=?)",
            "SEARCH outbox USING INTEGER PRIMARY KEY (rowid=?)",
            "SEARCH outbox USING COVERING INDEX outbox_waiting (state=?)",
        }
        assert not any("TEMP B-TREE" in plan or plan.startswith("SCAN o") for plan in plans), plans


def test_a_verdict_never_meets_another_row_of_the_same_number(tmp_path: Path) -> None:
    """Rows are wiped on the platform's order while one of them is on the wire; the number is given out again."""
    with store_at(tmp_path / "store.db") as store, store.write() as db:
        outbox.put(db, sealed(1), START)
        (gone,) = outbox.lease(db, 1)
        db.execute("DELETE FROM outbox")
        other = sealed(2)
        outbox.put(db, other, START)
        (now_there,) = outbox.lease(db, 1)
        assert now_there.id == gone.id
        outbox.acknowledge(db, gone, START, replayed=False)
        outbox.park(db, gone, REFUSED, START)
        outbox.put_back(db, gone, tried=True)
        assert outcomes.status(db, other.case_id, other.key).verdict is Verdict.SENDING  # type: ignore[union-attr]


class Machine(RuleBasedStateMachine):
    """Anything in any order, with restarts: compared with what each chain must look like."""

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        self.path = Path(self.folder.name) / "store.db"
        self.store = open_store(self.path, "file", 0)
        self.chains: dict[int, list[Sealed]] = {}
        self.blocked: set[int] = set()
        self.carried: dict[str, Leased] = {}
        self.settled: list[str] = []

    @rule(chain=st.integers(0, 3), fact=st.booleans())
    def record(self, chain: int, fact: bool) -> None:
        # Operations of one name each, so that nothing supersedes anything here.
        one = sealed(chain, "recordHandedOver" if fact else f"intent{next(_numbers)}", fact=fact)
        with self.store.write() as db:
            outbox.put(db, one, START)
        self.chains.setdefault(chain, []).append(one)

    @rule(limit=st.integers(1, 4))
    def take(self, limit: int) -> None:
        ready = {
            waiting[0].key
            for chain, waiting in self.chains.items()
            if waiting and waiting[0].key not in self.carried and (waiting[0].fact or chain not in self.blocked)
        }
        with self.store.write() as db:
            rows = outbox.lease(db, limit)
        assert {row.sealed.key for row in rows} <= ready and len(rows) == min(limit, len(ready))
        self.carried |= {row.sealed.key: row for row in rows}

    @rule(which=st.integers(0, 99), how=st.sampled_from(["yes", "again", "no"]))
    def settle(self, which: int, how: str) -> None:
        if not self.carried:
            return
        key = sorted(self.carried)[which % len(self.carried)]
        row = self.carried.pop(key)
        chain = next(number for number, waiting in self.chains.items() if waiting and waiting[0].key == key)
        with self.store.write() as db:
            if how == "yes":
                outbox.acknowledge(db, row, START, replayed=False)
            elif how == "no":
                outbox.park(db, row, REFUSED, START)
            else:
                outbox.put_back(db, row, tried=True)
        if how != "again":
            self.chains[chain].pop(0)
            self.settled.append(key)
        if how == "no":
            self.blocked.add(chain)

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = open_store(self.path, "file", 0)
        with self.store.write() as db:
            assert outbox.recover(db) == len(self.carried)
        self.carried = {}

    @invariant()
    def nothing_is_lost(self) -> None:
        if not hasattr(self, "store"):
            return
        with self.store.read() as db:
            waiting, parked = outbox.figures(db)
            assert waiting == sum(map(len, self.chains.values()))
            for number, expected in self.chains.items():
                assert [one.key for one in outbox.live(db, case(number))] == [one.key for one in expected]
                assert [one.body for one in outbox.live(db, case(number))] == [one.body for one in expected]
            assert parked == len(outcomes.tasks(db))

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()


TestMachine = Machine.TestCase
TestMachine.settings = settings(max_examples=12, stateful_step_count=40, deadline=None)
