"""Where the bundle is collected: at a window of this or another hall, or by post (R22)."""

from dataclasses import replace

from kiosk.domain.private import mask_address, mask_name, mask_phone
from kiosk.domain.wishes import MailAddress
from kiosk.rules.proposals import mail as proposed
from kiosk.rules.review import is_mobile
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from kiosk.workflow.visit import Visit
from kiosk.workflow.wishes import as_it_is, mail_now
from ui.viewmodels.page import Row
from ui.viewmodels.sight import Screen, Sight, Touch

from . import wish_page as page

_LEAST = {"recipient": 2, "phone": 11, "address": 6}
_MOST = {"recipient": 64, "phone": 11, "address": 100}
_KINDS = {"recipient": "pinyin", "phone": "phone", "address": "pinyin"}
_ICONS = {"recipient": "person", "phone": "phone", "address": "pin"}


def pick_up(s: Sight[Visit]) -> Screen:
    """Which hall, or by post; what is known of the address stands there already."""
    v, part = s.state, s.note("edit")
    if v.form.mail is not None and part in _LEAST:
        typed = s.note("typed", getattr(v.form.mail, part))
        return page.typing(
            s, f"pick_up.{part}", typed, act=part, good=_is_good(part, typed), kind=_KINDS[part], most=_MOST[part]
        )
    key = "pick_up.mail_told" if v.form.mail else "pick_up.window_told"
    told = page.fact(s, "told", key)
    lead = "lead" if v.later is None else "lead_later"
    return page.listing(s, "pick_up", as_it_is, answers=_address(s), options=_places(s), facts=(told,), lead=lead)


def _places(s: Sight[Visit]) -> tuple[Row, ...]:
    v = s.state
    halls = tuple(
        page.pick(
            one.site_id, one.name, s.say("pick_up.here" if n == 0 else "pick_up.there"),
            picked=v.form.mail is None and v.form.pickup_site == one.site_id, act="hall", value=one.site_id,
        )
        for n, one in enumerate(v.offers.halls)
    )  # fmt: skip
    mail = page.pick(
        "mail", s.say("pick_up.mail"), s.say("pick_up.mail_why"), picked=v.form.mail is not None, act="mail", value=""
    )
    return (*halls, mail)


def _address(s: Sight[Visit]) -> tuple[Row, ...]:
    to = s.state.form.mail
    if to is None:
        return ()
    plain = proposed(s.state.form)
    shown = {
        "recipient": mask_name(to.recipient), "phone": mask_phone(to.phone), "address": mask_address(to.address)
    }  # fmt: skip
    return tuple(
        page.answer(
            s, f"pick_up.{part}", shown[part] or s.say("wish.none"),
            "known" if getattr(to, part) == getattr(plain, part) else "own", _ICONS[part],
        )
        for part in _LEAST
    )  # fmt: skip


def _is_good(part: str, typed: str) -> bool:
    text = typed.strip()
    return is_mobile(text) if part == "phone" else _LEAST[part] <= len(text) <= _MOST[part]


def event(touch: Touch[Visit]) -> Event | None:
    """A hall, the post, or one line of the address."""
    s = touch.sight
    v, halls = s.state, s.state.offers.halls
    if touch.name == "hall":
        site = next((one.site_id for one in halls if one.site_id == touch.text), None)
        return ev.PickupWished(site, None) if site else None
    site = v.form.pickup_site or (halls[0].site_id if halls else None)
    if site is None:
        return None
    if touch.name == "mail":
        return ev.PickupWished(site, mail_now(v))
    if touch.name in _LEAST and v.form.mail is not None:
        return _line(touch, v.form.mail, ev.PickupWished(site, v.form.mail))
    return None


def _line(touch: Touch[Visit], to: MailAddress, now: ev.PickupWished) -> Event | None:
    typed = touch.sight.note("typed", getattr(to, touch.name)).strip()
    changed: MailAddress = replace(to, **{touch.name: typed})
    return replace(now, mail=changed) if _is_good(touch.name, typed) else None
