"""The one-time notice is the check page on paper: nothing more, nothing less, and every name masked."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings

from kiosk.domain.case import OpeningForm
from kiosk.domain.finding import Severity
from kiosk.domain.item import Item
from kiosk.rules.materials import Need
from kiosk.rules.notice import notice_lines
from kiosk.rules.review import review
from tests.unit.offline_cache.strategies import forms

from .breakers import TODAY, both, full, inside, person


@settings(max_examples=20, deadline=None)
@given(forms())
def test_the_notice_says_what_the_check_page_says(form: OpeningForm) -> None:
    stopping = [one.code for one in review(form, TODAY) if one.severity is Severity.STOP]
    assert [line.code for line in notice_lines(form, TODAY)] == stopping


def test_lines_of_items_and_of_the_registration() -> None:
    broken = both(
        inside("fund", employer_rate=Decimal(13)), person(1, verification_id=None), inside("social", enrol_staff=True)
    )(full())
    lines = notice_lines(broken, TODAY, (Need("domicile_proof", (Item.SETUP,)),))
    assert [(line.item, line.code) for line in lines] == [
        (Item.SETUP, "not-verified"), (Item.FUND, "fund-rate"), (Item.SETUP, "domicile_proof"),
    ]  # fmt: skip
    assert (lines[2].material, lines[2].remedy[:4]) == ("住所（经营场所）使用证明", "自有房屋")
    assert lines[0].text == "李*例 还没核对本人" and lines[0].basis == ("市场主体登记管理条例实施细则 第十六条",)
    assert "李" not in repr(lines)


def test_amounts_are_told_as_amounts() -> None:
    less = replace(full(), registered_capital=Decimal("100.5"))
    assert [line.text for line in notice_lines(less, TODAY)] == ["出资加起来差 0.5 万元"]
