"""A line of the form on the desk: what it asks, what stands there, and how keys answer it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from kiosk.workflow.desk import Desk
from kiosk.workflow.machine import Event
from kiosk.workflow.on_desk import at_step
from kiosk.workflow.visit import Busy, Visit
from ui.viewmodels.page import NOTHING, Row
from ui.viewmodels.sight import Sight, choice

Of = TypeVar("Of")
Look = Callable[[str], tuple[str, bool]]


def _nothing(_row: Row) -> Event | None:
    return None


@dataclass(frozen=True, slots=True)
class Typed:
    """How a line is typed. ``give``: the finished text as an event, None while it is none. ``look``: what to say of
    the text so far, and whether it is wrong. ``searches``: the text looks for options, one of which is the answer."""

    text: str
    give: Callable[[str], Event | None]
    kind: str = "pinyin"
    maximum: int = 64
    unit: str = ""
    hint: str = ""
    look: Look | None = None
    searches: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """``step``: the terminal's page that asks the same. ``codes``: the findings that are mended here, of the person
    or thing in ``about`` where that is named. ``many``: several options may be taken, one after the other.
    ``note``: what belongs to the answer, below it."""

    key: str
    step: str
    label: str
    value: str = ""
    needed: bool = False
    aside: str = ""
    codes: frozenset[str] = frozenset()
    about: str = ""
    typed: Typed | None = None
    options: Callable[[], tuple[Row, ...]] = tuple
    take: Callable[[Row], Event | None] = _nothing
    many: bool = False
    note: str = ""
    tells: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether an answer is missing, whatever the rules say of it."""
        return self.needed and not self.value


@dataclass(frozen=True, slots=True)
class OneOf(Generic[Of]):
    """One of a few known answers. ``among``: by the key of its row; ``said``: its words and what stands below them;
    ``keep``: the answer as an event."""

    among: Mapping[str, Of]
    now: Of | None
    said: Callable[[Of], tuple[str, str]]
    keep: Callable[[Of], Event | None]

    @property
    def value(self) -> str:
        """The words of the answer that stands; empty: none."""
        return "" if self.now is None else self.said(self.now)[0]

    def rows(self) -> tuple[Row, ...]:
        """Every answer, in its order."""
        return tuple(
            choice(key, *self.said(one), picked=one == self.now, act="pick", value=key)
            for key, one in self.among.items()
        )

    def take(self, row: Row) -> Event | None:
        """The answer of a row."""
        one = self.among.get(str(row["value"]))
        return None if one is None else self.keep(one)


def hand(s: Sight[Desk]) -> Mapping[str, Any]:
    """Where the clerk's hand is: ``at`` a line (empty: the first that is missing), what was ``typed`` ``of`` which
    line, the ``mark`` among what was found, and the choices that lead to another choice."""
    known = s.notes.get("hand")
    return known if isinstance(known, dict) else NOTHING


def typed_of(s: Sight[Desk], key: str) -> str | None:
    """What was typed into a line and is not given yet; None: nothing."""
    now = hand(s)
    text = now.get("typed")
    return text if now.get("of") == key and isinstance(text, str) else None


def pages_of(s: Sight[Desk], key: str) -> Mapping[str, Any]:
    """The choices on a line that led to the one at hand."""
    now = hand(s)
    inner = now.get("inner")
    return inner if now.get("at") == key and isinstance(inner, dict) else NOTHING


def as_visit(s: Sight[Desk], step: str, notes: Mapping[str, Any] = NOTHING) -> Sight[Visit]:
    """The answers as the terminal's page would look at them."""
    v = at_step(s.state, step)
    waits_for_card = v.busy is Busy.CARD  # a page of its own at the terminal; here only another line
    scene: Any = replace(s.scene, state=replace(v, busy=None) if waits_for_card else v)  # type: ignore[arg-type]
    return Sight(scene, s.words, notes)
