"""Check digits promise to catch slips of the finger: how many, by the standard, and against another's reckoning.

GB 11643 (ISO 7064 MOD 11-2) and GB 32100 (MOD 31-3) catch every changed character and every swap of two neighbours.
ISO 7064 MOD 11,10 of the old registration numbers catches every changed digit and nearly every swap. GB 11714 has
letters of a value above eleven, so one may hide behind another: that is why a credit code has a check of its own.
"""

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2, mod_11_10

from kiosk.rules import credit_code, registration_number, resident_id
from kiosk.rules.number_problem import NumberProblem

TODAY = date(2026, 11, 26)
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
DIVISIONS = st.sampled_from(["500103", "500157", "510202", "110101", "810000", "911156"])
BIRTHS = st.dates(date(1900, 1, 1), TODAY).map(lambda day: day.strftime("%Y%m%d"))
FIRST_17 = st.builds("{}{}{:03}".format, DIVISIONS, BIRTHS, st.integers(0, 999))
ORGANISATIONS = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=8, max_size=8)


def organisation(eight: str) -> str:
    return eight + credit_code.organisation_check(eight)


def resident(first17: str) -> str:
    return first17 + resident_id.check_digit(first17)


@st.composite
def credit_codes(draw: st.DrawFn) -> str:
    eight = draw(st.text(LETTERS, min_size=8, max_size=8))
    first = draw(st.sampled_from(["91", "92", "93", "N2", "Y1", "12"])) + draw(DIVISIONS) + organisation(eight)
    return first + credit_code.check_character(first)


def changed(number: str, letters: str) -> list[str]:
    return [number[:at] + one + number[at + 1 :] for at in range(len(number)) for one in letters if one != number[at]]


def swapped(number: str) -> list[str]:
    return [
        number[:at] + number[at + 1] + number[at] + number[at + 2 :]
        for at in range(len(number) - 1)
        if number[at] != number[at + 1]
    ]


@settings(max_examples=40, deadline=None)
@given(FIRST_17)
def test_every_slip_in_a_resident_id_is_found(first17: str) -> None:
    number = resident(first17)
    assert resident_id.problem(number, TODAY) is None
    for wrong in (*changed(number, "0123456789X"), *swapped(number)):
        assert resident_id.problem(wrong, TODAY) is not None, wrong


@settings(max_examples=40, deadline=None)
@given(credit_codes())
def test_every_slip_in_a_credit_code_is_found(code: str) -> None:
    assert credit_code.problem(code) is None
    for wrong in (*changed(code, LETTERS), *swapped(code)):
        assert credit_code.problem(wrong) is not None, wrong


@settings(max_examples=40, deadline=None)
@given(ORGANISATIONS)
def test_a_changed_digit_of_an_organisation_code_is_found(eight: str) -> None:
    for at in range(8):
        for other in "0123456789":
            if eight[at].isdigit() and other != eight[at]:
                wrong = eight[:at] + other + eight[at + 1 :]
                assert credit_code.organisation_check(wrong) != credit_code.organisation_check(eight)


def test_a_letter_may_hide_behind_another_in_an_organisation_code_alone() -> None:
    """A is worth 10, L is worth 21: eleven apart, so only the credit code's own check tells them apart."""
    assert credit_code.organisation_check("MA5U0000") == credit_code.organisation_check("ML5U0000")
    first = "91500103" + organisation("MA5U0000")
    code = first + credit_code.check_character(first)
    assert credit_code.problem(code.replace("MA", "ML")) is NumberProblem.CHECK


@settings(max_examples=40, deadline=None)
@given(st.text("0123456789", min_size=14, max_size=14))
def test_every_changed_digit_of_an_old_registration_is_found(first14: str) -> None:
    number = first14 + registration_number.check_digit(first14)
    assert registration_number.problem(number) is None
    assert all(registration_number.problem(wrong) is NumberProblem.CHECK for wrong in changed(number, "0123456789"))


def test_nearly_every_swap_in_an_old_registration_is_found() -> None:
    """The system itself lets some two in a hundred through, in a rare number four of its fourteen."""
    chance = random.Random(14)
    found = []
    for _ in range(500):
        first14 = "".join(chance.choices("0123456789", k=14))
        number = first14 + registration_number.check_digit(first14)
        found += [registration_number.problem(wrong) is NumberProblem.CHECK for wrong in swapped(number)]
    assert 0.97 < sum(found) / len(found) < 1


@settings(max_examples=40, deadline=None)
@given(FIRST_17, credit_codes(), st.text("0123456789", min_size=14, max_size=14))
def test_another_reckons_the_same(first17: str, code: str, first14: str) -> None:
    """python-stdnum, where it is right: the arithmetic. Its tables of birthplaces and its forms are too strict."""
    assert resident_id.check_digit(first17) == mod_11_2.calc_check_digit(first17)
    assert credit_code.check_character(code[:17]) == uscc.calc_check_digit(code[:17])
    assert registration_number.check_digit(first14) == mod_11_10.calc_check_digit(first14)


@pytest.mark.parametrize(
    ("eight", "check"), [("D2143569", "X"), ("MA5U0000", "3"), ("00000000", "0"), ("10000000", "8")]
)
def test_organisation_codes_by_hand(eight: str, check: str) -> None:
    """The first is the example of GB 11714 itself."""
    assert credit_code.organisation_check(eight) == check
