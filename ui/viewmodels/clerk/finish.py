"""Signed for and handed over: the pad, the red button, the platform's word, and the sheet."""

from kiosk.contracts.ledger import Verdict
from kiosk.contracts.printing import Printed
from kiosk.domain.article import ArticleKind
from kiosk.domain.ids import PersonRef
from kiosk.domain.private import mask_name
from kiosk.faults import FaultCode
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk, DeskBusy
from kiosk.workflow.hand_over import permit_holds
from kiosk.workflow.handed_over import may_print_papers
from kiosk.workflow.machine import Event
from kiosk.workflow.set_aside import device_of
from ui.viewmodels.naming import article_name, business
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Sight, Touch

from .bundle import ICONS, number_of, permit
from .chrome import LEAVING, Page, key

_PNG = b"\x89PNG\r\n\x1a\n"
_ARRIVED = (Verdict.ACCEPTED, Verdict.ALREADY_KNOWN)
# What no second touch of the red button changes: this permit is of no use any more.
_BARRING = frozenset({
    FaultCode.PERMIT_INVALID, FaultCode.PERMIT_ELSEWHERE, FaultCode.PERMIT_BEFORE_RESTART,
    FaultCode.PERMIT_OTHER_CLERK, FaultCode.PERMIT_EXPIRED,
})  # fmt: skip
_SHEET_STATES = {"printed": "ok", "printing": "now"}


def sign_handover(s: Sight[Desk]) -> Page:
    """What is signed for, the pad, and the red button. Whoever draws it anew takes the old one back first."""
    d = s.state
    assert d.case is not None
    drawn, keeping = s.note("drawn") == "yes", d.busy is DeskBusy.SIGNATURE
    signed, holds = d.signature is not None and not keeping, permit_holds(d)
    barred = d.fault is not None and d.fault.code in _BARRING
    ready = signed and holds and d.deed is None and not barred
    give = Action(
        "hand_over", s.say("sign_handover.give"), "seal" if signed else "secondary", "stamp", ready,
        s.say(f"sign_handover.{'permit_over' if not holds else 'barred' if barred else 'unsigned'}"), key="F12",
    )  # fmt: skip
    keep = Action(
        "signed", s.say("sign_handover.keep"), "primary", "check", drawn or keeping,
        s.say("sign_handover.undrawn"), keeping, s.say("clerk.busy.signature"), "Enter",
    )  # fmt: skip
    leave = key("leaving", "Esc", s.say("check_bundle.leave"))
    said = "permit_over" if not holds else "barred" if barred else "signed" if signed else "please"
    return Page(
        s.say("sign_handover.title"),
        business(d.case.form, s.words),
        s.say("sign_handover.meta", n=len(d.checks)),
        {
            **permit(s),
            "signFor": s.say("sign_handover.sign_for", who=mask_name(d.customer.name) if d.customer else ""),
            "signed": signed,
            "keeping": keeping,
            "said": s.say(f"sign_handover.said.{said}"),
            "saidMore": s.say(f"sign_handover.more.{said}"),
        },
        {"goods": goods(s)},
        (give,) if signed else (give, keep),
        (
            key("signed", "Enter", s.say("sign_handover.keep"), enabled=drawn and not keeping and not signed),
            key("anew", "F6", s.say("sign_handover.anew"), enabled=signed and d.deed is None),
            key("hand_over", "F12", s.say("sign_handover.give"), enabled=ready),
            leave,
        ),
        leave if barred or not holds else None,
    )


def goods(s: Sight[Desk]) -> tuple[Row, ...]:
    """What goes over the counter, each with its number."""
    d = s.state
    handed = {c.article_id for c in d.checks}
    rows = []
    for article in d.case.articles if d.case else ():
        if article.id in handed:
            device = article.kind is ArticleKind.TAX_DEVICE
            rows.append({
                "key": article.id,
                "icon": "tax-device" if device else ICONS.get(article.item, "box"),
                "text": article_name(article, s.words),
                "number": number_of(s, article),
            })  # fmt: skip
    return tuple(rows)


