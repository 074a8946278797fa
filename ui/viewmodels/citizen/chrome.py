"""What holds on every citizen screen: step count, banners, the two dialogs, the way back and the way out."""

from kiosk.code_tables.freshness import Freshness
from kiosk.contracts.device import DeviceKind, DeviceState
from kiosk.faults import Fault, FaultCode
from kiosk.workflow import events as ev
from kiosk.workflow import later_items
from kiosk.workflow.citizen import is_expected, is_worth_keeping
from kiosk.workflow.machine import Event
from kiosk.workflow.open_business import order_of
from kiosk.workflow.visit import Busy, Helper, Visit
from ui.viewmodels.findings import banner, fault_banner
from ui.viewmodels.page import Action, Row, Slip, ViewModel
from ui.viewmodels.sight import Screen, Sight
from ui.viewmodels.slip import visit_slip

_RESTING = ("home", "farewell")
_WORKING = frozenset(Busy) - {Busy.CARD, Busy.LINK, Busy.SOCIAL_CARD}
_IN_FULL = "check_answers"  # the page that is the slip, with its lines as rows of its own: they come bit by bit
# Where the page itself is the slip, or where nothing of a person is on the screen.
_SLIPLESS = (
    "home",
    "give_consent",
    "confirm_in_person",
    "find_my_case",
    "find_my_draft",
    "enter_resume_code",
    "choose_draft",
    "settle_draft",
    "find_my_slip",
    "choose_copy",
    "look_at_copy",
    "take_copy",
    "choose_topic",
    "write_words",
    "take_number",
    "choose_queue",
    "see_number",
    "find_feedback",
    "find_company",
    "choose_company",
    "confirm_items",
    "read_answer",
    "choose_guide",
    "read_guide",
    "farewell",
    "rate",
    "check_answers",
    "take_receipt",
    "see_progress",
    "book_collection",
)
_OF_CITIZENS = frozenset({FaultCode.TERMINAL_READ_ONLY, FaultCode.TERMINAL_LOCKED})  # hand-overs are the windows'
_OFFLINE = {
    "home": "chrome.offline_home",
    "choose_topic": "chrome.offline_feedback",
    "write_words": "chrome.offline_feedback",
    "take_number": "chrome.offline_feedback",
    "find_feedback": "chrome.offline_answer",
    "read_answer": "chrome.offline_answer",
    "choose_guide": "chrome.offline_guides",
    "read_guide": "chrome.offline_guides",
    "find_my_case": "chrome.offline_find",
    "find_my_draft": "chrome.offline_find",
    "find_my_slip": "chrome.offline_find",
    "choose_copy": "chrome.offline_find",
    "take_copy": "chrome.offline_find",
    "see_progress": "chrome.offline_progress",
    "book_collection": "chrome.offline_booking",
    "choose_draft": "chrome.offline_find",
    "choose_queue": "chrome.offline_queue",
    "see_number": "chrome.offline_queue",
    "find_company": "chrome.offline_later",
    "choose_company": "chrome.offline_later",
}
_BEFORE_BEGUN = ("give_consent", "present_id_card", "verify_face", "choose_items")
_OFFLINE_ALREADY = {"wifi-off"}
_COMMON: dict[str, type[Event]] = {
    "next": ev.NextAsked,
    "back": ev.BackAsked,
    "retry": ev.RetryAsked,
    "leave": ev.LeaveAsked,
    "help": ev.HelpCalled,
    "no_help": ev.HelpNotNeeded,
    "touched": ev.Touched,
}


def event(name: str) -> Event | None:
    """Actions that mean the same on every screen."""
    kind = _COMMON.get(name)
    return kind() if kind else None


def framed(s: Sight[Visit], screen: Screen) -> ViewModel:
    """The screen with its frame."""
    v = s.state
    order = later_items.order_of(v) if v.later is not None else order_of(v.form)
    here = _stands(v, order)
    step = order.index(here) + 1 if here in order and not _tracking(v) and not v.only_looks else 0
    frame = {
        "question": screen.question,
        "lead": screen.lead,
        "step": step,
        "steps": len(order),
        "leaving": s.note("leaving") == "yes",
        "idle": v.idle_warned,
        "helped": v.helper not in (None, Helper.NOT_REACHED),
        "code": v.slip_code or "",
        "keeps": is_worth_keeping(v),
        "cardLeft": v.card_left,
        "slipShown": v.step not in _SLIPLESS and not _tracking(v) and not v.proving,
        "then": {name: dict(notes) for name, notes in screen.then.items()},
    }
    shown = screen.lists.get("banners", ())
    slip = Slip() if v.proving else visit_slip(v, s.words)
    whole = {"slip": tuple(line.row() for line in slip.lines)} if v.step == _IN_FULL else {}
    return ViewModel(
        page=v.step,
        data={**frame, **screen.data},
        lists={**screen.lists, **whole, "banners": (*_banners(s, shown), *shown)},
        actions=screen.actions,
        slip=slip,
        resting=v.step in _RESTING,
        working=v.busy in _WORKING,
        awaits=_awaits_helper(v),
        idle_warned=v.idle_warned,
        picture=screen.picture,
    )


def _awaits_helper(v: Visit) -> bool:
    """Whoever waits to be checked in person is not hurried while somebody is called for it or on the way."""
    return v.in_person and v.helper in (Helper.CALLING, Helper.CALLED, Helper.COMING, Helper.HERE)


