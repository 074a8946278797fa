"""Two terminals, one draft: what comes together by itself, what a person is asked, and that nothing gets lost."""

from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.case import CompanyName, DomicileGetWay, NameVerdict, OpeningForm
from kiosk.domain.draft_split import APPLICANT, PARTS, PERSON, DraftSplit, Side, _apart
from kiosk.domain.identity_card import CertType
from kiosk.domain.ids import BlobId, DivisionCode, PersonRef, VerificationId
from kiosk.domain.person import Person
from tests.unit.offline_cache.strategies import forms
from tests.unit.ui.viewmodels.citizen_walk import TIME

P1, P2, P3 = PersonRef("p1"), PersonRef("p2"), PersonRef("p3")
WANG = Person(P1, "王测试", CertType.RESIDENT_ID, "500103198504120022", subscribed=Decimal(50))
LI = Person(P2, "李示例", CertType.RESIDENT_ID, "500103199011030031", subscribed=Decimal(50))
BASE = OpeningForm(people=(WANG, LI), applicant=P1, registered_capital=Decimal(100))


def asked(base: OpeningForm, mine: OpeningForm, theirs: OpeningForm) -> list[str]:
    """What a person has to decide."""
    return [one.where for one in DraftSplit(base, mine, theirs, 7).conflicts]


def together(base: OpeningForm, mine: OpeningForm, theirs: OpeningForm) -> OpeningForm:
    """What comes out with nothing decided."""
    return DraftSplit(base, mine, theirs, 7).settled({})


def _value(form: OpeningForm, path: str) -> object:
    value: object = form
    for name in path.split("."):
        value = getattr(value, name)
    return value


def test_every_answer_belongs_to_exactly_one_part() -> None:
    """A field that a later edition adds and nobody gave a place would be lost in silence."""
    placed = [path for paths in PARTS.values() for path in paths]
    assert len(placed) == len(set(placed))
    wanted = set()
    for one in fields(OpeningForm):
        inner = [p for p in placed if p.startswith(one.name + ".")]
        if inner:
            assert is_dataclass(one.default)
            wanted |= {f"{one.name}.{part.name}" for part in fields(one.default)}
        else:
            wanted.add(one.name)
    assert wanted - set(placed) == {"people", "applicant", "name_verdict"}
    assert set(placed) <= wanted


def test_different_answers_come_together() -> None:
    mine = replace(BASE, licence_copies=3, domicile=replace(BASE.domicile, line="示例路1号"))
    theirs = replace(BASE, contribution_years=3, domicile=replace(BASE.domicile, get_way=DomicileGetWay.RENTED))
    assert asked(BASE, mine, theirs) == []
    form = together(BASE, mine, theirs)
    assert (form.licence_copies, form.contribution_years) == (3, 3)
    assert (form.domicile.line, form.domicile.get_way) == ("示例路1号", DomicileGetWay.RENTED)
    assert form.people == BASE.people


def test_the_same_answer_given_differently_is_a_question_and_the_person_decides() -> None:
    mine, theirs = replace(BASE, licence_copies=3), replace(BASE, licence_copies=5, contribution_years=2)
    split = DraftSplit(BASE, mine, theirs, 7)
    (conflict,) = split.conflicts
    assert conflict.where == "licence_copies" and conflict.person is None
    assert [one.licence_copies for one in (conflict.base, conflict.mine, conflict.theirs)] == [1, 3, 5]
    assert split.settled({"licence_copies": Side.MINE}) == replace(theirs, licence_copies=3)
    assert split.settled({"licence_copies": Side.THEIRS}) == split.settled({}) == theirs


def test_what_belongs_together_stays_together() -> None:
    """A line of one street with the division of another is an address that nobody gave."""
    mine = replace(BASE, domicile=replace(BASE.domicile, line="示例路1号"))
    theirs = replace(BASE, domicile=replace(BASE.domicile, division=DivisionCode("500112")))
    assert asked(BASE, mine, theirs) == ["address"]