def signature_event(touch: Touch[Desk]) -> Event | None:
    """The signature as a picture, the hand-over, or everything back into the safe."""
    png = touch.payload.get("png") if isinstance(touch.payload, dict) else None
    if touch.name == "signed" and isinstance(png, bytes) and png.startswith(_PNG):
        return ev.SignatureDrawn(PersonRef("recipient"), png)
    if touch.name == "anew":
        return ev.SignatureDropped()
    if touch.name == "hand_over" and touch.sight.state.busy is None:
        return ev.HandOverAsked()
    return LEAVING if touch.name == "abort" else None


def handed_over(s: Sight[Desk]) -> Page:
    """Recorded, sent, confirmed; the sheet; and the next customer."""
    d = s.state
    assert d.case is not None
    printing = d.busy is DeskBusy.PRINTING
    sheet = "unknown" if d.sheet is Printed.UNKNOWN else "printed" if d.sheet else "failed"
    with_sheet = printing and d.sheet is None
    sheet = "printing" if with_sheet else sheet
    papers = "printed" if d.papers is Printed.PRINTED else "unknown" if d.papers else "open"
    papers = "printing" if printing and not with_sheet else papers
    arrived = d.deed is not None and d.deed.verdict in _ARRIVED
    refused = d.deed is not None and d.deed.verdict in (Verdict.REFUSED, Verdict.GAVE_UP)
    said = "said" if arrived else "parked" if refused else "sending" if s.scene.online else "offline"
    again = key("retry", "F8", s.say("handed_over.print_again"), enabled=not printing)
    recorded, sent = d.truth.recorded, d.truth.sent if arrived else None
    waits = s.say("handed_over.waits") if said in ("sending", "offline") else ""
    kept_at, sent_at = (f"{at:%H:%M:%S}" if at else "" for at in (recorded, sent))
    stations = (
        _station(s, "recorded", "done" if recorded else "waiting", kept_at, "save"),
        _station(
            s, "confirmed" if arrived else "awaited", "seal" if arrived else "waiting", sent_at or waits, "stamp"
        ),
    )
    device = device_of(d) is not None
    changed = "changed" if d.passwords_changed else "open"
    return Page(
        s.say("handed_over.title" if arrived else "handed_over.title_recorded"),
        business(d.case.form, s.words),
        s.say("handed_over.meta", code=d.case.slip_code),
        {
            "sheet": s.say(f"handed_over.sheet.{sheet}"),
            "sheetState": _SHEET_STATES.get(sheet, "wait"),
            "said": s.say(f"handed_over.{said}"),
            "saidMore": s.say("handed_over.goodbye"),
            "passwords": s.say(f"handed_over.passwords_{changed}") if device else "",
            "passwordsState": "ok" if d.passwords_changed else "wait",
            "papers": s.say(f"handed_over.papers.{papers}"),
            "papersState": _SHEET_STATES.get(papers, "todo" if papers == "open" else "wait"),
        },
        {"goods": goods(s), "stations": stations},
        (Action("next", s.say("clerk.next_customer"), "primary", "arrow-right", key="Enter"),),
        (
            key("next", "Enter", s.say("clerk.next_customer")),
            again,
            key("look", "F6", s.say("paper.look"), enabled=not printing),
            key("paper", "F10", s.say("handed_over.print_papers"), enabled=may_print_papers(d)),
            key("passwords", "F7", s.say("handed_over.passwords_done"), enabled=device and not d.passwords_changed),
        ),
        again if not printing else None,
    )


def _station(s: Sight[Desk], name: str, state: str, at: str, icon: str) -> Row:
    return {"key": name, "state": state, "text": s.say(f"handed_over.{name}"), "at": at, "icon": icon}


def handed_event(touch: Touch[Desk]) -> Event | None:
    """The recipient has changed the device's factory passwords; the other papers are wanted."""
    if touch.name == "paper":
        return ev.PaperAsked()
    return ev.PasswordsChanged() if touch.name == "passwords" else None
