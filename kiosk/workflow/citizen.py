"""The plan of the self-service terminal: home, the journeys, the farewell, and what holds on every screen."""

from dataclasses import replace
from datetime import datetime

from kiosk.audit import AuditKind
from kiosk.contracts.device import DeviceKind
from kiosk.contracts.ledger import Verdict
from kiosk.domain.case import CaseState
from kiosk.domain.help_call import HelpState
from kiosk.faults import Fault, FaultCode
from kiosk.rules.review import review
from kiosk.rules.slip import ACCEPTED_STATES

from . import effects as do
from . import errands as run
from . import events as ev
from .answers import of_this_case
from .draw_number import DRAW_NUMBER
from .give_feedback import GIVE_FEEDBACK
from .in_person import joins
from .later_items import LATER_ITEMS
from .machine import Effect, Event, Journey, Plan, Row, Step
from .open_business import IN_PERSON, OPEN_BUSINESS, ORDER
from .read_guides import READ_GUIDES
from .reprint import REPRINT
from .resume import RESUME
from .track_case import TRACK_CASE
from .visit import DEVICE_FAULTS, Busy, Clocked, Helper, LaterItems, Visit, to_sign_here

RESTING = ("home", "farewell")  # steps at which nobody is served
_FAREWELL_SECONDS = 6.0
_READING = {"present_id_card", "find_my_case", "find_my_draft", "find_my_slip", "find_company"}
_PRINTING = {"take_receipt", "take_copy", "see_number"}
_FILLING = frozenset(ORDER[: ORDER.index("submit")])


def arrive(v: Visit, step: str) -> Visit:
    """A new step begins with a clean slate; home and farewell know nothing of anybody."""
    if step == "home":  # a helper who was called is still coming to this terminal; after a farewell nobody is
        called = v.helper in _STAYS
        return Visit(v.now, language=v.language, helper=v.helper if called else None, help_call=v.help_call)
    if step == "farewell":
        code = v.slip_code if v.ended == "kept" else None
        return Visit(v.now, step=step, slip_code=code, ended=v.ended, language=v.language)
    if step == "verify_face" and v.step == "confirm_in_person":  # the page that a helper came to, as it was left
        return replace(v, step=step, busy=None, in_person=True, beside=None, idle_warned=False)
    v = replace(
        v,
        step=step,
        fault=None,
        busy=None,
        findings=(),
        idle_warned=False,
        signer=None,
        helper=v.helper if v.helper in _STAYS else None,
        gathering=None,
        link=None,
        social=None,
        in_person=False,
        beside=v.beside if step == "confirm_in_person" else None,
        paper=v.paper if step == "look_at_copy" else None,
    )
    if step == "check_answers":
        return replace(v, changing=False, mending="", findings=review(v.form, v.now.date()))
    if step in _READING:
        return replace(v, busy=Busy.CARD)
    if step == "verify_face":
        return replace(v, busy=Busy.FACE if v.verifying in v.face_consents else None)
    if step == "bank_appointment":
        return replace(v, busy=None if v.offers.branches else Busy.FINDING)
    if step == "sign":
        waiting = to_sign_here(v)
        return replace(v, signing=waiting[0].ref if waiting else None)
    if step == "book_collection":
        return replace(v, busy=Busy.FINDING, offers=replace(v.offers, collection=()))
    if step == "choose_company":
        return replace(v, busy=Busy.FINDING if v.later is not None and not v.later.companies else None)
    if step == "take_number":
        return replace(v, busy=Busy.NUMBER)
    if step in _PRINTING:
        return replace(v, busy=Busy.PRINTING)
    return v


def _begun(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.VisitBegun)
    visit = Visit(v.now, language=v.language, later=v.later, helper=v.helper, help_call=v.help_call)
    return replace(visit, case_id=e.case_id, slip_code=e.slip_code, division=e.division)


def _for_later(v: Visit, e: Event) -> Visit:
    return replace(v, later=LaterItems())


def _for_opening(v: Visit, e: Event) -> Visit:
    return replace(v, later=None)


def _is_later(v: Visit, e: Event) -> bool:
    return v.later is not None


def _later_noted(v: Visit, e: Event) -> tuple[Effect, ...]:
    return (do.Note(AuditKind.VISIT_BEGUN, (("journey", "later_items"),)),)


def _begin(v: Visit, e: Event) -> tuple[Effect, ...]:
    return (do.BeginVisit(),)


def _visit_noted(v: Visit, e: Event) -> tuple[Effect, ...]:
    return (do.Note(AuditKind.VISIT_BEGUN, (("journey", "open_business"),)),)


def _busy_with_somebody(v: Visit, e: Event) -> bool:
    return v.step not in RESTING


def is_worth_keeping(v: Visit) -> bool:
    """Whether there is a half-done case of this person."""
    return bool(v.form.people) and v.has_begun and v.deed is None and not v.proving


