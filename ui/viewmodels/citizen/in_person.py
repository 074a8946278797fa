"""The equal way without the face: what the person waits for, and the page of the helper or clerk who comes."""

from base64 import b64encode

from kiosk.contracts.device import Ability, DeviceKind
from kiosk.domain.acts import Act
from kiosk.domain.private import mask_name, mask_number
from kiosk.workflow import events as ev
from kiosk.workflow.in_person import rest_of
from kiosk.workflow.machine import Event
from kiosk.workflow.visit import Busy, Visit, portrait_of
from ui.viewmodels.page import Action
from ui.viewmodels.sight import Screen, Sight, Touch

from .chrome import fault_row

_SHORTEST, _LONGEST = 4, 8  # digits of a PIN


def waiting_words(s: Sight[Visit]) -> str:
    """What happens when the helper has come: the staff card, the window where no reader for it stands, or later."""
    if Act.VERIFY_PERSON in s.scene.barred:
        return s.say("verify_face.staff_card_offline")
    here = any(one.kind is DeviceKind.STAFF_CARD_READER for one in s.scene.reports)
    return s.say("verify_face.staff_card" if here else "verify_face.staff_card_window")


def confirm_in_person(s: Sight[Visit]) -> Screen:
    """First the PIN, then the person beside the card's picture: masked, for whoever stands behind reads along."""
    return _pin(s) if s.state.beside is None or s.state.beside.staff is None else _compare(s)


def _pin(s: Sight[Visit]) -> Screen:
    b, typed = s.state.beside, len(s.note("pin"))
    busy = s.state.busy is Busy.PIN
    rests = b is not None and b.rests
    return Screen(
        s.say("confirm_in_person.pin.title"),
        s.say("confirm_in_person.pin.lead"),
        {
            "mode": "pin",
            "typed": typed,
            "dots": s.say("confirm_in_person.typed", n=typed),
            "state": s.say("confirm_in_person.rests", n=rest_of(b)) if b is not None and rests else
            s.say("confirm_in_person.checking") if busy else "",
            "waits": busy or rests,
            "clear": s.say("confirm_in_person.clear"),
            "deletes": s.say("confirm_in_person.delete"),
            "who": "", "number": "", "portrait": "", "aid": "", "by": "",
        },
        {"banners": fault_row(s)},
        (
            Action(
                "pin", s.say("confirm_in_person.enter"), "primary", "check",
                typed >= _SHORTEST and not busy and not rests, s.say("confirm_in_person.missing"), busy,
                s.say("confirm_in_person.checking"),
            ),
            Action("back", s.say("confirm_in_person.stop"), icon="arrow-left"),
        ),
        {"pin": {"pin": ""}, "back": {"pin": ""}},
    )  # fmt: skip


def _compare(s: Sight[Visit]) -> Screen:
    v = s.state
    person = v.form.person(v.verifying) if v.verifying else None
    acts = person.acting if person else None
    assert v.beside is not None and v.beside.staff is not None and acts is not None
    busy, picture = v.busy is Busy.VERIFYING, portrait_of(v)
    refuse, stop = s.say("confirm_in_person.refuse"), s.say("confirm_in_person.stop")
    return Screen(
        s.say("confirm_in_person.compare.title"),
        s.say("confirm_in_person.compare.lead"),
        {
            "mode": "compare",
            "who": mask_name(acts.name),
            "number": mask_number(acts.cert_no),
            "portrait": f"data:image/bmp;base64,{b64encode(picture).decode('ascii')}" if picture else "",
            "aid": _aid(s),
            "by": s.say("confirm_in_person.by", name=v.beside.staff.name, ref=v.beside.staff_ref),
            "state": s.say("confirm_in_person.sending") if busy else "",
            "waits": busy,
            "typed": 0, "dots": "", "clear": "", "deletes": "",
        },
        {"banners": fault_row(s)},
        (
            Action(
                "confirm", s.say("confirm_in_person.confirm"), "primary", "check", not busy,
                s.say("confirm_in_person.sending"), busy, s.say("confirm_in_person.sending"),
            ),
            Action("refuse", refuse, enabled=not busy, missing=refuse),
            Action("back", stop, icon="arrow-left", enabled=not busy, missing=stop),
        ),
    )  # fmt: skip


def _aid(s: Sight[Visit]) -> str:
    """What this machine can say to whoever compares the person with the card, and what it cannot: a hint, no more."""
    v = s.state
    if not portrait_of(v):
        reader = next((one for one in s.scene.reports if one.kind is DeviceKind.ID_CARD_READER), None)
        able = reader is not None and Ability.DECODES_PORTRAITS in reader.abilities
        return s.say("verify_face.aid.no_picture" if able else "verify_face.aid.no_decoder")
    return "" if v.likeness is None else s.say(f"verify_face.aid.{v.likeness.value}")


def event(touch: Touch[Visit]) -> Event | None:
    """PIN, verdict; nothing while one of them is on its way."""
    if touch.name == "pin":
        pin = touch.sight.note("pin")
        return ev.PinEntered(pin) if _SHORTEST <= len(pin) <= _LONGEST else None
    if touch.name == "confirm":
        return ev.PersonConfirmedHere()
    return ev.PersonNotConfirmed() if touch.name == "refuse" else None
