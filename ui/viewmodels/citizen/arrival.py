"""The first screens: home, consent, the card on the reader, and the proof that it is this person's."""

from kiosk.code_tables.policy_guides import policy_guides
from kiosk.contracts.device import DeviceKind
from kiosk.contracts.face_camera import FaceHint
from kiosk.domain.acts import Act
from kiosk.domain.private import mask_name
from kiosk.faults import FaultCode
from kiosk.rules.slip import ITEMS_OF_BUNDLE
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from kiosk.workflow.visit import Busy, Helper, Visit
from ui.viewmodels.findings import fault_banner
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Screen, Sight, Touch, choice

from .chrome import LATER, back, fault_row, later, ready
from .in_person import waiting_words

_ITEM_ICONS = {"SETUP": "licence", "SEAL": "stamp", "INVOICE": "receipt", "SOCIAL": "shield-check"}
_WAYS: tuple[tuple[str, str, tuple[Act, ...]], ...] = (
    ("resume", "resume", (Act.BEGIN_VISIT, Act.FIND_CASE)),
    ("later", "list-plus", (Act.BEGIN_VISIT,)),  # without a network its own page says what that means
    ("track", "progress", (Act.FIND_CASE,)),
    ("queue", "people", (Act.DRAW_NUMBER,)),
    ("reprint", "printer", (Act.FIND_CASE,)),
    ("feedback", "comment", (Act.GIVE_FEEDBACK,)),
    ("guides", "book", ()),
)
_COLLECTED = (("card", "card"), ("phone", "phone"), ("signature", "pencil"))
_CAMERA_GONE = {FaultCode.CAMERA_ABSENT, FaultCode.DEVICE_CONFIGURATION, FaultCode.DEVICE_FAILED}


def home(s: Sight[Visit]) -> Screen:
    """One large action; what one visit brings; and where the rest is done today."""
    locked = s.scene.ledger.locked or s.scene.barred.get(Act.BEGIN_VISIT)
    reader = ready(s, DeviceKind.ID_CARD_READER)
    wrong = locked or reader
    banners = (fault_banner(wrong, s.words),) if wrong else ()
    brings = tuple(
        choice(
            item.value, s.say(f"item.{item.value}"), s.say(f"home.detail.{item.value}"), icon=_ITEM_ICONS[item.value]
        )
        for item in ITEMS_OF_BUNDLE
    )
    return Screen(
        s.say("home.title"),
        s.say("home.lead"),
        {
            "brings": s.say("home.brings"),
            "sealWords": s.say("slip.to_accept"),
            "sealNote": s.say("home.seal_note"),
            "elsewhere": s.say("home.elsewhere"),
            "wake": s.say("home.wake"),
            "begin": s.say("brand"),
            "mayBegin": locked is None,
            "beginMissing": s.say("home.next_terminal"),
        },
        {"brings": brings, "ways": _ways(s), "policies": _policies(s), "banners": banners},
    )


def _ways(s: Sight[Visit]) -> tuple[Row, ...]:
    """The quiet ways; ``value``: whether one can be gone now."""
    barred, locked = s.scene.barred, s.scene.ledger.locked
    return tuple(
        choice(
            key, s.say(f"home.{key}"), icon=icon,
            value=not any(act in barred for act in acts) and not (key in ("resume", "later") and locked),
        )
        for key, icon, acts in _WAYS
    )  # fmt: skip


def _policies(s: Sight[Visit]) -> tuple[Row, ...]:
    """What stands here while nobody does: the guides' first sentences, but no sample."""
    language = s.words.language
    return tuple(
        choice(page.id, page.title[language], page.lead[language], icon=page.icon)
        for page in policy_guides()
        if not page.sample
    )


def give_consent(s: Sight[Visit]) -> Screen:
    """What is read, what for, how long; and, as a consent of its own, how the person wants to be recognised."""
    picked = s.note("face")
    collected = tuple(
        choice(key, s.say(f"give_consent.{key}"), s.say(f"give_consent.{key}_why"), icon=icon)
        for key, icon in _COLLECTED
    )
    ways = tuple(
        choice(
            key, s.say(f"give_consent.{key}"), s.say(f"give_consent.{key}_detail"), picked=picked == key,
            icon=icon, sets={"face": key},
        )
        for key, icon in (("face", "face"), ("in_person", "people"))
    )  # fmt: skip
    return Screen(
        s.say("give_consent.title"),
        s.say("give_consent.lead"),
        {
            "keepsTitle": s.say("give_consent.keeps_title"),
            "keepsWords": s.say("give_consent.keeps"),
            "ask": s.say("give_consent.ask")},
        {"collected": collected, "ways": ways},
        (
            Action(
                "consent", s.say("give_consent.agree"), "primary", "arrow-right", bool(picked),
                s.say("give_consent.pick_first"),
            ),
            Action("leave", s.say("give_consent.refuse")),
        ),
    )  # fmt: skip


