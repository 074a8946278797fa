"""Policy in short pages: found by a word or by looking, read, and printed on request."""

from kiosk.code_tables.policy_guides import GuideId, policy_guide, policy_guides
from kiosk.contracts.printing import Printed
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from kiosk.workflow.visit import Busy, Visit
from ui.viewmodels.page import Action
from ui.viewmodels.sight import Screen, Sight, Touch, choice

from .chrome import fault_row


def choose_guide(s: Sight[Visit]) -> Screen:
    """Every page, or those that answer what was typed."""
    typed, language = s.note("typed"), s.words.language
    found = tuple(
        choice(page.id, page.title[language], page.lead[language], icon=page.icon, act="guide", value=page.id)
        for page in policy_guides()
        if page.answers(typed)
    )
    return Screen(
        s.say("choose_guide.title"),
        s.say("choose_guide.lead"),
        {
            "typed": typed,
            "placeholder": s.say("choose_guide.placeholder"),
            "empty": "" if found else s.say("choose_guide.empty"),
        },
        {"choices": found, "banners": fault_row(s)},
        (Action("back", s.say("chrome.home"), icon="house"),),
    )


def choose_event(touch: Touch[Visit]) -> Event | None:
    """One of the pages."""
    known = any(page.id == touch.text for page in policy_guides())
    return ev.GuidePicked(GuideId(touch.text)) if touch.name == "guide" and known else None


def read_guide(s: Sight[Visit]) -> Screen:
    """One page, and paper if somebody wants it."""
    v, language = s.state, s.words.language
    assert v.guide is not None
    page = policy_guide(v.guide)
    printing = v.busy is Busy.PRINTING
    printed = v.receipt is Printed.PRINTED and not printing and v.fault is None
    lines = tuple(choice(str(n), line.text[language], icon=line.icon) for n, line in enumerate(page.lines, 1))
    return Screen(
        page.title[language],
        page.lead[language],
        {"paper": s.say("read_guide.printed") if printed else ""},
        {"facts": lines, "banners": fault_row(s)},
        (
            Action("next", s.say("read_guide.done"), "primary", "check"),
            Action(
                "retry", s.say("read_guide.print"), icon="printer", enabled=not printing,
                missing=s.say("take_receipt.printing.state"),
            ),
            Action("back", s.say("read_guide.others"), icon="arrow-left"),
        ),
    )  # fmt: skip
