"""A look at a paper before it is printed: the same pages as the printer would get, on the glass of whoever asked."""

from collections.abc import Callable
from dataclasses import replace

from . import effects as do
from . import events as ev
from .desk import Desk
from .effects import PrintPaper
from .looked_at import Preview
from .machine import Effect, Event, Row

Papers = Callable[[Desk, str], tuple[Effect, ...]]


def look(papers: Papers) -> Row[Desk]:
    """For a step whose paper can be looked at. ``papers`` gives what would be printed now; where a step has several,
    the text says which."""

    def paper(d: Desk, e: Event) -> PrintPaper | None:
        assert isinstance(e, ev.PreviewAsked)
        return next((one for one in papers(d, e.report) if isinstance(one, PrintPaper)), None)

    def may(d: Desk, e: Event) -> bool:
        return d.preview is None and d.busy is None and paper(d, e) is not None

    def asked(d: Desk, e: Event) -> Desk:
        wanted = paper(d, e)
        assert wanted is not None
        return replace(d, preview=Preview(wanted.job), fault=None)

    def show(d: Desk, e: Event) -> tuple[Effect, ...]:
        wanted = paper(d, e)
        return () if wanted is None else (do.ShowPaper(wanted),)

    return Row(ev.PreviewAsked, None, asked, show, may)


def _is_wanted(d: Desk, e: Event) -> bool:
    """What was painted for a look that is over is not looked at."""
    assert isinstance(e, ev.PagesPainted | ev.PagesFailed)
    return d.preview is not None and d.preview.job == e.job


def _painted(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.PagesPainted)
    return replace(d, preview=Preview(e.job, e.pages))


def _failed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.PagesFailed)
    return replace(d, preview=None, fault=e.fault)


def _closed(d: Desk, e: Event) -> Desk:
    """Nobody looks any more."""
    return replace(d, preview=None)


LOOKED_AT: tuple[Row[Desk], ...] = (
    Row(ev.PagesPainted, None, _painted, None, _is_wanted),
    Row(ev.PagesFailed, None, _failed, None, _is_wanted),
    Row(ev.PreviewClosed, None, _closed),
)
