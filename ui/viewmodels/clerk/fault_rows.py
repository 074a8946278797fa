"""Expected failures as banners of the desk."""

from kiosk.faults import Fault
from kiosk.faults import words as fault_words
from kiosk.workflow.desk import Desk
from ui.viewmodels.findings import fault_banner
from ui.viewmodels.page import Row
from ui.viewmodels.sight import Sight


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
    row["small"] = f"{fault.code.value} {fault.details.get('slug', '')}".strip()
    if mend is None:
        return row
    return {**row, "button": mend["words"], "act": mend["action"], "cap": mend["shortcut"]}
