"""The bundle: what is expected against what was scanned or read back, article by article, until everything fits."""

from difflib import SequenceMatcher

from kiosk.domain.article import Article, ArticleKind
from kiosk.domain.document import Language
from kiosk.domain.handover import Match
from kiosk.domain.ids import ArticleId
from kiosk.domain.item import Item
from kiosk.domain.private import mask_name, mask_number
from kiosk.faults import FaultCode
from kiosk.rules.documents.articles import article_number
from kiosk.rules.documents.words import say
from kiosk.rules.permits import MARGIN
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk, DeskBusy, all_equal, check_of
from kiosk.workflow.hand_over import bundle, may_put_aside
from kiosk.workflow.machine import Event
from kiosk.workflow.set_aside import device_of
from ui.viewmodels.naming import business
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Sight, Touch

from .chrome import LEAVING, Page, column, key, scan_of

ICONS = {Item.SETUP: "licence", Item.SEAL: "stamp", Item.INVOICE: "receipt"}
_STATES = {Match.WAITING: "todo", Match.EQUAL: "ok", Match.DIFFERENT: "stop"}
_PERMIT_SECONDS = 20 * 60
_OF_THE_DEVICE = frozenset({
    FaultCode.NO_TAX_DEVICE, FaultCode.TAX_DEVICE_UNREADABLE, FaultCode.TAX_DEVICE_MISMATCH, FaultCode.WRONG_CARD,
    FaultCode.TAX_DEVICE_OTHER, FaultCode.TAX_DEVICE_STILL_BLANK,
    FaultCode.TWO_TAX_DEVICES, FaultCode.DEVICE_FAILED,
    FaultCode.CARD_REMOVED, FaultCode.CARD_READ_FAILED, FaultCode.SMART_CARD_READER_ABSENT,
    FaultCode.SMART_CARD_SERVICE_DOWN, FaultCode.DEVICE_BUSY,
})  # fmt: skip


def check_bundle(s: Sight[Desk]) -> Page:
    """Expected left, read back right, verdict last; the signature waits until everything fits."""
    d = s.state
    assert d.case is not None
    articles, equal, preparing = bundle(d), all_equal(d), d.handover is None
    fitting = sum(1 for c in d.checks if c.match is Match.EQUAL)
    waits = s.say("check_bundle.not_prepared" if preparing else "check_bundle.left", n=len(d.checks) - fitting)
    busy = d.busy is DeskBusy.PREPARING
    sign = Action(
        "next", s.say("check_bundle.sign"), "primary", "pencil", equal or busy, waits, busy,
        s.say("clerk.busy.preparing"), "F12",
    )  # fmt: skip
    active = next((a for a in articles if a.id == d.active), None)
    plugs = active is not None and active.kind is ArticleKind.TAX_DEVICE
    typing = s.note("typing") == "yes" and active is not None and not plugs and not equal
    tally = s.say("check_bundle.tally", n=fitting, all=len(d.checks))
    if preparing:
        tally = s.say("check_bundle.preparing" if busy else "check_bundle.tally_none")
    more = "preparing" if busy else "not_prepared" if preparing else "done" if equal else "more"
    keys = _keys(s, equal, typing, active is not None and not plugs)
    mend = next((k for k in keys if k["action"] in ("again", "retry") and k["enabled"]), None)
    return Page(
        s.say("check_bundle.title"),
        business(d.case.form, s.words),
        s.say("check_bundle.meta", code=d.case.slip_code, uscc=d.case.uscc),
        {
            **permit(s),
            "recipient": s.say("check_bundle.recipient", who=mask_name(d.customer.name) if d.customer else ""),
            "number": mask_number(d.customer.number) if d.customer else "",
            "verified": s.say("check_bundle.verified", who=d.staff.name if d.staff else ""),
            "tally": tally,
            "tallyMore": s.say(f"check_bundle.tally_{more}"),
            "columns": _columns(s),
            "typing": typing,
            **aside_question(s),
            "typedHint": s.say("check_bundle.typed_hint"),
            "scanHint": s.say("check_bundle.scan_device" if plugs else "check_bundle.scan_hint"),
        },
        {"rows": tuple(_rows(s, articles))},
        (sign,),
        keys,
        mend,
    )


