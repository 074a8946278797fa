"""Departments without a server: cases without anything to hand over, the same seed the same times, hall hours."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.rules.working_time import Hours, Span, WorkingTime
from kiosk.sandbox import back_offices, hall_hours, office_book, rulings, seed
from kiosk.sandbox import tables as t
from kiosk.sandbox.app import Sandbox
from kiosk.sandbox.casework import CaseWork
from kiosk.sandbox.moments import SHANGHAI, at, ms_of
from kiosk.sandbox.office_book import OfficeSet
from kiosk.sandbox.platform import Platform
from kiosk.sandbox.settings import SandboxSettings

CASE = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
_HOURS = Hours((Span(time(9), time(12)), Span(time(13), time(18))))
USUAL = hall_hours.HallTime(WorkingTime(_HOURS, hall_hours.calendar()), "office")


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    sandbox = Sandbox(SandboxSettings(database=str(tmp_path / "p.db"), clock="manual", seed="test"))
    yield sandbox.platform
    sandbox.store.close()


def approved(platform: Platform, *items: str, name: str = "重庆测甲餐饮有限公司") -> None:
    """A company that exists already and adds later items: nothing of SETUP is in its case."""
    with platform.transaction() as tx:
        tx.c.execute(
            t.case.insert().values(
                id=CASE, slip_code="X1S-001", site_id=seed.SITE_ID, terminal_id="kiosk-01", state="APPROVED",
                version=1, form=b"{}", name_full=name, uscc="91500103MAXX00015P", made_at=tx.now, changed_at=tx.now,
                notices=0,
            )
        )  # fmt: skip
        work = CaseWork.open(tx, CASE)
        work.request_items(items, "citizen")
        work.save()
        work = CaseWork.open(tx, CASE)
        rulings.start_later_items(platform, work, platform.clock.office())
        work.save()


def end(platform: Platform, seconds: float = 120) -> tuple[str, dict[str, str], int]:
    platform.clock.advance(seconds)
    back_offices.run_due(platform)
    with platform.look() as tx:
        work = CaseWork.look(tx, CASE)
        return work.state, work.item_states, len(work.articles)


def test_only_social_closes_by_itself(platform: Platform) -> None:
    approved(platform, "SOCIAL")
    assert end(platform) == ("CLOSED", {"SOCIAL": "DONE"}, 0)


def test_only_digital_invoices_close_by_themselves(platform: Platform) -> None:
    approved(platform, "SOCIAL", "INVOICE", name="重庆数电餐饮有限公司")
    assert end(platform) == ("CLOSED", {"SOCIAL": "DONE", "INVOICE": "DONE"}, 0)


def test_a_refused_bank_never_holds_the_rest(platform: Platform) -> None:
    approved(platform, "SOCIAL", "BANK", "FUND", name="重庆谢绝餐饮有限公司")
    assert end(platform) == ("CLOSED", {"SOCIAL": "DONE", "FUND": "DONE", "BANK": "REFUSED"}, 0)


def test_the_same_seed_case_and_job_take_the_same_time(platform: Platform) -> None:
    approved(platform, "SOCIAL", "BANK")
    with platform.look() as tx:
        first = {r.kind: r.due for r in tx.c.execute(sa.select(t.job))}
    with platform.transaction() as tx:
        seed.empty(tx.c)
        seed.fill(tx.c)
    approved(platform, "SOCIAL", "BANK")
    with platform.look() as tx:
        assert {r.kind: r.due for r in tx.c.execute(sa.select(t.job))} == first
    assert len(set(first.values())) == 2


def test_let_go_on_from_now_not_from_then(platform: Platform) -> None:
    with platform.transaction() as tx:
        office_book.change(tx, "hrss", OfficeSet(stall=True), platform.clock.office())
    approved(platform, "SOCIAL")
    assert end(platform, 86400) == ("APPROVED", {"SOCIAL": "IN_REVIEW"}, 0)
    assert back_offices.next_due(platform) is None
    with platform.transaction() as tx:
        office_book.change(tx, "hrss", OfficeSet(stall=False), platform.clock.office())
    assert back_offices.next_due(platform) == platform.clock.office()
    assert end(platform, 0) == ("CLOSED", {"SOCIAL": "DONE"}, 0)


@settings(max_examples=200, deadline=None)
@given(st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 20)))
def test_hall_hours_put_off_to_the_next_opening_only(moment: datetime) -> None:
    due = ms_of(moment.replace(tzinfo=SHANGHAI))
    done = at(USUAL.when_working(due))
    assert hall_hours.calendar().is_working(done.date())
    assert time(9) <= done.time() < time(18)
    assert not time(12) <= done.time() < time(13)
    assert done >= at(due)
    if done > at(due):  # put off: to the very opening, and never over an open hour
        assert done.time() in (time(9), time(13))
        assert done - at(due) <= timedelta(days=12)


def test_every_shipped_rule_is_possible_and_explained() -> None:
    for dept, one in office_book.as_shipped().items():
        for rule in one.outcome_rules:
            assert rule.outcome in office_book.POSSIBLE[dept]
            assert rule.word in rule.text
            assert rule.reason_code or rule.outcome.startswith(("digital", "device"))
