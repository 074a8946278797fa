"""The hand-over: who receives, what is expected against what was scanned, the signature, and what left the window."""

from difflib import SequenceMatcher

from kiosk.contracts.ledger import Verdict
from kiosk.contracts.printing import Printed
from kiosk.domain.article import Article, ArticleKind
from kiosk.domain.handover import Match
from kiosk.domain.ids import ArticleId, PersonRef
from kiosk.domain.item import Item
from kiosk.domain.private import mask_name, mask_number
from kiosk.rules.papers import article_number
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk, DeskBusy, all_equal, check_of, recipient
from kiosk.workflow.hand_over import bundle, may_confirm, permit_holds
from kiosk.workflow.machine import Event
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Sight, Touch

from .chrome import Page, key, scan_of

_ICONS = {Item.SETUP: "licence", Item.SEAL: "stamp", Item.INVOICE: "receipt"}
_STATES = {Match.WAITING: "scan", Match.EQUAL: "ok", Match.DIFFERENT: "stop"}
_PERMIT_SECONDS = 20 * 60
_PNG = b"\x89PNG\r\n\x1a\n"


# --- who ---
def verify_recipient(s: Sight[Desk]) -> Page:
    """The card, its validity, and whether this person may receive; the clerk compares face and card in person."""
    d = s.state
    assert d.case is not None
    busy, fits = d.busy in (DeskBusy.VERIFYING, DeskBusy.PREPARING), may_confirm(d)
    read = d.customer is not None
    valid = read and d.customer is not None and d.customer.valid_on(d.now.date())
    facts = (
        _fact(s, "read", read, s.say("verify_recipient.read_done" if read else "verify_recipient.read_wait")),
        _fact(s, "valid", valid, _customer_valid(s)),
        _fact(s, "person", recipient(d) is not None, s.say("verify_recipient.person_how")),
    )
    confirm = Action(
        "confirm", s.say("verify_recipient.confirm"), "primary", "people", fits and not busy,
        s.say("verify_recipient.missing"), busy, s.say("clerk.busy.verifying"), "Enter",
    )  # fmt: skip
    return Page(
        s.say("verify_recipient.title"),
        d.case.form.name.full,
        s.say("verify_recipient.meta", code=d.case.slip_code, uscc=d.case.uscc),
        {
            "who": mask_name(d.customer.name) if d.customer else s.say("verify_recipient.nobody"),
            "number": mask_number(d.customer.number) if d.customer else "",
            "waiting": not read,
            "how": s.say("verify_recipient.how"),
        },
        {"facts": facts},
        (confirm,),
        (
            key("confirm", "Enter", s.say("verify_recipient.confirm"), enabled=fits and not busy),
            key("retry", "F5", s.say("verify_recipient.another_card"), enabled=read and not busy),
            key("back", "Esc", s.say("clerk.to_desk"), enabled=not busy),
        ),
    )


def _fact(s: Sight[Desk], name: str, good: bool, more: str) -> Row:
    state = "ok" if good else "todo" if s.state.customer is None else "stop"
    return {"key": name, "state": state, "text": s.say(f"verify_recipient.{name}"), "more": more}


def _customer_valid(s: Sight[Desk]) -> str:
    card = s.state.customer
    if card is None:
        return ""
    return f"{card.valid_until:%Y-%m-%d}" if card.valid_until else s.say("clerk.long_term")


def recipient_event(touch: Touch[Desk]) -> Event | None:
    """The clerk stands for it in person."""
    return ev.RecipientConfirmed() if touch.name == "confirm" else None


# --- what ---
def check_bundle(s: Sight[Desk]) -> Page:
    """Expected left, read back right, verdict last; the seal button waits until everything fits."""
    d = s.state
    assert d.case is not None
    articles, equal = bundle(d), all_equal(d)
    fitting = sum(1 for c in d.checks if c.match is Match.EQUAL)
    left = len(d.checks) - fitting
    preparing = d.handover is None
    sign = Action(
        "next", s.say("check_bundle.sign"), "primary", "pencil", equal,
        s.say("check_bundle.left", n=left) if not preparing else s.say("clerk.busy.preparing"),
        d.busy is DeskBusy.PREPARING, s.say("clerk.busy.preparing"), "F12",
    )  # fmt: skip
    wrong = next((c for c in d.checks if c.match is Match.DIFFERENT), None)
    active = next((a for a in articles if a.id == d.active), None)
    device = active is not None and active.kind is ArticleKind.TAX_DEVICE
    return Page(
        s.say("check_bundle.title"),
        d.case.form.name.full,
        s.say("check_bundle.meta", code=d.case.slip_code, uscc=d.case.uscc),
        {
            **_permit(s),
            "recipient": s.say("check_bundle.recipient", who=mask_name(d.customer.name) if d.customer else ""),
            "tally": s.say("check_bundle.tally", n=fitting, all=len(d.checks)),
            "tallyMore": s.say("check_bundle.tally_done" if equal else "check_bundle.tally_more"),
            "typing": s.note("typing") == "yes",
            "typedHint": s.say("check_bundle.typed_hint"),
            "scanHint": s.say("check_bundle.scan_device" if device else "check_bundle.scan_hint"),
            "leaving": s.note("leaving") == "yes",
        },
        {"rows": tuple(_rows(s, articles)), "columns": _columns(s)},
        (sign,),
        (
            key("next", "F12", s.say("check_bundle.sign"), enabled=equal),
            key("typing", "F4", s.say("check_bundle.type"), enabled=not preparing and not equal),
            key("again", "F6", s.say("check_bundle.again"), enabled=wrong is not None or device),
            key("retry", "F5", s.say("clerk.retry"), enabled=preparing and d.busy is None),
            key("leaving", "Esc", s.say("check_bundle.leave")),
        ),
    )


