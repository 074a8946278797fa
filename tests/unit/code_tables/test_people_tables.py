"""Certificates, ethnic groups and offices: whole, unmistakable, and joined to the values of the program."""

from datetime import date

import pytest

from kiosk.code_tables import shipped
from kiosk.code_tables.certificate_types import certificate_types, of_card, of_cert_type
from kiosk.code_tables.ethnic_groups import ethnic_groups
from kiosk.code_tables.offices import TermRule, offices, offices_of
from kiosk.domain.identity_card import CardKind, CertType, IdentityCard
from kiosk.domain.person import Role

OFFICERS = {Role.DIRECTOR, Role.SUPERVISOR, Role.MANAGER, Role.FINANCE_OFFICER}


def card(kind: CardKind) -> IdentityCard:
    day = date(2020, 1, 1)
    return IdentityCard(kind, "", "1", "01", day, "", "", "", day, None)


def test_every_certificate_once() -> None:
    rows = certificate_types()
    assert len(rows) == len({row.name for row in rows.values()}) == 11
    assert [row.cert_type for row in rows.values() if row.cert_type] == sorted(CertType, key=lambda one: {
        CertType.USCC: "821",
    }.get(one, one.value))  # fmt: skip
    assert sorted(kind.value for row in rows.values() for kind in row.card_kinds) == sorted(k.value for k in CardKind)
    assert {row.code for row in rows.values() if row.of_company} == {"001", "821"}


@pytest.mark.parametrize("kind", CardKind)
def test_a_card_and_its_row_mean_the_same_certificate(kind: CardKind) -> None:
    assert of_card(kind) is of_cert_type(card(kind).cert_type)
    assert of_card(kind).at_kiosk


def test_what_no_reader_takes_goes_to_the_window() -> None:
    for row in certificate_types().values():
        assert row.at_kiosk == (row.cert_type is not None)
        assert not row.card_kinds or row.at_kiosk
    assert not certificate_types()["414"].at_kiosk
    assert certificate_types()["821"].cert_type is CertType.USCC


def test_56_groups_and_two_more() -> None:
    rows = ethnic_groups()
    named = [row for row in rows.values() if row.alpha2]
    assert [row.code for row in named] == [f"{n:02d}" for n in range(1, 57)]
    assert sorted(set(rows) - {row.code for row in named}) == ["97", "98"]
    for part in ("name", "name_en", "alpha2"):
        assert len({getattr(row, part) for row in named}) == 56
    assert all(row.name.endswith("族") for row in named)
    assert [ethnic_groups()[code].name for code in ("01", "15", "97")] == ["汉族", "土家族", "其他"]
    assert "57" not in ethnic_groups()


def test_offices_by_the_company_law() -> None:
    assert {one.role for one in offices().values()} == OFFICERS
    assert next(one.code for one in offices_of(Role.DIRECTOR)) == "chair"
    assert sum(one.chairs for one in offices_of(Role.DIRECTOR)) == 1
    assert sum(one.chairs for one in offices_of(Role.SUPERVISOR)) == 1
    assert all(one.modes and one.name and one.name_en for one in offices().values())
    assert {one.term_rule for one in offices_of(Role.MANAGER)} == {TermRule.NONE}
    used = {mode.code for one in offices().values() for mode in one.modes}
    assert used == {row["code"] for row in shipped.pack("generation_modes").rows}


@pytest.mark.parametrize(
    ("code", "good", "bad"),
    [("director", (1, 2, 3), (0, 4)), ("supervisor", (3,), (0, 2, 4)), ("manager", (9,), (0,))],
)
def test_terms(code: str, good: tuple[int, ...], bad: tuple[int, ...]) -> None:
    office = offices()[code]
    assert all(office.may_last(years) for years in good)
    assert not any(office.may_last(years) for years in bad)
