"""What the steps of open_business remember: each function takes the visit and an event and gives the visit after."""

from dataclasses import replace

from kiosk.contracts.device import Supply
from kiosk.domain.finding import Finding
from kiosk.domain.person import Person
from kiosk.domain.wish_people import without
from kiosk.faults import Fault, FaultCode
from kiosk.rules import review as rules
from kiosk.rules.guide import guide, in_this_district, purpose_of, settled

from . import events as ev
from .hats import MANY_HATS, of_partner, of_type
from .holder import only_company, with_progress
from .individual import with_name
from .machine import Event
from .shareholders import in_step
from .sharing import share_out
from .visit import (
    MENDED_BY_LAYING_ANEW,
    Busy,
    Consent,
    Visit,
    next_ref,
    to_sign_here,
    unsigned,
    with_card,
    with_form,
    with_person,
    with_portrait,
)
from .wishes import of_items, supervisor_settled


def consented(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.Consented)
    known = frozenset({v.verifying} if e.face and v.verifying else ())  # the applicant of a draft is known already
    v = replace(v, consent=Consent(v.now, e.face), face_consents=v.face_consents | known)
    return answered(v, "give_consent")


def card(v: Visit, e: Event) -> Visit:
    """The applicant's card: the first person of the case, with the hats that most founders wear."""
    assert isinstance(e, ev.CardRead)
    card = e.card
    if not card.valid_on(v.now.date()):
        return replace(v, busy=Busy.CARD, fault=Fault(FaultCode.CARD_EXPIRED))
    ref = next_ref(v)
    hats = MANY_HATS if not v.form.people else of_partner(v.form)
    person = Person(
        ref, card.name, card.cert_type, card.number, card.birth, card.valid_until, card.valid_until is None,
        card.address, roles=hats,
    )  # fmt: skip
    consents = v.face_consents | {ref} if not v.form.people and v.consent and v.consent.face else v.face_consents
    v = with_person(replace(v, busy=None, fault=None, verifying=ref, face_consents=consents), person)
    if v.form.applicant is None:
        v = with_form(v, applicant=ref)
        return answered(with_card(v, card), "present_id_card")
    return share_out(with_portrait(v, card))


def same_person(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.CardRead) and any(p.cert_no == e.card.number for p in v.form.people)


def usable(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.CardRead) and e.card.valid_on(v.now.date()) and not same_person(v, e)


def face_agreed(v: Visit, e: Event) -> Visit:
    assert v.verifying is not None
    consent = v.consent or Consent(v.now, True)  # who wants a slip once more agrees here, and to nothing else
    return waiting_face(replace(v, consent=consent, face_consents=v.face_consents | {v.verifying}), e)


def is_for_copy(v: Visit, e: Event) -> bool:
    return bool(v.copies)


def only_looks(v: Visit, e: Event) -> bool:
    return v.only_looks


def unfound(v: Visit, e: Event) -> Visit:
    return Visit(v.now, v.step, language=v.language)


def verified(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.PersonVerified)
    person = v.form.person(v.verifying) if v.verifying else None
    if person is None or not e.verification.passed:
        return replace(v, busy=None, fault=Fault(FaultCode.FACE_NOT_MATCHED))
    person = replace(person, verification_id=e.verification.id, verified_until=e.verification.expires_at)
    v = replace(v, busy=None, fault=None, proving=False, portrait=None, likeness=None)
    if v.sought:
        v = with_progress(v, v.sought)
    if v.later is not None and not v.later.begun:
        v = only_company(v)
    return answered(in_step(with_person(v, person), person), "verify_face")


def purpose(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.PurposeChosen)
    told = guide(e.said)
    kind, before = told.terminal_type, v.form.company_type
    items = v.form.items
    v = with_form(
        replace(v, said=e.said), purpose=purpose_of(e.said), company_type=kind, items=told.case_items,
        domicile=in_this_district(v.form.domicile, e.said, v.division),
    )  # fmt: skip
    return replace(v, form=of_items(of_type(v.form, before), items), just_added="purpose")


def name(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.NameEntered)
    return replace(with_name(v, e.name), busy=Busy.NAME, fault=None, just_added="name")