def _kept(v: Visit, e: Event) -> Visit:
    """Whoever leaves before submitting finds the case again under its slip code."""
    return replace(v, ended="kept" if is_worth_keeping(v) else "done")


def _keep_and_forget(v: Visit, e: Event) -> tuple[Effect, ...]:
    effects: tuple[Effect, ...] = (do.StopDevices(),)
    undecided = v.split is not None  # both sides' answers are kept already, and neither is to be taken for the other
    if v.ended == "kept" and v.case_id is not None and v.slip_code is not None and not undecided:
        effects += (do.KeepDraft(v.case_id, v.slip_code, v.form, v.step),)
    return (*effects, do.ForgetVisit(v.case_id, v.ended))


def _helper_informed(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.HelperInformed)
    return replace(v, helper=Helper.CALLED if e.reached else Helper.NOT_REACHED)


_OF_CALL = {HelpState.OPEN: Helper.CALLED, HelpState.ANSWERED: Helper.COMING, HelpState.JOINED: Helper.HERE}
# What is said of a helper on every screen until it is no longer true.
_STAYS = frozenset({*_OF_CALL.values(), Helper.WITHDRAWING, Helper.NOT_WITHDRAWN})


def _help_changed(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.HelpChanged)
    return replace(v, helper=_OF_CALL.get(e.call.state), help_call=e.call)


def _help_noted(v: Visit, e: Event) -> tuple[Effect, ...]:
    """Between these two entries whatever was touched here may have been the helper's hand; what a helper does on the
    platform stands there under the helper's own name."""
    noted = AuditKind.HELPER_JOINED if v.helper is Helper.HERE else AuditKind.HELPER_LEFT
    call = v.help_call
    return (do.NoteBeside(call.by, noted) if call is not None and call.by else do.Note(noted),)


def _is_old_news(v: Visit, e: Event) -> bool:
    """Answers may overtake each other: a call that has ended is not open again."""
    known = v.help_call
    assert isinstance(e, ev.HelpChanged)
    return known is not None and e.call.id == known.id and e.call.version < known.version


def _has_joined(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.HelpChanged) and e.call.state is HelpState.JOINED and v.helper is not Helper.HERE


def _has_gone(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.HelpChanged) and e.call.state is HelpState.DONE and v.helper is Helper.HERE


def _is_helped(v: Visit, e: Event) -> bool:
    """One bell is enough, however often it is touched: the list keeps whoever waits."""
    return v.helper not in (None, Helper.NOT_REACHED)


def is_expected(v: Visit) -> bool:
    """Whether somebody may still come who can be told not to."""
    return v.helper in (Helper.CALLED, Helper.COMING, Helper.NOT_WITHDRAWN)


def _may_withdraw(v: Visit, e: Event) -> bool:
    return is_expected(v)


def _withdrawing(v: Visit, e: Event) -> Visit:
    return replace(v, helper=Helper.WITHDRAWING)


def _withdraw(v: Visit, e: Event) -> tuple[Effect, ...]:
    return (do.WithdrawCall(), do.Note(AuditKind.HELP_WITHDRAWN, (("step", v.step),)))


def _is_withdrawing(v: Visit, e: Event) -> bool:
    return v.helper is Helper.WITHDRAWING


def _not_withdrawn(v: Visit, e: Event) -> Visit:
    return replace(v, helper=Helper.NOT_WITHDRAWN)


def _helper_called(v: Visit, e: Event) -> Visit:
    return replace(v, helper=Helper.CALLING, help_call=None)


def _recovered(v: Visit, e: Event) -> Visit:
    """The device is back: its fault goes, and the wait it interrupted is shown again."""
    if v.fault is None or v.fault.code not in DEVICE_FAULTS:
        return v
    if v.busy is Busy.SOCIAL_CARD:
        return replace(v, fault=None)
    busy = {
        "present_id_card": Busy.CARD,
        "find_my_case": Busy.CARD,
        "find_my_draft": Busy.CARD,
        "find_my_slip": Busy.CARD,
        "find_company": Busy.CARD,
        "verify_face": None if v.in_person else Busy.FACE,
    }.get(v.step)
    if v.step == "collect_materials" and v.gathering is not None and not v.gathering.by_phone:
        busy = Busy.PAGE
    return replace(v, fault=None, busy=busy or (Busy.PRINTING if v.step in _PRINTING else None))


def _call_helper(v: Visit, e: Event) -> tuple[Effect, ...]:
    return (do.CallHelper(v.step), do.Note(AuditKind.HELP_CALLED, (("step", v.step),)))


def _spoken(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.LanguageChosen)
    return replace(v, language=e.language)


def _warned(v: Visit, e: Event) -> Visit:
    return replace(v, idle_warned=True)


def _touched(v: Visit, e: Event) -> Visit:
    return replace(v, idle_warned=False)


def _not_kept(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.LedgerFailed)
    return replace(v, busy=None, fault=e.fault)


