"""The customer's form while it lies on the desk: the clerk's keys do what the customer's finger does at the terminal,
by the same acts, rules and proposals. Pure."""

from collections.abc import Callable
from dataclasses import replace

from .desk import Desk
from .machine import Effect, Event
from .visit import Visit
from .wishes import Keep

Acts = Callable[[Desk, Event], Desk]
Does = Callable[[Desk, Event], tuple[Effect, ...]]


def visit_of(d: Desk) -> Visit:
    """The answers; only asked while there are some."""
    assert d.entry is not None
    return d.entry.visit


def at_step(d: Desk, step: str) -> Visit:
    """The answers as the terminal would have them on one of its pages, at this moment."""
    return replace(visit_of(d), now=d.now, step=step)


def with_visit(d: Desk, v: Visit) -> Desk:
    """The desk with these answers; what went wrong is said by the desk."""
    assert d.entry is not None
    return replace(d, entry=replace(d.entry, visit=replace(v, fault=None)), fault=v.fault)


def acts(step: str, keep: Keep) -> Acts:
    """What the terminal's page does with an event, done on the desk."""
    return lambda d, e: with_visit(d, keep(replace(at_step(d, step), findings=()), e))


def does(step: str, run: Callable[[Visit, Event], tuple[Effect, ...]]) -> Does:
    """What the terminal's page has done for it, asked for by the desk."""
    return lambda d, e: run(at_step(d, step), e)


def when(step: str, holds: Callable[[Visit, Event], bool]) -> Callable[[Desk, Event], bool]:
    """Whether something holds for the page."""
    return lambda d, e: holds(at_step(d, step), e)