def judged(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.NameJudged)
    v = with_form(replace(v, busy=None), name_verdict=e.verdict)
    return answered(v, "declare_name") if e.verdict.reserve_no else v


def name_not_judged(v: Visit, e: Event) -> Visit:
    """Without network the name waits for it; whatever else went wrong is said as what it is."""
    assert isinstance(e, ev.PlatformFailed)
    offline = e.fault.code is FaultCode.PLATFORM_OFFLINE
    return replace(v, busy=None, fault=Fault(FaultCode.NAME_NEEDS_NETWORK) if offline else e.fault)


def scope_typed(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.ScopeTyped)
    return replace(v, scope_typed=e.typed)


def scope_found(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.ScopeFound)
    return replace(v, scope_found=e.found) if e.typed == scope_query(v) else v


def scope_query(v: Visit) -> str:
    """What the catalogue is searched for: what was typed, or before that what kind of business it is."""
    return v.scope_typed or v.form.purpose.trade_hint


def picked(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.ScopePicked)
    if any(pick.code == e.pick.code for pick in v.form.scope):
        return v
    return replace(with_form(v, scope=(*v.form.scope, e.pick)), just_added="scope", findings=())


def dropped(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.ScopeDropped)
    return with_form(v, scope=tuple(p for p in v.form.scope if p.code != e.code))


def address(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.AddressGiven)
    return replace(with_form(v, domicile=e.domicile), just_added="domicile")


def capital(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.CapitalSet)
    return share_out(replace(with_form(v, registered_capital=e.amount), just_added="capital"))


def roles(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.RolesSet)
    person = v.form.person(e.ref)
    if person is None:
        return v
    return share_out(with_person(replace(v, findings=()), replace(person, roles=e.roles)))


def share(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.ShareSet)
    person = v.form.person(e.ref)
    return v if person is None else with_person(replace(v, findings=()), replace(person, subscribed=e.amount))


def phone(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.PhoneGiven)
    person = v.form.person(e.ref)
    return v if person is None else with_person(replace(v, findings=()), replace(person, phone=e.phone))


def person_dropped(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.PersonDropped)
    if e.ref == v.form.applicant:
        return v
    v = replace(v, form=without(v.form, e.ref))
    return share_out(with_form(v, people=tuple(p for p in v.form.people if p.ref != e.ref)))


def signature(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.SignatureDrawn)
    return replace(v, busy=Busy.SIGNATURE, signing=e.ref)


def signed(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.SignatureKept)
    person = v.form.person(e.ref)
    if person is None:
        return v
    v = with_person(replace(v, busy=None), replace(person, signature=e.blob, signed_at=v.now))
    left = to_sign_here(v)
    return replace(v, signing=left[0].ref if left else None)


def paper(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.PaperLooked)
    return replace(v, busy=None, fault=Fault(FaultCode.PAPER_OUT) if e.supply is Supply.OUT else None)


def device_failed(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.DeviceFailed)
    listening = v.busy is Busy.CARD and e.fault.code in MENDED_BY_LAYING_ANEW
    return replace(v, busy=Busy.CARD if listening else None, fault=e.fault)


def platform_failed(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.PlatformFailed)
    return replace(v, busy=None, fault=e.fault)


def recorded(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.DeedRecorded)
    return replace(v, deed=e.status, truth=replace(v.truth, recorded=e.status.recorded_at), fault=None)


def printed(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.ReceiptDone)
    return replace(v, busy=None, receipt=e.printed)


def changing(v: Visit, e: Event) -> Visit:
    """Whoever changes an answer signs again: a signature stands for exactly what was read."""
    assert isinstance(e, ev.ChangeAsked)
    people = tuple(replace(p, signature=None, signed_at=None) for p in v.form.people)
    return replace(with_form(v, people=people), changing=True, mending=e.step, signed_afar=frozenset())


def again(v: Visit, e: Event) -> Visit:
    return replace(v, fault=None)


def not_waiting(v: Visit, e: Event) -> Visit:
    """The other person lays no card after all."""
    return replace(v, busy=None, fault=None)


def answered(v: Visit, step: str) -> Visit:
    return v if step in v.answered else replace(v, answered=(*v.answered, step))


def done_here(v: Visit, e: Event) -> Visit:
    return answered(v, v.step)


