"""intake: find the case by card, slip or list; look at every material once; accept, and it goes on at once."""

from dataclasses import replace

from kiosk.audit import AuditKind
from kiosk.contracts.central_platform import FindCase
from kiosk.contracts.ledger import DecideAcceptance
from kiosk.domain.case import READY_STATES, OpeningCase
from kiosk.faults import Fault, FaultCode
from kiosk.rules import certificates, credit_code, registration_number
from kiosk.rules.materials import Mark
from kiosk.rules.scanned_code import CodeKind, kind_of
from kiosk.rules.slip_code import read_slip, typed_slip

from . import effects as do
from . import events as ev
from .customer import RATES, SIGNS_NOTICE
from .desk import INTAKE_STATES, Desk, DeskBusy, has_wants, open_marks, opened, unseen
from .form_entry import (
    apply_again,
    begin_new,
    begun,
    begun_noted,
    is_half_done,
    is_to_apply_again,
    new_one_taken_up,
    take_up,
    taken_up,
)
from .library import LIBRARY, look_in_library, offered
from .machine import Effect, Event, Fork, Journey, Row, Step
from .material_view import MATERIAL_VIEW
from .notices import everything, paper_of
from .preview import look
from .queue import arrived
from .recheck import begin_recheck, found_left, is_left, left_over
from .settle import any_split, begin_found, begin_oldest, is_of_found
from .shift_effects import LookForShift
from .shift_sheets import ASKS_FOR_SHEET
from .tray import read_tasks
from .window_papers import print_registration

CREDIT_CODE = 18  # characters


def _listed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.CasesListed)
    return replace(d, cases=e.cases)


def _card(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.CardRead)
    return replace(d, customer=e.card, brought=False, busy=DeskBusy.FINDING, fault=None)


def _looking(d: Desk, e: Event) -> Desk:
    return replace(d, brought=False, busy=DeskBusy.FINDING, fault=None)


def _brought(d: Desk, e: Event) -> Desk:
    return replace(_looking(d, e), brought=True)


def _by_card(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.CardRead)
    return (do.LookForCase(FindCase(cert_no=e.card.number)), do.WatchCard())


def _by_scan(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.CodeScanned)
    slip = read_slip(e.scan.text)
    return (do.LookForCase(FindCase(case_id=slip.case_id)),) if slip else ()


def _is_slip(d: Desk, e: Event) -> bool:
    return isinstance(e, ev.CodeScanned) and read_slip(e.scan.text) is not None


def _by_text(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.CodeTyped)
    return (do.LookForCase(FindCase(slip_code=typed_slip(e.text))),)


def _is_code(d: Desk, e: Event) -> bool:
    return isinstance(e, ev.CodeTyped) and typed_slip(e.text) is not None


def _company(d: Desk, e: Event) -> OpeningCase | None:
    """The open case of the company whose credit code was typed or read off its licence."""
    assert isinstance(e, ev.CodeTyped)
    number = certificates.normal(e.text)
    return next((case for case in d.cases if case.uscc and case.uscc == number), None)


def _is_company(d: Desk, e: Event) -> bool:
    return _company(d, e) is not None


def _by_company(d: Desk, e: Event) -> tuple[Effect, ...]:
    found = _company(d, e)
    return (do.LookForCase(FindCase(case_id=found.id)),) if found else ()


def _unknown_code(d: Desk, e: Event) -> Desk:
    """What was typed is none of our codes; if it is some number of a company, that is said."""
    assert isinstance(e, ev.CodeTyped)
    number = certificates.normal(e.text)
    code = FaultCode.CODE_UNREADABLE
    if registration_number.problem(number) is None:
        code = FaultCode.OLD_COMPANY_NUMBER
    elif len(number) == CREDIT_CODE:
        wrong = credit_code.problem(number) is not None
        code = FaultCode.CREDIT_CODE_WRONG if wrong else FaultCode.CASE_NOT_FOUND
    return replace(d, fault=Fault(code))


def _by_pick(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.CasePicked)
    return (do.LookForCase(FindCase(case_id=e.case_id)),)


def _unreadable(d: Desk, e: Event) -> Desk:
    """No slip. A web address was read well enough: scanning it again is of no use."""
    assert isinstance(e, ev.CodeScanned)
    foreign = kind_of(e.scan.text) is CodeKind.LINK
    return replace(d, fault=Fault(FaultCode.FOREIGN_CODE if foreign else FaultCode.CODE_UNREADABLE))


