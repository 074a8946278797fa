"""Small truths of the form's parts."""

import pytest

from kiosk.code_tables.shipped import pack as table
from kiosk.domain.case import CompanyName, CompanyType, NameOrder, OpeningForm
from kiosk.domain.holding import ContributionKind
from kiosk.domain.identity_card import CertType
from kiosk.domain.ids import PersonRef
from kiosk.domain.item import Item
from kiosk.domain.office import Office, Role
from kiosk.domain.person import Person
from kiosk.rules.slip import slip_lines
from ui.words import Words


@pytest.mark.parametrize(
    ("order", "full"),
    [
        (NameOrder.DISTRICT_FIRST, "重庆示例餐饮有限公司"),
        (NameOrder.DISTRICT_SECOND, "示例（重庆）餐饮有限公司"),
        (NameOrder.DISTRICT_THIRD, "示例餐饮（重庆）有限公司"),
    ],
)
def test_a_name_in_every_order(order: NameOrder, full: str) -> None:
    assert CompanyName(trade="示例", industry="餐饮", order=order).full == full


@pytest.mark.parametrize("kind", CompanyType)
def test_every_type_stands_in_the_table_and_can_be_shown(kind: CompanyType) -> None:
    assert kind.value in {row["code"] for row in table("company_types").rows}
    for items in ((Item.SETUP,), (Item.SETUP, Item.SEAL)):
        (line,) = slip_lines(OpeningForm(company_type=kind, items=items))
        assert all(Words(language).say(line.text) for language in ("zh", "en"))


def test_only_an_individual_business_has_no_capital() -> None:
    assert [kind for kind in CompanyType if not kind.has_capital] == [CompanyType.INDIVIDUAL]


def test_what_may_not_be_brought() -> None:
    assert sum(kind.is_forbidden for kind in ContributionKind) == 6 and not ContributionKind.STOCK.is_forbidden


def test_an_office_is_found_by_its_role() -> None:
    chair = Office(Role.DIRECTOR)
    one = Person(PersonRef("p1"), "王测试", CertType.RESIDENT_ID, "", offices=(chair,))
    assert one.office(Role.DIRECTOR) is chair and one.office(Role.MANAGER) is None and one.is_natural
