"""What the steps of papers and of absent signers remember and ask for: every way through, and what is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.contracts.device import DeviceKind
from kiosk.contracts.document_camera import BoundPages, PageShot
from kiosk.domain.case import CaseState, OpeningCase
from kiosk.domain.identity_card import CertType
from kiosk.domain.ids import BlobId, MaterialId, PersonRef
from kiosk.domain.material import HeldMaterial, MaterialSource, MaterialState
from kiosk.domain.person import Role
from kiosk.domain.signing import SignerNow, SigningLink, SigningState, UploadLink
from kiosk.faults import Fault, FaultCode
from kiosk.rules.review import review, stops
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.citizen import CITIZEN
from kiosk.workflow.machine import Effect, Event, advance, begin
from kiosk.workflow.visit import Busy, Visit

from . import stories as tell

NEED, LEASE = "domicile_proof", "lease_contract"
SHOT, BOUND = PageShot(b"jpeg", 460, 640, 900.0), BoundPages(b"%PDF", "application/pdf", 2)
P1, P2 = PersonRef("p1"), PersonRef("p2")
LINK = UploadLink(LEASE, "https://opening.example/phone/upload/x", tell.NOW + timedelta(minutes=15))
SIGNING = SigningLink(P2, "https://opening.example/phone/sign/x", tell.NOW + timedelta(hours=72))
AWAY = ev.AbsentGiven(None, "李示例", tell.LI.number, "13900005678")


def walk(events: list[Event], visit: Visit | None = None) -> tuple[Visit, list[Effect]]:
    done: list[Effect] = []
    if visit is None:
        visit, _ = begin(CITIZEN, Visit(tell.NOW))
    for event in events:
        visit, effects = advance(CITIZEN, visit, event)
        done += effects
    return visit, done


def at_the_papers() -> Visit:
    return walk(tell.until_check()[:-2])[0]


def told(visit: Visit, *materials: HeldMaterial, signers: tuple[SignerNow, ...] = (), live: bool = True) -> Event:
    case = OpeningCase(tell.CASE, tell.SLIP, visit.form, CaseState.DRAFT, materials=materials, signers=signers)
    return ev.CaseChanged(case, (), live)


def lease(state: MaterialState = MaterialState.HELD) -> HeldMaterial:
    return HeldMaterial(LEASE, MaterialSource.PHONE, state, id=MaterialId("m1"))


def test_pages_are_taken_looked_at_and_kept_as_one_file() -> None:
    visit = at_the_papers()
    assert visit.step == "collect_materials"
    visit, done = walk([ev.CaptureAsked(NEED, LEASE)], visit)
    assert visit.busy is Busy.PAGE and done == [do.TakePage()]
    visit, done = walk([ev.PageTaken(SHOT), ev.PageMoreAsked(), ev.PageTaken(SHOT), ev.PageAgainAsked()], visit)
    assert visit.gathering is not None and len(visit.gathering.pages) == 1 and visit.busy is Busy.PAGE
    visit, done = walk([ev.PageTaken(SHOT), ev.PagesUsed()], visit)
    assert done == [do.BindPages((SHOT, SHOT))] and visit.busy is Busy.BINDING
    visit, done = walk([ev.PagesBound(BOUND)], visit)
    assert done == [do.KeepPaper(tell.CASE, LEASE, BOUND)]
    visit, _ = walk([ev.MaterialKept()], visit)
    assert visit.gathering is None and walk([ev.NextAsked()], visit)[0].step == "collect_materials"
    visit, _ = walk([told(visit, lease()), ev.NextAsked()], visit)
    assert visit.step == "check_answers"


def test_nothing_is_asked_twice() -> None:
    """Refused by the table: whatever a screen would offer."""
    visit, _ = walk([told(at_the_papers(), lease())], at_the_papers())
    for event in (ev.CaptureAsked(NEED, LEASE), ev.PhoneAsked(NEED, "property_certificate")):
        after, done = walk([event], visit)
        assert after.fault == Fault(FaultCode.MATERIAL_HELD) and done == [] and after.gathering is None
    after, done = walk([ev.LaterChosen(NEED)], visit)
    assert after.put_off == frozenset() and not done
    _, done = walk([told(visit, lease(MaterialState.REJECTED)), ev.CaptureAsked(NEED, LEASE)], visit)
    assert done == [do.TakePage()]  # what did not fit may be asked for again


@pytest.mark.parametrize(("need", "kind"), [(NEED, "articles"), ("articles", "articles"), ("identity_proof", LEASE)])
def test_only_what_is_needed_and_proves_it(need: str, kind: str) -> None:
    assert walk([ev.CaptureAsked(need, kind), ev.PhoneAsked(need, kind)], at_the_papers())[1] == []


def test_later_is_no_answer_for_what_must_be_proven_now() -> None:
    visit, _ = walk([ev.LaterChosen("pre_permit"), ev.LaterChosen("agent_authorisation")], at_the_papers())
    assert visit.put_off == frozenset()
    visit, _ = walk([ev.LaterChosen(NEED)], visit)
    assert walk([ev.NextAsked()], visit)[0].step == "check_answers"
    visit, _ = walk([ev.CaptureAsked(NEED, LEASE), ev.GatheringStopped(), ev.NextAsked()], visit)
    assert visit.step == "collect_materials" and visit.put_off == frozenset()  # whoever begins it has not put it off


def test_a_phone_sends_it_and_the_page_goes_on_by_itself() -> None:
    visit, done = walk([ev.PhoneAsked(NEED, LEASE)], at_the_papers())
    assert done == [do.MakeUploadLink(tell.CASE, LEASE)] and visit.busy is Busy.LINK
    visit, _ = walk([ev.UploadLinkMade(LINK)], visit)
    assert visit.gathering is not None and visit.gathering.link == LINK and visit.busy is None
    assert walk([told(visit)], visit)[0].gathering is not None
    visit, _ = walk([told(visit, lease())], visit)
    assert visit.gathering is None and visit.step == "collect_materials"
    late, _ = walk([ev.UploadLinkMade(LINK)], visit)
    assert late.gathering is None


def test_without_network_the_phone_fails_plainly_and_the_camera_goes_on() -> None:
    visit, _ = walk([ev.PhoneAsked(NEED, LEASE), ev.PlatformFailed(Fault(FaultCode.NEEDS_NETWORK))], at_the_papers())
    assert visit.fault is not None and visit.fault.code is FaultCode.NEEDS_NETWORK and visit.busy is None
    assert walk([ev.RetryAsked()], visit)[1] == [do.MakeUploadLink(tell.CASE, LEASE)]
    visit, done = walk([ev.GatheringStopped(), ev.CaptureAsked(NEED, LEASE)], visit)
    assert done[-1] == do.TakePage() and visit.fault is None


def test_a_camera_that_fails_is_asked_again() -> None:
    failed = ev.DeviceFailed(DeviceKind.DOCUMENT_CAMERA, Fault(FaultCode.NO_GOOD_PAGE))
    visit, _ = walk([ev.CaptureAsked(NEED, LEASE), failed], at_the_papers())
    assert visit.busy is None and visit.fault is not None
    assert walk([ev.RetryAsked()], visit)[1] == [do.TakePage()]
    gone = ev.DeviceFailed(DeviceKind.DOCUMENT_CAMERA, Fault(FaultCode.DOCUMENT_CAMERA_ABSENT))
    visit, _ = walk([ev.CaptureAsked(NEED, LEASE), gone, ev.DeviceRecovered(DeviceKind.DOCUMENT_CAMERA)], visit)
    assert visit.busy is Busy.PAGE and visit.fault is None


# --- who is not here ---
def with_absent() -> Visit:
    people = [ev.PhoneGiven(P1, "13800001234"), AWAY]
    return walk([*tell.until_people(), *people])[0]


def until_signed_here() -> Visit:
    drawn = [ev.SignatureDrawn(P1, b"png"), ev.SignatureKept(P1, BlobId("a" * 64))]
    onward = [ev.NextAsked(), *tell.the_items(), ev.LaterChosen(NEED), ev.NextAsked(), ev.NextAsked()]
    return walk([*onward, *drawn], with_absent())[0]


def test_a_third_partner_is_no_second_supervisor() -> None:
    """What is proposed may not be what the rules on offices then refuse."""
    visit, _ = walk([ev.AbsentGiven(None, "艾示范", "911156198001070027", "13900005678")], with_absent())
    third = visit.form.people[2]
    assert third.cert_type is CertType.FOREIGN_RESIDENCE and third.roles == {Role.SHAREHOLDER}
    assert not stops(review(visit.form, tell.NOW.date()))


def test_whoever_is_not_here_is_a_person_of_the_form_and_no_finding() -> None:
    visit = with_absent()
    person = visit.form.person(P2)
    assert person is not None and person.is_absent and person.cert_type is CertType.RESIDENT_ID
    assert person.roles == {Role.SHAREHOLDER, Role.SUPERVISOR} and person.subscribed == 50
    assert not stops(review(visit.form, tell.NOW.date()))
    mute = replace(person, phone="")
    form = replace(visit.form, people=(visit.form.people[0], mute))
    assert [one.code for one in review(form, tell.NOW.date())] == ["phone-missing"]
    assert not visit.form.people[0].is_absent


def test_one_number_is_one_person_and_no_number_is_nobody() -> None:
    visit, _ = walk([replace(AWAY, number=tell.WANG.number)], with_absent())
    assert [one.code for one in visit.findings] == ["person-twice"] and len(visit.form.people) == 2
    visit, _ = walk([replace(AWAY, number="500103199011030019")], with_absent())
    assert len(visit.form.people) == 2
    visit, _ = walk([replace(AWAY, ref=P2, name="李示范")], with_absent())
    assert [one.name for one in visit.form.people] == ["王测试", "李示范"]


def test_the_case_waits_for_whoever_is_not_here() -> None:
    visit = until_signed_here()
    assert visit.step == "sign" and visit.signing is None
    assert walk([ev.NextAsked()], visit)[0].step == "sign"
    assert walk([ev.LinkAsked(P1)], visit)[1] == []  # who is here signs here
    visit, done = walk([ev.LinkAsked(P2)], visit)
    assert done == [do.InviteSigner(tell.CASE, P2)] and visit.busy is Busy.LINK
    visit, done = walk([ev.SigningLinkMade(SIGNING)], visit)
    assert visit.link == SIGNING and isinstance(done[0], do.Note)
    signed = SignerNow(P2, SigningState.SIGNED, by_phone=True, at=tell.NOW)
    early, _ = walk([told(visit, signers=(signed,), live=False), ev.NextAsked()], visit)
    assert early.step == "sign"  # said of a form that waits to be renewed
    visit, _ = walk([told(visit, signers=(signed,))], visit)
    assert visit.link is None
    assert walk([ev.LinkAsked(P2)], visit)[1] == []
    assert walk([ev.NextAsked()], visit)[0].step == "submit"
    changed, _ = walk([ev.BackAsked(), ev.ChangeAsked("set_capital")], visit)
    assert changed.signed_afar == frozenset()  # other words are signed anew


@pytest.mark.parametrize("state", [one for one in SigningState if one is not SigningState.SIGNED])
def test_nothing_but_a_signature_is_a_signature(state: SigningState) -> None:
    visit = until_signed_here()
    visit, _ = walk([told(visit, signers=(SignerNow(P2, state, by_phone=True),)), ev.NextAsked()], visit)
    assert visit.step == "sign"