def _stands(v: Visit, order: tuple[str, ...]) -> str:
    """The step that the bar shows: whoever joins later is checked within the step that named them, so the bar does
    not run back to the applicant's own check."""
    joins = v.step == "verify_face" and v.verifying not in (None, v.form.applicant)
    return next((one for one in ("name_people", "name_operator") if joins and one in order), v.step)


def _tracking(v: Visit) -> bool:
    return v.step in ("see_progress", "book_collection", "find_my_case") and v.deed is None


def _banners(s: Sight[Visit], shown: tuple[Row, ...]) -> list[Row]:
    v = s.state
    found: list[Row] = []
    if v.card_left:
        left = fault_banner(Fault(FaultCode.CARD_LEFT_BEHIND), s.words)
        found.append({**left, "key": "card_left"})
    if v.social_left:
        what, todo = s.say("chrome.social_left.what"), s.say("chrome.social_left.todo")
        found.append(banner("social_left", "wait", what, todo, icon="card"))
    waited_for = v.step == "confirm_in_person" and v.helper is not Helper.HERE  # who comes is at this very page
    if v.helper is not None and not waited_for:
        found.append(_helper_row(s, v.helper))
    stopped, told = s.scene.stopped, v.fault.code if v.fault else None
    if stopped is not None and v.step not in _RESTING and told is not stopped.code and stopped.code in _OF_CITIZENS:
        found.append({**fault_banner(stopped, s.words), "key": "stopped"})
    said = any(row["icon"] in _OFFLINE_ALREADY for row in shown)
    if not s.scene.online and not said and v.step not in ("farewell", "submit", "take_receipt"):
        offline = _offline(v)
        found.append(banner("offline", "wait", s.say(offline + ".what"), s.say(offline + ".todo"), icon="wifi-off"))
    return found


_HELP = {
    Helper.CALLING: "now",
    Helper.CALLED: "now",
    Helper.COMING: "ok",
    Helper.HERE: "ok",
    Helper.WITHDRAWING: "now",
    Helper.NOT_WITHDRAWN: "wait",
    Helper.NOT_REACHED: "wait",
}


def _helper_row(s: Sight[Visit], helper: Helper) -> Row:
    """Who helps, or how far the call is; nothing is said before it is true."""
    call, key = s.state.help_call, f"chrome.helper.{helper.value}"
    name = (call.helper if call else "") or s.say("chrome.helper.somebody")
    when = call is not None and call.minutes is not None and helper is Helper.COMING
    todo = s.say(f"{key}.todo_in", n=call.minutes) if when and call is not None else s.say(f"{key}.todo")
    alone = is_expected(s.state) and not s.state.in_person  # there the page offers other ways
    button, act = (s.say("chrome.helper.not_needed"), "no_help") if alone else ("", "")
    what = s.say(f"{key}.what", name=name)
    return banner("helper", _HELP[helper], what, todo, icon="hand", button=button, act=act)


def _offline(v: Visit) -> str:
    """What the want of a network means here: only where something is filled in one goes on filling in."""
    if v.only_looks and v.step == "verify_face":
        return "chrome.offline_proof"
    if v.later is not None and not v.later.begun and v.step in _BEFORE_BEGUN:
        return "chrome.offline_later"
    return _OFFLINE.get(v.step, "chrome.offline")


def fault_row(s: Sight[Visit], button: str = "", act: str = "") -> tuple[Row, ...]:
    """The step's fault as its banner, if there is one."""
    return (fault_banner(s.state.fault, s.words, button, act),) if s.state.fault else ()


def catalogue_row(s: Sight[Visit]) -> tuple[Row, ...]:
    """The age of the catalogue of the business scope, before it matters: old is said, expired stops everything."""
    told = s.scene.ledger
    if told.catalogue is Freshness.EXPIRED:
        return (fault_banner(Fault(FaultCode.CATALOGUE_EXPIRED), s.words),)
    if told.catalogue is not Freshness.OLD:
        return ()
    what = s.say("chrome.catalogue_old.what", n=told.catalogue_days)
    return (banner("catalogue", "wait", what, s.say("chrome.catalogue_old.todo"), icon="calendar"),)


def ready(s: Sight[Visit], kind: DeviceKind) -> Fault | None:
    """Why a device cannot be used now; None while it can, or while it only starts."""
    for report in s.scene.reports:
        if report.kind is kind and report.state not in (DeviceState.READY, DeviceState.BUSY, DeviceState.STARTING):
            return report.fault or Fault(FaultCode.DEVICE_FAILED)
    return None


def back(s: Sight[Visit]) -> Action:
    """上一步, or straight back to the check page when one came from there."""
    text = "chrome.back_to_check" if s.state.changing else "chrome.back"
    return Action("back", s.say(text), icon="arrow-left")


def later(s: Sight[Visit]) -> Action:
    """先存着，改天再办: asked once more before it happens."""
    if s.state.only_looks:
        return Action("back", s.say("chrome.back"), icon="arrow-left")  # there is nothing that could be kept
    return Action("later", s.say("chrome.later"), short=s.say("chrome.later_short"))


LATER = {"later": {"leaving": "yes"}}


def onward(s: Sight[Visit], text: str = "", *, enabled: bool = True, missing: str = "") -> Action:
    """The step's own blue action; after a change it leads straight back to the check page."""
    said = text or s.say("chrome.back_to_check" if s.state.changing else "chrome.next")
    return Action("next", said, "primary", "arrow-right", enabled, missing)
