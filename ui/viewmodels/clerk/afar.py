"""Who is not at the window and signs on a phone: named on the form, asked by a link while it is signed."""

from kiosk.domain.identity_card import CertType
from kiosk.domain.private import mask_name
from kiosk.rules import certificates
from kiosk.rules.review import is_mobile
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk, DeskBusy
from kiosk.workflow.machine import Event
from kiosk.workflow.on_desk import visit_of
from kiosk.workflow.visit import Busy, to_sign_here, unsigned
from ui.viewmodels.citizen import absent
from ui.viewmodels.page import Row
from ui.viewmodels.sight import Sight, Touch

from .chrome import key
from .form_line import Line, Typed, as_visit

_STEP = "name_people"
_PARTS = 3  # name, number, phone
_MOBILE = 11  # digits


def away_line(s: Sight[Desk]) -> Line:
    """One line for somebody who is not here: name, number and phone, a space between them."""
    return Line(
        "away", _STEP, s.say("afar.label"), tells=(s.say("afar.tells"),),
        typed=Typed("", lambda text: _given(s, text), "pinyin", 64, hint=s.say("afar.hint"),
                    look=lambda text: _look(s, text)),
    )  # fmt: skip


def _look(s: Sight[Desk], text: str) -> tuple[str, bool]:
    """What is still wanted of the three, or what is wrong with one."""
    parts = text.split()
    if len(parts) < 2:
        return s.say("afar.then_number"), False
    number = certificates.normal(parts[1])
    if any(one.cert_no == number for one in visit_of(s.state).form.people):
        return s.say("absent.number_twice"), True
    if certificates.kind_of(number, s.state.now.date()) in (None, CertType.USCC):
        return s.say("absent.number_wrong" if len(parts) == _PARTS else "absent.number_words"), len(parts) == _PARTS
    if len(parts) < _PARTS:
        return s.say("afar.then_phone"), False
    good = len(parts) == _PARTS and is_mobile(parts[2])
    if not good and len(parts[2]) < _MOBILE:
        return s.say("afar.then_phone"), False
    return s.say("afar.complete" if good else "absent.phone_missing"), not good


def _given(s: Sight[Desk], text: str) -> Event | None:
    parts = text.split()
    if len(parts) != _PARTS or _look(s, text)[1] or len(parts[0]) < 2 or not is_mobile(parts[2]):
        return None
    return ev.AbsentGiven(None, *parts)


# while it is signed -------------------------------------------------------------------------------------------------
def waits(s: Sight[Desk]) -> bool:
    """Everybody who is here has signed, somebody who is not has not."""
    v = visit_of(s.state)
    return not to_sign_here(v) and bool(unsigned(v)) and v.deed is None


def _at(s: Sight[Desk], count: int) -> int:
    moved = s.notes.get("pick")
    return max(0, min(count - 1, int(moved))) if isinstance(moved, int | float) and count else 0


def rows(s: Sight[Desk]) -> tuple[Row, ...]:
    """Each of them with how it stands, as the terminal says it; the arrows stand on one."""
    v = visit_of(s.state)
    sight = as_visit(s, "sign")
    people = [one for one in v.form.people if one.is_absent]
    if not people or v.deed is not None:
        return ()
    told = [absent.afar_row(sight, one) for one in people]
    at = _at(s, len(told))
    return tuple(
        {"key": row["key"], "who": row["text"], "words": row["detail"], "state": row["state"] or "todo",
         "marked": n == at and waits(s)}
        for n, row in enumerate(told)
    )  # fmt: skip


def data(s: Sight[Desk]) -> dict[str, object]:
    """The link that is shown, for whom and until when; its text is the code's."""
    v = visit_of(s.state)
    link = v.link
    person = v.form.person(link.ref) if link else None
    return {
        "afarTitle": s.say("afar.title", n=len(unsigned(v))) if waits(s) else "",
        "afarCount": len(rows(s)),
        "afarAt": _at(s, len(rows(s))),
        "link": link.address if link else "",
        "linkWho": s.say("sign.afar.link_title", who=mask_name(person.name)) if person else "",
        "linkMore": s.say("afar.link_more", until=s.moment(link.until)) if link else "",
    }


def keys(s: Sight[Desk]) -> tuple[Row, ...]:
    """Arrows, the link, its paper, and enough of it."""
    v, told = visit_of(s.state), rows(s)
    if not told or not waits(s):
        return ()
    asking, printing = v.busy is Busy.LINK, s.state.busy is DeskBusy.PRINTING
    at = told[_at(s, len(told))]
    signed = at["key"] in v.signed_afar
    return (
        key("up", "Up", s.say("clerk.up"), enabled=len(told) > 1),
        key("down", "Down", s.say("clerk.down"), enabled=len(told) > 1),
        key("invite", "F7", s.say("afar.invite"), enabled=not signed and not asking and s.scene.online),
        key("paper", "F10", s.say("afar.print"), enabled=v.link is not None and not printing),
        key("shut_link", "F6", s.say("afar.shut"), enabled=v.link is not None),
    )  # fmt: skip


def event(touch: Touch[Desk]) -> Event | None:
    """A link for the one at hand, its paper, or enough of it."""
    told = rows(touch.sight)
    if touch.name == "invite" and told:
        ref = told[_at(touch.sight, len(told))]["key"]
        person = visit_of(touch.sight.state).form.person(ref)
        return ev.LinkAsked(person.ref) if person else None
    simple = {"shut_link": ev.LinkShut, "paper": ev.PaperAsked}
    return simple[touch.name]() if touch.name in simple else None
