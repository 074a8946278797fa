"""form_entry: a clerk fills in the whole form for the customer, from nothing or from a half-done case, and puts it
before the signers. Consent and signature stay the customer's own; everything else is the clerk's act.

Every answer is kept as a draft of the case at once: after a crash, a lock or a signing-out it is found again by card
or slip like any other.
"""

from dataclasses import replace

from kiosk.audit import AuditKind
from kiosk.contracts.central_platform import VerifyPerson
from kiosk.contracts.ledger import Verdict
from kiosk.domain.case import CaseKind, CaseState
from kiosk.domain.ids import PersonRef, VerificationId
from kiosk.faults import Fault, FaultCode

from . import answers as keep
from . import effects as do
from . import errands as run
from . import events as ev
from . import individual as own
from . import shareholders as firm
from . import signing as afar
from . import wishes as wish
from .desk import INTAKE_STATES, Desk, DeskBusy, opened
from .entry import FormEntry, agreed, is_complete, needs_consent, wants_invoice_mode
from .entry_effects import ApplyAgain, BeginEntry
from .hats import of_type
from .machine import Effect, Event, Journey, Row, Step
from .on_desk import acts, at_step, does, visit_of, when, with_visit
from .queue import arrived
from .sharing import share_out
from .signers_afar import SIGNS_AFAR
from .visit import Busy, Clocked, Visit, to_sign_here, with_person

_HALF_DONE = (CaseState.DRAFT, CaseState.SIGNING)
_MAY_COME_AGAIN = (CaseState.RETURNED, CaseState.NOT_ACCEPTED, CaseState.WITHDRAWN, CaseState.EXPIRED)
_ARRIVED = (Verdict.ACCEPTED, Verdict.ALREADY_KNOWN)


# --- beginning ---
def half_done(d: Desk) -> bool:
    """Whether the case that lies open is one that was begun and never submitted."""
    return d.case is not None and d.case.state in _HALF_DONE and d.case.kind is CaseKind.OPENING


def is_half_done(d: Desk, e: Event) -> bool:
    return half_done(d)


def may_apply_again(d: Desk) -> bool:
    """Whether the case that lies open ended before anything was decided: it is taken up again without typing."""
    return d.case is not None and d.case.state in _MAY_COME_AGAIN and d.case.kind is CaseKind.OPENING


def is_to_apply_again(d: Desk, e: Event) -> bool:
    return may_apply_again(d) and d.busy is None


def apply_again(d: Desk, e: Event) -> tuple[Effect, ...]:
    """另行受理: a new case with everything that the ended one said."""
    assert d.case is not None
    return (ApplyAgain(d.case.id),)


def new_one_taken_up(d: Desk, e: Event) -> tuple[Effect, ...]:
    """The platform has begun it; now it is this window's to go on with."""
    assert isinstance(e, ev.CasesFound)
    return tuple(do.TakeUpDraft(case.id, "clerk") for case in e.cases)


def begin_new(d: Desk, e: Event) -> tuple[Effect, ...]:
    """From nothing; whoever was called is there."""
    return (BeginEntry(), *arrived(d))


def begun_noted(d: Desk, e: Event) -> tuple[Effect, ...]:
    """What follows belongs to the new case."""
    assert isinstance(e, ev.VisitBegun)
    return (do.FollowCase(e.case_id), do.Note(AuditKind.VISIT_BEGUN, (("journey", "form_entry"),)))


def take_up(d: Desk, e: Event) -> tuple[Effect, ...]:
    """The half-done case becomes this window's to go on with."""
    assert d.case is not None
    return (do.TakeUpDraft(d.case.id, "clerk"),)


def begun(d: Desk, e: Event) -> Desk:
    """An empty form."""
    assert isinstance(e, ev.VisitBegun)
    return replace(d, entry=FormEntry(Visit(d.now, case_id=e.case_id, slip_code=e.slip_code)), case=None)


def taken_up(d: Desk, e: Event) -> Desk:
    """With everything that was answered before."""
    assert isinstance(e, ev.DraftTakenUp)
    case = e.case
    visit = Visit(d.now, case_id=case.id, slip_code=case.slip_code, form=case.form, known=case)
    return replace(d, entry=FormEntry(visit), case=None)


