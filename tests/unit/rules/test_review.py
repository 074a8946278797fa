"""The review: what is complete passes, and every single thing taken away is found where it is mended."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kiosk.domain.case import Domicile, NameVerdict, OpeningForm, PermitDuty
from kiosk.domain.person import Person, Role
from kiosk.rules.review import STEP_OF_FIELD, review, step_to_mend, stops
from kiosk.workflow.citizen import CITIZEN
from tests.unit.workflow import stories as tell
from tests.unit.workflow.test_open_business import walk

TODAY = tell.NOW.date()
Change = Callable[[OpeningForm], OpeningForm]


def complete() -> OpeningForm:
    return walk(tell.until_check())[0].form


def person(n: int, **changes: object) -> Change:
    def change(form: OpeningForm) -> OpeningForm:
        people = list(form.people)
        people[n] = replace(people[n], **changes)  # type: ignore[arg-type]
        return replace(form, people=tuple(people))

    return change


def form(**changes: object) -> Change:
    return lambda old: replace(old, **changes)  # type: ignore[arg-type]


def hats(n: int, add: set[Role] = frozenset(), drop: set[Role] = frozenset()) -> Change:  # type: ignore[assignment]
    return lambda old: person(n, roles=(old.people[n].roles | add) - drop)(old)


def before(old: OpeningForm) -> OpeningForm:
    return replace(old, scope=(replace(old.scope[0], duty=PermitDuty.BEFORE),))


CASES: tuple[tuple[str, str, Change], ...] = (
    ("purpose-missing", "choose_purpose", form(company_type=None)),
    ("setup-missing", "choose_purpose", form(items=())),
    ("name-trade-form", "declare_name", lambda f: replace(f, name=replace(f.name, trade="A1"))),
    ("name-industry-missing", "declare_name", lambda f: replace(f, name=replace(f.name, industry=""))),
    ("name-too-long", "declare_name", lambda f: replace(f, name=replace(f.name, trade="长" * 60))),
    ("name-not-checked", "declare_name", form(name_verdict=None)),
    ("name-prohibited", "declare_name", form(name_verdict=NameVerdict("PROHIBITED"))),
    ("name-not-reserved", "declare_name", form(name_verdict=NameVerdict("SIMILAR"))),
    ("name-reservation-over", "declare_name",
     form(name_verdict=replace(tell.VERDICT, reserved_until=tell.NOW.replace(month=10)))),
    ("scope-missing", "describe_business", form(scope=())),
    ("scope-twice", "describe_business", form(scope=(tell.DINING, tell.DINING))),
    ("scope-pre-permit", "describe_business", before),
    ("scope-too-long", "describe_business", form(scope=(replace(tell.DINING, name="面" * 1000),))),
    ("domicile-division-missing", "give_address", form(domicile=replace(tell.PLACE, division=""))),
    ("domicile-line-missing", "give_address", form(domicile=replace(tell.PLACE, line="1"))),
    ("domicile-line-too-long", "give_address", form(domicile=replace(tell.PLACE, line="路" * 118))),
    ("domicile-way-missing", "give_address", form(domicile=replace(tell.PLACE, get_way=None))),
    ("capital-missing", "set_capital", form(registered_capital=None)),
    ("shareholders-two", "name_people", hats(1, drop={Role.SHAREHOLDER})),
    ("legal-rep-one", "name_people", hats(1, add={Role.LEGAL_REP})),
    ("legal-rep-office", "name_people", hats(0, drop={Role.DIRECTOR, Role.MANAGER})),
    ("directors-count", "name_people", hats(1, add={Role.DIRECTOR})),
    ("manager-one", "name_people", hats(1, add={Role.MANAGER})),
    ("liaison-one", "name_people", hats(0, drop={Role.LIAISON})),
    ("finance-one", "name_people", hats(0, drop={Role.FINANCE_OFFICER})),
    ("supervisor-incompatible", "name_people", hats(0, add={Role.SUPERVISOR})),
    ("supervisor-incompatible", "name_people", hats(1, add={Role.FINANCE_OFFICER})),
    ("person-without-role", "name_people", person(1, roles=frozenset())),
    ("person-twice", "name_people", lambda f: person(1, cert_no=f.people[0].cert_no)(f)),
    ("share-missing", "name_people", person(1, subscribed=Decimal(0))),
    ("shares-sum", "name_people", person(1, subscribed=Decimal("49.999999"))),
    ("cert-no-wrong", "name_people", person(0, cert_no="500103198504120020")),
    ("under-age", "name_people", person(0, birth=date(2008, 11, 24))),
    ("card-expired", "name_people", person(0, card_valid_until=date(2026, 11, 22))),
    ("phone-missing", "name_people", person(0, phone="1380000123")),
    ("phone-missing", "name_people", person(0, phone="12800001234")),
    ("not-verified", "name_people", person(1, verification_id=None)),
    ("verification-over", "name_people", person(1, verified_until=tell.NOW.replace(day=22))),
)  # fmt: skip


def test_a_complete_form_has_nothing_that_stops() -> None:
    assert not stops(review(complete(), TODAY))


@pytest.mark.parametrize(("code", "step", "change"), CASES, ids=[f"{n}-{c[0]}" for n, c in enumerate(CASES)])
def test_everything_taken_away_is_found_where_it_is_mended(code: str, step: str, change: Change) -> None:
    findings = review(change(complete()), TODAY)
    found = next((f for f in findings if f.code == code), None)
    assert found is not None, [f.code for f in findings]
    assert step_to_mend(found, complete()) == step and stops(findings)


def test_warnings_do_not_stop() -> None:
    rich = replace(complete(), registered_capital=Decimal(10000))
    rich = replace(rich, people=tuple(replace(p, subscribed=Decimal(5000)) for p in rich.people))
    assert [f.code for f in review(rich, TODAY)] == ["capital-unit"]


def test_an_empty_form_says_everything_at_once_and_never_raises() -> None:
    codes = {f.code for f in review(OpeningForm(), TODAY)}
    assert {"purpose-missing", "name-trade-form", "scope-missing", "capital-missing", "legal-rep-one"} <= codes
    assert review(OpeningForm(domicile=Domicile(), people=(Person("p1", "", tell.WANG.cert_type, ""),)), TODAY)  # type: ignore[arg-type]


def test_every_step_to_mend_exists() -> None:
    assert set(STEP_OF_FIELD.values()) <= set(CITIZEN.steps)
