"""Every answer says how fresh it is, whatever happens to the mirror under it."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from kiosk.contracts.ledger import SaveDraft
from kiosk.domain.ids import SlipCode
from kiosk.rules.orders import Place as OrderPlace
from offline_cache import drafts, mirror, retention, wire
from offline_cache.duties import Around, Duties
from offline_cache.ledger import CacheLedger, Keeper
from offline_cache.news import News
from offline_cache.orders import Keys, OrderBook
from offline_cache.reader import Place, Reader
from offline_cache.uplink import Address, Lane, StaffDesk
from offline_cache.wire import FeedSaid
from tests.faults.hall import form

from .platform_says import case_json
from .stores import START, Hands, case, store_at, told

SLIP = SlipCode("K2B-001")


def test_live_only_while_nothing_is_owed_and_nothing_newer_is_known(tmp_path: Path) -> None:
    hands = Hands()
    with store_at(tmp_path / "s") as store:
        online = [True]
        ledger = CacheLedger(store, Keeper("w", "w-03"), hands.clock(), News(), lambda: None, lambda: online[0])

        def fresh() -> tuple[bool, bool]:
            """Live and dated, the same from every side."""
            answer, listed = ledger.case(case(1)), ledger.drafts(form().people[0].cert_no)
            assert answer is not None and listed == (answer,) == (ledger.find_by_slip(SLIP),)
            return answer.live, answer.as_of is not None

        said = wire.mirrored(case_json(case(1), form=form()))
        assert said is not None
        ledger.keep_cases((said,))
        assert fresh() == (True, True)
        online[0] = False
        assert fresh() == (False, True)
        online[0] = True
        with store.write() as db:
            mirror.mark_stale(db, case(1))
        assert fresh() == (False, True)
        with store.write() as db:
            mirror.fetched(db, case(1))
        ledger.record(SaveDraft(case(1), SLIP, replace(form(), licence_copies=4)), told())
        assert fresh() == (False, True)


def test_a_tombstone_takes_the_mirrors_word_and_leaves_what_was_done_here(tmp_path: Path) -> None:
    hands, nowhere = Hands(), Address("http://127.0.0.1:1", "kiosk-01")
    with store_at(tmp_path / "s") as store:
        clock = hands.clock()
        ledger = CacheLedger(store, Keeper("kiosk-01", ""), clock, News(), lambda: None, lambda: True)
        for number in (1, 2):
            said = wire.mirrored(case_json(case(number), form=form(), version=3))
            assert said is not None
            ledger.keep_cases((said,))
        ledger.record(SaveDraft(case(2), SLIP, form()), told())
        assert ledger.take_up(case(1)) is None
        staff = StaffDesk(lambda: None)
        with closing(Lane(nowhere, clock, lambda answered: None)) as lane:
            place = Place("kiosk-01", "site", keeps_site=False)
            orders = OrderBook(
                OrderPlace("kiosk-01", "site", "SELF_SERVICE"), Keys((), ()), clock, lambda: True, lambda: None
            )
            duties = Duties(store, lane, clock, orders, Around(), None, 1.0)
            reader = Reader(store, lane, staff, clock, News(), place, orders, duties, 1.0)
            gone = tuple(("case", case(number), True) for number in (1, 2))
            with store.write() as db:
                reader._note_changes(db, FeedSaid("e1", "c2", False, gone))
        assert ledger.case(case(1)) is None
        answer = ledger.case(case(2))
        assert answer is not None and (answer.as_of, answer.live) == (None, False)
        with store.read() as db:
            base = drafts.base(db, case(2))
            assert base is not None and base.version == 3  # it is not begun anew under the old number
        ledger.forget_visit(None)
        hands.advance(hours=25)
        ledger.forget_visit(None)
        with store.read() as db:
            assert db.execute("SELECT count(*) FROM bases").fetchone()[0] == 0  # a form is personal, wherever it lies


def test_after_another_epoch_nothing_is_live_until_it_was_fetched_again(tmp_path: Path) -> None:
    """A platform that came back from a backup names lower versions, and is believed."""
    with store_at(tmp_path / "s") as store:
        ledger = CacheLedger(store, Keeper("w", "w-03"), Hands().clock(), News(), lambda: None, lambda: True)
        later, restored = (wire.mirrored(case_json(case(1), form=form(), version=v)) for v in (9, 2))
        assert later is not None and restored is not None
        ledger.keep_cases((later,))
        with store.write() as db:
            mirror.forget_versions(db)
        answer = ledger.case(case(1))
        assert answer is not None and not answer.live
        with store.write() as db:
            mirror.fetched(db, case(1))
            assert mirror.keep_said(db, restored, START)
        answer = ledger.case(case(1))
        assert answer is not None and answer.live and answer.value.version == 2


def test_the_order_to_wipe_leaves_no_table_with_a_person_in_it(tmp_path: Path) -> None:
    """Whatever table a later schema adds: only what is owed to the platform outlives the order."""
    with store_at(tmp_path / "s") as store:
        ledger = CacheLedger(store, Keeper("kiosk-01", ""), Hands().clock(), News(), lambda: None, lambda: True)
        said = wire.mirrored(case_json(case(1), form=form()))
        assert said is not None
        ledger.keep_cases((said,))
        ledger.record(SaveDraft(case(1), SLIP, replace(form(), licence_copies=4)), told())
        ledger.forget_visit(case(1))
        with store.write() as db:
            retention.wipe_all(db)
        with store.read() as db:
            names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
            left = {name for name in names if db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]}
        assert left <= {"audit", "meta", "sqlite_sequence"}