def _enter(d: Desk) -> tuple[Effect, ...]:
    v = visit_of(d)
    assert v.case_id is not None
    waits: tuple[Effect, ...] = (do.ReadCard("applicant"),) if v.consent and v.form.applicant is None else ()
    return (do.FollowCase(v.case_id), do.FindHalls(), do.FindBranches(), *waits)


def _leave(d: Desk) -> tuple[Effect, ...]:
    return (do.StopDevices(),)


def _kept(d: Desk, e: Event) -> tuple[Effect, ...]:
    """Whatever was answered is on this machine before the next key. Before there is anybody it is nobody's."""
    v = visit_of(d)
    return run.draft(at_step(d, "fill_form"), e) if v.form.people else ()


# --- consent, cards, verification ---
def _may_consent(d: Desk, e: Event) -> bool:
    return needs_consent(visit_of(d))


def _consented(v: Visit, e: Event) -> Visit:
    v = keep.consented(v, e)
    return v if v.form.applicant is not None else keep.waiting_card(v, e)


def _consent_noted(d: Desk, e: Event) -> tuple[Effect, ...]:
    v = visit_of(d)
    return (*run.consent_noted(v, e), *(() if v.form.applicant is not None else run.read_again(v, e)))


def _may_read(v: Visit, e: Event) -> bool:
    return v.consent is not None


def _card(d: Desk, e: Event) -> Desk:
    """Somebody new. The card may come before or after the kind of business and the capital are known."""
    assert isinstance(e, ev.CardRead) and d.entry is not None
    before = at_step(d, "name_people")
    v = keep.card(before, e)
    v = share_out(replace(v, form=of_type(v.form, v.form.company_type)))
    new = next((one.ref for one in v.form.people if before.form.person(one.ref) is None), None)
    return _laid(with_visit(d, replace(v, verifying=None)), new)


def _known_again(d: Desk, e: Event) -> Desk:
    """The card of somebody whom the form has already, without a check that holds: now it can be confirmed."""
    assert isinstance(e, ev.CardRead)
    v = at_step(d, "name_people")
    ref = next(one.ref for one in v.form.people if one.cert_no == e.card.number)
    return _laid(with_visit(d, keep.not_waiting(v, e)), ref)


def _laid(d: Desk, ref: PersonRef | None) -> Desk:
    assert d.entry is not None
    if ref is None:
        return d
    others = tuple(one for one in d.entry.laid if one[0] != ref)
    return replace(d, entry=replace(d.entry, laid=(*others, (ref, d.now))))


def _is_known_here(d: Desk, e: Event) -> bool:
    entry = d.entry
    if entry is None or not isinstance(e, ev.CardRead) or not e.card.valid_on(d.now.date()):
        return False
    known = next((one for one in entry.visit.form.people if one.cert_no == e.card.number), None)
    return known is not None and entry.laid_at(known.ref) is None


def _is_family(v: Visit, e: Event) -> bool:
    return v.form.is_individual and v.form.applicant is not None and own.is_family_card(v, e)


def _signer_card(d: Desk, e: Event) -> Desk:
    v = firm.card(at_step(d, "name_people"), e)
    return _laid(with_visit(d, replace(v, verifying=None)), v.verifying)


def _may_confirm(d: Desk, e: Event) -> bool:
    """A person whose card lay here and whom nobody has confirmed yet."""
    if d.entry is None or d.busy is not None or not isinstance(e, ev.PersonConfirmed):
        return False
    v = d.entry.visit
    return v.consent is not None and v.form.person(e.ref) is not None and d.entry.laid_at(e.ref) is not None


def _confirming(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.PersonConfirmed)
    d = with_visit(d, replace(visit_of(d), verifying=e.ref, findings=()))
    return replace(d, busy=DeskBusy.VERIFYING, fault=None)


