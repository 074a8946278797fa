"""A company among the shareholders: what the visit remembers of it, and that nobody signs for it unchecked."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kiosk.contracts.central_platform import VerifyPerson
from kiosk.contracts.face_camera import FaceShot
from kiosk.domain.holding import HolderKind, Representative, SignsAs
from kiosk.domain.ids import BlobId, PersonRef
from kiosk.domain.person import Person, Role
from kiosk.faults import FaultCode
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.citizen import CITIZEN
from kiosk.workflow.machine import Effect, Event, advance
from kiosk.workflow.visit import Busy, Visit

from . import stories as tell
from .test_open_business import walk

NAME, CODE, OTHER = "重庆示例投资控股有限公司", "91500103MA5U00003N", "91500103MAXX00007W"
FIRM = PersonRef("p2")
LEGAL = ev.SignerRight(FIRM, SignsAs.LEGAL_REP)
BY_AUTHORITY = ev.SignerRight(FIRM, SignsAs.AUTHORISED, " 赵示例 ")
GIVEN = [*tell.until_people(), ev.CompanyGiven(None, f" {NAME} ", "９１500103ma5u00003n")]
SEEN = [ev.FaceAgreed(), ev.FaceTaken(FaceShot(b"jpeg", 100.0, 120.0)), tell.verified("p2")]


def after(*events: Event) -> Visit:
    return walk([*GIVEN, *events])[0]


def firm(v: Visit) -> Person:
    person = v.form.person(FIRM)
    assert person is not None
    return person


def acting(v: Visit) -> Representative:
    acts = firm(v).acting
    assert isinstance(acts, Representative)
    return acts


def test_it_holds_an_equal_share_and_nothing_else() -> None:
    v = after()
    company = firm(v)
    assert (company.name, company.cert_no, company.is_natural) == (NAME, CODE, False)
    assert company.roles == {Role.SHAREHOLDER} and company.acting is None
    assert company.holding is not None and company.holding.kind is HolderKind.ENTERPRISE
    assert [one.subscribed for one in v.form.people] == [Decimal(50), Decimal(50)]
    assert walk([*GIVEN, ev.PersonDropped(FIRM)])[0].form.people[0].subscribed == Decimal(100)


def test_the_same_company_is_not_added_twice() -> None:
    v = after(ev.CompanyGiven(None, NAME, CODE))
    assert len(v.form.people) == 2 and [one.code for one in v.findings] == ["person-twice"]
    assert after(ev.CompanyGiven(FIRM, "重庆示例集团有限公司", CODE)).form.people[1].name == "重庆示例集团有限公司"


def test_somebody_who_is_known_signs_without_a_card() -> None:
    v = after(ev.SignerNamed(LEGAL, PersonRef("p1")))
    assert (acting(v).name, acting(v).signs_as, acting(v).authorised_by) == ("王测试", SignsAs.LEGAL_REP, "")
    assert firm(v).verification_id == v.form.people[0].verification_id is not None
    assert after(ev.SignerNamed(LEGAL, FIRM)).form == after().form  # a company signs for none


def test_a_known_card_is_no_second_check() -> None:
    v = after(ev.SignerCardAsked(BY_AUTHORITY), ev.CardRead(tell.WANG))
    assert (v.step, v.busy, v.signer, len(v.form.people)) == ("name_people", None, None, 2)
    assert (acting(v).name, acting(v).authorised_by) == ("王测试", "赵示例")
    assert firm(v).verification_id is not None


def test_a_stranger_is_checked_and_joins_nothing() -> None:
    asked = after(ev.SignerCardAsked(BY_AUTHORITY))
    assert asked.busy is Busy.CARD
    here = after(ev.SignerCardAsked(BY_AUTHORITY), ev.CardRead(tell.LI))
    assert (here.step, here.verifying, firm(here).verification_id) == ("verify_face", FIRM, None)
    assert here.busy is not Busy.FACE  # the consent to a picture is this person's own
    (question,) = (one.question for one in _made(here, SEEN[:2]) if isinstance(one, do.Verify))
    assert isinstance(question, VerifyPerson)
    assert (question.name, question.cert_no) == (tell.LI.name, tell.LI.number)
    v = after(ev.SignerCardAsked(BY_AUTHORITY), ev.CardRead(tell.LI), *SEEN)
    assert (v.step, len(v.form.people), firm(v).verification_id) == ("name_people", 2, "V-p2")
    assert (acting(v).name, acting(v).signs_as) == (tell.LI.name, SignsAs.AUTHORISED)


def _made(v: Visit, events: list[Event]) -> list[Effect]:
    made: list[Effect] = []
    for event in events:
        v, effects = advance(CITIZEN, v, event)
        made += effects
    return made


def test_an_expired_card_signs_for_nobody() -> None:
    old = replace(tell.LI, valid_until=date(2020, 1, 1))
    v = after(ev.SignerCardAsked(LEGAL), ev.CardRead(old))
    assert v.fault is not None and v.fault.code is FaultCode.CARD_EXPIRED
    assert (v.step, v.signer, v.busy, firm(v).acting) == ("name_people", None, None, None)


def test_a_wait_that_was_stopped_makes_the_next_card_a_persons_again() -> None:
    for end in (ev.PersonCardStopped(), ev.PersonCardAsked()):
        v = after(ev.SignerCardAsked(LEGAL), end, ev.CardRead(tell.LI))
        assert [one.name for one in v.form.people] == ["王测试", NAME, tell.LI.name]


@pytest.mark.parametrize(
    "change",
    [
        ev.SignerNamed(LEGAL, PersonRef("p1")),
        ev.SignerRight(FIRM, SignsAs.LEGAL_REP),
        ev.CompanyGiven(FIRM, NAME, OTHER),
    ],
)
def test_another_hand_or_another_right_signs_anew(change: Event) -> None:
    v = after(ev.SignerCardAsked(BY_AUTHORITY), ev.CardRead(tell.LI), *SEEN)
    v = replace(v, form=replace(v.form, people=tuple(replace(p, signature=BlobId("a" * 64)) for p in v.form.people)))
    changed, _ = advance(CITIZEN, v, change)
    assert firm(changed).signature is None and changed.form.people[0].signature is not None


def test_another_code_is_another_company() -> None:
    v = after(ev.SignerNamed(LEGAL, PersonRef("p1")), ev.CompanyGiven(FIRM, NAME, OTHER))
    assert firm(v).acting is None and firm(v).verification_id is None and firm(v).subscribed == Decimal(50)


def test_a_new_check_of_a_person_is_one_of_the_company_too() -> None:
    signer = [ev.SignerNamed(ev.SignerRight(PersonRef("p3"), SignsAs.LEGAL_REP), PersonRef("p2"))]
    people = [*tell.until_people(), ev.PersonCardAsked(), ev.CardRead(tell.LI), *SEEN]
    v = walk([*people, ev.CompanyGiven(None, NAME, CODE), *signer])[0]
    again = replace(v, step="verify_face", verifying=PersonRef("p2"))
    checked, _ = advance(CITIZEN, again, tell.verified("p9"))
    assert [one.verification_id for one in checked.form.people][1:] == ["V-p9", "V-p9"]