def _keys(s: Sight[Desk], equal: bool, typing: bool, scans: bool) -> tuple[Row, ...]:
    d = s.state
    waiting = any(c.match is Match.WAITING and c.article_id != d.active for c in d.checks)
    if typing:
        return (
            key("typed", "Enter", s.say("check_bundle.typed"), enabled=bool(s.note("code").strip())),
            key("typing", "Esc", s.say("check_bundle.scan_instead")),
        )
    return (
        key("next", "F12", s.say("check_bundle.sign"), enabled=equal),
        key("up", "Up", s.say("clerk.up"), enabled=waiting),
        key("down", "Down", s.say("clerk.down"), enabled=waiting),
        key("typing", "F4", s.say("check_bundle.type"), enabled=scans and not equal),
        key("again", "F6", s.say("check_bundle.again"), enabled=_again(d) is not None),
        key("retry", "F5", s.say("clerk.retry"), enabled=d.handover is None and d.busy is None),
        key("ask_aside", "F8", s.say("devices.aside"), enabled=may_put_aside(d)),
        key("leaving", "Esc", s.say("check_bundle.leave")),
    )


def _again(d: Desk) -> ArticleId | None:
    """Which article F6 takes up anew: one that differs, else the tax device when it was not read."""
    if d.handover is None:
        return None
    wrong = [c.article_id for c in d.checks if c.match is Match.DIFFERENT]
    if wrong:
        return d.active if d.active in wrong else wrong[0]
    device = next((a.id for a in bundle(d) if a.kind is ArticleKind.TAX_DEVICE), None)
    waiting = device is not None and check_of(d, device).match is Match.WAITING
    failed = d.fault is not None and d.fault.code in _OF_THE_DEVICE
    return device if waiting and (failed or d.active == device) else None


def _beside(d: Desk, step: int) -> ArticleId | None:
    """The next article up or down that still waits; what differs keeps its finding until F6."""
    ids = [c.article_id for c in d.checks]
    waiting = [n for n, c in enumerate(d.checks) if c.match is Match.WAITING and c.article_id != d.active]
    if not waiting:
        return None
    at = ids.index(d.active) if d.active in ids else -1
    in_order = waiting if step > 0 else waiting[::-1]
    return ids[next((n for n in in_order if (n - at) * step > 0), in_order[0])]


def aside_question(s: Sight[Desk]) -> dict[str, object]:
    """Whether the device in the bundle is to be put aside, and what that means for the rest of it."""
    device = device_of(s.state)
    return {
        "asking": s.note("aside") == "yes" and may_put_aside(s.state),
        "askTitle": s.say("check_bundle.aside_title"),
        "askWords": s.say("check_bundle.aside_words", n=device.serial if device else ""),
    }


def permit(s: Sight[Desk]) -> dict[str, object]:
    """How long there is time to hand over: until the permit's last minute, which belongs to the platform."""
    held = s.state.handover.permit if s.state.handover else None
    if held is None:
        return {"permitShown": False, "permitEnds": "", "permitUntil": 0.0, "permitAll": _PERMIT_SECONDS}
    at = (held.expires_at - MARGIN).astimezone(s.state.now.tzinfo)
    return {
        "permitShown": True,
        "permitEnds": s.say("check_bundle.permit_ends", at=f"{at:%H:%M}"),
        "permitUntil": at.timestamp() * 1000,
        "permitAll": _PERMIT_SECONDS,
    }


def _columns(s: Sight[Desk]) -> list[Row]:
    places = (
        ("group", 56, 54), ("article", 164, 174), ("expected", 352, 366), ("found", 650, 650), ("verdict", 960, 946),
    )  # fmt: skip
    return [column(f"check_bundle.column.{name}", s, x, large, name == "group") for name, x, large in places]


def _rows(s: Sight[Desk], articles: tuple[Article, ...]) -> list[Row]:
    rows: list[Row] = []
    last = ""
    for article in articles:
        group = s.say(f"check_bundle.group.{group_of(article)}")
        if article.kind is ArticleKind.TAX_DEVICE:
            rows += _device_rows(s, article, group)
        else:
            rows.append(_row(s, article, group, group != last))
        last = group
    return rows


def number_of(s: Sight[Desk], article: Article) -> str:
    """The article's number as it stands on every paper."""
    return say(article_number(article), Language(s.words.language))