def _confirm(d: Desk, e: Event) -> tuple[Effect, ...]:
    """The clerk answers for it by name; no picture is taken."""
    assert isinstance(e, ev.PersonConfirmed) and d.staff is not None and d.entry is not None
    v, laid = visit_of(d), d.entry.laid_at(e.ref)
    person = v.form.person(e.ref)
    acting = person.acting if person else None
    assert acting is not None and v.consent is not None and laid is not None
    question = VerifyPerson(
        VerificationId(""), acting.name, acting.cert_type, acting.cert_no, laid, v.consent.at, False, b"",
        d.staff.staff_ref,
    )  # fmt: skip
    return (do.Verify(question),)


def _is_verifying(d: Desk, e: Event) -> bool:
    return d.busy is DeskBusy.VERIFYING


def _verified(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.PersonVerified)
    v = visit_of(d)
    d = replace(d, busy=None)
    person = v.form.person(v.verifying) if v.verifying else None
    if person is None or not e.verification.passed:
        return replace(with_visit(d, replace(v, verifying=None)), fault=Fault(FaultCode.RECIPIENT_NOT_VERIFIED))
    person = replace(person, verification_id=e.verification.id, verified_until=e.verification.expires_at)
    return with_visit(d, replace(firm.in_step(with_person(v, person), person), verifying=None))


def _verified_noted(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.PersonVerified)
    passed = "yes" if e.verification.passed else "no"
    fields = (("verification", e.verification.id), ("method", "in_person"), ("passed", passed))
    return (do.Note(AuditKind.VERIFIED, fields), *_kept(d, e))


# --- what fails, what changes elsewhere ---
def _failed(d: Desk, e: Event) -> Desk:
    """What was waited for did not come: the name says so in its own words."""
    assert isinstance(e, ev.PlatformFailed)
    v, d = visit_of(d), replace(d, busy=None)
    fail = keep.name_not_judged if v.busy is Busy.NAME else keep.platform_failed
    return with_visit(d, fail(replace(v, verifying=None), e))


def _has_name(v: Visit, e: Event) -> bool:
    return bool(v.form.name.trade) and v.form.name_verdict is None


def _judged(v: Visit, e: Event) -> Visit:
    """Another name may mean another way of giving out the invoices."""
    return keep.judged(replace(v, offers=replace(v.offers, invoice_mode=None)), e)


def _of_this_entry(d: Desk, e: Event) -> bool:
    return isinstance(e, ev.CaseChanged) and d.entry is not None and e.case.id == d.entry.visit.case_id


def _news(d: Desk, e: Event) -> Desk:
    """What the platform has by now; who signed on a phone counts once it says so."""
    assert isinstance(e, ev.CaseChanged)
    fault = Fault(FaultCode.DRAFT_SPLIT) if e.split is not None else d.fault
    return replace(with_visit(d, afar.news(visit_of(d), e)), fault=fault)


def _ask_mode(d: Desk, e: Event) -> tuple[Effect, ...]:
    v = visit_of(d)
    return run.ask_invoice_mode(v) if v.live and wants_invoice_mode(v) else ()


# --- signing and submitting ---
def _may_sign(d: Desk, e: Event) -> bool:
    return d.busy is None and is_complete(replace(visit_of(d), now=d.now))


def _agreed(d: Desk, e: Event) -> Desk:
    v = agreed(replace(visit_of(d), now=d.now))
    waiting = to_sign_here(v)
    return with_visit(d, replace(v, findings=(), busy=None, signing=waiting[0].ref if waiting else None))


def _mend(d: Desk, e: Event) -> Desk:
    """Whoever changes an answer signs again: a signature stands for exactly what was read."""
    v = keep.changing(visit_of(d), ev.ChangeAsked("check_answers"))
    return with_visit(d, replace(v, changing=False, mending="", signing=None))


def _is_open(v: Visit, e: Event) -> bool:
    return v.deed is None


def _may_submit(v: Visit, e: Event) -> bool:
    return v.deed is None and keep.all_signed(v, e) and keep.complete(v, e)


