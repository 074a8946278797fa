"""resume: the applicant goes on with a draft, at this terminal or another, by ID card or by slip and phone."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from kiosk.audit import AuditKind
from kiosk.contracts.ledger import SettleDraft
from kiosk.domain.case import CaseKind, OpeningForm
from kiosk.domain.draft_split import DraftConflict, Side
from kiosk.faults import Fault, FaultCode
from kiosk.rules.review import (
    of_capital,
    of_domicile,
    of_individual,
    of_name,
    of_people,
    of_purpose,
    of_scope,
    of_shares,
    review,
    step_to_mend,
    stops,
)
from kiosk.rules.slip_code import typed_slip
from kiosk.rules.steps import is_asked

from . import effects as do
from . import errands as run
from . import events as ev
from . import later_items
from .machine import Effect, Event, Fork, Journey, Row, Step
from .visit import MENDED_BY_LAYING_ANEW, Busy, Clocked, Visit, with_portrait

_RULES = {
    "choose_purpose": (of_purpose,),
    "declare_name": (of_name,),
    "describe_business": (of_scope,),
    "give_address": (of_domicile,),
    "set_capital": (of_capital,),
    "name_people": (of_people, of_shares),
    "name_operator": (of_people, of_individual),
}  # the questions in their order, and what says whether one is answered
# The items beside the registration are answered once something was said of them, if only that a proposal is right. An
# appointment at the bank may be left out: whoever has gone on to the next question has done so.
_WISHES: Mapping[str, Callable[[OpeningForm], bool]] = {
    "tax_and_invoice": lambda form: form.invoice is not None,
    "seals": lambda form: form.seal_plan is not None,
    "employment_insurance": lambda form: form.social is not None,
    "bank_appointment": lambda form: form.bank_appt is not None or form.pickup_site is not None,
    "pick_up": lambda form: form.pickup_site is not None,
}


def first_open(v: Visit) -> str:
    """The first question that is not answered yet; with all answered, the page on which they are checked. A company
    that is there is asked only what its items need."""
    if v.later is not None:
        asked = (step for step in later_items.way_of(v) if step in _WISHES and not _WISHES[step](v.form))
        return next(asked, "confirm_items")
    return next((step for step in _steps(v) if not _is_answered(v, step)), "check_answers")


def open_wish(v: Visit) -> str | None:
    """The first item beside the registration that is chosen and was not asked yet; None: each was."""
    return next((step for step in _WISHES if is_asked(step, v.form) and not _WISHES[step](v.form)), None)


WISH_STEPS = tuple(_WISHES)
FIRST_OPEN = (*_RULES, *_WISHES, "check_answers", "confirm_items")


def _steps(v: Visit) -> tuple[str, ...]:
    return tuple(step for step in (*_RULES, *_WISHES) if is_asked(step, v.form))


def _is_answered(v: Visit, step: str) -> bool:
    form, today = v.form, v.now.date()
    if step in _WISHES:
        found = (one for one in review(form, today) if step_to_mend(one, form) == step)
        return _WISHES[step](form) and not stops(tuple(found))
    if step == "declare_name" and form.is_nameless:
        return True
    if step == "declare_name" and form.name_verdict is not None:
        until = form.name_verdict.reserved_until
        return bool(form.name_verdict.reserve_no) and (until is None or until > v.now)
    if step == "declare_name":
        return False
    return not stops(tuple(finding for rule in _RULES[step] for finding in rule(form, today)))


def _is_verified(v: Visit) -> bool:
    person = v.form.person(v.form.applicant) if v.form.applicant else None
    return person is not None and person.verified_until is not None and person.verified_until > v.now


def after_proof(v: Visit) -> str:
    """Where the applicant of a draft goes on once nothing stands between the person and the draft."""
    return "settle_draft" if v.split is not None else first_open(v)


def _onward(v: Visit) -> str:
    return "give_consent" if v.proving else after_proof(v)


_ONWARD: Fork[Visit] = Fork("先核验，再选不同，再接着填", ("give_consent", "settle_draft", *FIRST_OPEN), _onward)


# find_my_draft
def _looking(v: Visit, e: Event) -> Visit:
    typed = typed_slip(e.text) if isinstance(e, ev.CodeTyped) else None
    v = with_portrait(v, e.card) if isinstance(e, ev.CardRead) else v
    return replace(v, busy=Busy.FINDING, fault=None, slip_code=typed or v.slip_code)


def _by_card(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.CardRead)
    return (do.LookForDrafts(e.card.number), do.WatchCard())


def _by_code(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert v.slip_code is not None
    return (do.SendResumeCode(v.slip_code),)


def _is_slip(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.CodeTyped) and typed_slip(e.text) is not None


def _not_found(v: Visit, e: Event) -> Visit:
    return replace(v, busy=None, fault=Fault(FaultCode.DRAFT_NOT_FOUND))


def _any_found(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.DraftsFound) and bool(e.drafts)


def _found(v: Visit, e: Event) -> Visit:
    """A card alone may be a lost one: with the network the face or a helper says that it is this person's. Without it
    nobody can, and only what was begun here and verified here goes on."""
    assert isinstance(e, ev.DraftsFound)
    return replace(v, busy=None, drafts=e.drafts, proving=e.online and not e.proven)


def _code_sent(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.ResumeCodeSent)
    return replace(v, busy=None, fault=None, next_code_at=e.next_at)


def _failed(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.DeviceFailed | ev.PlatformFailed)
    listening = v.busy is Busy.CARD and e.fault.code in MENDED_BY_LAYING_ANEW
    listening = listening or e.fault.code is FaultCode.RESUME_NEEDS_CARD  # the reader never stopped
    return replace(v, busy=Busy.CARD if listening else None, fault=e.fault)


def _read(v: Visit) -> tuple[Effect, ...]:
    return (do.ReadCard("resume"),)


def _read_again(v: Visit, e: Event) -> tuple[Effect, ...]:
    return _read(v)


def _listening(v: Visit, e: Event) -> Visit:
    return replace(v, busy=Busy.CARD, fault=None)


# enter_resume_code
def _check_code(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.ResumeCodeTyped) and v.slip_code is not None
    return (do.CheckResumeCode(v.slip_code, e.code),)


def _may_send_again(v: Visit, e: Event) -> bool:
    return v.next_code_at is None or v.now >= v.next_code_at


# choose_draft
def _take_up(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.DraftPicked)
    return (do.TakeUpDraft(e.case_id, "phone" if v.slip_code else "card"),)


def _is_offered(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.DraftPicked) and any(one.value.id == e.case_id for one in v.drafts)


def _picking(v: Visit, e: Event) -> Visit:
    return replace(v, fault=None)


def _taken_up(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.DraftTakenUp)
    case = e.case
    v = replace(
        v, case_id=case.id, slip_code=case.slip_code, form=case.form, split=e.split, decided=(), drafts=(),
        verifying=case.form.applicant,
    )  # fmt: skip
    v = later_items.taken_up(v, case) if case.kind is CaseKind.PHASED else v
    return replace(v, answered=answered_by(v))


def answered_by(v: Visit) -> tuple[str, ...]:
    """Which steps the form answers, for the slip's count."""
    if v.later is not None:
        return ("give_consent", "present_id_card", "choose_items")
    known = ("give_consent", "present_id_card", *(("verify_face",) if _is_verified(v) else ()))
    return (*known, *(step for step in _steps(v) if _is_answered(v, step)))