def _listen_again(d: Desk, e: Event) -> tuple[Effect, ...]:
    return (do.ScanCode(),)


def _any(d: Desk, e: Event) -> bool:
    return isinstance(e, ev.CasesFound) and bool(e.cases)


def _found(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.CasesFound)
    ready = [c for c in e.cases if c.state in READY_STATES]
    return opened(d, (ready or list(e.cases))[0])


def _not_found(d: Desk, e: Event) -> Desk:
    return replace(d, busy=None, customer=None, brought=False, fault=Fault(FaultCode.CASE_NOT_FOUND))


def _failed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.DeviceFailed | ev.PlatformFailed)
    return replace(d, busy=None, fault=e.fault)


def _listen(d: Desk) -> tuple[Effect, ...]:
    looks = (do.ListCases(), do.LookForHandover(), do.LookForSplits(), LookForShift(d.window), *read_tasks(d))
    return (*looks, do.ReadCard("customer"), do.ScanCode())


def _read_again(d: Desk, e: Event) -> tuple[Effect, ...]:
    return (do.StopDevices(), *_listen(d))


def _stop(d: Desk) -> tuple[Effect, ...]:
    return (do.StopDevices(),)


def _follow(d: Desk) -> tuple[Effect, ...]:
    return (do.FollowCase(d.case.id),) if d.case else ()


def _begin(d: Desk) -> tuple[Effect, ...]:
    return (*_follow(d), *look_in_library(d))


def _opened_noted(d: Desk, e: Event) -> tuple[Effect, ...]:
    return (do.Note(AuditKind.CASE_OPENED, (("by", "card" if d.customer else "slip"),)), *arrived(d))


def _judged(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.MaterialJudged)
    d = replace(d, fault=None)
    line = next((one for one in d.materials if one.id == e.material), None)
    held = line is not None and (line.proven or line.pages > 0 or offered(d, line) is not None)
    if held and Mark(e.mark) is Mark.MISSING:
        return replace(d, fault=Fault(FaultCode.MATERIAL_HELD))
    marks = tuple((key, mark) for key, mark in d.marks if key != e.material)
    return replace(d, marks=(*marks, (e.material, Mark(e.mark))))


def _may_accept(d: Desk, e: Event) -> bool:
    """Whoever accepts says that nothing will be asked for later: not while something in the form has to be mended."""
    undecided = d.deed is None and d.case is not None and d.case.state in INTAKE_STATES
    return undecided and open_marks(d) == 0 and not has_wants(d)


