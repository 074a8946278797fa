"""The catalogue of the business scope is found by whatever people type."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.code_tables.pack import rows_sha256
from kiosk.code_tables.scope_index import build
from kiosk.domain.case import PermitDuty
from kiosk.sandbox import packs
from offline_cache.scope import ScopeCatalogue, catalogue, index_of


def _rows() -> list[dict[str, str]]:
    return list(packs.pack("business_scope").rows)


CATALOGUE = ScopeCatalogue(build(_rows()))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("火锅", "火锅餐饮服务"),
        ("正餐服务", "正餐服务"),
        ("饭店", "正餐服务"),
        ("huoguo", "火锅餐饮服务"),
        ("huo guo", "火锅餐饮服务"),
        ("ＨＵＯＧＵＯ", "火锅餐饮服务"),
        ("hgcyfw", "火锅餐饮服务"),
        ("hgcy", "火锅餐饮服务"),
        ("lvxingshe", "旅行社服务"),
        ("lüxingshe", "旅行社服务"),
        ("我想开一家火锅店", "火锅餐饮服务"),
    ],
)
def test_found_first(typed: str, first: str) -> None:
    assert CATALOGUE.find(typed, 5)[0].name == first


def test_the_permit_duty_comes_along() -> None:
    (pick,) = CATALOGUE.find("正餐服务", 1)
    assert (pick.duty, pick.duty_text, pick.industry_code) == (PermitDuty.AFTER, "食品经营许可证", "6210")


def test_limits() -> None:
    assert len(CATALOGUE.find("服务", 7)) == 7
    assert CATALOGUE.find("", 7) == CATALOGUE.find("服务", 0) == CATALOGUE.find("㊙㊙㊙", 7) == ()


def test_every_item_is_found_by_its_own_name_and_spelling() -> None:
    for row in _rows():
        for typed in (row["name"], row["pinyin"], row["initials"]):
            assert row["code"] in {pick.code for pick in CATALOGUE.find(typed, 1000)}, typed


@given(st.text(max_size=20), st.integers(-1, 50))
def test_anything_may_be_typed(typed: str, limit: int) -> None:
    assert len(CATALOGUE.find(typed, limit)) <= max(0, limit)


def test_rows_that_say_less() -> None:
    catalogue = ScopeCatalogue(
        build([{"code": "A", "name": "修鞋"}, {"name": "nothing"}, {}, {"code": "B", "name": ""}])
    )
    assert [pick.code for pick in catalogue.find("修", 9)] == ["A"]


def test_the_index_is_made_once_and_another_machines_is_made_anew() -> None:
    pack = json.dumps({
        "name": "business_scope", "version": "1", "effective_from": "2026-01-01", "rows": _rows(),
        "sha256": rows_sha256(_rows()),
    }).encode()  # fmt: skip
    kept = index_of(pack)
    assert catalogue(kept, None).find("火锅", 3) == CATALOGUE.find("火锅", 3)
    assert catalogue(b"of another kind of machine", pack).find("火锅", 3) == CATALOGUE.find("火锅", 3)
    assert catalogue(None, None).find("火锅", 3) == ()
