"""Seals, invoices, materials and evaluation reasons: counts, joins, and what a new company gets."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.code_tables import shipped
from kiosk.code_tables.evaluation_codes import levels, reasons_of_level
from kiosk.code_tables.invoices import InvoiceForm, first_tiers, invoice_kinds, tiers
from kiosk.code_tables.materials import (
    Accepted,
    Place,
    materials,
    required,
    requirements,
)
from kiosk.code_tables.seals import SealShape, free_set, seal_kind, seal_kinds
from kiosk.domain.article import SealUse
from kiosk.domain.item import InvoiceMode, Item
from kiosk.domain.money import wan
from kiosk.domain.person import Role

OPENING = (Item.SETUP, Item.SEAL, Item.INVOICE, Item.SOCIAL)
HELD = st.sets(st.sampled_from(sorted(materials())))
CONDITIONS = {one.condition for one in requirements() if one.condition}


def codes(*items: Item, kind: str = "1130", conditions: set[str] | None = None) -> list[str]:
    return [one.material.code for one in required(items, kind, conditions or set())]


def test_40_reasons() -> None:
    assert [(level.number, len(level.reasons), level.bad) for level in levels()] == [
        (5, 8, False), (4, 8, False), (3, 8, False), (2, 8, True), (1, 8, True),
    ]  # fmt: skip
    every = [code for level in levels() for code, _ in level.reasons]
    assert len(set(every)) == 40
    assert len({text for level in levels() for _, text in level.reasons}) == 40
    for level in levels():
        assert all(code.startswith(str(level.number)) for code, _ in level.reasons)
        assert reasons_of_level(level.number) == {code for code, _ in level.reasons}
    assert reasons_of_level(6) == frozenset()


def test_one_kind_of_seal_for_every_use() -> None:
    assert [kind.use for kind in seal_kinds()] == [
        SealUse.COMPANY, SealUse.FINANCE, SealUse.INVOICE, SealUse.CONTRACT, SealUse.LEGAL_REP,
    ]  # fmt: skip
    assert len({kind.police_code for kind in seal_kinds()}) == len(SealUse)
    invoice = seal_kind(SealUse.INVOICE)
    assert (invoice.shape, invoice.width_mm, invoice.height_mm) == (SealShape.OVAL, 40, 30)
    for kind in seal_kinds():
        assert kind.materials
        assert (kind.width_mm == kind.height_mm) == (kind.shape is not SealShape.OVAL)
    assert {kind.use for kind in free_set()} == set(SealUse) - {SealUse.CONTRACT}
    assert shipped.pack("seal_kinds").sample


def test_invoice_kinds() -> None:
    kinds = invoice_kinds()
    assert len(kinds) == len({kind.name for kind in kinds.values()}) == 7
    assert {code for code, kind in kinds.items() if kind.handed_over} == {"004", "007", "025"}
    for kind in kinds.values():
        digital = kind.form is InvoiceForm.DIGITAL
        assert (
            (kind.mode is InvoiceMode.DIGITAL) == digital == (kind.first_most is None) == (kind.first_monthly is None)
        )
        assert kind.number_digits == (20 if digital else 8)
        assert bool(kind.code_digits) != digital
    assert {kind.first_monthly for kind in kinds.values() if kind.special} == {25, None}


def test_tiers_rise_by_ten_and_are_amounts_of_the_form() -> None:
    assert [tier.name for tier in tiers()] == ["千元版", "万元版", "十万元版", "百万元版", "千万元版"]
    for tier, rank in zip(tiers(), range(4, 9), strict=True):
        assert tier.most == Decimal(10**rank - Decimal("0.01")) / 10000
        assert wan(str(tier.most)) == tier.most
    assert [tier.name for tier in first_tiers(invoice_kinds()["004"])] == ["千元版", "万元版"]
    assert first_tiers(invoice_kinds()["01"]) == ()


def test_every_material_is_asked_for_or_stands_for_one() -> None:
    wanted = {one.material.code for one in requirements()}
    assert {code for code in materials() if code not in wanted} == {
        "lease_contract", "property_certificate", "shareholder_resolution",
    }  # fmt: skip
    for one in materials().values():
        assert one.code in wanted or one.stands_for & wanted
        assert one.stands_for <= set(materials())
        assert one.look_first[0] is Place.CASE  # what is held is never asked for again
    assert len({one.name for one in materials().values()}) == len(materials()) == 15


def test_what_an_opening_needs() -> None:
    assert codes(*OPENING) == [
        "domicile_proof", "articles", "application_form", "identity_proof", "office_appointment", "business_licence",
    ]  # fmt: skip
    assert codes(Item.SETUP, kind="9999") == ["domicile_proof", "application_form", "identity_proof"]
    assert "agent_authorisation" in codes(Item.SETUP, conditions={"by_agent"})
    assert "seal_impression" in codes(Item.INVOICE, conditions={"paper_invoices"})
    assert "seal_impression" not in codes(Item.INVOICE)  # a digital invoice needs no seal
    assert codes() == []
    articles = next(one for one in requirements() if one.material.code == "articles")
    assert (articles.signer, articles.company_types) == (Role.SHAREHOLDER, {"1130", "1151", "1190"})
    assert Accepted.COPY not in articles.accepted


def test_known_company_types_only() -> None:
    known = {row["code"] for row in shipped.pack("company_types").rows}
    assert all(one.company_types <= known for one in requirements())


@pytest.mark.parametrize("held", ["lease_contract", "property_certificate"])
def test_one_paper_may_prove_what_another_is_asked_for(held: str) -> None:
    assert "domicile_proof" in materials()[held].stands_for
    assert held not in materials()["domicile_proof"].stands_for


@given(st.sets(st.sampled_from(Item)), st.sampled_from(["1130", "1151", "1190", "9999"]),
       st.sets(st.sampled_from(sorted(CONDITIONS))))  # fmt: skip
def test_every_material_is_required_once(items: set[Item], kind: str, conditions: set[str]) -> None:
    needed = required(items, kind, conditions)
    assert len({one.material.code for one in needed}) == len(needed)