def test_people_are_never_put_together_silently() -> None:
    """Different persons were changed, and still each is asked about: shares and seats hang together."""
    mine = replace(BASE, people=(replace(WANG, subscribed=Decimal(60)), LI))
    theirs = replace(BASE, people=(WANG, replace(LI, phone="13900005678")))
    assert asked(BASE, mine, theirs) == [PERSON + P1, PERSON + P2]
    split = DraftSplit(BASE, mine, theirs, 7)
    form = split.settled({PERSON + P1: Side.MINE, PERSON + P2: Side.THEIRS})
    assert form.people == (replace(WANG, subscribed=Decimal(60)), replace(LI, phone="13900005678"))
    assert split.settled({}) == theirs


def test_only_one_side_touched_people() -> None:
    theirs = replace(BASE, people=(replace(WANG, phone="13800000000"),))
    mine = replace(BASE, licence_copies=2)
    assert asked(BASE, mine, theirs) == []
    assert together(BASE, mine, theirs) == replace(theirs, licence_copies=2)
    assert together(BASE, theirs, mine) == replace(theirs, licence_copies=2)


def test_two_newcomers_under_one_reference_are_two_persons() -> None:
    base = replace(BASE, people=(WANG,))
    zhao = Person(P2, "赵测试", CertType.RESIDENT_ID, "500103197001010011")
    mine, theirs = replace(base, people=(WANG, zhao)), replace(base, people=(WANG, LI))
    split = DraftSplit(base, mine, theirs, 7)
    assert sorted(one.where for one in split.conflicts) == [PERSON + P2, PERSON + P3]
    both = split.settled({one.where: Side.MINE if one.mine.person(one.person or P1) else Side.THEIRS
                          for one in split.conflicts})  # fmt: skip
    assert {one.name for one in both.people} == {"王测试", "赵测试", "李示例"}
    assert len({one.ref for one in both.people}) == 3


def test_who_applies_is_asked_and_is_always_somebody_of_the_case() -> None:
    mine, theirs = replace(BASE, applicant=P2), replace(BASE, applicant=None)
    assert asked(BASE, mine, theirs) == [APPLICANT]
    left = replace(BASE, people=(LI,), applicant=P2)
    assert together(BASE, left, replace(BASE, licence_copies=2)).applicant == P2
    gone = DraftSplit(BASE, replace(BASE, people=(LI,)), BASE, 7).settled({})
    assert gone.applicant is None and gone.people == (LI,)


def test_checks_of_a_person_are_no_conflict_and_the_later_counts() -> None:
    early = replace(WANG, verification_id=VerificationId("V1"), verified_until=TIME)
    late = replace(WANG, verification_id=VerificationId("V2"), verified_until=TIME + timedelta(days=1))
    one, other = (replace(BASE, people=(person, LI)) for person in (early, late))
    for mine, theirs in ((one, other), (other, one)):
        assert asked(BASE, mine, theirs) == []
        assert together(BASE, mine, theirs).people == (late, LI)


def test_a_reservation_goes_with_its_name() -> None:
    name, other = CompanyName(trade="示例"), CompanyName(trade="例示")
    held = NameVerdict("AVAILABLE", reserve_no="R-2", reserved_until=TIME)
    mine, theirs = replace(BASE, name=name, name_verdict=held), replace(BASE, licence_copies=4)
    for form in (together(BASE, mine, theirs), together(BASE, theirs, mine)):
        assert (form.name, form.name_verdict) == (name, held)
    tried = replace(BASE, name=name, name_verdict=NameVerdict("SIMILAR"))
    for form in (together(BASE, mine, tried), together(BASE, tried, mine)):
        assert form.name_verdict == held
    split = DraftSplit(BASE, mine, replace(BASE, name=other), 7)
    assert [one.where for one in split.conflicts] == ["name"]
    assert split.settled({"name": Side.MINE}).name_verdict == held
    assert split.settled({"name": Side.THEIRS}).name_verdict is None


