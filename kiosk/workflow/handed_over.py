"""handed_over: the last step of the hand-over. The sheet, the other papers, the device's passwords, the rating."""

from dataclasses import replace

from kiosk.audit import AuditKind
from kiosk.domain.document import Document, word
from kiosk.rules.documents.called import relation
from kiosk.rules.documents.hand_over_sheet import hand_over_sheet
from kiosk.rules.documents.parts import Issuing

from . import effects as do
from . import events as ev
from .customer import RATES
from .desk import Desk, DeskBusy, recipient
from .machine import Effect, Event, Row, Step
from .preview import look
from .set_aside import device_of
from .window_papers import HANDED_PAPERS, papers_of, print_papers


def _device_failed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.DeviceFailed)
    return replace(d, busy=None, fault=e.fault)


def _print_sheet(d: Desk) -> tuple[Effect, ...]:
    person = recipient(d)
    if d.case is None or person is None or d.staff is None:
        return ()
    handed = {c.article_id for c in d.checks}
    case = replace(d.case, articles=tuple(a for a in d.case.articles if a.id in handed))

    def sheet(issuing: Issuing) -> Document:
        return hand_over_sheet(case, person, relation(case), issuing, word("handover.in_person"))

    return (do.PrintPaper("handover_sheet", f"{case.id}-handover", sheet, {"receiver": d.signature_png}),)


def _print_again(d: Desk, e: Event) -> tuple[Effect, ...]:
    return _print_sheet(d)


def _printing(d: Desk, e: Event) -> Desk:
    return replace(d, busy=DeskBusy.PRINTING, fault=None, sheet=None, preview=None)


def _with_device(d: Desk, e: Event) -> bool:
    return device_of(d) is not None and not d.passwords_changed


def _passwords(d: Desk, e: Event) -> Desk:
    return replace(d, passwords_changed=True)


def _passwords_noted(d: Desk, e: Event) -> tuple[Effect, ...]:
    device = device_of(d)
    return (do.Note(AuditKind.DEVICE_PASSWORDS_CHANGED, (("article", device.id),)),) if device else ()


def _printed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.SheetDone)
    if e.paper == HANDED_PAPERS:
        return replace(d, papers=e.printed, busy=None)
    return replace(d, sheet=e.printed, busy=None)


def may_print_papers(d: Desk) -> bool:
    """After the sheet that everybody signs; the printer does one thing at a time."""
    return d.busy is None and d.sheet is not None and bool(papers_of(d))


def _may_print_papers(d: Desk, e: Event) -> bool:
    return may_print_papers(d)


def _papers_asked(d: Desk, e: Event) -> Desk:
    return replace(d, busy=DeskBusy.PRINTING, fault=None, papers=None)


def _print_papers(d: Desk, e: Event) -> tuple[Effect, ...]:
    return print_papers(d)


HANDED: Step[Desk] = Step("handed_over", (
    Row(ev.SheetDone, None, _printed),
    Row(ev.DeviceFailed, None, _device_failed),
    Row(ev.RetryAsked, None, _printing, _print_again),
    look(lambda d, _: _print_sheet(d)),
    Row(ev.PaperAsked, None, _papers_asked, _print_papers, _may_print_papers),
    *RATES,
    Row(ev.PasswordsChanged, None, _passwords, _passwords_noted, _with_device),
    Row(ev.NextAsked, "find_case"),
), enter=_print_sheet)  # fmt: skip
