"""A draft outlives its program: it comes back word for word, older ones too, and a newer one is kept, not lost."""

import json
from dataclasses import fields, replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.case import CompanyName, OpeningForm
from kiosk.domain.draft_text import SCHEMA, DraftProblem, KeptDraft, read_draft, write_draft
from kiosk.domain.holding import Contribution, ContributionKind, Holding
from kiosk.domain.identity_card import CertType
from kiosk.domain.ids import PersonRef
from kiosk.domain.person import Person, Role
from kiosk.domain.plain import NotPlain, from_plain, to_plain
from tests.unit.offline_cache.strategies import forms

RARE = Person(
    PersonRef("p1"), "䶮𠮷㼆", CertType.RESIDENT_ID, "500103198504120022", roles=frozenset({Role.SHAREHOLDER})
)


@settings(max_examples=80, deadline=None)
@given(forms())
def test_any_form_comes_back_as_it_was(form: OpeningForm) -> None:
    text = write_draft(form)
    assert read_draft(text) == form
    assert write_draft(form) == text  # sets are written in one order


def test_rare_characters_and_fen_are_not_lost() -> None:
    brought = (Contribution(ContributionKind.LAND, Decimal("0.000001")),)
    form = OpeningForm(people=(replace(RARE, holding=Holding(contributions=brought, due=date(2031, 2, 28))),))
    text = write_draft(form)
    assert "䶮𠮷㼆" in text and '"0.000001"' in text and read_draft(text) == form


def test_a_draft_of_the_first_edition_is_taken() -> None:
    old = {"name": {"trade": "示例", "industry": "餐饮"}, "contribution_years": 3, "people": [to_plain(RARE)]}
    assert read_draft(json.dumps(old)) == OpeningForm(
        name=CompanyName(trade="示例", industry="餐饮"), contribution_years=3, people=(RARE,)
    )


def test_a_newer_draft_is_refused_and_kept_word_for_word() -> None:
    text = json.dumps({"schema": SCHEMA + 1, "form": {"who": "knows"}})
    kept = read_draft(text)
    assert kept == KeptDraft(text, DraftProblem.TOO_NEW)
    assert "knows" not in repr(kept)


def test_names_of_a_later_minor_edition_are_passed_over() -> None:
    told = json.loads(write_draft(OpeningForm(licence_copies=2)))
    told["form"]["hologram"] = True
    assert read_draft(json.dumps(told)) == OpeningForm(licence_copies=2)


@pytest.mark.parametrize(
    "form",
    [
        {"licence_copies": True}, {"licence_copies": "2"}, {"items": "SETUP"}, {"items": ["FLYING"]},
        {"registered_capital": "NaN"}, {"registered_capital": 100}, {"people": [{"name": "王测试"}]},
        {"name": {"trade": 3}}, {"domicile": []}, {"people": [{**to_plain(RARE), "birth": "2026-13-01"}]},
        {"people": [{**to_plain(RARE), "signed_at": "2026-11-01T10:00:00"}]}, {"company_type": []},
    ],
)  # fmt: skip
def test_what_is_no_form_is_kept(form: object) -> None:
    text = json.dumps({"schema": SCHEMA, "form": form})
    assert read_draft(text) == KeptDraft(text, DraftProblem.UNREADABLE)


@settings(max_examples=100, deadline=None)
@given(
    st.text()
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=6),
        lambda one: (
            st.lists(one, max_size=3)
            | st.dictionaries(st.sampled_from(["schema", *(f.name for f in fields(OpeningForm))]), one, max_size=3)
        ),
    ).map(json.dumps)
)
def test_anything_is_a_form_or_kept(text: str) -> None:
    assert isinstance(read_draft(text), OpeningForm | KeptDraft)


def test_what_is_wrong_is_said_by_place_and_never_by_content() -> None:
    with pytest.raises(NotPlain, match=r"^Person\.birth$"):
        from_plain(Person, {**to_plain(RARE), "birth": "secret"})


def test_moments_keep_their_instant() -> None:
    person = replace(RARE, signed_at=datetime.fromisoformat("2026-11-23T10:24:00+08:00"))
    assert from_plain(Person, to_plain(person)) == person