def _submitted_news(d: Desk, e: Event) -> Desk:
    """Words follow the truth: recorded here, sent, taken in by the platform."""
    assert isinstance(e, ev.CaseChanged)
    d, v = _news(d, e), visit_of(d)
    if v.deed is None:
        return d
    deed = next((one for one in e.deeds if one.id == v.deed.id), v.deed)
    v = replace(visit_of(d), deed=deed)
    sent = deed.settled_at if deed.verdict in _ARRIVED else None
    return replace(with_visit(d, v), truth=Clocked(deed.recorded_at, sent, None), fault=deed.fault or d.fault)


def _has_arrived(d: Desk, e: Event) -> bool:
    """The platform has it, and this machine knows what it has: only then is there something to decide."""
    if d.entry is None or not isinstance(e, ev.CaseChanged) or not _of_this_entry(d, e) or not e.live:
        return False
    deed = d.entry.visit.deed
    mine = next((one for one in e.deeds if deed is not None and one.id == deed.id), None)
    return mine is not None and mine.verdict in _ARRIVED and e.case.state in INTAKE_STATES


def _arrived(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.CaseChanged)
    return replace(opened(d, e.case), entry=None, live=e.live, brought=True)


_SCOPE, _PEOPLE, _PLACE = "describe_business", "name_people", "give_address"

