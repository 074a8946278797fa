"""Guided questions: every combination of answers ends in a complete plan or at a place, and everything says why."""

from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.code_tables import guide_tables
from kiosk.code_tables.guide_tables import AnswerId, Gives, GuideRule, QuestionId, Said
from kiosk.code_tables.shipped import pack as table
from kiosk.domain.case import CompanyType, Domicile, OpeningForm
from kiosk.domain.ids import DivisionCode
from kiosk.domain.item import Item
from kiosk.rules.guide import (
    DIRECT,
    Advice,
    Guidance,
    asked,
    explain,
    guide,
    in_this_district,
    purpose_of,
    recalled,
    sensible,
    settled,
)


def said(**answers: str) -> Said:
    return {QuestionId(question): AnswerId(answer) for question, answer in answers.items()}


SIMPLE = said(who="alone", form="company", kind="catering", when="all", staff="none", where="here")


def walks(answers: Said) -> Iterator[Said]:
    """Every way through the questions, as a person would go it."""
    left = [question for question in asked(answers) if question.id not in answers]
    if not left:
        yield answers
        return
    for answer in left[0].answers:
        yield from walks({**answers, left[0].id: answer.id})


EVERY = tuple(walks({}))


def advices(guidance: Guidance) -> list[Advice]:
    found: list[Advice] = []
    for one in fields(guidance):
        value = getattr(guidance, one.name)
        found += [value] if isinstance(value, Advice) else [v for v in value or () if isinstance(v, Advice)]
    return found


def test_every_way_ends_complete_or_at_a_place_and_everything_says_why() -> None:
    assert len(EVERY) > 500
    for answers in EVERY:
        told = guide(answers)
        assert told.ready, answers
        if told.place is None:
            assert told.company_type is not None and told.items and told.materials and told.durations and told.costs
            assert told.case_items[0] is Item.SETUP
            assert len(set(told.case_items)) == len(told.case_items)
        else:
            assert guide_tables.words(f"place.{told.place.value}") and told.place.because, answers
        for advice in advices(told):
            assert set(advice.because) <= set(answers), (advice, answers)
            for language in ("zh", "en"):
                why = explain(advice, answers, language)
                assert len(why) == 1 + len(advice.because) and all(why)


def test_the_terminal_keeps_exactly_what_it_takes() -> None:
    taken = {"1130", "1151", "1190", "9999"}
    for answers in EVERY:
        told = guide(answers)
        if told.place is None:
            assert told.company_type is not None and told.company_type.value in taken
            assert answers["where"] == "here" and answers["kind"] != "permit_first"  # type: ignore[index]
        else:
            assert told.company_type is None or told.company_type.value not in taken or (
                answers["where"] != "here" or answers["kind"] == "permit_first"  # type: ignore[index]
            )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "kind", "place", "because"),
    [
        ({}, "1151", None, ()),
        ({"who": "partners"}, "1130", None, ()),
        ({"who": "with_company"}, "1190", None, ()),
        ({"form": "individual"}, "9999", None, ()),
        ({"who": "company_alone"}, "1152", "window", ("who",)),
        ({"who": "abroad"}, None, "window", ("who",)),
        ({"who": "partners", "form": "stock"}, "1222", "city_registry", ("form",)),
        ({"kind": "permit_first"}, "1151", "permit_authority", ("kind",)),
        ({"where": "other_district"}, "1151", "hall_there", ("where",)),
        ({"where": "outside"}, "1151", "registry_there", ("where",)),
    ],
)
def test_known_answers(
    changes: dict[str, str], kind: str | None, place: str | None, because: tuple[str, ...]
) -> None:
    told = guide({**SIMPLE, **said(**changes)})
    assert (told.company_type.value if told.company_type else None) == kind
    assert (told.place.value if told.place else None) == place
    assert (told.place.because if told.place else ()) == because


def test_a_plan_in_full() -> None:
    told = guide({**SIMPLE, **said(who="with_company", staff="some")})
    assert told.case_items == (Item.SETUP, Item.SEAL, Item.INVOICE, Item.SOCIAL)
    assert [one.value for one in told.offers] == ["FUND", "BANK"]
    assert [one.value for one in told.materials] == [
        "id_card", "partner_cards", "company_licence", "address", "articles", "phone", "tax_handler",
        "social_contact",
    ]  # fmt: skip
    assert told.cost == Decimal(0) and told.durations[0].value == "1"
    assert [one.value for one in told.notes] == ["food"]
    assert guide(SIMPLE).terminal_type is CompanyType.LLC_SOLE


def test_why_in_words() -> None:
    kind = guide(SIMPLE).company_type
    assert kind is not None
    assert explain(kind, SIMPLE) == ("股东只有您一人，是自然人独资。", "谁来开？我一个人", "开成哪一种？有限公司")
    assert explain(kind, SIMPLE, "en")[1] == "Who opens it? Only me"


def test_an_individual_business_gets_what_it_needs_and_no_more() -> None:
    told = guide({**SIMPLE, **said(form="individual", staff="none")})
    assert told.case_items == (Item.SETUP, Item.INVOICE) and [one.value for one in told.offers] == ["SEAL"]
    assert "articles" not in {one.value for one in told.materials}
    assert {"family_cards", "address"} <= {one.value for one in told.materials}
    assert {"seal", "name"} <= {one.value for one in told.notes}
    assert Item.SOCIAL in guide({**SIMPLE, **said(form="individual", staff="some")}).case_items


