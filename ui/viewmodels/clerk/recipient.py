"""Who receives: the card, its validity, the right to collect; the clerk compares face and card in person."""

from base64 import b64encode

from kiosk.code_tables.ethnic_groups import ethnic_groups
from kiosk.domain.person import Role
from kiosk.domain.private import mask_name, mask_number
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk, DeskBusy, recipient
from kiosk.workflow.hand_over import may_confirm
from kiosk.workflow.machine import Event
from ui.viewmodels.naming import business
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Sight, Touch

from .chrome import Page, key


def verify_recipient(s: Sight[Desk]) -> Page:
    """The card, its validity, and whether this person may receive; the clerk compares face and card in person."""
    d = s.state
    assert d.case is not None
    busy, fits = d.busy in (DeskBusy.VERIFYING, DeskBusy.PREPARING), may_confirm(d)
    read = d.customer is not None
    confirm = Action(
        "confirm", s.say("verify_recipient.confirm"), "primary", "people", fits or busy,
        s.say("verify_recipient.missing"), busy, s.say("clerk.busy.verifying"), "Enter",
    )  # fmt: skip
    another = key("retry", "F5", s.say("verify_recipient.another_card"), enabled=read and not busy)
    expected = [mask_name(p.name) for p in d.case.form.people if p.wears(Role.LEGAL_REP)]
    return Page(
        s.say("verify_recipient.title"),
        business(d.case.form, s.words),
        s.say("verify_recipient.meta", code=d.case.slip_code, uscc=d.case.uscc),
        {
            "who": mask_name(d.customer.name) if d.customer else s.say("verify_recipient.nobody"),
            "number": mask_number(d.customer.number) if d.customer else "",
            "portrait": _portrait(d),
            "noPortrait": s.say("verify_recipient.no_portrait") if read and not _portrait(d) else "",
            "expected": s.say("verify_recipient.expected", who=s.listed(expected)),
            "waiting": not read,
            "caption": s.say("verify_recipient.caption"),
            "how": "" if d.fault else s.say(_how(read, fits)),
            "howState": "now" if fits or not read else "stop",
        },
        {"facts": _facts(s)},
        (confirm,),
        (
            key("confirm", "Enter", s.say("verify_recipient.confirm"), enabled=fits and not busy),
            another,
            key("back", "Esc", s.say("clerk.to_desk"), enabled=not busy),
        ),
        mend=None if fits else another if read else key("retry", "F5", s.say("clerk.retry")),
    )


def _portrait(d: Desk) -> str:
    """The picture on the card's chip as the address of a picture; empty where no decoder made one."""
    if d.customer is None or not d.customer.portrait:
        return ""
    return f"data:image/bmp;base64,{b64encode(d.customer.portrait).decode('ascii')}"


def _how(read: bool, fits: bool) -> str:
    return "verify_recipient.how" if fits else "verify_recipient.stop" if read else "clerk.by_card"


def _facts(s: Sight[Desk]) -> tuple[Row, ...]:
    d = s.state
    read, found = d.customer is not None, recipient(d)
    valid = d.customer is not None and d.customer.valid_on(d.now.date())
    return (
        _fact(s, "read", read, _card_says(s) if read else s.say("verify_recipient.read_wait")),
        _fact(s, "valid", valid, _customer_valid(s)),
        _fact(s, "person", found is not None, _hat(s)),
    )


def _card_says(s: Sight[Desk]) -> str:
    """What a clerk compares with the person besides the face: sex and ethnic group as the chip says them."""
    card = s.state.customer
    if card is None:
        return ""
    sex = s.say(f"verify_recipient.sex.{card.sex}") if card.sex in ("1", "2") else ""
    group = ethnic_groups().get(card.ethnic_code)
    ethnic = "" if group is None else group.name if s.words.language == "zh" else group.name_en
    return s.listed([part for part in (s.say("verify_recipient.read_done"), sex, ethnic) if part])


def _fact(s: Sight[Desk], name: str, good: bool, more: str) -> Row:
    state = "ok" if good else "todo" if s.state.customer is None else "stop"
    word = f"verify_recipient.{name}" if state != "stop" else f"verify_recipient.{name}_not"
    if name == "read" and not good:
        word = "verify_recipient.read_not"
    return {"key": name, "state": state, "text": s.say(word), "more": more}


def _hat(s: Sight[Desk]) -> str:
    person = recipient(s.state)
    if person is None:
        return s.say("verify_recipient.not_named") if s.state.customer else ""
    if not person.wears(Role.LEGAL_REP):
        return s.say("verify_recipient.as_agent")
    individual = s.state.case is not None and s.state.case.form.is_individual
    return s.say("verify_recipient.as_operator" if individual else "verify_recipient.as_legal_rep")


def _customer_valid(s: Sight[Desk]) -> str:
    card = s.state.customer
    if card is None:
        return ""
    until = f"{card.valid_until:%Y-%m-%d}" if card.valid_until else s.say("clerk.long_term")
    return s.say("clerk.valid_until", day=until)


def recipient_event(touch: Touch[Desk]) -> Event | None:
    """The clerk stands for it in person."""
    return ev.RecipientConfirmed() if touch.name == "confirm" and touch.sight.state.busy is None else None
