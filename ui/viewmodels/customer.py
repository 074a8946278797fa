"""柜外屏 as values: the screen before which the citizen sits at a window. It follows the clerk's step by itself; what
is touched here is the citizen's own: to agree, to sign, to rate, to choose language and size."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kiosk.domain.article import Article, ArticleKind
from kiosk.domain.document import Language
from kiosk.domain.handover import Match
from kiosk.domain.ids import PersonRef
from kiosk.domain.item import Item
from kiosk.rules.documents.articles import article_number
from kiosk.rules.documents.words import say
from kiosk.rules.materials import Mark
from kiosk.session import Scene
from kiosk.workflow import events as ev
from kiosk.workflow.customer_side import CustomerSide
from kiosk.workflow.events.library import LibraryAnswered
from kiosk.workflow.machine import Event
from ui.words import Words

from .naming import article_name, kind_name, material_name
from .page import Action, Notes, Row, ViewModel
from .sight import Sight, Touch, choice, line

LEVELS = (5, 4, 3, 2, 1)
_PNG = b"\x89PNG\r\n\x1a\n"
_MATERIAL_STATES = {Mark.OPEN: "waiting", Mark.IN_ORDER: "done", Mark.MISSING: "duty", Mark.WRONG: "duty"}
_GOODS_STATES = {Match.WAITING: "waiting", Match.EQUAL: "done", Match.DIFFERENT: "waiting"}
_RESTING = frozenset({"welcome", "paused"})
_ICONS = {Item.SETUP: "licence", Item.SEAL: "stamp", Item.INVOICE: "receipt"}

Customer = Sight[CustomerSide]


@dataclass(frozen=True, slots=True)
class Side:
    """What one moment adds to the frame."""

    title: str
    lead: str = ""
    facts: tuple[Row, ...] = ()
    rows: tuple[Row, ...] = ()
    actions: tuple[Action, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)


def present(scene: Scene[CustomerSide], words: Words, notes: Notes) -> ViewModel:
    """The citizen's screen at one moment."""
    s = Sight(scene, words, notes)
    step = s.state.step
    side = _SIDES[step](s)
    return ViewModel(
        page=step,
        data={
            "question": side.title, "lead": side.lead, "signing": False, "locked": False, "rating": False,
            "private": s.say(f"customer.private.{'nothing' if step in _RESTING else 'yours'}"),
            **side.data,
        },
        lists={"facts": side.facts, "rows": side.rows},
        actions=side.actions,
        resting=step in _RESTING,
        working=step not in _RESTING,  # the visit ends when the clerk says so, never by a time-out of this screen
    )  # fmt: skip


def event(name: str, payload: Any, scene: Scene[CustomerSide], notes: Notes) -> Event | None:
    """What a touch means at this moment; anything else means nothing."""
    touch, step = Touch(name, payload, Sight(scene, Words("zh"), notes)), scene.state.step
    if step == "show_card":
        return ev.CustomerAgreed() if name == "agree" else None
    if step == "agree_library":
        return LibraryAnswered(name == "agree") if name in ("agree", "decline") else None
    if step in ("sign_for", "read_notice"):
        return _signature(touch, "recipient" if step == "sign_for" else "applicant")
    if step == "rate":
        level = next((n for n in LEVELS if str(n) == touch.text), None)
        if name == "rate" and level:
            return ev.Rated(level)
        return ev.RatingSkipped() if name == "skip" else None
    return None


def _signature(touch: Touch[CustomerSide], who: str) -> Event | None:
    png = touch.payload.get("png") if isinstance(touch.payload, dict) else None
    if touch.name == "signed" and isinstance(png, bytes) and png.startswith(_PNG):
        return ev.SignatureDrawn(PersonRef(who), png)
    return ev.SignatureDropped() if touch.name == "anew" else None


# the moments --------------------------------------------------------------------------------------------------------
def _welcome(s: Customer) -> Side:
    return Side(s.say("customer.welcome.title"), s.say("customer.welcome.lead"), rows=_bring(s))


def _bring(s: Customer) -> tuple[Row, ...]:
    icons = {"card": "card", "slip": "receipt", "code": "phone"}
    return tuple(_row(name, icon, s.say(f"customer.welcome.{name}")) for name, icon in icons.items())


def _paused(s: Customer) -> Side:
    return Side(s.say("customer.paused.title"), s.say("customer.paused.lead"))


def _facts(s: Customer, *, items: bool = True, who: str = "who") -> tuple[Row, ...]:
    """Whose case this is, as far as it is known here."""
    side = s.state
    name = side.name or (s.say("business.nameless", who=side.owner) if side.owner else "")
    facts = [("name", name), ("slip", side.slip_code)]
    if side.items and items:
        facts.append(("items", s.listed([s.say(f"item.{one.value}") for one in side.items])))
    facts.append((who, side.who))
    return tuple(line(key, s.say(f"customer.fact.{key}"), value) for key, value in facts if value)


def _own_case(s: Customer) -> Side:
    rows = tuple(
        _row(one.id, "", material_name(one, s.words), _MATERIAL_STATES[mark], s.say(f"customer.mark.{mark.value}"))
        for one, mark in s.state.materials
    )
    lead = s.say("customer.own_case.lead" if rows else "customer.own_case.lead_only")
    return Side(s.say("customer.own_case.title"), lead, _facts(s), rows)


def _own_form(s: Customer) -> Side:
    return Side(s.say("customer.own_form.title"), s.say("customer.own_form.lead"), _facts(s, who="people"))


