"""Masks: known answers, and that a mask always hides something."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.private import mask_address, mask_bank_number, mask_name, mask_number_public


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("重庆市渝中区示例路 1 号 2-3", "重庆市渝中区示例路****"),
        ("重庆市江津区江南大道 88 号", "重庆市江津区江南大道****"),
        ("石柱土家族自治县南宾街道 3 组", "石柱土家族自治县南宾街道****"),
        ("重庆市巫溪县某某 12 号", "重庆市巫溪县****"),
        ("某处 12 号", "****"),
        ("重庆市万州区", "重庆市万州区"),
        ("", ""),
    ],
)
def test_an_address_is_shown_to_the_street(address: str, seen: str) -> None:
    assert mask_address(address) == seen


def test_a_number_on_a_public_screen() -> None:
    assert mask_number_public("500103198504120022") == "5***************22"
    assert mask_number_public("E123") == "****"


def test_an_account_shows_its_last_four() -> None:
    assert mask_bank_number("6222020000000001234") == "*" * 15 + "1234"
    assert mask_bank_number("12345678") == "********"


@given(st.text("0123456789X", min_size=1, max_size=30))
def test_a_mask_hides_most_and_keeps_the_length(number: str) -> None:
    for mask in (mask_number_public, mask_bank_number):
        seen = mask(number)
        assert len(seen) == len(number) and seen.count("*") * 2 >= len(number)
    assert all(a in ("*", b) for a, b in zip(mask_number_public(number), number, strict=True))


def test_names() -> None:
    assert [mask_name(name) for name in ("王五", "王测试", "欧阳测试")] == ["王*", "王*试", "欧**试"]
