"""A look at a paper before it is printed, in the window's plan."""

import pytest

from kiosk.contracts.printing import Printed
from kiosk.faults import Fault, FaultCode
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk, DeskBusy
from kiosk.workflow.events import backroom as back
from kiosk.workflow.looked_at import Preview
from kiosk.workflow.machine import Effect, Event, advance
from kiosk.workflow.window import WINDOW
from tests.unit.ui.viewmodels.clerk_walk import Walk, accepted, handed, page, painted
from tests.unit.ui.viewmodels.room_walk import reports


def after(walk: Walk, event: Event) -> tuple[Desk, tuple[Effect, ...]]:
    return advance(WINDOW, walk.state, event)


def done() -> Walk:
    return handed().did(ev.SheetDone(Printed.PRINTED))


@pytest.mark.parametrize(
    ("walk", "asked", "job"),
    [
        (accepted, ev.PreviewAsked(), "-acceptance"), (done, ev.PreviewAsked(), "-handover"),
        (reports, ev.PreviewAsked("stock_list"), "stock_list-"),
    ],
)  # fmt: skip
def test_it_shows_what_would_be_printed_and_prints_nothing(walk: object, asked: ev.PreviewAsked, job: str) -> None:
    state, effects = after(walk(), asked)  # type: ignore[operator]
    (shown,) = effects
    assert isinstance(shown, do.ShowPaper) and job in shown.paper.job
    assert state.preview == Preview(shown.paper.job) and state.busy is None


@pytest.mark.parametrize(
    ("walk", "prints"),
    [
        (lambda: painted(accepted()), ev.PaperAsked()), (lambda: painted(done()), ev.RetryAsked()),
        (lambda: reports().did(ev.PreviewAsked("stock_list")), back.ReportAsked("stock_list", "print")),
    ],
)  # fmt: skip
def test_a_print_goes_on_from_there_with_the_same_paper(walk: object, prints: Event) -> None:
    looking: Walk = walk()  # type: ignore[operator]
    assert looking.state.preview is not None
    job = looking.state.preview.job
    state, effects = after(looking, prints)
    (printed,) = effects
    assert isinstance(printed, do.PrintPaper) and printed.job == job
    assert state.preview is None and state.busy is DeskBusy.PRINTING


def test_closed_nothing_of_it_is_left() -> None:
    state, effects = after(painted(accepted()), ev.PreviewClosed())
    assert state.preview is None and effects == ()


def test_what_is_painted_for_a_look_that_is_over_is_not_shown() -> None:
    looking = accepted().did(ev.PreviewAsked())
    assert looking.state.preview is not None
    job = looking.state.preview.job
    late = ev.PagesPainted(job, (page(),))
    assert after(accepted().did(ev.PreviewAsked(), ev.PreviewClosed()), late)[0].preview is None
    other = ev.PagesPainted(f"{job}-other", (page(),))
    assert after(looking, other)[0].preview == Preview(job)


def test_a_paper_that_cannot_be_made_is_a_fault_and_no_open_look() -> None:
    looking = accepted().did(ev.PreviewAsked())
    assert looking.state.preview is not None
    fault = Fault(FaultCode.DEVICE_CONFIGURATION)
    state, _ = after(looking, ev.PagesFailed(looking.state.preview.job, fault))
    assert (state.preview, state.fault) == (None, fault)


@pytest.mark.parametrize("event", [ev.NextAsked(), ev.BackAsked(), ev.StaffLeft()])
def test_whoever_goes_leaves_no_paper_on_the_glass(event: Event) -> None:
    assert after(painted(accepted()), event)[0].preview is None


def test_there_is_nothing_to_look_at_before_the_decision_or_while_it_prints() -> None:
    open_case = Walk().did()  # nobody has signed in
    assert after(open_case, ev.PreviewAsked())[0].preview is None
    printing = accepted().did(ev.PaperAsked())
    assert after(printing, ev.PreviewAsked()) == (printing.state, ())
    assert after(reports(), ev.PreviewAsked("no such report"))[0].preview is None
