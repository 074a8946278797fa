"""An address on a paper against the domicile of the form: what is only written differently, and what differs."""

import pytest

from kiosk.domain.case import Domicile
from kiosk.domain.ids import DivisionCode
from kiosk.rules.addresses import is_same_place

HERE = Domicile(DivisionCode("500103"), "渝中区", "示例路1号1-1")
IN_STREET = Domicile(DivisionCode("500103"), "渝中区", "示例路1号1-1", street="示例街道", village="样板社区")
COUNTY = Domicile(DivisionCode("500240"), "石柱土家族自治县", "示例路9号")
ROAD = Domicile(DivisionCode("500103"), "渝中区", "重庆路8号")


@pytest.mark.parametrize("written", [
    "示例路1号1-1", "示例路 1 号 1-1", "示例路１号１－１", "示例路1号1—1", "示例路1号1–1", "示例路1号，1-1",
    "渝中区示例路1号1-1", "重庆市渝中区示例路1号1-1", "重庆渝中区示例路1号1-1", "重庆市 渝中区 示例路 1 号 1-1",
])  # fmt: skip
def test_written_differently_is_the_same(written: str) -> None:
    assert is_same_place(written, HERE)


@pytest.mark.parametrize("written", [
    "示例路1号", "示例路1号1-2", "示例路1号11", "示例路11号1-1", "样板路1号1-1", "重庆市江北区示例路1号1-1",
    "江北区示例路1号1-1", "四川省示例路1号1-1",
])  # fmt: skip
def test_another_house_street_or_district_differs(written: str) -> None:
    assert not is_same_place(written, HERE)


@pytest.mark.parametrize("written", [
    "示例路1号1-1", "示例街道示例路1号1-1", "重庆市渝中区示例街道样板社区示例路1号1-1",
])  # fmt: skip
def test_street_and_community_may_stand_on_either_side(written: str) -> None:
    assert is_same_place(written, IN_STREET)
    assert is_same_place("示例路1号1-1", Domicile(HERE.division, "渝中区", written.removeprefix("重庆市渝中区"),
                                                street="示例街道", village="样板社区"))  # fmt: skip


def test_a_county_goes_by_its_short_name_too() -> None:
    assert is_same_place("重庆市石柱县示例路9号", COUNTY)
    assert is_same_place("石柱土家族自治县示例路9号", COUNTY)
    assert not is_same_place("秀山县示例路9号", COUNTY)


def test_a_road_that_is_called_after_the_city_keeps_its_name() -> None:
    assert is_same_place("重庆市渝中区重庆路8号", ROAD)
    assert is_same_place("重庆路8号", ROAD)
    assert not is_same_place("路8号", ROAD)


def test_nothing_written_differs_from_nothing() -> None:
    assert is_same_place("", HERE) and is_same_place("  ", HERE)
    assert is_same_place("示例路1号1-1", Domicile())
