"""A company that is there asks for more: found in three ways of equal standing, then only what it has not yet."""

from kiosk.domain.item import Item
from kiosk.domain.person import Person, Role
from kiosk.domain.registered import RegisteredCompany
from kiosk.rules.credit_code import problem
from kiosk.rules.review import is_mobile
from kiosk.rules.scanned_code import CodeKind, kind_of
from kiosk.workflow import events as ev
from kiosk.workflow.later_items import tidy
from kiosk.workflow.machine import Event
from kiosk.workflow.visit import Busy, LaterItems, Visit
from ui.viewmodels.findings import finding_banners
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Screen, Sight, Touch, choice

from .chrome import LATER, back, fault_row, later, onward

_CODE = 18  # characters of a credit code
_ICONS = {
    Item.SETUP: "licence", Item.SEAL: "stamp", Item.INVOICE: "receipt", Item.SOCIAL: "shield-check",
    Item.FUND: "house", Item.BANK: "bank",
}  # fmt: skip
_NOBODY = RegisteredCompany("", "")


# --- find_company ---
def find_company(s: Sight[Visit]) -> Screen:
    """The card on the reader, the licence on the phone, or the credit code; each is proved by card and face."""
    v, typed = s.state, tidy(s.note("uscc"))
    wrong = len(typed) == _CODE and problem(typed) is not None
    whole = len(typed) == _CODE and not wrong
    lacks = "wrong" if wrong else "missing"
    missing = (
        s.say(f"find_company.{lacks}", n=_CODE - len(typed)) if s.scene.online else s.say("find_company.offline")
    )
    find = Action(
        "find", s.say("find_company.find"), "primary", "arrow-right", s.scene.online and whole, missing,
        v.busy is Busy.FINDING, s.say("find_company.finding"),
    )  # fmt: skip
    again = (Action("retry", s.say("find_my_case.again"), icon="card"),) if v.fault is not None else ()
    waiting = v.busy is Busy.CARD
    return Screen(
        s.say("find_company.title"),
        s.say("find_company.lead"),
        {
            "code": typed,
            "waiting": waiting,
            "cardTitle": s.say("find_company.card"),
            "cardState": s.say("present_id_card.waiting" if waiting else "find_my_case.card_stopped"),
            "faceUp": s.say("present_id_card.face_up"),
            "licenceTitle": s.say("find_company.licence"),
            "licenceState": s.say("find_company.licence_how"),
            "codeTitle": s.say("find_company.code"),
            "codeHint": s.say("find_company.code_hint"),
            "codeWords": s.say("find_company.code_wrong" if wrong else "find_company.code_words"),
            "codeState": "error" if wrong else "",
        },
        {"banners": fault_row(s)},
        (find, Action("home", s.say("chrome.home"), icon="house"), *again),
    )


def find_event(touch: Touch[Visit]) -> Event | None:
    """The code as it stands in the field, what a scanner typed, or the way back home."""
    if touch.name == "home":
        return ev.BackAsked()
    if touch.name == "scanned" and isinstance(touch.payload, dict):
        text = str(touch.payload.get("text", ""))
        return ev.ELicenceShown(text) if kind_of(text) is CodeKind.LINK else ev.ForeignCodeShown()
    return ev.CodeTyped(tidy(touch.sight.note("uscc"))) if touch.name == "find" else None


# --- choose_company ---
def choose_company(s: Sight[Visit]) -> Screen:
    """Which of several; while it is looked for, that is what it says."""
    v = s.state
    companies = v.later.companies if v.later else ()
    mode = "looking" if v.busy is Busy.FINDING else "choose" if companies else "none"
    again = (Action("retry", s.say("find_company.again"), "primary", "search"),) if v.fault is not None else ()
    return Screen(
        s.say(f"choose_company.{mode}.title"),
        s.say(f"choose_company.{mode}.lead"),
        {},
        {"choices": tuple(_company(s, one) for one in companies), "banners": fault_row(s)},
        (
            *again,
            Action("back", s.say("choose_company.other"), icon="arrow-left"),
            Action("leave", s.say("choose_draft.leave" if companies else "choose_company.leave")),
        ),
    )


def _company(s: Sight[Visit], one: RegisteredCompany) -> Row:
    left = s.listed([s.say(f"item.{item.value}") for item in one.not_yet])
    detail = s.say("choose_company.left", items=left) if left else s.say("choose_company.all_done")
    return choice(one.uscc, one.name, detail, icon="shop", act="company", value=one.uscc)


def company_event(touch: Touch[Visit]) -> Event | None:
    """One of those that are offered."""
    known = touch.sight.state.later
    offered = {one.uscc for one in known.companies} if known else set()
    return ev.CompanyPicked(touch.text) if touch.name == "company" and touch.text in offered else None


