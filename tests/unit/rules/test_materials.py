"""What is held is never asked for again; what is lacking is said once, whole, and once for all items."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.case import CompanyType, OpeningCase, PermitDuty
from kiosk.domain.holding import SignsAs
from kiosk.domain.item import Item
from kiosk.domain.material import HeldMaterial, MaterialSource, MaterialState, Requirement
from kiosk.rules.materials import IDENTITY, Need, checklist, demands, holdings, kinds_for, lacking, may_ask, wanted
from kiosk.workflow.citizen import CITIZEN
from kiosk.workflow.machine import advance, begin
from kiosk.workflow.visit import Visit
from tests.unit.workflow import stories

from .breakers import COMPANY, full, partner

TODAY = date(2026, 11, 23)
PACK = (
    Requirement(Item.SETUP, "domicile_proof"),
    Requirement(Item.SETUP, "identity_proof"),
    Requirement(Item.SEAL, "identity_proof"),
    Requirement(Item.FUND, "fund_contact"),
)
_codes = st.sampled_from(["domicile_proof", "identity_proof", "fund_contact", "articles"])
_held = st.lists(
    st.builds(
        HeldMaterial, _codes, st.sampled_from(MaterialSource), st.sampled_from(MaterialState), st.none(),
        st.none() | st.dates(TODAY - timedelta(days=2), TODAY + timedelta(days=2)),
    )
)  # fmt: skip


def test_one_material_is_asked_for_once_for_all_items() -> None:
    assert lacking((Item.SETUP, Item.SEAL), PACK, (), TODAY) == (
        Need("domicile_proof", (Item.SETUP,)),
        Need("identity_proof", (Item.SETUP, Item.SEAL)),
    )


def test_what_did_not_fit_or_is_out_of_date_is_lacking() -> None:
    rejected = HeldMaterial("domicile_proof", MaterialSource.PHONE, MaterialState.REJECTED)
    last_day = HeldMaterial("identity_proof", MaterialSource.LIBRARY, valid_until=TODAY)
    assert [need.code for need in lacking((Item.SETUP,), PACK, (rejected, last_day), TODAY)] == ["domicile_proof"]
    assert may_ask("identity_proof", (last_day,), TODAY + timedelta(days=1))


def signed_case() -> OpeningCase:
    """Two founders who have signed everything."""
    visit, _ = begin(CITIZEN, Visit(stories.NOW))
    for event in stories.until_submit():
        visit, _ = advance(CITIZEN, visit, event)
    return OpeningCase(stories.CASE, stories.SLIP, visit.form)


def test_a_lease_proves_the_domicile() -> None:
    lease = HeldMaterial("lease_contract", MaterialSource.SCANNED)
    assert not may_ask("domicile_proof", (lease,), TODAY) and may_ask("articles", (lease,), TODAY)
    assert next(line for line in checklist(signed_case(), TODAY, (lease,)) if line.code == "domicile_proof").proven


def test_a_citizen_is_asked_for_what_is_neither_made_here_nor_held() -> None:
    """Signatures and identities come later on the way: they are no papers that could be forgotten at home."""
    visit, _ = begin(CITIZEN, Visit(stories.NOW))
    for event in stories.until_check():
        visit, _ = advance(CITIZEN, visit, event)
    assert [need.code for need in wanted(visit.form, (), TODAY)] == ["domicile_proof"]
    for kind in kinds_for("domicile_proof"):
        assert not wanted(visit.form, (HeldMaterial(kind, MaterialSource.PHONE),), TODAY)
    assert kinds_for("domicile_proof") == ("lease_contract", "property_certificate", "domicile_proof")


def test_a_photographed_paper_is_looked_at_and_not_asked_for_again() -> None:
    case = signed_case()
    lease = HeldMaterial("lease_contract", MaterialSource.SCANNED, pages=2)
    (line,) = (one for one in checklist(replace(case, materials=(lease,)), TODAY) if one.pages)
    assert (line.code, line.kind, line.source, line.pages) == ("domicile_proof", "lease_contract", "scanned", 2)
    assert not line.proven
    seen = replace(lease, state=MaterialState.RECOGNISED)
    assert all(one.proven for one in checklist(replace(case, materials=(seen,)), TODAY))
    refused = replace(lease, state=MaterialState.REJECTED)
    (line,) = (one for one in checklist(replace(case, materials=(refused,)), TODAY) if not one.proven)
    assert (line.code, line.pages) == ("domicile_proof", 0)


def test_the_checklist_is_what_the_items_of_the_case_ask_for() -> None:
    case = signed_case()
    lines = checklist(case, TODAY)
    assert [line.code for line in lines] == [
        "domicile_proof", "articles", "application_form", IDENTITY, IDENTITY, "office_appointment",
        "name_reservation",
    ]  # fmt: skip
    assert [line.code for line in lines if not line.proven] == ["domicile_proof"]
    assert lines[0].items == (Item.SETUP, Item.SOCIAL)  # one copy for both
    assert len({line.id for line in lines}) == len(lines)


def test_a_condition_adds_its_material_and_a_missing_signature_opens_its_line() -> None:
    case = signed_case()
    permit = replace(case.form.scope[0], duty=PermitDuty.BEFORE)
    people = (replace(case.form.people[0], signature=None), *case.form.people[1:])
    form = replace(case.form, scope=(permit,), people=people, items=(Item.SETUP,))
    open_lines = [line.code for line in checklist(replace(case, form=form), TODAY) if not line.proven]
    assert open_lines == ["domicile_proof", "application_form", "pre_permit"]
    assert IDENTITY in {one.code for one in holdings(form)}
    assert "staff_list" not in {one.code for one in demands(form)}


@given(st.lists(st.sampled_from(Item)), st.lists(st.builds(Requirement, st.sampled_from(Item), _codes)), _held)
def test_nothing_held_is_asked_and_nothing_needed_is_forgotten(
    items: list[Item], pack: list[Requirement], held: list[HeldMaterial]
) -> None:
    asked = {(item, need.code) for need in lacking(items, pack, held, TODAY) for item in need.items}
    assert all(may_ask(code, held, TODAY) for _, code in asked)
    for one in pack:
        assert ((one.item, one.code) in asked) == (one.item in items and may_ask(one.code, held, TODAY))
    assert len({code for _, code in asked}) == len(lacking(items, pack, held, TODAY))


def test_a_company_brings_its_licence_and_whoever_signs_by_authority_that_paper() -> None:
    legal = replace(partner(COMPANY)(full()), company_type=CompanyType.LLC_OTHER)
    case = replace(signed_case(), form=legal)
    papers = [line for line in checklist(case, TODAY) if line.who == COMPANY.name]
    assert [(line.id, line.proven) for line in papers] == [("shareholder_licence:测试控股有限公司", False)]
    assert COMPANY.name not in {line.who for line in checklist(case, TODAY) if line.code == IDENTITY}
    acts = COMPANY.holding.represented_by if COMPANY.holding else None
    assert acts is not None and COMPANY.holding is not None
    other = replace(acts, signs_as=SignsAs.AUTHORISED, authorised_by="钱示例")
    authorised = replace(COMPANY, holding=replace(COMPANY.holding, represented_by=other))
    case = replace(case, form=replace(partner(authorised)(full()), company_type=CompanyType.LLC_OTHER))
    assert [line.code for line in checklist(case, TODAY) if line.who == COMPANY.name] == [
        "shareholder_licence", "shareholder_authorisation",
    ]  # fmt: skip
    brought = HeldMaterial("shareholder_licence", MaterialSource.LIBRARY)
    held = checklist(case, TODAY, (brought,))
    assert [line.proven for line in held if line.code == "shareholder_licence"] == [True]
