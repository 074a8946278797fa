"""Somebody who is not here: named without a card, and asked for the signature by a link."""

from collections.abc import Mapping

from kiosk.contracts.device import DeviceKind
from kiosk.domain.identity_card import CertType
from kiosk.domain.person import Person
from kiosk.domain.private import mask_name
from kiosk.domain.signing import SignerNow, SigningState
from kiosk.faults import Fault, FaultCode
from kiosk.rules import certificates
from kiosk.rules.review import is_mobile
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from kiosk.workflow.visit import Busy, Visit, unsigned
from ui.viewmodels.findings import fault_banner
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Screen, Sight, Touch, choice

from .chrome import LATER, back, fault_row, later, onward, ready

NEW = "away"
# What the editor leaves behind when it closes: nothing that the next one would show.
CLOSED: Mapping[str, object] = {
    "edit": "",
    "away_part": None,
    "away_name": None,
    "away_number": None,
    "away_phone": None,
}
_LENGTHS = (15, 18)
_ABROAD = ("where", "papers", "agent")
_PARTS = ("name", "number", "phone", "abroad")
_WANTS_PIN = "6982"  # the card shows a name only to whoever knows its PIN, which is not asked for here
_KNOWN = ("staff_card", "tax_device")
_CARD_WORDS = {
    FaultCode.WRONG_CARD: "wrong",
    FaultCode.CARD_READ_FAILED: "unread",
    FaultCode.CARD_DATA_INVALID: "unread",
    FaultCode.CARD_REMOVED: "unread",
}


# --- in name_people ---
def editor(s: Sight[Visit], person: Person | None, blank: Mapping[str, object]) -> Screen:
    """Name, number, phone: one at a time, so that the keys never hide the one that is typed."""
    part = _part(s)
    data: dict[str, object] = {**blank, "mode": f"away_{part}", "editing": person.ref if person else NEW}
    if part == "abroad":
        facts = tuple(
            choice(one, s.say(f"absent.abroad.{one}"), s.say(f"absent.abroad.{one}_how"), icon=icon)
            for one, icon in zip(_ABROAD, ("pin", "licence", "person"), strict=True)
        )
        actions = (
            Action("later", s.say("absent.abroad.leave"), "primary", "save"),
            Action("away_here", s.say("absent.abroad.back"), icon="arrow-left"),
        )
        title, lead = s.say("absent.abroad.title"), s.say("absent.abroad.lead")
        return Screen(title, lead, data, {"abroad": facts}, actions, {**LATER, "away_here": {"away_part": "name"}})
    if s.state.busy is Busy.SOCIAL_CARD:
        return _card(s, {**data, "mode": "away_card", "waiting": s.say("absent.card.waiting")})
    good, words, wrong = {"name": _name_words, "number": _number_words, "phone": _phone_words}[part](s, person)
    typed = _typed(s, person, part)
    data |= {
        "away": typed, "awayLabel": s.say(f"absent.{part}"), "awayHint": s.say(f"absent.{part}_hint"),
        "awayWords": words, "awayState": "error" if wrong else "checked" if good and part == "number" else "",
        "awayAbroad": s.say("absent.abroad.ask") if part == "name" and person is None else "",
        **(_from_card(s) if part == "name" else {}),
    }  # fmt: skip
    if good and part != "phone" and _is_filled(s, typed, part):
        data["awayWords"] = s.say("absent.card.filled")
    missing = s.say(f"absent.{part}_missing")
    last = part == "phone"
    step = Action("away_done" if last else "away_on", s.say("name_people.done" if last else "chrome.next"), "primary",
                  "check" if last else "arrow-right", good, missing)  # fmt: skip
    first = part == "name"
    before = Action("edit_back" if first else "away_back", s.say("chrome.back"), icon="arrow-left")
    at = _PARTS.index(part)
    then: dict[str, Mapping[str, object]] = {
        "away_done": CLOSED,
        "edit_back": CLOSED,
        "away_on": {"away_part": _PARTS[at + 1]},
        "away_back": {"away_part": _PARTS[at - 1] if at else "name"},
        "away_card": {"away_name": None, "away_number": None},
    }
    return Screen(s.say("absent.title"), s.say(f"absent.{part}_lead"), data, {}, (step, before), then)