def test_licence_first_is_only_the_licence() -> None:
    told = guide({**SIMPLE, **said(when="licence")})
    assert told.case_items == (Item.SETUP,) and told.offers == () and told.ready
    assert "later" in {one.value for one in told.notes}


def test_a_type_that_is_not_taken_goes_to_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    fewer = tuple(r for r in guide_tables.rules() if not (r.gives is Gives.TAKES and r.value == "1130"))
    monkeypatch.setattr(guide_tables, "rules", lambda: fewer)
    told = guide({**SIMPLE, **said(who="partners")})
    assert told.place == Advice("window", "redirect_type", (QuestionId("who"), QuestionId("form")))
    assert guide(SIMPLE).place is None


def test_the_form_keeps_and_gives_back_what_was_answered() -> None:
    for answers in EVERY:
        if not settled(answers):
            continue
        told = guide(answers)
        form = OpeningForm(purpose_of(answers), told.terminal_type, told.case_items)
        kept = recalled(form)
        again = guide(kept)
        assert (again.company_type, again.case_items) == (told.company_type, told.case_items)
        assert answers["kind"] in (kept.get(QuestionId("kind")), "other")  # type: ignore[index]
    assert recalled(OpeningForm()) == {}


def test_the_ready_choices_settle_a_case() -> None:
    assert all(settled(answers) for answers in DIRECT.values())
    assert {guide(answers).terminal_type for answers in DIRECT.values()} == {
        CompanyType.LLC_SOLE, CompanyType.LLC_NATURAL, CompanyType.INDIVIDUAL,
    }  # fmt: skip
    assert not settled(said(who="alone", form="company"))


def test_changing_an_early_answer_opens_what_no_longer_fits() -> None:
    alone = {**SIMPLE, **said(form="individual")}
    together = {**alone, **said(who="partners")}
    assert "form" not in sensible(together) and guide(together).open == ("form",)
    assert guide(said()).open[0] == "who"


@settings(deadline=None)  # the first call reads the tables
@given(
    st.dictionaries(
        st.sampled_from([q.id for q in guide_tables.questions()]) | st.text(max_size=4).map(QuestionId),
        st.sampled_from([a.id for q in guide_tables.questions() for a in q.answers])
        | st.text(max_size=4).map(AnswerId),
    )
)
def test_any_answers_at_all(answers: dict[QuestionId, AnswerId]) -> None:
    told = guide(answers)
    kept = sensible(answers)
    assert guide(kept) == told
    assert told.ready == (len(kept) == len(asked(answers)))
    assert all(set(advice.because) <= set(kept) for advice in advices(told))


def test_the_tables_fit_together() -> None:
    known = {q.id: {a.id for a in q.answers} for q in guide_tables.questions()}
    whens = [rule.when for rule in guide_tables.rules()]
    whens += [answer.when for question in guide_tables.questions() for answer in question.answers]
    for when in whens:
        assert all(answers and answers <= known[question] for question, answers in when.wanted)
    links = {f"{row['item']}/{row['code']}" for row in table("requirement_texts").rows}
    types = {row["code"] for row in table("company_types").rows}
    for rule in guide_tables.rules():
        assert rule.link == "" or rule.link in links
        if rule.gives in (Gives.ITEM, Gives.OFFER):
            assert Item(rule.value)
        if rule.gives in (Gives.TYPE, Gives.TAKES):
            assert rule.value in types


def test_every_rule_can_come_true() -> None:
    def used(rule: GuideRule) -> bool:
        return any(rule.when.holds(answers) for answers in EVERY)

    assert [rule for rule in guide_tables.rules() if not used(rule)] == []


def test_words_are_complete_short_and_all_used() -> None:
    rows = {row["key"]: row for row in table("guide_words").rows}
    used = {rule.reason for rule in guide_tables.rules() if rule.reason} | {"redirect_type"}
    used |= {f"{kind}.{q.id}" for q in guide_tables.questions() for kind in ("question", "why")}
    used |= {f"answer.{q.id}.{a.id}" for q in guide_tables.questions() for a in q.answers}
    used |= {f"place.{rule.value}" for rule in guide_tables.rules() if rule.gives is Gives.REDIRECT}
    assert set(rows) == used
    for row in rows.values():
        assert row["zh"] and row["en"] and len(row["zh"]) <= 25


def test_who_said_in_this_district_is_not_asked_for_the_district_again() -> None:
    hall, here = DivisionCode("500103"), said(where="here")
    assert in_this_district(Domicile(), here, hall) == Domicile(hall, "渝中区")
    other = Domicile(DivisionCode("500106"), "沙坪坝区", "示例路8号")
    assert in_this_district(other, here, hall) == other  # what was given already stays
    for unknown in (None, DivisionCode("500000"), DivisionCode("110101")):
        assert in_this_district(Domicile(), here, unknown) == Domicile()
    assert in_this_district(Domicile(), said(who="alone"), hall) == Domicile()