def _show_card(s: Customer) -> Side:
    agreed, read = s.state.agreed, bool(s.state.who)
    lead = "agreed" if agreed else "consent_read" if read else "consent"
    actions = () if agreed else (Action("agree", s.say("customer.show_card.agree"), "primary", "check"),)
    points = ("what", "why", "kept", "refuse")
    rows = tuple(_row(name, "", s.say(f"customer.show_card.{name}")) for name in points)
    title = s.say("customer.show_card.title_read" if read else "customer.show_card.title")
    return Side(title, s.say(f"customer.show_card.{lead}"), _facts(s, items=False), rows, actions)


def _agree_library(s: Customer) -> Side:
    """One paper of the library: which, from whom, until when, what for; yes or no, and neither is the easier."""
    paper, asked = s.state.paper, not s.state.agreed
    assert paper is not None
    until = f"{paper.valid_until:%Y-%m-%d}" if paper.valid_until else s.say("clerk.long_term")
    told = (
        ("paper", kind_name(paper.code, s.words)), ("issuer", paper.issuer), ("until", until), ("about", paper.about),
    )  # fmt: skip
    facts = tuple(line(key, s.say(f"customer.library.{key}"), value) for key, value in told if value)
    rows = tuple(_row(name, "", s.say(f"customer.library.{name}")) for name in ("what", "kept", "refuse"))
    actions = (
        Action("decline", s.say("customer.library.decline"), "secondary", "cross"),
        Action("agree", s.say("customer.library.agree"), "secondary", "check"),
    ) if asked else ()  # fmt: skip
    lead = s.say("customer.library.lead" if asked else "customer.library.taking")
    return Side(s.say("customer.library.title"), lead, facts, rows, actions)


def _show_link(s: Customer) -> Side:
    """The code that one signer scans, who may be on the phone with whoever sits here."""
    link = s.state.link
    assert link is not None
    lead = s.say("customer.link.lead", until=s.moment(link.until))
    return Side(s.say("customer.link.title", who=s.state.who), lead, data={"link": link.address})


def _goods(s: Customer, *, judged: bool) -> tuple[Row, ...]:
    rows = []
    for article, match in s.state.goods:
        device = article.kind is ArticleKind.TAX_DEVICE
        state = _GOODS_STATES[match] if judged else "plain"
        words = s.say(f"customer.goods.{state}") if judged else ""
        icon = "tax-device" if device else _ICONS.get(article.item, "box")
        rows.append(_row(article.id, icon, article_name(article, s.words), state, words, _number(s, article)))
    return tuple(rows)


def _number(s: Customer, article: Article) -> str:
    return say(article_number(article), Language(s.words.language))


def _check_goods(s: Customer) -> Side:
    rows = _goods(s, judged=True)
    done = sum(1 for _, match in s.state.goods if match is Match.EQUAL)
    lead = s.say("customer.check_goods.lead", n=done, all=len(rows)) if rows else s.say("customer.check_goods.wait")
    return Side(s.say("customer.check_goods.title"), lead, (), rows)


def _sign_for(s: Customer) -> Side:
    side = s.state
    lead = "over" if side.over else "signed" if side.signed else "lead"
    title = s.say("customer.sign_for.title", n=len(side.goods))
    return Side(title, s.say(f"customer.sign_for.{lead}"), (), _goods(s, judged=False), _pen(s), _pad(side))


def _pad(side: CustomerSide) -> dict[str, Any]:
    return {"signing": True, "locked": side.signed or side.keeping}


def _pen(s: Customer) -> tuple[Action, ...]:
    """The one thing to do with the pad now."""
    side, drawn = s.state, s.note("drawn") == "yes"
    if side.signed:
        return () if side.over else (Action("anew", s.say("customer.sign.anew"), "secondary", "resume"),)
    return (
        Action(
            "signed", s.say("customer.sign.done"), "primary", "check", drawn or side.keeping,
            s.say("customer.sign.undrawn"), side.keeping, s.say("customer.sign.keeping"),
        ),
    )  # fmt: skip


def _read_notice(s: Customer) -> Side:
    side, seen = s.state, dict.fromkeys((one.text, one.remedy) for one in s.state.notice)
    rows = tuple(_row(str(n), "", text, "duty", "", remedy) for n, (text, remedy) in enumerate(seen, 1))
    lead = s.say("customer.read_notice.signed" if side.signed else "customer.read_notice.lead")
    return Side(s.say("customer.read_notice.title", n=len(rows)), lead, (), rows, _pen(s), _pad(side))


def _rate(s: Customer) -> Side:
    levels = tuple(choice(str(n), s.say(f"rate.level{n}"), act="rate", value=str(n)) for n in LEVELS)
    skip = Action("skip", s.say("customer.rate.skip"), "secondary", "arrow-right")
    title = s.say(f"customer.rate.title.{s.state.phase}")
    return Side(title, s.say("rate.lead"), (), levels, (skip,), {"rating": True})


def _farewell(s: Customer) -> Side:
    collected = s.state.phase == "collected"
    rows = _goods(s, judged=False) if collected else ()
    said = "collected" if collected else "accepted"
    return Side(s.say("customer.farewell.title"), s.say(f"customer.farewell.{said}"), (), rows)


def _row(key: str, icon: str, text: str, state: str = "plain", words: str = "", more: str = "") -> Row:
    return {"key": key, "icon": icon, "text": text, "state": state, "words": words, "more": more}


_SIDES: dict[str, Callable[[Customer], Side]] = {
    "welcome": _welcome,
    "paused": _paused,
    "own_case": _own_case,
    "own_form": _own_form,
    "agree_library": _agree_library,
    "show_link": _show_link,
    "show_card": _show_card,
    "check_goods": _check_goods,
    "sign_for": _sign_for,
    "read_notice": _read_notice,
    "rate": _rate,
    "farewell": _farewell,
}
