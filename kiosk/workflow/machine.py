"""The engine of every journey: a table of steps, walked by a pure function.

``advance(plan, state, event) -> (state, effects)``: finds the row of the current step (or of the rows that hold
everywhere), lets it remember what happened, and says where to go and what to do. Nothing here waits, reads or writes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Generic, Protocol, TypeVar


class Event:
    """Something that happened, named by a past participle (``CardRead``)."""

    __slots__ = ()


class Effect:
    """Something to be done, named by an imperative (``ReadCard``); carried out by the session."""

    __slots__ = ()


class Walking(Protocol):
    """What a state must have: the step it stands on."""

    @property
    def step(self) -> str:
        """Name of the current step, which is also the name of its screen."""


S = TypeVar("S", bound=Walking)
Do = Callable[[S], tuple[Effect, ...]]
Doing = Callable[[S, Event], tuple[Effect, ...]]


@dataclass(frozen=True, slots=True)
class Fork(Generic[S]):
    """A transition whose target depends on the state; all targets are named, so that it can be drawn."""

    why: str
    targets: tuple[str, ...]
    pick: Callable[[S], str]


@dataclass(frozen=True, slots=True)
class Row(Generic[S]):
    """One line of a step's table: on this event (when that holds), remember, do, and go."""

    on: type[Event]
    to: str | Fork[S] | None = None  # None: stay
    keep: Callable[[S, Event], S] | None = None
    do: Doing[S] | None = None
    when: Callable[[S, Event], bool] | None = None
    label: str = ""  # for the picture, where the event's name is not enough


@dataclass(frozen=True, slots=True)
class Step(Generic[S]):
    """One screen. ``enter`` is done on every arrival, ``leave`` on every departure."""

    name: str
    rows: tuple[Row[S], ...] = ()
    enter: Do[S] | None = None
    leave: Do[S] | None = None


@dataclass(frozen=True, slots=True)
class Journey(Generic[S]):
    """A table that fits on one page."""

    name: str
    steps: tuple[Step[S], ...]


@dataclass(frozen=True, slots=True)
class Plan(Generic[S]):
    """The journeys of one role; step names are unique among them, so one journey may lead into another."""

    start: str
    journeys: tuple[Journey[S], ...]
    everywhere: tuple[Row[S], ...] = ()
    arrive: Callable[[S, str], S] | None = None  # how a state changes its step (clears a fault …)
    first: tuple[Row[S], ...] = ()  # asked before the step's own rows, as ``everywhere`` is after them
    steps: Mapping[str, Step[S]] = field(init=False, default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        steps = {step.name: step for journey in self.journeys for step in journey.steps}
        if len(steps) != sum(len(journey.steps) for journey in self.journeys):
            raise ValueError("a step name stands twice in the plan")
        named = {self.start, *(t for row in self._rows(steps) for t in targets(row))}
        if missing := named - steps.keys():
            raise ValueError(f"no such step: {', '.join(sorted(missing))}")
        object.__setattr__(self, "steps", MappingProxyType(steps))

    def _rows(self, steps: Mapping[str, Step[S]]) -> tuple[Row[S], ...]:
        return self.first + self.everywhere + tuple(row for step in steps.values() for row in step.rows)

    def journey_of(self, step: str) -> str:
        """Name of the journey in which a step stands."""
        return next(j.name for j in self.journeys if any(s.name == step for s in j.steps))


def targets(row: Row[S]) -> tuple[str, ...]:
    """Where a row may lead; empty when it stays."""
    if row.to is None:
        return ()
    return row.to.targets if isinstance(row.to, Fork) else (row.to,)


def advance(plan: Plan[S], state: S, event: Event, *, late: bool = False) -> tuple[S, tuple[Effect, ...]]:
    """Walk one event. An event that no row answers changes nothing: late answers of devices are normal. ``late``: it
    was meant for a step that has been left since; only what holds everywhere may answer it."""
    step = plan.steps[state.step]
    row = _find(plan.first + (() if late else step.rows) + plan.everywhere, state, event)
    if row is None:
        return state, ()
    if row.keep is not None:
        state = row.keep(state, event)
    if row.to is None:
        return state, row.do(state, event) if row.do else ()
    goal = row.to.pick(state) if isinstance(row.to, Fork) else row.to
    effects = step.leave(state) if step.leave else ()
    effects += row.do(state, event) if row.do else ()
    state = _arrive(plan, state, goal)
    enter = plan.steps[goal].enter
    return state, effects + (enter(state) if enter else ())


def _find(rows: tuple[Row[S], ...], state: S, event: Event) -> Row[S] | None:
    for row in rows:
        if isinstance(event, row.on) and (row.when is None or row.when(state, event)):
            return row
    return None


def _arrive(plan: Plan[S], state: S, goal: str) -> S:
    if plan.arrive is not None:
        return plan.arrive(state, goal)
    return replace(state, step=goal)  # type: ignore[type-var]


def begin(plan: Plan[S], state: S) -> tuple[S, tuple[Effect, ...]]:
    """Arrive at the first step."""
    state = _arrive(plan, state, plan.start)
    enter = plan.steps[plan.start].enter
    return state, enter(state) if enter else ()


def mermaid(journey: Journey[S], plan: Plan[S]) -> str:
    """The journey as a Mermaid state chart for the documentation."""
    lines = ["stateDiagram-v2"]
    own = {step.name for step in journey.steps}
    if plan.start in own:
        lines.append(f"    [*] --> {plan.start}")
    for step in journey.steps:
        for row in step.rows:
            label = row.label or row.on.__name__
            for target in targets(row):
                lines.append(f"    {step.name} --> {target}: {label}")
    return "\n".join(dict.fromkeys(lines)) + "\n"
