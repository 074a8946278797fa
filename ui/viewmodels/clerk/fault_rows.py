"""Expected failures as banners of the desk."""

from kiosk.faults import Fault, FaultCode
from kiosk.faults import words as fault_words
from kiosk.workflow.desk import Desk
from ui.viewmodels.findings import fault_banner
from ui.viewmodels.page import Row
from ui.viewmodels.sight import Sight
from ui.words import catalogue

_REFUSALS = frozenset({
    FaultCode.PLATFORM_REFUSED, FaultCode.STOCK_REFUSED, FaultCode.LIBRARY_REFUSED, FaultCode.SIGNING_LINK_REFUSED,
})  # fmt: skip


def _reason(s: Sight[Desk], fault: Fault) -> str:
    """Why the platform refused, as a clause; empty where nothing was refused or no reason was given."""
    key = f"platform_says.{fault.details.get('slug', '')}"
    return s.say(key) if fault.code in _REFUSALS and key in catalogue() else ""


def what_is(s: Sight[Desk], fault: Fault) -> str:
    """What happened, without a stop; of a refusal with the platform's reason in words, where it gave one."""
    what, why = fault_words(fault.code, s.words.language).what, _reason(s, fault)
    return s.say("clerk.because", what=what, why=why) if why else what


def why_is(s: Sight[Desk], fault: Fault) -> str:
    """The same in a table that has room for one thing: the reason alone."""
    why = _reason(s, fault)
    return why[:1].upper() + why[1:] if why else what_is(s, fault)


def fault_row(s: Sight[Desk], fault: Fault, mend: Row | None = None) -> Row:
    """An expected failure in the words for staff; the code stands small behind the remedy."""
    said = fault_words(fault.code, s.words.language)
    todo = said.staff or said.citizen
    left = fault.details.get("left")
    if left is not None:
        todo = s.say("clerk.attempts_left", n=left) + todo
    if (lies := fault.details.get("is", "unknown")) != "unknown":
        todo = s.say(f"clerk.wrong_card.{lies}") + todo
    row = {**fault_banner(fault, s.words), "todo": todo, "cap": ""}
    row["what"] = row["what"].replace(said.what, what_is(s, fault), 1)
    if mend is None:
        return row
    return {**row, "button": mend["words"], "act": mend["action"], "cap": mend["shortcut"]}