def _accept(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert d.case is not None and d.staff is not None
    deed = DecideAcceptance(d.case.id, d.case.version, "accept", d.staff.staff_ref, d.now)
    fields = (("decision", "accept"), ("version", str(d.case.version)))
    return (do.Record(deed, AuditKind.ACCEPTANCE_DECIDED, fields),)


def _may_give_notice(d: Desk, e: Event) -> bool:
    """Everything was looked at, so that everything can be said at once."""
    return has_wants(d) and unseen(d) == 0 and d.deed is None and d.case is not None and d.case.state in INTAKE_STATES


def _noticed(d: Desk, e: Event) -> Desk:
    return replace(d, notice=everything(d))


def _give_notice(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert d.case is not None and d.staff is not None
    deed = DecideAcceptance(d.case.id, d.case.version, "correction", d.staff.staff_ref, d.now, d.notice)
    fields = (("decision", "correction"), ("version", str(d.case.version)))
    return (do.Record(deed, AuditKind.ACCEPTANCE_DECIDED, fields),)


def _may_print(d: Desk, e: Event) -> bool:
    return bool(paper_of(d)) and d.busy is not DeskBusy.PRINTING


def _printing(d: Desk, e: Event) -> Desk:
    return replace(d, busy=DeskBusy.PRINTING, fault=None, sheet=None, preview=None)


def _print(d: Desk, e: Event) -> tuple[Effect, ...]:
    return paper_of(d)


def _is_registered(d: Desk, e: Event) -> bool:
    return bool(print_registration(d)) and d.busy is not DeskBusy.PRINTING


def _print_registration(d: Desk, e: Event) -> tuple[Effect, ...]:
    return print_registration(d)


def _printed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.SheetDone)
    return replace(d, sheet=e.printed, busy=None)


def _undecided(d: Desk, e: Event) -> bool:
    """What is recorded after the decision is the citizen's rating."""
    return d.deed is None


def _recorded(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.DeedRecorded)
    return replace(d, deed=e.status, truth=replace(d.truth, recorded=e.status.recorded_at), fault=None)


def desk_of(d: Desk) -> str:
    """Where an open case is worked on: intake, hand-over, or only looked at."""
    if d.case is not None and d.case.state in INTAKE_STATES:
        return "check_materials"
    if d.case is not None and d.case.state in READY_STATES:
        return "verify_recipient"
    return "see_case"


def _is_ready(d: Desk, e: Event) -> bool:
    return desk_of(d) == "verify_recipient"


_DESK_OF: Fork[Desk] = Fork("按办件状态", ("check_materials", "verify_recipient", "see_case"), desk_of)

INTAKE: Journey[Desk] = Journey(
    "intake",
    (
        Step("find_case", (
            Row(ev.CasesListed, None, _listed),
            Row(ev.DevicesAsked, "list_devices"),
            Row(ev.EntryAsked, None, None, begin_new),
            Row(ev.VisitBegun, "fill_form", begun, begun_noted),
            Row(ev.HandoverLooked, None, left_over),
            ASKS_FOR_SHEET,
            Row(ev.RecheckAsked, "recheck_handover", begin_recheck, None, is_left),
            Row(ev.CasesFound, "recheck_handover", begin_recheck, None, found_left),
            Row(ev.SettleAsked, "settle_draft", begin_oldest, None, any_split),
            Row(ev.CasesFound, "settle_draft", begin_found, _opened_noted, is_of_found),
            Row(ev.CardRead, None, _card, _by_card),
            Row(ev.CodeScanned, None, _brought, _by_scan, _is_slip),
            Row(ev.CodeScanned, None, _unreadable, _listen_again),
            Row(ev.CodeTyped, None, _brought, _by_text, _is_code),
            Row(ev.CodeTyped, None, _looking, _by_company, _is_company),
            Row(ev.CodeTyped, None, _unknown_code),
            Row(ev.CasePicked, None, _looking, _by_pick),
            Row(ev.CasesFound, _DESK_OF, _found, _opened_noted, _any),
            Row(ev.CasesFound, None, _not_found, _read_again),
            Row(ev.DeviceFailed, None, _failed),
            Row(ev.PlatformFailed, None, _failed, _read_again),
            Row(ev.RetryAsked, None, None, _read_again),
        ), enter=_listen, leave=_stop),
        Step("check_materials", (
            Row(ev.MaterialJudged, None, _judged),
            Row(ev.AcceptAsked, None, None, _accept, _may_accept),
            Row(ev.NoticeAsked, None, _noticed, _give_notice, _may_give_notice),
            Row(ev.DeedRecorded, None, _recorded, None, _undecided),
            *SIGNS_NOTICE,
            *RATES,
            *LIBRARY,
            *MATERIAL_VIEW,
            Row(ev.PlatformFailed, None, _failed),
            Row(ev.PaperAsked, None, _printing, _print, _may_print),
            look(lambda d, _: paper_of(d)),
            Row(ev.SheetDone, None, _printed),
            Row(ev.DeviceFailed, None, _failed),
            Row(ev.NextAsked, "find_case"),
            Row(ev.BackAsked, "find_case"),
        ), enter=_begin),
        Step("see_case", (
            Row(ev.HandoverAsked, "verify_recipient", when=_is_ready),
            Row(ev.PaperAsked, None, _printing, _print_registration, _is_registered),
            Row(ev.SheetDone, None, _printed),
            Row(ev.DeviceFailed, None, _failed),
            Row(ev.EntryAsked, None, None, take_up, is_half_done),
            Row(ev.EntryAsked, None, _looking, apply_again, is_to_apply_again),
            Row(ev.CasesFound, None, None, new_one_taken_up, _any),
            Row(ev.PlatformFailed, None, _failed),
            Row(ev.DraftTakenUp, "fill_form", taken_up),
            Row(ev.NextAsked, "find_case"),
            Row(ev.BackAsked, "find_case"),
        ), enter=_follow),
    ),
)  # fmt: skip