def _card_left(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.CardLeft)
    return _lies(v, e.reader, True)


def _card_taken(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.CardTaken)
    return _lies(v, e.reader, False)


def _lies(v: Visit, reader: DeviceKind, left: bool) -> Visit:
    social = reader is DeviceKind.SOCIAL_CARD_READER
    return replace(v, social_left=left) if social else replace(v, card_left=left)


def _news(v: Visit, e: Event) -> Visit:
    """Words follow the truth: each station of the truth line fills only when the ledger says so."""
    assert isinstance(e, ev.CaseChanged)
    if v.step in _FILLING:  # what was changed elsewhere too is asked about when it is to be submitted
        return replace(v, known=e.case, live=e.live)
    truth, deed, fault = v.truth, v.deed, v.fault
    if deed is not None:
        before = deed.fault
        deed = next((d for d in e.deeds if d.id == deed.id), deed)
        arrived = deed.verdict in (Verdict.ACCEPTED, Verdict.ALREADY_KNOWN)
        truth = Clocked(deed.recorded_at, deed.settled_at if arrived else None, _accepted(e))
        fault = deed.fault or (None if fault == before else fault)  # news of the case say nothing of a device
    elif e.case.state is not CaseState.DRAFT:
        truth = Clocked(None, None, _accepted(e))
    if e.split is not None:
        fault = Fault(FaultCode.DRAFT_SPLIT)
    return replace(v, known=e.case, live=e.live, deed=deed, truth=truth, fault=fault, split=e.split)


def _look_at_bank(v: Visit, e: Event) -> tuple[Effect, ...]:
    return run.ask_appointment(v) if v.step == "see_progress" else ()


def _accepted(e: ev.CaseChanged) -> datetime | None:
    return e.case.accepted_at if e.case.state in ACCEPTED_STATES else None


def _linger(v: Visit) -> tuple[Effect, ...]:
    return (do.Linger(_FAREWELL_SECONDS),)


AT_HOME: Journey[Visit] = Journey(
    "at_home",
    (
        Step("home", (
            Row(ev.NextAsked, None, _for_opening, _begin),
            Row(ev.LaterItemsAsked, None, _for_later, _begin),
            Row(ev.VisitBegun, "find_company", _begun, _later_noted, _is_later),
            Row(ev.VisitBegun, "give_consent", _begun, _visit_noted),
            Row(ev.TrackAsked, "find_my_case"),
            Row(ev.ResumeAsked, "find_my_draft"),
            Row(ev.ReprintAsked, "find_my_slip"),
            Row(ev.FeedbackAsked, "choose_topic"),
            Row(ev.GuidesAsked, "choose_guide"),
            Row(ev.QueueAsked, "choose_queue"),
        )),
        Step("farewell", (
            Row(ev.NextAsked, "home"),
            Row(ev.LingerOver, "home"),
        ), enter=_linger),
    ),
)  # fmt: skip

EVERYWHERE: tuple[Row[Visit], ...] = (
    Row(ev.LeaveAsked, "farewell", _kept, _keep_and_forget, _busy_with_somebody),
    Row(ev.TimedOut, "farewell", _kept, _keep_and_forget, _busy_with_somebody),
    Row(ev.ServiceStopped, "farewell", _kept, _keep_and_forget, _busy_with_somebody),
    Row(ev.HelpCalled, None, None, None, _is_helped),
    Row(ev.HelpCalled, None, _helper_called, _call_helper),
    Row(ev.HelperInformed, None, _helper_informed),
    Row(ev.HelpNotNeeded, None, _withdrawing, _withdraw, _may_withdraw),
    Row(ev.CallNotWithdrawn, None, _not_withdrawn, None, _is_withdrawing),
    Row(ev.HelpChanged, None, None, None, _is_old_news),
    Row(ev.HelpChanged, None, _help_changed, _help_noted, _has_joined),
    Row(ev.HelpChanged, None, _help_changed, _help_noted, _has_gone),
    Row(ev.HelpChanged, None, _help_changed, joins),
    Row(ev.DeviceRecovered, None, _recovered),
    Row(ev.IdleWarned, None, _warned, None, _busy_with_somebody),
    Row(ev.Touched, None, _touched),
    Row(ev.LanguageChosen, None, _spoken),
    Row(ev.LedgerFailed, None, _not_kept),
    Row(ev.CardLeft, None, _card_left, None, _busy_with_somebody),
    Row(ev.CardTaken, None, _card_taken),
    Row(ev.CaseChanged, None, _news, _look_at_bank, of_this_case),
)

CITIZEN: Plan[Visit] = Plan(
    "home",
    (
        AT_HOME,
        OPEN_BUSINESS,
        IN_PERSON,
        LATER_ITEMS,
        TRACK_CASE,
        RESUME,
        REPRINT,
        GIVE_FEEDBACK,
        READ_GUIDES,
        DRAW_NUMBER,
    ),
    EVERYWHERE,
    arrive,
)
