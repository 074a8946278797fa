"""Resident IDs, credit codes, amounts and slip codes against known answers, and every single-character mutation."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.ids import CaseId, SlipCode, idempotency_key, new_slip_code, new_ulid
from kiosk.domain.money import capital_words, wan, wan_text
from kiosk.rules import credit_code, resident_id
from kiosk.rules.number_problem import NumberProblem
from kiosk.rules.slip_code import read_slip, slip_payload, typed_slip

TODAY = date(2026, 11, 23)
IDS = (
    "500103200303070022", "500103199003070025", "510202196001070029", "810000198001070025", "830000198001070029",
    "911156198001070027", "500157202601070029",
)  # fmt: skip
CODES = ("91500103MA5U00003N", "92500103MA5U00011E", "91500157MAE000010P", "N2500103MF0000013W", "Y1500103MF0000021J")


@pytest.mark.parametrize("number", IDS)
def test_known_resident_ids(number: str) -> None:
    assert resident_id.problem(number, TODAY) is None


@pytest.mark.parametrize("number", IDS)
def test_every_changed_digit_is_found(number: str) -> None:
    for at in range(18):
        for other in "0123456789X":
            if other != number[at]:
                changed = number[:at] + other + number[at + 1 :]
                assert resident_id.problem(changed, TODAY) is not None


@pytest.mark.parametrize(
    ("number", "what"),
    [
        ("", "length"),
        ("5001031990030700255", "length"),
        ("50010319900230002X", "date"),
        ("500103202701070024", "date"),
        ("５00103199003070025", "form"),
        ("500103199003070025\n", "length"),
        ("500103900307002", "old_form"),
    ],
)
def test_what_is_wrong_is_named(number: str, what: str) -> None:
    assert resident_id.problem(number, TODAY) is NumberProblem(what)


def test_age_goes_by_the_full_date() -> None:
    assert resident_id.age_on(date(2008, 11, 24), TODAY) == 17
    assert resident_id.age_on(date(2008, 11, 23), TODAY) == 18
    assert resident_id.age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert resident_id.age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18


@pytest.mark.parametrize("code", CODES)
def test_known_credit_codes_and_their_mutations(code: str) -> None:
    assert credit_code.problem(code) is None
    for at in range(18):
        for other in "0123456789ABCDEFGHJKLMNPQRTUWXY":
            if other != code[at]:
                assert credit_code.problem(code[:at] + other + code[at + 1 :]) is not None


@pytest.mark.parametrize("code", ["", "91500103MA5U0000I3N", "91500103MA5U0000SZ", "91500103ma5u00003n"])
def test_letters_that_do_not_exist_in_credit_codes(code: str) -> None:
    assert credit_code.problem(code) in (NumberProblem.LENGTH, NumberProblem.FORM)


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("100", "壹佰万元整"),
        ("10", "壹拾万元整"),
        ("0.5", "伍仟元整"),
        ("1000", "壹仟万元整"),
        ("10000", "壹亿元整"),
        ("10005.0103", "壹亿零伍万零壹佰零叁元整"),
        ("100.05", "壹佰万零伍佰元整"),
        ("0.000101", "壹元零壹分"),
        ("0.00011", "壹元壹角"),
        ("0", "零元整"),
    ],
)
def test_amounts_in_words(amount: str, said: str) -> None:
    found = wan(amount)
    assert found is not None and capital_words(found).removesuffix("整") == said.removesuffix("整")


@pytest.mark.parametrize("typed", ["", "-1", "1e3", "１００", "1.1234567", "abc", "1.2.3", "9999999999999", " 1"])
def test_what_is_no_amount(typed: str) -> None:
    assert wan(typed) is None


@given(st.decimals(min_value=0, max_value=999999, places=6))
def test_amount_text_round_trips(amount: Decimal) -> None:
    assert wan(wan_text(amount)) == amount


@given(st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=10), st.binary(min_size=8, max_size=8))
def test_slip_payload_round_trips(ms: int, entropy: bytes, more: bytes) -> None:
    case, slip = CaseId(new_ulid(ms, entropy)), new_slip_code(more)
    found = read_slip(slip_payload(case, slip))
    assert found is not None and (found.case_id, found.slip_code) == (case, slip)
    assert typed_slip(slip.lower().replace("-", "")) == slip


@given(st.text(max_size=60))
def test_foreign_codes_are_no_slips(text: str) -> None:
    assert read_slip(text) is None


def test_changed_slip_payload_is_refused() -> None:
    good = slip_payload(CaseId("01JDA000000000000000000000"), SlipCode("K7P-428"))
    assert all(read_slip(good[:i] + "Y" + good[i + 1 :]) is None for i in range(len(good)) if good[i] != "Y")


def test_keys_differ_by_every_part_and_stay_the_same() -> None:
    assert idempotency_key("a", "b") == idempotency_key("a", "b")
    assert len({idempotency_key(*p) for p in (("a", "b"), ("ab",), ("a", "b", ""), ("b", "a"))}) == 4
