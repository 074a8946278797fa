"""Where the business is and what it is worth on paper, on the desk's form."""

from dataclasses import replace
from decimal import Decimal

from kiosk.code_tables.divisions import current_divisions, division_name
from kiosk.code_tables.initials import fits, rank
from kiosk.domain.case import DomicileGetWay
from kiosk.domain.ids import DivisionCode
from kiosk.domain.money import capital_words, wan, wan_text
from kiosk.rules.limits import limits
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk
from kiosk.workflow.machine import Event
from kiosk.workflow.on_desk import visit_of
from ui.viewmodels.citizen.figures import QUICK
from ui.viewmodels.page import Row
from ui.viewmodels.sight import Sight, choice

from .form_line import Line, OneOf, Typed, typed_of

_ADDRESS, _CAPITAL = "give_address", "set_capital"
_LEAST = 4


def address_lines(s: Sight[Desk]) -> tuple[Line, ...]:
    """Division by its initials, the line as on the paper, and how the place was got."""
    return _division(s), _door(s), _way(s)


def _division(s: Sight[Desk]) -> Line:
    home = visit_of(s.state).form.domicile
    text = typed_of(s, "address.division") or ""

    def found() -> tuple[Row, ...]:
        fitting = [one for one in current_divisions() if fits(text, one.name)]
        fitting.sort(key=lambda one: rank(text, one.name))
        return tuple(
            choice(one.code, one.name, picked=one.code == home.division, act="division", value=one.code)
            for one in fitting
        )

    def take(row: Row) -> Event | None:
        code = DivisionCode(str(row["value"]))
        return ev.AddressGiven(replace(home, division=code, division_name=division_name(code)))

    return Line(
        "address.division",
        _ADDRESS,
        s.say("entry.division"),
        home.division_name,
        needed=True,
        options=found,
        take=take,
        codes=frozenset({"domicile-division-missing", "domicile-division-ended", "domicile-street-moved"}),
        typed=Typed("", lambda _text: None, "latin", 20, hint=s.say("entry.division_hint"), searches=True),
    )


def _door(s: Sight[Desk]) -> Line:
    home = visit_of(s.state).form.domicile

    def look(text: str) -> tuple[str, bool]:
        if len(text.strip()) > limits().address:
            return s.say("give_address.line_long"), True
        return f"{home.division_name}{text.strip()}", False

    def give(text: str) -> Event | None:
        line = text.strip()
        return ev.AddressGiven(replace(home, line=line)) if _LEAST <= len(line) <= limits().address else None

    return Line(
        "address.line",
        _ADDRESS,
        s.say("entry.door"),
        home.line,
        needed=True,
        codes=frozenset({"domicile-line-missing", "domicile-line-too-long"}),
        typed=Typed(home.line, give, "pinyin", limits().address, hint=s.say("give_address.line.hint"), look=look),
    )


def _way(s: Sight[Desk]) -> Line:
    home = visit_of(s.state).form.domicile

    def said(way: DomicileGetWay) -> tuple[str, str]:
        key = f"give_address.way.{way.name.lower()}"
        return s.say(key), s.say(f"{key}_paper")

    ways = OneOf(
        {one.value: one for one in DomicileGetWay},
        home.get_way,
        said,
        lambda way: ev.AddressGiven(replace(home, get_way=way)),
    )
    return Line(
        "address.way",
        _ADDRESS,
        s.say("entry.way"),
        ways.value,
        needed=True,
        options=ways.rows,
        take=ways.take,
        codes=frozenset({"domicile-way-missing"}),
    )


def capital_lines(s: Sight[Desk]) -> tuple[Line, ...]:
    """The amount in 万元, said in capitals while it is typed."""
    v = visit_of(s.state)
    known = v.form.registered_capital
    text = wan_text(known) if known is not None else ""

    def look(typed: str) -> tuple[str, bool]:
        amount = wan(typed)
        if amount is None or amount <= 0:
            return (s.say("set_capital.wrong"), True) if typed else ("", False)
        return capital_words(amount), False

    def give(typed: str) -> Event | None:
        amount = wan(typed)
        return ev.CapitalSet(amount) if amount is not None and amount > 0 else None

    return (
        Line(
            "capital",
            _CAPITAL,
            s.say("set_capital.label"),
            s.money("slip.capital.value", known) if known is not None else "",
            needed=True,
            codes=frozenset(
                {"capital-missing", "capital-unit", "capital-places", "contribution-years", "share-missing"}
            ),
            typed=Typed(text, give, "amount", 16, s.say("set_capital.unit"), look=look),
            options=lambda: tuple(
                choice(q, s.money("set_capital.quick", Decimal(q)), act="quick", value=q) for q in QUICK
            ),
            take=lambda row: give(str(row["value"])),
            tells=(
                s.say("set_capital.years", year=v.now.year + v.form.contribution_years),
                s.say("set_capital.liability"),
            ),
        ),
    )
