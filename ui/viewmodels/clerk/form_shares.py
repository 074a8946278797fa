"""What a shareholder brings and until when, on the desk's form."""

from kiosk.domain.money import capital_words, wan, wan_text
from kiosk.domain.person import Person
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk
from kiosk.workflow.machine import Event
from ui.viewmodels.citizen import people
from ui.viewmodels.page import Row
from ui.viewmodels.sight import Sight, Touch

from .form_line import Line, Typed, as_visit

_STEP = "name_people"


def share_lines(s: Sight[Desk], person: Person) -> list[Line]:
    """Amount and day; equal shares and five years stand proposed."""
    text = wan_text(person.subscribed) if person.subscribed > 0 else ""
    sight = as_visit(s, _STEP, {"edit": f"{person.ref}.due"})

    def look(typed: str) -> tuple[str, bool]:
        amount = wan(typed)
        good = amount is not None and amount > 0
        return (capital_words(amount), False) if good and amount is not None else ("", bool(typed))

    def give(typed: str) -> Event | None:
        amount = wan(typed)
        return ev.ShareSet(person.ref, amount) if amount is not None and amount > 0 else None

    def due(row: Row) -> Event | None:
        return people.event(Touch("due", None, as_visit(s, _STEP, {**sight.notes, **row["sets"]})))

    until = people.due_line(sight, person)
    share = Line(
        f"share.{person.ref}",
        _STEP,
        s.say("name_people.share_label"),
        s.money("name_people.share_value", person.subscribed) if text else "",
        needed=True,
        about=person.ref,
        codes=frozenset({"share-missing"}),
        typed=Typed(text, give, "amount", 16, s.say("set_capital.unit"), look=look),
    )
    by = Line(
        f"due.{person.ref}",
        _STEP,
        s.say("name_people.due_label"),
        until,
        about=person.ref,
        codes=frozenset({"due-past", "due-too-late", "due-after-term"}),
        options=lambda: tuple(people.name_people(sight).lists["quick"]),
        take=due,
    )
    return [share, by]
