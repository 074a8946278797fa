"""Going on with a draft: found by card or by slip and phone, and chosen by what it is about."""

from kiosk.contracts.ledger import Answer
from kiosk.domain.case import OpeningCase
from kiosk.domain.ids import CaseId
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from kiosk.workflow.visit import Busy, Visit
from ui.viewmodels.naming import business
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Screen, Sight, Touch, choice

from .chrome import fault_row
from .track import finding

_DIGITS = 6


def find_my_draft(s: Sight[Visit]) -> Screen:
    """The card on the reader, or the code of the slip and then the phone."""
    return finding(s, "find_my_draft")


def enter_resume_code(s: Sight[Visit]) -> Screen:
    """Six digits from the applicant's phone; whether there is such a draft, only the right code says."""
    v = s.state
    typed = s.note("digits")
    left = _DIGITS - len(typed)
    check = Action(
        "check", s.say("enter_resume_code.check"), "primary", "arrow-right", left == 0,
        s.say("enter_resume_code.left", n=left), v.busy is Busy.FINDING, s.say("find_my_case.finding"),
    )  # fmt: skip
    return Screen(
        s.say("enter_resume_code.title"),
        s.say("enter_resume_code.lead", code=v.slip_code or ""),
        {
            "digits": typed,
            "label": s.say("enter_resume_code.label"),
            "hint": s.say("enter_resume_code.hint"),
            "words": s.say("enter_resume_code.words"),
            "next": f"{v.next_code_at:%H:%M:%S}" if v.next_code_at else "",
            "again": s.say("enter_resume_code.again_at", time=f"{v.next_code_at:%H:%M:%S}" if v.next_code_at else ""),
        },
        {"banners": fault_row(s)},
        (
            check,
            Action("back", s.say("chrome.back"), icon="arrow-left"),
            Action("retry", s.say("enter_resume_code.again"), icon="phone"),
        ),
        {"retry": {"digits": ""}},
    )


def code_event(touch: Touch[Visit]) -> Event | None:
    """The digits, once there are six."""
    typed = touch.sight.note("digits")
    good = len(typed) == _DIGITS and typed.isascii() and typed.isdigit()
    return ev.ResumeCodeTyped(typed) if touch.name == "check" and good else None


def choose_draft(s: Sight[Visit]) -> Screen:
    """What each is about, and how fresh that is; nothing that says more than its slip does."""
    v = s.state
    return Screen(
        s.say("choose_draft.title"),
        s.say("choose_draft.lead" if v.proving or any(one.live for one in v.drafts) else "choose_draft.lead_offline"),
        {},
        {"choices": tuple(_draft(s, one) for one in v.drafts), "banners": fault_row(s)},
        (Action("back", s.say("chrome.back"), icon="arrow-left"), Action("leave", s.say("choose_draft.leave"))),
    )


def _draft(s: Sight[Visit], kept: Answer[OpeningCase]) -> Row:
    case = kept.value
    name = business(case.form, s.words) or s.say("choose_draft.unnamed")
    fresh = (
        s.say("choose_draft.live") if kept.live
        else s.say("choose_draft.as_of", at=s.moment(kept.as_of)) if kept.as_of else s.say("choose_draft.only_here")
    )  # fmt: skip
    detail = s.say("choose_draft.detail", code=case.slip_code, fresh=fresh)
    row = choice(case.id, name, detail, icon="licence", act="draft", value=case.id)
    return {**row, "words": s.say("choose_draft.pick")}


def choose_event(touch: Touch[Visit]) -> Event | None:
    """One of those that are offered."""
    offered = {one.value.id for one in touch.sight.state.drafts}
    return ev.DraftPicked(CaseId(touch.text)) if touch.name == "draft" and touch.text in offered else None
