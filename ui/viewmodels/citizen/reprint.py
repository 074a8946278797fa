"""A slip once more: found by its code or by card and face, chosen by what it is about, and printed."""

from kiosk.contracts.printing import Printed
from kiosk.domain.case import OpeningCase
from kiosk.domain.ids import CaseId
from kiosk.rules.slip_code import slip_payload
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from kiosk.workflow.visit import Busy, Visit
from ui.viewmodels.page import Action, Row
from ui.viewmodels.paper_look import ZOOMS, paper_look
from ui.viewmodels.sight import Screen, Sight, Touch, choice, line

from .chrome import fault_row
from .track import finding


def find_my_slip(s: Sight[Visit]) -> Screen:
    """The code of another slip, or the card and then the face."""
    return finding(s, "find_my_slip")


def choose_copy(s: Sight[Visit]) -> Screen:
    """Company and code, as they stand on the slip."""
    return Screen(
        s.say("choose_copy.title"),
        s.say("choose_copy.lead"),
        {},
        {"choices": tuple(_case(s, case) for case in s.state.copies), "banners": fault_row(s)},
        (Action("leave", s.say("choose_copy.leave")),),
    )


def _case(s: Sight[Visit], case: OpeningCase) -> Row:
    detail = s.say("choose_copy.detail", code=case.slip_code, state=s.say(f"state.case.{case.state.value}"))
    row = choice(case.id, case.form.name.full, detail, icon="receipt", act="copy", value=case.id)
    return {**row, "words": s.say("choose_copy.pick")}


def copy_event(touch: Touch[Visit]) -> Event | None:
    """One of those that are offered."""
    offered = {case.id for case in touch.sight.state.copies}
    return ev.CopyPicked(CaseId(touch.text)) if touch.name == "copy" and touch.text in offered else None


def look_at_copy(s: Sight[Visit]) -> Screen:
    """The slip as it would be printed: page by page, larger and smaller; printed or not."""
    v = s.state
    look = paper_look(v.paper, s.notes)
    making = v.paper is not None and not look.made
    said = s.say("paper.making") if making else s.say("look_at_copy.page", n=look.at + 1, all=look.count)
    tools = (
        _tool(s, "before", "chevron-up", look.at > 0, {"paperAt": look.at - 1}),
        _tool(s, "after", "chevron-down", look.at < look.count - 1, {"paperAt": look.at + 1}),
    )
    sizes = (
        _tool(s, "smaller", "minus", look.zoom > 0, {"paperZoom": look.zoom - 1}),
        _tool(s, "larger", "plus", look.made and look.zoom < len(ZOOMS) - 1, {"paperZoom": look.zoom + 1}),
    )
    return Screen(
        s.say("look_at_copy.title"),
        said if v.paper is not None else "",
        {
            "paper": v.paper is not None,
            "made": look.made,
            "wide": look.wide,
            "high": look.high,
            "zoom": ZOOMS[look.zoom],
            "name": s.joined(s.say("look_at_copy.title"), said),
        },
        {"tools": (*(tools if look.count > 1 else ()), *sizes), "banners": fault_row(s)},
        (
            Action("next", s.say("look_at_copy.print"), "primary", "printer", not making, s.say("paper.making")),
            Action("back", s.say("look_at_copy.no"), icon="arrow-left"),
        ),
        picture=look.picture,
    )


def _tool(s: Sight[Visit], name: str, icon: str, enabled: bool, sets: dict[str, object]) -> Row:
    return {"key": name, "text": s.say(f"paper.{name}"), "icon": icon, "enabled": enabled, "sets": sets}


def take_copy(s: Sight[Visit]) -> Screen:
    """Paper, or the code large on the screen when there is none."""
    v, case = s.state, s.state.known
    printing = v.busy is Busy.PRINTING
    unsure = v.receipt is Printed.UNKNOWN
    mode = "printing" if printing else "paperless" if v.fault is not None else "unsure" if unsure else "done"
    wait = s.say("take_receipt.printing.state")
    accepted = case.accepted_at if case else None
    due = case.due_at if case else None
    where = (case.pickup_window if case else "") or s.say("take_receipt.where_hall")
    return Screen(
        s.say("take_copy.title" if mode == "done" else f"take_receipt.{mode}.title"),
        s.say("take_copy.lead" if mode == "done" else f"take_receipt.{mode}.lead"),
        {
            "mode": mode,
            "company": case.form.name.full if case else "",
            "code": v.slip_code or "",
            "codeLabel": s.say("take_receipt.code"),
            "state": s.say("take_copy.mark"),
            "qr": slip_payload(v.case_id, v.slip_code) if v.case_id and v.slip_code else "",
            "seal": "accepted" if accepted else "waiting",
            "sealWords": s.say("slip.accepted" if accepted else "slip.to_accept"),
            "sealAt": f"{accepted:%m-%d %H:%M}" if accepted else "",
        },
        {
            "facts": (
                line("code", s.say("take_receipt.code"), v.slip_code or ""),
                line("due", s.say("take_receipt.due"), s.moment(due) if due else s.say("take_receipt.due_later")),
                line("where", s.say("take_receipt.where"), where),
            ),
            "steps": (choice("collect", s.say("take_receipt.collect"), s.say("take_receipt.collect_what")),),
            "banners": fault_row(s),
        },
        (
            Action("next", s.say("take_copy.done"), "primary", "check", not printing, wait),
            *(
                ()
                if printing
                else (
                    Action("retry", s.say("take_receipt.again"), icon="printer"),
                    Action("back", s.say("take_copy.another"), icon="arrow-left"),
                )
            ),
        ),
    )