def _from_card(s: Sight[Visit]) -> Mapping[str, object]:
    """The way by a social-security card, where the terminal has a reader; why not, while that is not to be used."""
    if not any(report.kind is DeviceKind.SOCIAL_CARD_READER for report in s.scene.reports):
        return {}
    if ready(s, DeviceKind.SOCIAL_CARD_READER) is not None:
        return {"awayCardOff": s.say("absent.card.off")}
    return {"awayCard": s.say("absent.card.ask")}


def _is_filled(s: Sight[Visit], typed: str, part: str) -> bool:
    card = s.state.social
    return card is not None and typed == (card.name if part == "name" else card.number)


def _card(s: Sight[Visit], data: Mapping[str, object]) -> Screen:
    """The wait for the card, and what is wrong with the one that is in."""
    fault = s.state.fault
    rows = () if fault is None else (_card_banner(s, fault),)
    stop = Action("stop_card", s.say("absent.card.stop"), icon="keyboard")
    return Screen(s.say("absent.card.title"), s.say("absent.card.lead"), data, {"banners": rows}, (stop,))


def _card_banner(s: Sight[Visit], fault: Fault) -> Row:
    """What lies there by its name: the catalogue's words are for identity cards."""
    key = "pin" if fault.details.get("sw") == _WANTS_PIN else _CARD_WORDS.get(fault.code, "")
    row = fault_banner(fault, s.words)
    if not key:
        return {**row, "todo": s.say("absent.card.fault.gone.todo")}
    known = fault.details.get("is", "unknown")
    what = f"absent.card.is.{known}" if key == "wrong" and known in _KNOWN else f"absent.card.fault.{key}.what"
    return {**row, "what": s.say(what), "todo": s.say(f"absent.card.fault.{key}.todo")}


def _part(s: Sight[Visit]) -> str:
    said = s.note("away_part", "name")
    return said if said in _PARTS else "name"


def _typed(s: Sight[Visit], person: Person | None, part: str) -> str:
    kept = {"name": person.name, "number": person.cert_no, "phone": person.phone} if person else {}
    if (card := s.state.social) is not None:
        kept |= {"name": card.name, "number": card.number}
    return s.note(f"away_{part}", kept.get(part, ""))


def _name_words(s: Sight[Visit], person: Person | None) -> tuple[bool, str, bool]:
    return len(_typed(s, person, "name").strip()) >= 2, s.say("absent.name_words"), False


def _number_words(s: Sight[Visit], person: Person | None) -> tuple[bool, str, bool]:
    number = certificates.normal(_typed(s, person, "number"))
    if any(one.cert_no == number and (person is None or one.ref != person.ref) for one in s.state.form.people):
        return False, s.say("absent.number_twice"), True
    if certificates.kind_of(number, s.state.now.date()) not in (None, CertType.USCC):
        return True, s.say("absent.number_good"), False
    wrong = len(number) in _LENGTHS[1:]
    return False, s.say("absent.number_wrong" if wrong else "absent.number_words"), wrong


def _phone_words(s: Sight[Visit], person: Person | None) -> tuple[bool, str, bool]:
    phone = _typed(s, person, "phone")
    good = is_mobile(phone)
    return good, s.say("absent.phone_words"), len(phone) >= 11 and not good


def given(touch: Touch[Visit], person: Person | None) -> Event | None:
    """Somebody who is not here, once all three are right; a card that fills in two of them, or not after all."""
    s = touch.sight
    if touch.name == "away_card":
        return ev.SocialCardAsked()
    if touch.name == "stop_card" or (touch.name == "edit_back" and s.state.social is not None):
        return ev.SocialCardStopped()
    if touch.name != "away_done":
        return None
    if not all(check(s, person)[0] for check in (_name_words, _number_words, _phone_words)):
        return None
    name, number, phone = (_typed(s, person, part) for part in ("name", "number", "phone"))
    return ev.AbsentGiven(person.ref if person else None, name, number, phone)


def line(s: Sight[Visit], person: Person) -> Row:
    """The certificate that was typed, and that the signature comes by phone."""
    value = s.say("absent.line_value", tail=person.cert_no[-4:])
    return {"part": NEW, "label": s.say("absent.line"), "value": value, "missing": False}


