"""The meter: what hands do is counted on the step where it was done, and the visit's sum when it ends."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

from kiosk.domain.burden import BurdenFigure, BurdenName
from kiosk.domain.case import CompanyName, OpeningForm
from kiosk.domain.identity_card import CertType
from kiosk.domain.ids import CaseId, PersonRef
from kiosk.domain.person import Person
from kiosk.session.actor import Scene
from kiosk.session.burden import BurdenMeter
from kiosk.workflow.visit import Visit

START = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
CASE = CaseId("01ARZ3NDEKTSV4RRFFQ69G5FAV")


class Table:
    """A meter on a clock that only moves when it is told to."""

    def __init__(self) -> None:
        self.told: list[BurdenFigure] = []
        self.seconds, self.number = 0.0, 0
        clock = SimpleNamespace(now=lambda: START, entropy=self._entropy)
        self.meter = BurdenMeter(cast(Any, clock), self.told.extend, lambda: self.seconds)

    def _entropy(self, count: int) -> bytes:
        self.number += 1
        return self.number.to_bytes(count, "big")

    def at(self, visit: Visit, seconds: float = 0.0) -> None:
        self.seconds += seconds
        self.meter.watch(cast(Scene[Visit], SimpleNamespace(state=visit)))

    def of(self, step: str) -> dict[BurdenName, float]:
        return {one.name: one.value for one in self.told if one.step == step}


def test_a_visit_is_counted_step_by_step_and_as_a_whole() -> None:
    table, visit = Table(), Visit(START, step="home")
    meter = table.meter
    table.at(visit)
    meter.tapped()  # on the home screen: nobody's yet
    at_consent = replace(visit, step="give_consent", case_id=CASE)
    table.at(at_consent)
    meter.tapped()
    meter.tapped()
    table.at(at_consent)  # the same step again is no screen
    person = Person(PersonRef("p1"), "王测试", CertType.RESIDENT_ID, "500103198504120022", address="示例路18号")
    at_name = replace(
        at_consent, step="declare_name", form=OpeningForm(name=CompanyName(trade="示例"), people=(person,))
    )
    table.at(at_name, 12.34)
    for _ in range(3):
        meter.tapped()
        meter.typed(by_touch=True)
    meter.tapped()
    meter.typed(by_touch=True, back=True)
    meter.typed(by_touch=False)
    assert table.of("give_consent") == {BurdenName.TAPS: 2, BurdenName.KEYSTROKES: 0, BurdenName.SECONDS: 12.3}
    table.at(Visit(START, step="farewell"), 60)
    assert table.of("declare_name") == {
        BurdenName.TAPS: 0, BurdenName.KEYSTROKES: 5, BurdenName.CORRECTIONS: 1, BurdenName.SECONDS: 60.0,
    }  # fmt: skip
    whole = table.of("")
    assert 0.5 < whole.pop(BurdenName.PREFILLED_SHARE) < 1
    assert whole == {
        BurdenName.TAPS: 2, BurdenName.KEYSTROKES: 5, BurdenName.CORRECTIONS: 1, BurdenName.SCREENS: 2,
        BurdenName.SECONDS: 72.3, BurdenName.ASKED_TWICE: 0,
    }  # fmt: skip
    assert {one.case_id for one in table.told} == {CASE}
    assert max(Counter(one.id for one in table.told).values()) == 1


def test_the_next_person_begins_at_nothing() -> None:
    table = Table()
    for _ in range(2):
        table.at(Visit(START, step="home"))
        table.at(Visit(START, step="find_my_case"), 5)
        table.meter.tapped()
        table.at(Visit(START, step="farewell"), 7)
    assert [one.value for one in table.told if one.step == "" and one.name is BurdenName.TAPS] == [1, 1]
    assert [one.value for one in table.told if one.step == "" and one.name is BurdenName.SECONDS] == [7, 7]
    assert not [one for one in table.told if one.name in (BurdenName.PREFILLED_SHARE, BurdenName.ASKED_TWICE)]


def test_whoever_changes_an_answer_at_the_check_page_corrects() -> None:
    table, visit = Table(), Visit(START, step="check_answers")
    table.at(Visit(START, step="home"))
    table.at(visit)
    table.at(replace(visit, step="declare_name", changing=True))
    table.at(visit)
    table.at(Visit(START, step="farewell"))
    assert table.of("")[BurdenName.CORRECTIONS] == 1