def show_findings(v: Visit, e: Event) -> Visit:
    of_step = {
        "choose_purpose": (rules.of_purpose,),
        "declare_name": (rules.of_name,),
        "describe_business": (rules.of_scope,),
        "give_address": (rules.of_domicile,),
        "set_capital": (rules.of_capital,),
        "name_people": (rules.of_people, rules.of_holders, rules.of_shares),
        "name_operator": (rules.of_people, rules.of_individual),
    }[v.step]
    return replace(v, findings=tuple(f for rule in of_step for f in rule(v.form, v.now.date())))


def people_done(v: Visit, e: Event) -> Visit:
    return done_here(supervisor_settled(v), e)


def fine(v: Visit, e: Event) -> bool:
    return not rules.stops(show_findings(v, e).findings)


def purpose_fine(v: Visit, e: Event) -> bool:
    """Decided far enough, and by a type that this terminal takes: everybody else has been told where to go."""
    assert isinstance(e, ev.PurposeChosen)
    return settled(e.said) and not rules.stops(tuple(rules.of_purpose(purpose(v, e).form, v.now.date())))


def address_fine(v: Visit, e: Event) -> bool:
    return not rules.stops(tuple(rules.of_domicile(address(v, e).form, v.now.date())))


def capital_fine(v: Visit, e: Event) -> bool:
    return not rules.stops(tuple(rules.of_capital(capital(v, e).form, v.now.date())))


def complete(v: Visit, e: Event) -> bool:
    return not rules.stops(rules.review(v.form, v.now.date()))


def of_this_case(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.CaseChanged) and e.case.id == v.case_id


def all_signed(v: Visit, e: Event) -> bool:
    return not unsigned(v)


def not_recorded(v: Visit, e: Event) -> bool:
    return v.deed is None


def waiting_card(v: Visit, e: Event) -> Visit:
    return replace(v, busy=Busy.CARD, fault=None, signer=None)


def card_twice(v: Visit, e: Event) -> Visit:
    """The same card again, or one that may not be used any more: said, not added."""
    if same_person(v, e):
        return replace(v, busy=None, findings=(Finding("person-twice", "people"),))
    return replace(v, busy=None, fault=Fault(FaultCode.CARD_EXPIRED))


def waiting_face(v: Visit, e: Event) -> Visit:
    return replace(v, busy=Busy.FACE, fault=None, in_person=False, likeness=None)


def verifying(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.FaceTaken)
    return replace(v, busy=Busy.VERIFYING, likeness=e.shot.likeness)


def in_person(v: Visit, e: Event) -> Visit:
    return replace(v, in_person=True, busy=None, fault=None)


def passed(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.PersonVerified) and e.verification.passed


def purpose_done(v: Visit, e: Event) -> Visit:
    return answered(purpose(v, e), "choose_purpose")


def asking_name(v: Visit, e: Event) -> Visit:
    return replace(v, busy=Busy.NAME, fault=None)


def name_may_go(v: Visit, e: Event) -> bool:
    """Reserved, or left out, or impossible to ask now: without network the rest is filled in first."""
    if v.form.is_nameless:
        return True
    verdict = v.form.name_verdict
    if verdict is not None:
        return bool(verdict.reserve_no)
    return v.fault is not None and bool(v.form.name.trade)


def address_done(v: Visit, e: Event) -> Visit:
    return answered(address(v, e), "give_address")


def address_wrong(v: Visit, e: Event) -> Visit:
    return show_findings(address(v, e), e)


def capital_done(v: Visit, e: Event) -> Visit:
    return answered(capital(v, e), "set_capital")


def capital_wrong(v: Visit, e: Event) -> Visit:
    return show_findings(capital(v, e), e)


def submitting(v: Visit, e: Event) -> Visit:
    return replace(v, fault=None)


def is_recorded(v: Visit, e: Event) -> bool:
    return v.deed is not None


def is_split(v: Visit, e: Event) -> bool:
    return v.split is not None


def is_changing(v: Visit, e: Event) -> bool:
    return v.changing


def printing(v: Visit, e: Event) -> Visit:
    return replace(v, busy=Busy.PRINTING, fault=None)


def rated(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.Rated)
    return replace(v, rated=e.level, ended="done")
