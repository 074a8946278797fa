"""What has still to be brought, each with its why: photographed here, sent from a phone, or brought to the window."""

from kiosk.contracts.device import DeviceKind
from kiosk.domain.case import DomicileGetWay
from kiosk.domain.material import MaterialSource
from kiosk.rules.materials import MAY_COME_LATER, Need, kinds_for, meets
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from kiosk.workflow.materials import held, lacking, needs, open_needs
from kiosk.workflow.visit import Busy, Gathering, Visit
from ui.viewmodels.findings import banner
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Screen, Sight, Touch, choice
from ui.viewmodels.slip import paper_name

from .chrome import LATER, back, fault_row, later, onward, ready

_LIST = {"need": "", "kind": ""}
_PROOF_OF = {
    DomicileGetWay.OWNED: "property_certificate",
    DomicileGetWay.RENTED: "lease_contract",
    DomicileGetWay.SUBLET: "lease_contract",
}
_HINTS = ("no_page", "not_whole", "too_small", "too_dark", "glare", "blurred", "hold_still", "good")


def collect_materials(s: Sight[Visit]) -> Screen:
    """The list, one paper and its ways, the camera, the page that was taken, or the code for a phone."""
    gathering = s.state.gathering
    if gathering is not None and gathering.by_phone:
        return _phone(s, gathering)
    if gathering is not None:
        reviewing = gathering.pages and s.state.busy is not Busy.PAGE and s.state.fault is None
        return _review(s, gathering) if reviewing else _camera(s, gathering)
    code = s.note("need")
    if any(one.code == code for one in lacking(s.state)):
        return _paper(s, code)
    return _list(s)


def _data(**more: object) -> dict[str, object]:
    """Every name that the page knows, in each of its shapes."""
    blank = {
        "mode": "list", "slipShown": True, "live": False, "hints": {}, "state": "", "stateIcon": "", "qr": "",
        "kindsLabel": "", "empty": "",
    }  # fmt: skip
    return {**blank, **more}


# --- the list ---
def _list(s: Sight[Visit]) -> Screen:
    v = s.state
    missing = open_needs(v)
    rows = tuple(_need(s, one) for one in needs(v))
    lead = "collect_materials.none" if not rows else "collect_materials.lead" if missing else "collect_materials.done"
    arrived = v.just_added == "materials" and held(v) and not v.fault
    banners = (
        (banner("arrived", "ok", s.say("collect_materials.arrived.what"), s.say("collect_materials.arrived.todo"),
                icon="check"),) if arrived else ()
    )  # fmt: skip
    return Screen(
        s.say("collect_materials.title"),
        s.say(lead),
        _data(empty="" if rows else s.say("collect_materials.nothing")),
        {"needs": rows, "banners": (*fault_row(s), *banners)},
        (
            onward(s, enabled=not missing, missing=s.say("collect_materials.missing", n=len(missing))),
            back(s), later(s),
        ),
        LATER,
    )  # fmt: skip


def _need(s: Sight[Visit], need: Need) -> Row:
    """One demand: what for, and how it stands."""
    v = s.state
    here = [one for one in held(v) if meets(one.code, need.code) and one.usable_on(v.now.date())]
    waits = need.code in v.put_off
    state, word, detail = "", "collect_materials.give", s.say(f"collect_materials.why.{need.code}")
    if here:
        pages = sum(one.pages for one in here)
        source = here[-1].source.value if here[-1].source in _BY_HAND else "held"
        state, word = "ok", "collect_materials.have"
        detail = s.say(f"collect_materials.from.{source}", what=paper_name(here[-1].code, s.words), n=pages)
    elif waits:
        state, word, detail = "wait", "collect_materials.change", s.say("collect_materials.later_said")
    row = choice(
        need.code, paper_name(need.code, s.words), detail, picked=bool(here), state=state,
        sets={} if here else {"need": need.code, "kind": ""},
    )  # fmt: skip
    return {**row, "words": s.say(word)}


_BY_HAND = (MaterialSource.SCANNED, MaterialSource.PHONE)


# --- one paper ---
def _paper(s: Sight[Visit], code: str) -> Screen:
    kinds = kinds_for(code)
    picked = _kind(s, code)
    rows = tuple(
        choice(one, s.say(f"collect_materials.other.{one}") if one == code else paper_name(one, s.words),
               picked=one == picked, sets={"kind": one})
        for one in kinds
    ) if len(kinds) > 1 else ()  # fmt: skip
    actions = [Action("to_list", s.say("chrome.back"), icon="arrow-left")]
    if code in MAY_COME_LATER:
        actions.append(
            Action("bring_later", s.say("collect_materials.later"), icon="calendar",
                   short=s.say("collect_materials.later_short"))
        )  # fmt: skip
    return Screen(
        paper_name(code, s.words),
        s.say(f"collect_materials.why.{code}"),
        _data(mode="paper", kindsLabel=s.say("collect_materials.which") if rows else ""),
        {"kinds": rows, "ways": _ways(s, code), "banners": fault_row(s)},
        tuple(actions),
        {"to_list": _LIST, "bring_later": _LIST},
    )


