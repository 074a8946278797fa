"""待核实: what is certain after a stop, and which things a person must look for before the hand-over begins anew."""

from kiosk.domain.article import Article
from kiosk.domain.handover import Match
from kiosk.domain.ids import ArticleId
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk, all_equal, check_of
from kiosk.workflow.machine import Event
from kiosk.workflow.recheck import REASON, articles, missing
from ui.viewmodels.findings import banner
from ui.viewmodels.naming import business
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Sight, Touch

from .bundle import ICONS, group_of, number_of
from .chrome import Page, column, key, scan_of

_STATES = {Match.WAITING: "todo", Match.EQUAL: "ok", Match.DIFFERENT: "stop"}
_VERDICTS = {Match.WAITING: "waiting", Match.EQUAL: "here", Match.DIFFERENT: "not_here"}


def recheck_handover(s: Sight[Desk]) -> Page:
    """Each thing of the bundle once: here, or not. Only when all are here may they go back."""
    d = s.state
    assert d.case is not None
    seen = sum(1 for c in d.checks if c.match is Match.EQUAL)
    all_here, gone = all_equal(d), missing(d)
    ids = [c.article_id for c in d.checks]
    at = ids.index(d.active) if d.active in ids else 0
    waits = s.say("recheck.gone" if gone else "recheck.left", n=len(d.checks) - seen)
    put_back = Action("put_back", s.say("recheck.put_back"), "primary", "check", all_here, waits, key="F9")
    then = "tally_gone" if gone else "tally_done" if all_here else "more"
    lists: dict[str, tuple[Row, ...]] = {"rows": tuple(_rows(s))}
    if gone:
        call = banner("missing", "stop", s.say("recheck.call"), s.say("recheck.call_how"), icon="hand")
        lists["banners"] = ({**call, "cap": ""},)
    return Page(
        s.say("recheck.title"),
        business(d.case.form, s.words),
        s.say("check_bundle.meta", code=d.case.slip_code, uscc=d.case.uscc),
        {
            "certain": s.say("recheck.certain"),
            "certainMore": s.say("recheck.certain_more"),
            "tally": s.say("recheck.tally", n=seen, all=len(d.checks)),
            "tallyMore": s.say(f"recheck.{then}"),
            "columns": _columns(s),
        },
        lists,
        (put_back,),
        (
            key("here", "1", s.say("recheck.here")),
            key("not_here", "2", s.say("recheck.not_here")),
            key("up", "Up", s.say("clerk.up"), enabled=at > 0),
            key("down", "Down", s.say("clerk.down"), enabled=at < len(ids) - 1),
            key("put_back", "F9", s.say("recheck.put_back"), enabled=all_here),
            key("back", "Esc", s.say("recheck.later")),
        ),
    )


def _columns(s: Sight[Desk]) -> list[Row]:
    places = (("group", 56, 54), ("article", 164, 174), ("expected", 352, 366), ("verdict", 960, 946))
    return [column(f"check_bundle.column.{name}", s, x, large, name == "group") for name, x, large in places]


def _rows(s: Sight[Desk]) -> list[Row]:
    rows: list[Row] = []
    last = ""
    for article in articles(s.state):
        group = s.say(f"check_bundle.group.{group_of(article)}")
        rows.append(_row(s, article, group, first=group != last))
        last = group
    return rows


def _row(s: Sight[Desk], article: Article, group: str, *, first: bool) -> Row:
    match = check_of(s.state, article.id).match
    name = s.say(f"article.{article.use.value if article.use else article.kind.value}")
    if article.count > 1:
        name = s.say("article.volume", n=article.count)
    return {
        "key": article.id,
        "group": group,
        "groupIcon": ICONS.get(article.item, "tax-device"),
        "first": first,
        "cells": {"group": group if first else "", "article": name, "expected": number_of(s, article)},
        "state": _STATES[match],
        "verdict": s.say(f"recheck.{_VERDICTS[match]}"),
        "active": s.state.active == article.id,
    }


def recheck_event(touch: Touch[Desk]) -> Event | None:
    """Digits judge the thing at hand, the scanner finds one by itself, F9 puts all of them back."""
    d = touch.sight.state
    ids = [c.article_id for c in d.checks]
    if touch.name == "scanned" and isinstance(touch.payload, dict):
        return ev.CodeScanned(scan_of(str(touch.payload.get("text", ""))))
    if touch.name in ("here", "not_here") and d.active in ids:
        return ev.ArticleRechecked(d.active, touch.name == "here")
    if touch.name in ("up", "down") and ids:
        at = ids.index(d.active) if d.active in ids else 0
        return ev.ArticleRetried(ids[max(0, min(len(ids) - 1, at + (1 if touch.name == "down" else -1)))])
    if touch.name == "put_back":
        return ev.AbortAsked(REASON)
    verb, _, article = touch.name.partition(".")
    return ev.ArticleRetried(ArticleId(article)) if verb == "row" and article in ids else None