# --- choose_items ---
def choose_items(s: Sight[Visit]) -> Screen:
    """Only what the company has not yet; what it has and what is in hand is said, and cannot be asked for."""
    v, known = s.state, s.state.later or LaterItems()
    company = known.company or _NOBODY
    offered = tuple(
        choice(
            item.value, s.say(f"item.{item.value}"), s.say(f"choose_items.detail.{item.value}"),
            picked=item in known.items, icon=_ICONS[item], act="item", value=item.value,
        )
        for item in company.not_yet
    )  # fmt: skip
    had = (*(_had(s, item, "done") for item in company.done), *(_had(s, item, "open") for item in company.open))
    return Screen(
        s.say("choose_items.offer.title" if offered else "choose_items.nothing.title"),
        company.name,
        {"hadTitle": s.say("choose_items.had") if had else ""},
        {
            "choices": offered,
            "had": had,
            "banners": (*fault_row(s), *finding_banners(v.findings, v.form, s.words)),
        },
        _onward(s, known) if offered else (Action("leave", s.say("choose_items.nothing.leave"), "primary", "check"),),
        LATER,
    )


def _had(s: Sight[Visit], item: Item, how: str) -> Row:
    return choice(item.value, s.say(f"item.{item.value}"), s.say(f"choose_items.{how}"), icon=_ICONS[item])


def _onward(s: Sight[Visit], known: LaterItems) -> tuple[Action, ...]:
    n, busy = len(known.items), s.state.busy is Busy.FINDING
    text = s.say("choose_items.next", n=n) if n else s.say("choose_items.next_none")
    go = Action(
        "next", text, "primary", "arrow-right", n > 0, s.say("choose_items.missing"), busy,
        s.say("choose_items.beginning"),
    )  # fmt: skip
    several = len(known.companies) > 1 and not known.begun
    other = (
        (Action("back", s.say("choose_items.other"), icon="arrow-left", short=s.say("choose_items.other_short")),)
        if several
        else ()
    )
    return (go, *other, later(s))


def items_event(touch: Touch[Visit]) -> Event | None:
    """One item more or less."""
    codes = {item.value: item for item in Item}
    return ev.ItemPicked(codes[touch.text]) if touch.name == "item" and touch.text in codes else None


# --- confirm_items ---
def confirm_items(s: Sight[Visit]) -> Screen:
    """What is asked for, for whom and by whom; what is known is shown, and only a phone number may be missing."""
    v, known = s.state, s.state.later or LaterItems()
    applicant = v.form.person(v.form.applicant) if v.form.applicant else None
    company = known.company or _NOBODY
    held = applicant.phone if applicant else ""
    asks, typed = not is_mobile(held), s.note("phone")
    keep = Action(
        "phone", s.say("confirm_items.phone_keep"), "primary", "check", is_mobile(typed),
        s.say("confirm_items.phone_missing"),
    )  # fmt: skip
    items = s.listed([s.say(f"item.{item.value}") for item in v.form.items])
    go = onward(s, s.say("confirm_items.next"), enabled=bool(items), missing=s.say("choose_items.missing"))
    return Screen(
        s.say("confirm_items.title"),
        s.say("confirm_items.lead_phone" if asks else "confirm_items.lead"),
        {
            "asks": asks,
            "phone": typed,
            "phoneLabel": s.say("confirm_items.phone"),
            "phoneHint": s.say("write_words.contact_hint"),
            "phoneWords": s.say("confirm_items.phone_words"),
            "held": s.say("confirm_items.held"),
        },
        {
            "facts": (
                choice("company", s.say("slip.line.name"), company.name, icon="shop"),
                choice("uscc", s.say("slip.line.uscc"), company.uscc, icon="licence"),
                choice("items", s.say("submit.items"), items, icon="list-plus"),
                choice("applicant", s.say("slip.line.applicant"), _who(s, applicant), icon="person"),
            ),
            "banners": fault_row(s),
        },
        (
            keep if asks else go,
            back(s),
            later(s),
        ),
        LATER,
    )


def _who(s: Sight[Visit], person: Person | None) -> str:
    if person is None:
        return ""
    hats = [s.say(f"role.{hat.value}") for hat in (Role.LEGAL_REP, Role.AGENT) if person.wears(hat)]
    return s.listed([person.shown_name, *hats])


def confirm_event(touch: Touch[Visit]) -> Event | None:
    """The applicant's number, once it is whole."""
    typed, applicant = touch.sight.note("phone"), touch.sight.state.form.applicant
    if touch.name != "phone" or applicant is None or not is_mobile(typed):
        return None
    return ev.PhoneGiven(applicant, typed)