# --- in sign ---
def is_waiting(v: Visit) -> bool:
    """Everybody who is here has signed, somebody who is not has not."""
    return v.signing is None and bool(unsigned(v))


def waiting(s: Sight[Visit], blank: Mapping[str, object]) -> Screen:
    """Whose link is shown, or who has signed and who has not."""
    v = s.state
    if v.link is not None:
        return _link(s, blank)
    left = len(unsigned(v))
    away = [one for one in v.form.people if one.is_absent]
    rows = tuple(afar_row(s, one) for one in away)
    unsent = v.busy is not Busy.LINK and any(_is_unsent(v, one) for one in away)
    first = onward(s, s.say("sign.next"), enabled=False, missing=s.say("sign.afar.missing", n=left))
    return Screen(
        s.say("sign.afar.title", n=left),
        s.say("sign.afar.lead_unsent" if unsent else "sign.afar.lead"),
        {**blank, "mode": "waiting"},
        {"afar": rows, "banners": fault_row(s)},
        (first, back(s), later(s)),
        LATER,
    )


def _now(v: Visit, person: Person) -> SignerNow | None:
    """How the platform says that it stands with somebody's signature."""
    return next((one for one in v.known.signers if one.ref == person.ref), None) if v.known else None


def _is_unsent(v: Visit, person: Person) -> bool:
    """Whether somebody who has to sign from afar was never asked to."""
    now = _now(v, person)
    asked = person.ref in v.signed_afar or (v.link is not None and v.link.ref == person.ref)
    return not asked and (now is None or now.state is SigningState.WAITING)


def afar_row(s: Sight[Visit], person: Person) -> Row:
    """One of them, and how it stands."""
    v = s.state
    now, signed = _now(v, person), person.ref in v.signed_afar
    if v.link is not None and v.link.ref == person.ref:  # the platform has just made it; the feed says so in a moment
        now = SignerNow(person.ref, SigningState.INVITED, link_until=v.link.until)
    state, words = _standing(s, signed, now)
    asking = v.busy is Busy.LINK
    act = "" if signed or asking else "invite"
    word = "sign.afar.signed" if signed else "sign.afar.sending" if asking else "sign.afar.again"
    if not asking and _is_unsent(v, person):
        word = "sign.afar.send"
    row = choice(person.ref, mask_name(person.name), words, picked=signed, act=act, value=person.ref, state=state)
    return {**row, "words": s.say(word)}


def _standing(s: Sight[Visit], signed: bool, now: SignerNow | None) -> tuple[str, str]:
    """How it stands with one signer, in words; the state of its icon."""
    if signed:
        at = "" if now is None or now.at is None else f"{now.at:%H:%M}"
        return "ok", s.say("sign.afar.signed_at", at=at)
    if now is None or now.state is SigningState.WAITING:
        return "", s.say("sign.afar.not_asked")
    if now.state is SigningState.INVITED and now.link_until is not None:
        return "wait", s.say("sign.afar.asked", until=s.moment(now.link_until))
    return "stop", s.say("sign.afar.changed" if now.state is SigningState.CHANGED else "sign.afar.expired")


def _link(s: Sight[Visit], blank: Mapping[str, object]) -> Screen:
    link = s.state.link
    assert link is not None
    person = s.state.form.person(link.ref)
    who = mask_name(person.name) if person else ""
    return Screen(
        s.say("sign.afar.link_title", who=who),
        s.say("sign.afar.link_lead"),
        {
            **blank, "mode": "link", "qr": link.address, "until": s.say("sign.afar.until", at=s.moment(link.until)),
            "sms": s.say("sign.afar.sms"), "smsLabel": s.say("sign.afar.sms_label"),
        },
        {"banners": fault_row(s)},
        (Action("shut_link", s.say("sign.afar.done"), "primary", "check"),),
    )  # fmt: skip


def sign_event(touch: Touch[Visit]) -> Event | None:
    """A link for one of them, or enough of it."""
    if touch.name == "shut_link":
        return ev.LinkShut()
    person = next((one for one in touch.sight.state.form.people if one.ref == touch.text), None)
    return ev.LinkAsked(person.ref) if touch.name == "invite" and person is not None else None