def _unpicked(v: Visit, e: Event) -> Visit:
    return replace(v, drafts=(), slip_code=None)


# settle_draft
def undecided(v: Visit) -> DraftConflict | None:
    """The next question, one at a time."""
    if v.split is None:
        return None
    decided = {where for where, _ in v.decided}
    return next((one for one in v.split.conflicts if one.where not in decided), None)


def _chosen(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.SideChosen)
    return replace(v, fault=None, decided=(*v.decided, (e.where, e.side)))


def _is_asked(v: Visit, e: Event) -> bool:
    asked = undecided(v)
    return isinstance(e, ev.SideChosen) and asked is not None and asked.where == e.where


def _taken_back(v: Visit, e: Event) -> Visit:
    return replace(v, fault=None, decided=v.decided[:-1])


def _any_decided(v: Visit, e: Event) -> bool:
    return bool(v.decided)


def _all_decided(v: Visit, e: Event) -> bool:
    return v.split is not None and undecided(v) is None


def _settle(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert v.split is not None and v.case_id is not None and v.slip_code is not None
    deed = SettleDraft(v.case_id, v.slip_code, v.split.settled(dict(v.decided)), v.split.version)
    sides = [side for _, side in v.decided]
    fields = (("mine", str(sides.count(Side.MINE))), ("theirs", str(sides.count(Side.THEIRS))))
    return (do.Record(deed, AuditKind.DRAFT_SETTLED, fields),)


def _settled(v: Visit, e: Event) -> Visit:
    """What was decided is the form; nothing was submitted with it, and whoever signed other words signs again."""
    assert v.split is not None
    v = replace(v, form=v.split.settled(dict(v.decided)), split=None, decided=(), deed=None, truth=Clocked())
    return replace(v, known=None, answered=answered_by(v))


def _look_anew(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert v.case_id is not None
    return (do.TakeUpDraft(v.case_id, ""),)


def _again(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.DraftTakenUp)
    return replace(v, fault=None, split=e.split, decided=(), form=v.form if e.split else e.case.form)


def _is_split(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.DraftTakenUp) and e.split is not None


RESUME: Journey[Visit] = Journey(
    "resume",
    (
        Step("find_my_draft", (
            Row(ev.CardRead, None, _looking, _by_card),
            Row(ev.CodeTyped, None, _looking, _by_code, _is_slip),
            Row(ev.CodeTyped, None, _not_found),
            Row(ev.DraftsFound, "choose_draft", _found, None, _any_found),
            Row(ev.DraftsFound, None, _not_found),
            Row(ev.ResumeCodeSent, "enter_resume_code", _code_sent),
            Row(ev.DeviceFailed, None, _failed),
            Row(ev.PlatformFailed, None, _failed),
            Row(ev.RetryAsked, None, _listening, _read_again),
            Row(ev.BackAsked, "home", None, run.stop_all),
        ), enter=_read, leave=run.stop_devices),
        Step("enter_resume_code", (
            Row(ev.ResumeCodeTyped, None, _looking, _check_code),
            Row(ev.DraftsFound, "choose_draft", _found, None, _any_found),
            Row(ev.DraftsFound, None, _not_found),
            Row(ev.RetryAsked, None, _looking, _by_code, _may_send_again),
            Row(ev.ResumeCodeSent, None, _code_sent),
            Row(ev.PlatformFailed, None, _failed),
            Row(ev.BackAsked, "find_my_draft", _unpicked),
        )),
        Step("choose_draft", (
            Row(ev.DraftPicked, None, _picking, _take_up, _is_offered),
            Row(ev.DraftTakenUp, _ONWARD, _taken_up),
            Row(ev.BackAsked, "find_my_draft", _unpicked),
        )),
        Step("settle_draft", (
            Row(ev.SideChosen, None, _chosen, None, _is_asked),
            Row(ev.NextAsked, None, None, _settle, _all_decided),
            Row(ev.DeedRecorded, Fork("接着填", FIRST_OPEN, first_open), _settled),
            Row(ev.RetryAsked, None, None, _look_anew),
            Row(ev.DraftTakenUp, None, _again, None, _is_split),
            Row(ev.DraftTakenUp, Fork("接着填", FIRST_OPEN, first_open), _again),
            Row(ev.CaseChanged),  # what is being decided stands still; news come with the next look
            Row(ev.BackAsked, None, _taken_back, None, _any_decided),
        )),
    ),
)  # fmt: skip