def _kind(s: Sight[Visit], code: str) -> str:
    """Which paper: as picked, else the one that goes with how the place is held."""
    kinds, way = kinds_for(code), s.state.form.domicile.get_way
    usual = _PROOF_OF.get(way, code) if way is not None else code
    picked = s.note("kind")
    return picked if picked in kinds else usual if usual in kinds else code


def _ways(s: Sight[Visit], code: str) -> tuple[Row, ...]:
    ways = []
    if any(one.kind is DeviceKind.DOCUMENT_CAMERA for one in s.scene.reports):
        works = ready(s, DeviceKind.DOCUMENT_CAMERA) is None
        told = "gone" if not works else "detail" if s.scene.online else "offline"
        ways.append(
            choice("camera", s.say("collect_materials.camera"), s.say(f"collect_materials.camera_{told}"),
                   icon="scan", act="camera" if works else "", value=code)
        )  # fmt: skip
    told = "detail" if s.scene.online else "offline"
    ways.append(
        choice("phone", s.say("collect_materials.phone"), s.say(f"collect_materials.phone_{told}"), icon="phone",
               act="phone" if s.scene.online else "", value=code)
    )  # fmt: skip
    return tuple(ways)


# --- under the camera ---
def _camera(s: Sight[Visit], gathering: Gathering) -> Screen:
    v = s.state
    works = v.busy is Busy.PAGE
    actions: tuple[Action, ...] = (Action("stop_paper", s.say("collect_materials.stop"), icon="arrow-left"),)
    if not works:
        again = Action("retry", s.say("collect_materials.retry"), "primary", "scan")
        actions = (again, *actions)
    return Screen(
        s.say("collect_materials.camera_title", what=paper_name(gathering.kind, s.words)),
        s.say("collect_materials.camera_lead", n=len(gathering.pages) + 1),
        _data(
            mode="camera", slipShown=False, live=works, hints={hint: s.say(f"page_hint.{hint}") for hint in _HINTS},
            state=s.say("page_hint.start" if works else "page_hint.stopped"), stateIcon="scan",
        ),
        {"banners": fault_row(s)},
        actions,
    )  # fmt: skip


def _review(s: Sight[Visit], gathering: Gathering) -> Screen:
    count = len(gathering.pages)
    binding = s.state.busy is Busy.BINDING
    return Screen(
        s.say("collect_materials.review_title", n=count),
        s.say("collect_materials.review_lead"),
        _data(mode="review", slipShown=False),
        {"banners": fault_row(s)},
        (
            Action("use_pages", s.say("collect_materials.use", n=count), "primary", "check", busy=binding,
                   busy_text=s.say("collect_materials.keeping")),
            Action("page_more", s.say("collect_materials.more"), icon="plus", enabled=not binding,
                   missing=s.say("collect_materials.keeping")),
            Action("page_again", s.say("collect_materials.again"), icon="scan", enabled=not binding,
                   missing=s.say("collect_materials.keeping")),
        ),
        {"use_pages": _LIST},
        gathering.pages[-1].jpeg,
    )  # fmt: skip


# --- from a phone ---
def _phone(s: Sight[Visit], gathering: Gathering) -> Screen:
    link = gathering.link
    state = s.say("collect_materials.phone_making")
    actions = [Action("stop_paper", s.say("collect_materials.phone_stop"), icon="arrow-left")]
    if link is not None:
        state = s.say("collect_materials.phone_waits", at=f"{link.until:%H:%M}")
        actions.append(
            Action("retry", s.say("collect_materials.phone_anew"), icon="phone",
                   short=s.say("collect_materials.phone_anew_short"))
        )  # fmt: skip
    elif s.state.fault is not None:
        state = s.say("collect_materials.phone_failed")
        actions.insert(0, Action("retry", s.say("collect_materials.phone_retry"), "primary", "phone"))
    steps = tuple(
        choice(key, s.say(f"collect_materials.step.{key}"), s.say(f"collect_materials.step.{key}_how"))
        for key in ("scan", "shoot", "send")
    )
    return Screen(
        s.say("collect_materials.phone_title"),
        paper_name(gathering.kind, s.words),
        _data(mode="phone", slipShown=False, qr="" if link is None else link.address, state=state, stateIcon="phone"),
        {"steps": steps, "banners": fault_row(s)},
        tuple(actions),
    )


def event(touch: Touch[Visit]) -> Event | None:
    """Which paper, by which way, and what becomes of its pages."""
    name, s = touch.name, touch.sight
    plain = {
        "page_more": ev.PageMoreAsked, "page_again": ev.PageAgainAsked, "use_pages": ev.PagesUsed,
        "stop_paper": ev.GatheringStopped,
    }.get(name)  # fmt: skip
    if plain is not None:
        return plain()
    code = s.note("need")
    if name == "bring_later":
        return ev.LaterChosen(code)
    if name not in ("camera", "phone") or touch.text != code:
        return None
    kind = _kind(s, code)
    return ev.CaptureAsked(code, kind) if name == "camera" else ev.PhoneAsked(code, kind)