FORM_ENTRY: Journey[Desk] = Journey(
    "form_entry",
    (
        Step("fill_form", (
            Row(ev.Consented, None, acts("give_consent", _consented), _consent_noted, _may_consent),
            Row(ev.PurposeChosen, None, acts("choose_purpose", keep.purpose), _kept),
            Row(ev.NameEntered, None, acts("declare_name", keep.name), does("declare_name", run.ask_name)),
            Row(ev.NameLeftOut, None, acts("declare_name", own.name_left_out), _kept,
                when("declare_name", own.may_go_nameless)),
            Row(ev.NameJudged, None, acts("declare_name", _judged), does("fill_form", run.name_noted)),
            Row(ev.ScopeTyped, None, acts(_SCOPE, keep.scope_typed), does(_SCOPE, run.find_scope)),
            Row(ev.ScopeFound, None, acts(_SCOPE, keep.scope_found)),
            Row(ev.ScopePicked, None, acts(_SCOPE, keep.picked), _kept),
            Row(ev.ScopeDropped, None, acts(_SCOPE, keep.dropped), _kept),
            Row(ev.AddressGiven, None, acts(_PLACE, keep.address), _kept),
            Row(ev.CapitalSet, None, acts("set_capital", keep.capital), _kept),
            Row(ev.PersonCardAsked, None, acts(_PEOPLE, keep.waiting_card), does(_PEOPLE, run.read_again),
                when(_PEOPLE, _may_read)),
            Row(ev.PersonCardStopped, None, acts(_PEOPLE, firm.stopped), does(_PEOPLE, run.stop_all)),
            Row(ev.CompanyGiven, None, acts(_PEOPLE, firm.company_twice), None, when(_PEOPLE, firm.is_twice)),
            Row(ev.CompanyGiven, None, acts(_PEOPLE, firm.company), _kept),
            Row(ev.SignerRight, None, acts(_PEOPLE, firm.right), _kept),
            Row(ev.SignerNamed, None, acts(_PEOPLE, firm.named), _kept),
            Row(ev.SignerCardAsked, None, acts(_PEOPLE, firm.asked), does(_PEOPLE, run.read_again),
                when(_PEOPLE, _may_read)),
            Row(ev.CardRead, None, acts(_PEOPLE, firm.known_card), does(_PEOPLE, run.card_noted),
                when(_PEOPLE, firm.is_known_signer)),
            Row(ev.CardRead, None, _signer_card, does(_PEOPLE, run.card_noted), when(_PEOPLE, firm.is_signer)),
            Row(ev.CardRead, None, acts(_PEOPLE, firm.expired_card), None, when(_PEOPLE, firm.is_expired_signer)),
            Row(ev.CardRead, None, acts("name_operator", own.family_card), does("name_operator", run.card_noted),
                when("name_operator", _is_family)),
            Row(ev.CardRead, None, _known_again, does(_PEOPLE, run.card_noted), _is_known_here),
            Row(ev.CardRead, None, _card, does(_PEOPLE, run.card_noted), when(_PEOPLE, keep.usable)),
            Row(ev.CardRead, None, acts(_PEOPLE, keep.card_twice)),
            Row(ev.PersonConfirmed, None, _confirming, _confirm, _may_confirm),
            Row(ev.PersonVerified, None, _verified, _verified_noted, _is_verifying),
            Row(ev.RolesSet, None, acts(_PEOPLE, keep.roles), _kept),
            Row(ev.ShareSet, None, acts(_PEOPLE, keep.share), _kept),
            Row(ev.DueSet, None, acts(_PEOPLE, firm.due), _kept),
            Row(ev.PhoneGiven, None, acts(_PEOPLE, keep.phone), _kept),
            Row(ev.PersonDropped, None, acts(_PEOPLE, keep.person_dropped), _kept),
            Row(ev.AbsentGiven, None, acts(_PEOPLE, firm.company_twice), None, when(_PEOPLE, afar.is_known)),
            Row(ev.AbsentGiven, None, acts(_PEOPLE, afar.absent), _kept, when(_PEOPLE, afar.is_certificate)),
            Row(ev.SupervisorLeftOut, None, acts(_PEOPLE, wish.supervisor_left_out), _kept),
            Row(ev.CompositionChosen, None, acts("name_operator", own.composition), _kept),
            Row(ev.FamilyMemberDropped, None, acts("name_operator", own.member_dropped), _kept),
            Row(ev.InvoiceModeTold, None, acts("tax_and_invoice", wish.mode_told)),
            Row(ev.InvoiceWished, None, acts("tax_and_invoice", wish.invoice), _kept),
            Row(ev.SealsWished, None, acts("seals", wish.seals), _kept),
            Row(ev.InsuranceWished, None, acts("employment_insurance", wish.insurance), _kept),
            Row(ev.BranchesFound, None, acts("bank_appointment", wish.branches)),
            Row(ev.BranchPicked, None, acts("bank_appointment", wish.branch),
                does("bank_appointment", run.find_hours), when("bank_appointment", wish.is_offered)),
            Row(ev.HoursFound, None, acts("bank_appointment", wish.hours)),
            Row(ev.BankWished, None, acts("bank_appointment", wish.bank), _kept),
            Row(ev.HallsFound, None, acts("pick_up", wish.halls)),
            Row(ev.PickupWished, None, acts("pick_up", wish.pickup), _kept),
            Row(ev.DeviceFailed, None, acts(_PEOPLE, keep.device_failed)),
            Row(ev.PlatformFailed, None, _failed),
            Row(ev.RetryAsked, None, acts("declare_name", keep.asking_name), does("declare_name", run.ask_name),
                when("declare_name", _has_name)),
            Row(ev.CaseChanged, None, _news, _ask_mode, _of_this_entry),
            Row(ev.SigningAsked, "sign_form", _agreed, _kept, _may_sign),
            Row(ev.BackAsked, "find_case", None, _kept),
        ), enter=_enter, leave=_leave),
        Step("sign_form", (
            Row(ev.SignatureDrawn, None, acts("sign", keep.signature), does("sign", run.keep_signature),
                when("sign", _is_open)),
            Row(ev.SignatureKept, None, acts("sign", keep.signed), does("sign", run.signed_noted)),
            *SIGNS_AFAR,
            Row(ev.PlatformFailed, None, _failed),
            Row(ev.SubmitAsked, None, acts("submit", keep.submitting), does("submit", run.submit),
                when("submit", _may_submit)),
            Row(ev.DeedRecorded, None, acts("submit", keep.recorded)),
            Row(ev.CaseChanged, "check_materials", _arrived, None, _has_arrived),
            Row(ev.CaseChanged, None, _submitted_news, None, _of_this_entry),
            Row(ev.BackAsked, "fill_form", _mend, _kept, when("submit", _is_open)),
            Row(ev.BackAsked, "find_case"),
            Row(ev.NextAsked, "find_case", None, None, when("submit", keep.is_recorded)),
        )),
    ),
)  # fmt: skip