def group_of(article: Article) -> str:
    """Under which heading of the bundle an article stands."""
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
        "groupIcon": ICONS.get(article.item, ""),
        "first": first,
        "cells": {
            "group": group if first else "",
            "article": name,
            "expected": number_of(s, article),
            "found": check.found,
        },
        "state": "scan" if d.active == article.id and not wrong else _STATES[check.match],
        "verdict": s.say(f"goods.{check.problem.value}") if check.problem else _verdict(s, check.match),
        "active": d.active == article.id,
        "scan": "" if wrong else "found",
    }
    return {**row, "parts": {"found": differences(article.serial, check.found)}} if wrong else row


def _verdict(s: Sight[Desk], match: Match) -> str:
    """Nothing is waited for before the platform has given its leave."""
    return "" if s.state.handover is None else s.say(f"match.{match.value}")


def _reading(match: Match) -> str:
    return "match.reading" if match is Match.WAITING else f"match.{match.value}"


def _device_rows(s: Sight[Desk], article: Article, group: str) -> list[Row]:
    """Three lines for one device: number, credit code, holder; each against what was read back."""
    d, check = s.state, check_of(s.state, article.id)
    read = d.readout
    assert d.case is not None
    lines = (
        ("number", article.serial, read.number if read else ""),
        ("uscc", d.case.uscc, read.uscc if read else ""),
        ("holder", d.case.form.holder, read.holder if read else ""),
    )
    own = d.case.form.is_nameless  # in whose name it is: then a person's
    no_number = f"goods.{check.problem.value}" if check.problem else ""
    rows: list[Row] = []
    for n, (name, wanted, found) in enumerate(lines):
        shown = mask_name if own and name == "holder" else str
        match = Match.WAITING if read is None else Match.EQUAL if wanted == found else Match.DIFFERENT
        row: dict[str, object] = {
            "key": article.id if n == 0 else f"{article.id}.{name}",
            "group": group,
            "groupIcon": "tax-device",
            "first": n == 0,
            "cells": {
                "group": group if n == 0 else "",
                "article": s.say(f"article.device.{name}"),
                "expected": shown(wanted),
                "found": shown(found),
            },
            "state": "now" if n == 0 and d.active == article.id and match is Match.WAITING else _STATES[match],
            "verdict": "" if d.handover is None else s.say(_reading(match) if n or not no_number else no_number),
            "active": n == 0 and d.active == article.id and check.match is Match.WAITING,
            "scan": "found" if match is Match.WAITING else "",
            "scanIcon": "tax-device",
        }
        if match is Match.DIFFERENT:
            row["parts"] = {"found": differences(shown(wanted), shown(found) or s.say("match.empty"))}
        rows.append(row)
    return rows


def differences(wanted: str, found: str) -> list[dict[str, object]]:
    """The found text in pieces, with the pieces that are not as expected marked."""
    pieces: list[dict[str, object]] = []
    for tag, _, _, start, end in SequenceMatcher(None, wanted, found, autojunk=False).get_opcodes():
        if start < end:
            pieces.append({"text": found[start:end], "wrong": tag != "equal"})
    return pieces or [{"text": found, "wrong": True}]


def bundle_event(touch: Touch[Desk]) -> Event | None:
    """Scans by wedge or by hand, another try, and the way back that puts everything into the safe.

    A touched line is taken up; what was found right already stays right.
    """
    d = touch.sight.state
    if touch.name == "scanned" and isinstance(touch.payload, dict):
        return ev.CodeScanned(scan_of(str(touch.payload.get("text", ""))))
    if touch.name == "typed" and touch.sight.note("code"):
        return ev.CodeTyped(touch.sight.note("code"))
    if touch.name in ("up", "down") and (to := _beside(d, -1 if touch.name == "up" else 1)) is not None:
        return ev.ArticleRetried(to)
    again = _again(d)
    if touch.name == "again" and again is not None:
        return ev.ArticleRetried(again)
    if touch.name == "abort":
        return LEAVING
    if touch.name == "aside":
        return ev.AsideAsked() if may_put_aside(d) else None
    verb, article = (*touch.name.split("."), "")[:2]  # a device's three lines are one article
    known = any(c.article_id == article and c.match is not Match.EQUAL for c in d.checks)
    return ev.ArticleRetried(ArticleId(article)) if verb == "row" and known else None
