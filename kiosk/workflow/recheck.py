"""待核实: a hand-over that was prepared here and stopped half-way, by a power cut or because the clerk left.

Certain is only what the disk says: nothing was recorded as handed over. Where the things are, a person must see: all
of them are here, then they go back into the safe and the hand-over begins anew; or something is not, then nothing is
claimed, the hand-over stays open and the supervisor comes.

If the disk says that it was recorded, and nothing says that the sheet came out, that much is certain: the clerk sees
to it that things and sheet are with the recipient.
"""

from dataclasses import replace

from kiosk.audit import AuditKind
from kiosk.contracts.ledger import AbortHandover
from kiosk.domain.article import Article, ArticleKind
from kiosk.domain.handover import Match
from kiosk.domain.ids import ArticleId

from . import effects as do
from . import events as ev
from .desk import Check, Desk, Unsettled, all_equal, expected, opened, with_check
from .machine import Effect, Event, Journey, Row, Step

REASON = "rechecked_after_stop"


def articles(d: Desk) -> tuple[Article, ...]:
    """What the permit reserved, in the order of the bundle."""
    reserved = {line.article_id for line in d.unsettled.handover.lines} if d.unsettled else set()
    return tuple(a for a in d.case.articles if a.id in reserved) if d.case else ()


def left_over(d: Desk, e: Event) -> Desk:
    """The free desk knows that one hand-over of this window is unsettled, or that none is."""
    assert isinstance(e, ev.HandoverLooked)
    left = None if e.handover is None or e.case is None else Unsettled(e.handover, e.case)
    return replace(d, unsettled=left, unwitnessed=e.unwitnessed)


def is_left(d: Desk, e: Event) -> bool:
    """Whether there is something to recheck."""
    return d.unsettled is not None


def found_left(d: Desk, e: Event) -> bool:
    """Whether the case that was found is the one whose hand-over is unsettled."""
    return isinstance(e, ev.CasesFound) and d.unsettled is not None and d.unsettled.case.id in {c.id for c in e.cases}


def begin_recheck(d: Desk, e: Event) -> Desk:
    """The case with its permit's articles, none of them seen yet."""
    assert d.unsettled is not None
    d = opened(d, d.unsettled.case)
    checks = tuple(Check(a.id) for a in articles(d))
    return replace(d, checks=checks, active=checks[0].article_id if checks else None, fault=None)


def missing(d: Desk) -> bool:
    """Whether something is not where it should be."""
    return any(c.match is Match.DIFFERENT for c in d.checks)


def _marked(d: Desk, article_id: ArticleId, match: Match, found: str = "") -> Desk:
    d = with_check(d, Check(article_id, match, found))
    waiting = [c.article_id for c in d.checks if c.match is Match.WAITING]
    return replace(d, active=waiting[0] if waiting else article_id)


def _judged(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.ArticleRechecked)
    return _marked(d, e.article_id, Match.EQUAL if e.here else Match.DIFFERENT)


def _of_the_permit(d: Desk, e: Event) -> bool:
    return isinstance(e, ev.ArticleRechecked) and any(c.article_id == e.article_id for c in d.checks)


def _scanned_article(d: Desk, e: Event) -> Article | None:
    assert isinstance(e, ev.CodeScanned)
    text = e.scan.text.strip().replace(" ", "")
    scannable = (a for a in articles(d) if a.kind is not ArticleKind.TAX_DEVICE)
    return next((a for a in scannable if expected(a) == text), None)


def _is_one(d: Desk, e: Event) -> bool:
    return _scanned_article(d, e) is not None


def _scanned(d: Desk, e: Event) -> Desk:
    article = _scanned_article(d, e)
    assert article is not None
    return _marked(d, article.id, Match.EQUAL, expected(article))


def _noted(article_id: str, match: Match, way: str) -> tuple[Effect, ...]:
    fields = (("article", article_id), ("match", match.value), ("way", way))
    return (do.Note(AuditKind.ARTICLE_CHECKED, fields),)


def _judged_do(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.ArticleRechecked)
    return _noted(e.article_id, Match.EQUAL if e.here else Match.DIFFERENT, "rechecked")


def _scanned_do(d: Desk, e: Event) -> tuple[Effect, ...]:
    article = _scanned_article(d, e)
    noted = () if article is None else _noted(article.id, Match.EQUAL, "rechecked_by_scan")
    return (*noted, do.ScanCode())


def _listen_again(d: Desk, e: Event) -> tuple[Effect, ...]:
    return (do.ScanCode(),)


def _taken_up(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.ArticleRetried)
    return replace(d, active=e.article_id)


def _all_here(d: Desk, e: Event) -> bool:
    return all_equal(d) and d.unsettled is not None


def _put_back(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert d.unsettled is not None
    handover = d.unsettled.handover
    deed = AbortHandover(handover.id, handover.case_id, REASON, d.now)
    return (do.Record(deed, AuditKind.HANDOVER_ABORTED, (("handover", handover.id), ("reason", REASON))),)


def _listen(d: Desk) -> tuple[Effect, ...]:
    follow: tuple[Effect, ...] = (do.FollowCase(d.case.id),) if d.case else ()
    return (*follow, do.ScanCode())


def _stop(d: Desk) -> tuple[Effect, ...]:
    return (do.StopDevices(),)


RECHECK: Journey[Desk] = Journey(
    "recheck",
    (
        Step("recheck_handover", (
            Row(ev.CodeScanned, None, _scanned, _scanned_do, _is_one),
            Row(ev.CodeScanned, None, None, _listen_again),
            Row(ev.ArticleRechecked, None, _judged, _judged_do, _of_the_permit),
            Row(ev.ArticleRetried, None, _taken_up),
            Row(ev.AbortAsked, "find_case", None, _put_back, _all_here),
            Row(ev.BackAsked, "find_case"),
        ), enter=_listen, leave=_stop),
    ),
)  # fmt: skip
