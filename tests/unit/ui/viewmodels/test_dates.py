"""A day by touch: every step lands on a day of the calendar and of the range, whatever the months are like."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.ids import PersonRef
from kiosk.workflow import events as ev
from ui.viewmodels import citizen
from ui.viewmodels.dates import read_day, wheels
from ui.words import Words

from .citizen_walk import Still, stills, together

FIRST, LAST = date(2026, 11, 24), date(2031, 11, 23)
DAYS = st.dates(FIRST, LAST)


@given(DAYS, st.sampled_from(["zh", "en"]))
def test_every_step_stays_in_the_range_and_moves(day: date, language: str) -> None:
    for row in wheels(day, FIRST, LAST, Words(language)):
        for way, sign in (("up", 1), ("down", -1)):
            if row[way]:
                to = date.fromisoformat(row[way])
                assert FIRST <= to <= LAST and (to - day) * sign > timedelta()


@given(DAYS)
def test_every_day_can_be_reached(day: date) -> None:
    """By years, then months, then days, as a person would."""
    at = FIRST
    for _ in range(60):
        rows = {row["key"]: row for row in wheels(at, FIRST, LAST, Words("zh"))}
        ways = [date.fromisoformat(row["up"]) for row in rows.values() if row["up"]]
        at = max((one for one in ways if one <= day), default=at)
    assert at == day


def test_a_long_month_leads_to_the_last_of_a_short_one() -> None:
    rows = {row["key"]: row for row in wheels(date(2027, 1, 31), FIRST, LAST, Words("zh"))}
    assert rows["month"]["up"] == "2027-02-28"
    leap = {row["key"]: row for row in wheels(date(2028, 2, 29), FIRST, LAST, Words("zh"))}
    assert leap["year"]["up"] == "2029-02-28"


@pytest.mark.parametrize("text", ["", "tomorrow", "2027-02-30", "1900-01-01"])
def test_what_is_no_day_of_the_range_is_another(text: str) -> None:
    assert FIRST <= read_day(text, LAST, FIRST, LAST) <= LAST


def test_the_day_that_is_shown_is_the_day_that_is_kept() -> None:
    still = stills()["name_people-due-turned"]
    vm = citizen.present(still.scene, Words("zh"), still.notes)
    assert vm.data["words"] == "2027 年 11 月 23 日"
    event = citizen.event("due", {}, still.scene, still.notes)
    assert event == ev.DueSet(PersonRef("p2"), date(2027, 11, 23))
    kept = together().did(event)
    person = kept.state.form.person(PersonRef("p2"))
    assert person is not None and person.holding is not None and person.holding.due == date(2027, 11, 23)
    shown: Still = kept.still()
    lines = citizen.present(shown.scene, Words("zh"), shown.notes).lists["people"][1]["lines"]
    assert "2027 年 11 月 23 日 前" in {row["value"] for row in lines}
