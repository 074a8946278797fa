"""reprint: the slip of a case that was submitted, once more on paper (补打), for whoever it belongs to.

A slip proves itself: whoever holds one gets the same again, with every name masked. A card may be a lost one: behind
it stands the face, or a helper. It is looked at before it is printed. In full stands only the name of whoever proved
to be the applicant.
"""

from dataclasses import replace

from kiosk.contracts.central_platform import FindCase
from kiosk.domain.case import CaseState, OpeningCase, OpeningForm
from kiosk.domain.document import Reader
from kiosk.faults import Fault, FaultCode
from kiosk.rules.slip_code import typed_slip

from . import answers as keep
from . import effects as do
from . import errands as run
from . import events as ev
from . import holder
from .looked_at import Preview
from .machine import Effect, Event, Journey, Row, Step
from .visit import Busy, Visit

_NOT_YET = frozenset({CaseState.DRAFT, CaseState.SIGNING})  # nothing was submitted, so there was no slip


def _printable(e: Event) -> tuple[OpeningCase, ...]:
    assert isinstance(e, ev.CasesFound)
    return tuple(case for case in e.cases if case.state not in _NOT_YET)


# find_my_slip
def _read_another(v: Visit, e: Event) -> tuple[Effect, ...]:
    return (do.ReadCard("reprint", anew=True),)


def _typed(v: Visit, e: Event) -> Visit:
    return replace(v, busy=Busy.FINDING, fault=None, card=None)


def _is_slip(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.CodeTyped) and typed_slip(e.text) is not None


def _by_code(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.CodeTyped)
    return (do.LookForCase(FindCase(slip_code=typed_slip(e.text))),)


def _not_found(v: Visit, e: Event) -> Visit:
    return replace(v, busy=None, fault=Fault(FaultCode.CASE_NOT_FOUND))


def _of_card(v: Visit, e: Event) -> bool:
    return v.card is not None and bool(_printable(e))


def _of_slip(v: Visit, e: Event) -> bool:
    return bool(_printable(e))


def _to_prove(v: Visit, e: Event) -> Visit:
    return replace(holder.to_prove(v), copies=_printable(e))


def _shown(v: Visit, e: Event) -> Visit:
    return replace(v, copies=_printable(e))


def _read(v: Visit) -> tuple[Effect, ...]:
    return (do.ReadCard("reprint"),)


def _read_again(v: Visit, e: Event) -> tuple[Effect, ...]:
    return _read(v)


# choose_copy, look_at_copy, take_copy
def _is_offered(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.CopyPicked) and any(case.id == e.case_id for case in v.copies)


def _picked(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.CopyPicked)
    case = next(case for case in v.copies if case.id == e.case_id)
    v = replace(v, known=case, case_id=case.id, slip_code=case.slip_code, receipt=None)
    return replace(v, paper=Preview(f"{case.id}-{_reader(v).value}-{v.language.value}"))


def _reader(v: Visit) -> Reader:
    """Whose eyes the paper is for: the applicant's, once the face has said so; else anybody's."""
    form = v.known.form if v.known else OpeningForm()
    applicant = form.person(form.applicant) if form.applicant else None
    proven = v.card is not None and not v.proving
    own = proven and applicant is not None and v.card is not None and applicant.cert_no == v.card.number
    return Reader.CITIZEN if own else Reader.PUBLIC


def _slip(v: Visit) -> do.PrintSlip:
    assert v.known is not None
    return do.PrintSlip(v.known, True, True, v.language, _reader(v))


def _show(v: Visit) -> tuple[Effect, ...]:
    """The job names case, reader and language: what was painted for other eyes is never taken for this."""
    assert v.paper is not None
    return (do.ShowSlip(_slip(v), v.paper.job),)


def _is_looked_at(v: Visit, e: Event) -> bool:
    assert isinstance(e, ev.PagesPainted | ev.PagesFailed)
    return v.paper is not None and v.paper.job == e.job


def _painted(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.PagesPainted)
    return replace(v, paper=Preview(e.job, e.pages))


def _unpainted(v: Visit, e: Event) -> Visit:
    """It can be printed all the same."""
    assert isinstance(e, ev.PagesFailed)
    return replace(v, paper=None, fault=e.fault)


def _print(v: Visit) -> tuple[Effect, ...]:
    return (_slip(v),)


def _print_again(v: Visit, e: Event) -> tuple[Effect, ...]:
    return _print(v)


def _ended(v: Visit, e: Event) -> Visit:
    return replace(v, ended="done")


REPRINT: Journey[Visit] = Journey(
    "reprint",
    (
        Step("find_my_slip", (
            Row(ev.CardRead, None, holder.laid, holder.look_by_card, holder.is_valid),
            Row(ev.CardRead, None, holder.expired, _read_another),
            Row(ev.CodeTyped, None, _typed, _by_code, _is_slip),
            Row(ev.CodeTyped, None, _not_found),
            Row(ev.CasesFound, "verify_face", _to_prove, None, _of_card),
            Row(ev.CasesFound, "choose_copy", _shown, None, _of_slip),
            Row(ev.CasesFound, None, _not_found),
            Row(ev.DeviceFailed, None, holder.failed),
            Row(ev.PlatformFailed, None, holder.failed),
            Row(ev.RetryAsked, None, holder.listening, _read_again),
            Row(ev.BackAsked, "home", None, run.stop_all),
        ), enter=_read, leave=run.stop_devices),
        Step("choose_copy", (
            Row(ev.CopyPicked, "look_at_copy", _picked, None, _is_offered),
        )),
        Step("look_at_copy", (
            Row(ev.PagesPainted, None, _painted, None, _is_looked_at),
            Row(ev.PagesFailed, None, _unpainted, None, _is_looked_at),
            Row(ev.NextAsked, "take_copy"),
            Row(ev.BackAsked, "choose_copy"),
        ), enter=_show),
        Step("take_copy", (
            Row(ev.ReceiptDone, None, keep.printed),
            Row(ev.DeviceFailed, None, holder.failed),
            Row(ev.RetryAsked, None, keep.printing, _print_again),
            Row(ev.BackAsked, "choose_copy"),
            Row(ev.NextAsked, "farewell", _ended, run.forget_done),
        ), enter=_print),
    ),
)  # fmt: skip