def consent_event(touch: Touch[Visit]) -> Event | None:
    """同意并开始, once one of the two equal ways was picked."""
    way = touch.sight.note("face")
    return ev.Consented(way == "face") if touch.name == "consent" and way in ("face", "in_person") else None


def present_id_card(s: Sight[Visit]) -> Screen:
    """Where the card goes, what was agreed, what comes next, and a way for whoever has no card here."""
    v, without = s.state, s.note("without") == "yes"
    actions: tuple[Action, ...] = (back(s), Action("without", s.say("present_id_card.without")))
    if v.fault is not None:
        over = v.fault.code is FaultCode.CARD_EXPIRED  # the same card once more would say the same
        again = Action("retry", s.say("present_id_card.retry_other" if over else "present_id_card.retry"), "primary")
        window = Action("leave", s.say("present_id_card.to_window"), icon="exit")
        actions = (again, back(s), window) if over else (again, *actions)
    if without:
        actions = (
            Action("here", s.say("present_id_card.here"), "primary"),
            Action("leave", s.say("present_id_card.to_window"), icon="exit"),
        )
    return Screen(
        s.say("present_id_card.without_title" if without else "present_id_card.title"),
        s.say("present_id_card.without_lead" if without else "present_id_card.lead"),
        {
            "without": without,
            "waiting": v.busy is Busy.CARD,
            "faceUp": s.say("present_id_card.face_up"),
            "state": s.say("present_id_card.waiting" if v.busy is Busy.CARD else "present_id_card.stopped"),
            "where": s.say("present_id_card.where"),
            "agreed": s.say("present_id_card.agreed"),
            "after": s.say("present_id_card.after"),
        },
        {"banners": fault_row(s), "instead": _instead(s)},
        actions,
        {"without": {"without": "yes"}, "here": {"without": ""}},
    )


def _instead(s: Sight[Visit]) -> tuple[Row, ...]:
    return tuple(
        choice(key, s.say(f"present_id_card.{key}"), s.say(f"present_id_card.{key}_how"), icon=icon)
        for key, icon in (("other_card", "card"), ("no_card", "licence"), ("abroad", "globe"))
    )


def verify_face(s: Sight[Visit]) -> Screen:
    """One instruction at a time; face or in person, two ways of equal standing at every moment."""
    v = s.state
    person = v.form.person(v.verifying) if v.verifying else None
    mode = _mode(v)
    retry = v.fault is not None and v.verifying in v.face_consents
    face_works = ready(s, DeviceKind.FACE_CAMERA) is None and not (v.fault and v.fault.code in _CAMERA_GONE)
    face_detail = "running" if mode in ("face", "verifying") else "retry" if retry else "offer"
    ways = (
        choice(
            "face", s.say("verify_face.way_face"), s.say(f"verify_face.way_face_{face_detail}" if face_works else
            "verify_face.way_face_gone"), picked=mode in ("face", "verifying"), icon="face",
            act="" if mode in ("face", "verifying") or not face_works else "retry" if retry else "face",
        ),
        choice(
            "in_person", s.say("verify_face.way_in_person"),
            s.say(f"verify_face.way_in_person_{_helper(v)}"),
            picked=v.in_person, icon="people",
            act="" if v.in_person and v.helper not in (None, Helper.NOT_REACHED) else "in_person",
        ),
    )  # fmt: skip
    acts = person.acting if person else None  # for a company whoever signs for it
    who = mask_name(acts.name) if acts else ""
    others = v.verifying is not None and v.verifying != v.form.applicant
    called = mode != "in_person" or _helper(v) not in ("again", Helper.NOT_REACHED.value)
    again = "" if called else "_again"  # nobody is on the way
    return Screen(
        s.say(f"verify_face.{mode}.title{again}"),
        s.say(f"verify_face.{mode}.lead", who=who) if not others else s.say("verify_face.other_lead", who=who),
        {
            "mode": mode,
            "who": who,
            "live": mode == "face",
            "hints": {hint: s.say(f"face_hint.{hint}") for hint in _HINTS},
            "start": s.say(f"verify_face.{mode}.state{again}"),
            "kept": s.say("verify_face.kept"),
            "aid": waiting_words(s) if mode == "in_person" else "",
        },
        {"ways": ways, "banners": fault_row(s)},
        (later(s),),
        LATER,
    )


_HINTS = tuple(hint.value for hint in FaceHint)


def _helper(v: Visit) -> str:
    """How far the way in person is."""
    if not v.in_person:
        return "offer"
    return "again" if v.helper is None else v.helper.value


def _mode(v: Visit) -> str:
    if v.in_person:
        return "in_person"
    if v.busy is Busy.VERIFYING:
        return "verifying"
    if v.busy is Busy.FACE:
        return "face"
    return "stopped" if v.fault is not None else "choose"


def face_event(touch: Touch[Visit]) -> Event | None:
    """Either of the two ways."""
    if touch.name == "face":
        return ev.FaceAgreed()
    return ev.InPersonAsked() if touch.name == "in_person" else None
