"""What the steps of open_business have done for them: each function gives the effects of one event or arrival."""

from kiosk.audit import AuditKind
from kiosk.contracts.central_platform import CheckName, VerifyPerson
from kiosk.contracts.ledger import RateVisit, SubmitCase
from kiosk.domain.case import CaseKind, OpeningCase
from kiosk.domain.ids import VerificationId
from kiosk.domain.item import Item, ItemState

from . import effects as do
from . import events as ev
from .answers import scope_query
from .machine import Effect, Event
from .visit import Visit, portrait_of

_NOT_YET = (ItemState.NOT_REQUESTED, ItemState.PENDING)


def draft(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert v.case_id is not None and v.slip_code is not None
    return (do.KeepDraft(v.case_id, v.slip_code, v.form, v.step),)


def consent_noted(v: Visit, e: Event) -> tuple[Effect, ...]:
    face = "yes" if v.consent and v.consent.face else "no"
    return (do.Note(AuditKind.CONSENT_GIVEN, (("text_version", "1"), ("face", face))),)


def card_noted(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.CardRead)
    return (do.Note(AuditKind.CARD_READ, (("card_kind", e.card.kind.value), ("purpose", v.step))), do.WatchCard())


def verify(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.FaceTaken) and v.consent is not None
    person = v.form.person(v.verifying) if v.verifying else None
    acts = person.acting if person else None  # for a company whoever signs for it stands before the camera
    assert acts is not None
    question = VerifyPerson(
        VerificationId(""), acts.name, acts.cert_type, acts.cert_no, v.now, v.consent.at, True, e.shot.jpeg
    )
    return (do.Verify(question),)


def verified_noted(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.PersonVerified)
    fields = (("verification", e.verification.id), ("method", "card_face"), ("passed", "yes"))
    note = do.Note(AuditKind.VERIFIED, fields)
    return (note, *draft(v, e)) if v.has_begun else (note,)


def ask_name(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert v.case_id is not None
    name = v.form.name
    return (do.AskName(CheckName(v.case_id, name.full, name.trade, name.industry, v.form.domicile.division)),)


def name_noted(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.NameJudged)
    return (do.Note(AuditKind.NAME_CHECKED, (("level", e.verdict.level),)), *draft(v, e))


def find_scope(v: Visit, e: Event) -> tuple[Effect, ...]:
    return (do.FindScope(scope_query(v)),)


def look_at_scope(v: Visit) -> tuple[Effect, ...]:
    return (do.FindScope(scope_query(v)),)


def keep_signature(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.SignatureDrawn)
    return (do.KeepSignature(e.ref, e.png),)


def signed_noted(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.SignatureKept)
    return (do.Note(AuditKind.SIGNED, (("person", e.ref), ("blob", e.blob))), *draft(v, e))


def submit(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert v.case_id is not None and v.slip_code is not None
    items = ",".join(item.value for item in v.form.items)
    deed = SubmitCase(v.case_id, v.slip_code, v.form, v.now)
    return (do.Record(deed, AuditKind.SUBMITTED, (("items", items),)), do.FollowCase(v.case_id))


def start_face(v: Visit) -> tuple[Effect, ...]:
    return (do.TakeFace(portrait_of(v)),) if v.verifying in v.face_consents else ()


def take_face(v: Visit, e: Event) -> tuple[Effect, ...]:
    return start_face(v)


def agreed_and_take(v: Visit, e: Event) -> tuple[Effect, ...]:
    return (*consent_noted(v, e), *take_face(v, e))


def read_applicant(v: Visit) -> tuple[Effect, ...]:
    return (do.ReadCard("applicant"),)


def read_another(v: Visit, e: Event) -> tuple[Effect, ...]:
    return (do.ReadCard("applicant", anew=True),)


def read_again(v: Visit, e: Event) -> tuple[Effect, ...]:
    return (do.ReadCard("applicant" if v.form.applicant is None else "person"),)


def stop_devices(v: Visit) -> tuple[Effect, ...]:
    return (do.StopDevices(),)


def look_at_paper(v: Visit) -> tuple[Effect, ...]:
    return (do.LookAtPaper(),)


def look_again(v: Visit, e: Event) -> tuple[Effect, ...]:
    return (do.LookAtPaper(),)


def print_slip(v: Visit) -> tuple[Effect, ...]:
    return (do.PrintSlip(case_of(v), v.truth.sent is not None, v.receipt is not None, v.language),)


def print_slip_again(v: Visit, e: Event) -> tuple[Effect, ...]:
    return print_slip(v)


def rate(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.Rated) and v.case_id is not None
    deed = RateVisit(v.case_id, "accepted", e.level, v.now)
    return (do.Record(deed, AuditKind.RATED, (("level", str(e.level)), ("phase", "accepted"))),)


def case_of(v: Visit) -> OpeningCase:
    """The case as this visit may show it: the ledger's word, or the form that was just recorded."""
    assert v.case_id is not None and v.slip_code is not None
    kind = CaseKind.OPENING if v.later is None else CaseKind.PHASED
    return v.known or OpeningCase(v.case_id, v.slip_code, v.form, kind=kind)


def stop_all(v: Visit, e: Event) -> tuple[Effect, ...]:
    return (do.StopDevices(),)


def forget_done(v: Visit, e: Event) -> tuple[Effect, ...]:
    return (do.ForgetVisit(v.case_id, v.ended or "done"),)


def rate_and_forget(v: Visit, e: Event) -> tuple[Effect, ...]:
    return (*rate(v, e), *forget_done(v, e))


def ask_invoice_mode(v: Visit) -> tuple[Effect, ...]:
    assert v.case_id is not None
    return (do.AskInvoiceMode(v.case_id),)


def find_branches(v: Visit) -> tuple[Effect, ...]:
    return (do.FindBranches(),)


def find_branches_again(v: Visit, e: Event) -> tuple[Effect, ...]:
    return find_branches(v)


def find_hours(v: Visit, e: Event) -> tuple[Effect, ...]:
    return (do.FindHours(v.offers.branch),)


def find_halls(v: Visit) -> tuple[Effect, ...]:
    return (do.FindHalls(),)


def ask_appointment(v: Visit) -> tuple[Effect, ...]:
    """Once the bank has been asked: before that there is no appointment."""
    items = v.known.items if v.known is not None else ()
    asked = any(one.item is Item.BANK and one.state not in _NOT_YET for one in items)
    return (do.AskAppointment(v.case_id),) if v.case_id is not None and asked else ()