def _permit(s: Sight[Desk]) -> dict[str, object]:
    permit = s.state.handover.permit if s.state.handover else None
    if permit is None:
        return {"permitShown": False, "permitEnds": "", "permitUntil": 0.0, "permitAll": _PERMIT_SECONDS}
    at = permit.expires_at
    return {
        "permitShown": True,
        "permitEnds": s.say("check_bundle.permit_ends", at=f"{at:%H:%M}"),
        "permitUntil": at.timestamp() * 1000,
        "permitAll": _PERMIT_SECONDS,
    }


def _columns(s: Sight[Desk]) -> tuple[Row, ...]:
    places = (("group", 60), ("article", 168), ("expected", 356), ("found", 650), ("verdict", 960))
    return tuple(
        {"key": name, "title": s.say(f"check_bundle.column.{name}"), "x": x, "bold": name == "group"}
        for name, x in places
    )


def _rows(s: Sight[Desk], articles: tuple[Article, ...]) -> list[Row]:
    rows: list[Row] = []
    last = ""
    for article in articles:
        group = s.say(f"check_bundle.group.{_group(article)}")
        if article.kind is ArticleKind.TAX_DEVICE:
            rows += _device_rows(s, article, group)
        else:
            rows.append(_row(s, article, group, group != last))
        last = group
    return rows


def _group(article: Article) -> str:
    return "device" if article.kind is ArticleKind.TAX_DEVICE else article.item.value


def _row(s: Sight[Desk], article: Article, group: str, first: bool) -> Row:
    d, check = s.state, check_of(s.state, article.id)
    name = s.say(f"article.{article.use.value if article.use else article.kind.value}")
    if article.count > 1:
        name = s.say("article.volume", n=article.count)
    wrong = check.match is Match.DIFFERENT
    row = {
        "key": article.id,
        "group": group,
        "groupIcon": _ICONS.get(article.item, ""),
        "first": first,
        "cells": {
            "group": group if first else "",
            "article": name,
            "expected": article_number(article),
            "found": check.found,
        },
        "state": _STATES[check.match],
        "verdict": s.say(f"match.{check.match.value}"),
        "active": d.active == article.id,
        "scan": "" if wrong else "found",
    }
    return {**row, "parts": {"found": _differences(article.serial, check.found)}} if wrong else row


def _device_rows(s: Sight[Desk], article: Article, group: str) -> list[Row]:
    """Three lines for one device: number, credit code, holder; each against what was read back."""
    d, check = s.state, check_of(s.state, article.id)
    read = d.readout
    assert d.case is not None
    lines = (
        ("number", article.serial, read.number if read else ""),
        ("uscc", d.case.uscc, read.uscc if read else ""),
        ("holder", d.case.form.name.full, read.holder if read else ""),
    )
    rows: list[Row] = []
    for n, (name, wanted, found) in enumerate(lines):
        match = Match.WAITING if read is None else Match.EQUAL if wanted == found else Match.DIFFERENT
        row: dict[str, object] = {
            "key": article.id if n == 0 else f"{article.id}.{name}",
            "group": group,
            "groupIcon": "device",
            "first": n == 0,
            "cells": {
                "group": group if n == 0 else "",
                "article": s.say(f"article.device.{name}"),
                "expected": wanted,
                "found": found,
            },
            "state": _STATES[match],
            "verdict": s.say("match.reading" if match is Match.WAITING else f"match.{match.value}"),
            "active": n == 0 and d.active == article.id and check.match is Match.WAITING,
            "scan": "found" if match is Match.WAITING else "",
        }
        if match is Match.DIFFERENT:
            row["parts"] = {"found": _differences(wanted, found or s.say("match.empty"))}
        rows.append(row)
    return rows


def _differences(wanted: str, found: str) -> list[dict[str, object]]:
    """The found text in pieces, with the pieces that are not as expected marked."""
    pieces: list[dict[str, object]] = []
    for tag, _, _, start, end in SequenceMatcher(None, wanted, found, autojunk=False).get_opcodes():
        if start < end:
            pieces.append({"text": found[start:end], "wrong": tag != "equal"})
    return pieces or [{"text": found, "wrong": True}]


