"""Numbers of every certificate, of old registrations and of the goods: known answers, mutations, random strings."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.identity_card import CertType
from kiosk.rules import certificates, credit_code, registration_number, resident_id
from kiosk.rules.goods_numbers import InvoiceRange, device_problem, invoice_problem, seal_problem
from kiosk.rules.number_problem import NumberProblem

TODAY = date(2026, 11, 26)
KNOWN = {
    CertType.RESIDENT_ID: ("500103200303070022", "510202196001070029", "500157202601070029"),
    CertType.HMT_RESIDENCE: ("810000198001070025", "830000198001070029"),
    CertType.FOREIGN_RESIDENCE: ("911156198001070027", "USA110000123456"),
    CertType.USCC: ("91500103MA5U00003N", "N2500103MF0000013W", "Y1500103MF0000021J"),
}
PAIRS = [(kind, number) for kind, numbers in KNOWN.items() for number in numbers]


@pytest.mark.parametrize(("kind", "number"), PAIRS)
def test_known_numbers_fit_their_certificate_and_no_other(kind: CertType, number: str) -> None:
    assert certificates.problem(kind, number, TODAY) is None
    assert certificates.kind_of(number, TODAY) is kind
    row = certificates.type_of(number, TODAY)
    assert row is not None
    assert (row.cert_type, row.of_company) == (kind, kind is CertType.USCC)
    for other in CertType:
        if other is not kind:
            assert certificates.problem(other, number, TODAY) is not None


@pytest.mark.parametrize(("kind", "number"), [pair for pair in PAIRS if len(pair[1]) == 18])
def test_two_neighbours_swapped_are_found(kind: CertType, number: str) -> None:
    for at in range(17):
        if number[at] != number[at + 1]:
            swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
            assert certificates.problem(kind, swapped, TODAY) is not None, swapped


def test_a_number_of_no_certificate_has_no_type() -> None:
    assert certificates.type_of("500103200303070023", TODAY) is None
    assert certificates.type_of("", TODAY) is None


def test_a_number_of_another_certificate_is_said_to_be_that() -> None:
    assert certificates.problem(CertType.RESIDENT_ID, "810000198001070025", TODAY) is NumberProblem.OTHER_KIND
    assert certificates.problem(CertType.HMT_RESIDENCE, "500103200303070022", TODAY) is NumberProblem.OTHER_KIND
    assert certificates.problem(CertType.FOREIGN_RESIDENCE, "500103200303070022", TODAY) is NumberProblem.OTHER_KIND


def test_typed_as_people_type() -> None:
    assert certificates.normal(" 500103 19900307 002x ") == "50010319900307002X"
    assert certificates.normal("９１５００１０３ma5u00003n") == "91500103MA5U00003N"


def test_birthday_and_sex_stand_in_the_number() -> None:
    assert certificates.birth_of(CertType.FOREIGN_RESIDENCE, "911156198001070027") == date(1980, 1, 7)
    assert certificates.birth_of(CertType.FOREIGN_RESIDENCE, "USA110000123456") is None
    assert certificates.birth_of(CertType.USCC, "91500103MA5U00003N") is None
    assert not resident_id.is_male("500103200303070022")


def test_parts_of_a_credit_code() -> None:
    company, village = credit_code.parts("91500103MA5U00003N"), credit_code.parts("N2500103MF0000013W")
    assert company.is_enterprise and company.division == "500103" and company.organisation == "MA5U00003"
    assert not village.is_enterprise


@given(st.text(max_size=24) | st.text(alphabet="0123456789XABCNY", min_size=14, max_size=19))
def test_no_string_makes_a_rule_raise(text: str) -> None:
    for kind in CertType:
        certificates.problem(kind, text, TODAY)
    certificates.kind_of(certificates.normal(text), TODAY)
    registration_number.problem(text)
    seal_problem(text)
    device_problem(text)
    invoice_problem(text[:12], text)


def test_the_standards_own_example() -> None:
    assert registration_number.check_digit("0794") == "5"  # ISO 7064, MOD 11,10


@given(st.text(alphabet="0123456789", min_size=14, max_size=14), st.integers(0, 14), st.integers(1, 9))
def test_a_changed_digit_of_an_old_registration_is_found(first: str, at: int, by: int) -> None:
    number = first + registration_number.check_digit(first)
    assert registration_number.problem(number) is None
    changed = number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :]
    assert registration_number.problem(changed) is NumberProblem.CHECK


@pytest.mark.parametrize(("number", "what"), [("1" * 14, NumberProblem.LENGTH), ("５" * 15, NumberProblem.FORM)])
def test_what_is_no_registration(number: str, what: NumberProblem) -> None:
    assert registration_number.problem(number) is what


def test_goods() -> None:
    assert seal_problem("5001030000001") is None
    assert seal_problem("12") is NumberProblem.LENGTH
    assert seal_problem("50010３") is NumberProblem.FORM
    assert device_problem("661000000001") is None
    assert device_problem("66100000000") is NumberProblem.FORM
    assert device_problem("AB-7", "[A-Z]{2}-[0-9]") is None
    assert invoice_problem("5000231130", "41000126") is None
    assert invoice_problem("500023113012", "41000126") is None
    assert invoice_problem("50002311301", "41000126") is NumberProblem.FORM
    assert invoice_problem("", "26500000000000000001") is None


ranges = st.builds(
    InvoiceRange, st.sampled_from(["5000231130", "5000231131"]), st.integers(1, 400), st.integers(1, 60)
)


@given(ranges, ranges)
def test_two_ranges_overlap_when_a_number_is_in_both(one: InvoiceRange, other: InvoiceRange) -> None:
    common = set(range(one.first_no, one.last_no + 1)) & set(range(other.first_no, other.last_no + 1))
    assert one.overlaps(other) == (one.code == other.code and bool(common))
    assert one.overlaps(other) == other.overlaps(one)


@given(ranges, st.data())
def test_a_split_range_loses_no_number(one: InvoiceRange, data: st.DataObject) -> None:
    first, rest = one.split(data.draw(st.integers(1, one.count)))
    assert first.first_no == one.first_no
    assert first.count + (rest.count if rest else 0) == one.count
    assert rest is None or (rest.first_no == first.last_no + 1 and not first.overlaps(rest))
    assert (rest or first).last_no == one.last_no


def test_ranges_that_cannot_be() -> None:
    for first, count in ((0, 1), (1, 0), (99_999_999, 2)):
        with pytest.raises(ValueError, match="no such range"):
            InvoiceRange("5000231130", first, count)
    with pytest.raises(ValueError, match="not that long"):
        InvoiceRange("5000231130", 1, 5).split(6)
    assert InvoiceRange("5000231130", 126, 25).words == "00000126–00000150"