def test_a_signature_stands_for_exactly_what_was_read() -> None:
    blob, other = BlobId("ab" * 32), BlobId("cd" * 32)
    mine = replace(BASE, people=(replace(WANG, signature=blob, signed_at=TIME), LI))
    theirs = replace(BASE, people=(WANG, replace(LI, signature=other, signed_at=TIME)))
    form = together(BASE, mine, theirs)
    assert [one.signature for one in form.people] == [blob, other]  # both read the same
    changed = together(BASE, mine, replace(theirs, licence_copies=9))
    assert [one.signature for one in changed.people] == [None, other]


@settings(max_examples=12, deadline=None)
@given(base=forms(), mine=forms(), theirs=forms())
def test_whatever_two_terminals_did(base: OpeningForm, mine: OpeningForm, theirs: OpeningForm) -> None:
    """Nothing is lost: every answer is one side's, the other's, or asked about; and both sides see the same."""
    split = DraftSplit(base, mine, theirs, 7)
    where = [one.where for one in split.conflicts]
    assert len(where) == len(set(where))
    assert where == [one.where for one in DraftSplit(base, theirs, mine, 7).conflicts]
    form = split.settled({})
    named = _apart(base, mine, theirs)  # who answers for a wish goes along when two newcomers share a reference
    for part, paths in PARTS.items():
        got, b, m, t = ([_value(one, path) for path in paths] for one in (form, base, *named))
        if part in where:
            assert b != m != t != b and got == t
            chosen = split.settled({part: Side.MINE})
            assert [_value(chosen, path) for path in paths] == m
        else:
            assert got == (t if m == b else m)
    people = {(one.cert_type, one.cert_no, one.name) for one in (*mine.people, *theirs.people)}
    kept = {(one.cert_type, one.cert_no, one.name) for one in form.people}
    about = {
        (one.cert_type, one.cert_no, one.name)
        for conflict in split.conflicts
        for side in (conflict.mine, conflict.theirs)
        if conflict.person and (one := side.person(conflict.person))
    }
    dropped = {(one.cert_type, one.cert_no, one.name) for one in base.people}
    assert kept <= people and people - kept <= about | dropped


@settings(max_examples=12, deadline=None)
@given(base=forms(), one=forms())
def test_identical_and_one_sided_edits_are_no_conflict(base: OpeningForm, one: OpeningForm) -> None:
    for mine, theirs in ((one, one), (one, base), (base, one)):
        assert asked(base, mine, theirs) == []
        form = together(base, mine, theirs)
        for paths in PARTS.values():
            assert [_value(form, path) for path in paths] == [_value(one, path) for path in paths]
        assert {p.ref for p in form.people} == {p.ref for p in one.people}


@settings(max_examples=12, deadline=None)
@given(base=forms(), one=forms(), data=st.data())
def test_edits_of_different_answers_meet_the_same_from_both_sides(
    base: OpeningForm, one: OpeningForm, data: st.DataObject
) -> None:
    """Commutative where there is no conflict: each side takes other parts of some form."""
    mine = theirs = base
    for paths in PARTS.values():
        side = data.draw(st.sampled_from(("mine", "theirs", "nobody")))
        for path in paths:
            if side == "mine":
                mine = _set(mine, path, _value(one, path))
            elif side == "theirs":
                theirs = _set(theirs, path, _value(one, path))
    assert asked(base, mine, theirs) == []
    assert together(base, mine, theirs) == together(base, theirs, mine)


def _set(form: OpeningForm, path: str, value: object) -> OpeningForm:
    outer, _, inner = path.partition(".")
    inside = replace(getattr(form, outer), **{inner: value}) if inner else value
    return replace(form, **{outer: inside})  # type: ignore[arg-type]


@pytest.mark.parametrize("side", Side)
def test_a_decision_about_nothing_changes_nothing(side: Side) -> None:
    mine = replace(BASE, licence_copies=3)
    assert DraftSplit(BASE, mine, BASE, 7).settled({"scope": side, "people.p9": side}) == mine