def bundle_event(touch: Touch[Desk]) -> Event | None:
    """Scans by wedge or by hand, another try, and the way back that puts everything into the safe."""
    d = touch.sight.state
    if touch.name == "scanned" and isinstance(touch.payload, dict):
        return ev.CodeScanned(scan_of(str(touch.payload.get("text", ""))))
    if touch.name == "typed" and touch.sight.note("code"):
        return ev.CodeTyped(touch.sight.note("code"))
    if touch.name == "again" and d.active:
        return ev.ArticleRetried(d.active)
    if touch.name == "abort":
        return ev.AbortAsked("returned_to_safe")
    verb, _, article = touch.name.partition(".")
    known = any(c.article_id == article for c in d.checks)
    return ev.ArticleRetried(ArticleId(article)) if verb == "row" and known else None


# --- signed for ---
def sign_handover(s: Sight[Desk]) -> Page:
    """What is signed for, the pad, and the red button."""
    d = s.state
    assert d.case is not None
    signed, holds = d.signature is not None, permit_holds(d)
    give = Action(
        "hand_over", s.say("sign_handover.give"), "seal", "stamp", signed and holds and d.deed is None,
        s.say("sign_handover.unsigned" if not signed else "sign_handover.permit_over"),
        d.busy is DeskBusy.SIGNATURE, s.say("clerk.busy.signature"), "F12",
    )  # fmt: skip
    return Page(
        s.say("sign_handover.title"),
        d.case.form.name.full,
        s.say("sign_handover.meta", n=len(d.checks)),
        {
            **_permit(s),
            "who": mask_name(d.customer.name) if d.customer else "",
            "signFor": s.say("sign_handover.sign_for", who=mask_name(d.customer.name) if d.customer else ""),
            "signed": signed,
            "said": s.say("sign_handover.signed" if signed else "sign_handover.please"),
            "leaving": s.note("leaving") == "yes",
        },
        {"goods": tuple(_goods(s))},
        (give,),
        (
            key("hand_over", "F12", s.say("sign_handover.give"), enabled=signed and holds and d.deed is None),
            key("leaving", "Esc", s.say("check_bundle.leave")),
        ),
    )


def _goods(s: Sight[Desk]) -> list[Row]:
    d = s.state
    handed = {c.article_id for c in d.checks}
    return [
        {
            "key": a.id,
            "icon": "device" if a.kind is ArticleKind.TAX_DEVICE else _ICONS.get(a.item, "check"),
            "text": s.say(f"article.{a.use.value if a.use else a.kind.value}"),
            "number": article_number(a),
        }
        for a in (d.case.articles if d.case else ())
        if a.id in handed
    ]


def signature_event(touch: Touch[Desk]) -> Event | None:
    """The signature as a picture, the hand-over, or everything back into the safe."""
    if touch.name == "signed" and isinstance(touch.payload, bytes) and touch.payload.startswith(_PNG):
        return ev.SignatureDrawn(PersonRef("recipient"), touch.payload)
    if touch.name == "hand_over":
        return ev.HandOverAsked()
    return ev.AbortAsked("returned_to_safe") if touch.name == "abort" else None


def handed_over(s: Sight[Desk]) -> Page:
    """Recorded, sent, confirmed; the sheet; and the next customer."""
    d = s.state
    assert d.case is not None
    printing = d.busy is DeskBusy.PRINTING
    sheet = (
        "printing" if printing else "unknown" if d.sheet is Printed.UNKNOWN else "printed" if d.sheet else "failed"
    )
    arrived = d.deed is not None and d.deed.verdict in (Verdict.ACCEPTED, Verdict.ALREADY_KNOWN)
    stations = (
        _station(
            s, "recorded", d.truth.recorded is not None, f"{d.truth.recorded:%H:%M:%S}" if d.truth.recorded else ""
        ),
        _station(s, "confirmed", arrived, f"{d.truth.sent:%H:%M:%S}" if d.truth.sent else ""),
    )
    return Page(
        s.say("handed_over.title"),
        d.case.form.name.full,
        s.say("handed_over.meta", code=d.case.slip_code),
        {
            "sheet": s.say(f"handed_over.sheet.{sheet}"),
            "sheetState": {"printed": "ok", "printing": "now"}.get(sheet, "wait"),
            "said": s.say("handed_over.said" if arrived else "handed_over.offline"),
            "passwords": s.say("handed_over.passwords"),
        },
        {"goods": tuple(_goods(s)), "stations": stations},
        (Action("next", s.say("clerk.next_customer"), "primary", "arrow-right", key="Enter"),),
        (
            key("next", "Enter", s.say("clerk.next_customer")),
            key("retry", "F8", s.say("handed_over.print_again"), enabled=not printing),
        ),
    )


def _station(s: Sight[Desk], name: str, done: bool, at: str) -> Row:
    return {"key": name, "done": done, "text": s.say(f"handed_over.{name}"), "at": at}
