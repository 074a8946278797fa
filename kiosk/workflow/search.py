"""search: any fragment a clerk has leads to the case, and the case is seen from all sides before it is opened."""

from dataclasses import replace

from kiosk.contracts.central_platform import FindCase

from . import effects as do
from . import room_effects as room
from .desk import Desk, DeskBusy, opened
from .events import backroom as ev
from .events import everywhere, window
from .intake import desk_of
from .machine import Effect, Event, Fork, Journey, Row, Step
from .scanned import with_room

MOST = 12  # as many hits as stand below each other


def _typed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.FragmentTyped)
    return with_room(replace(d, fault=None), fragment=e.text)


def _match(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.FragmentTyped)
    return (room.MatchCases(e.text),)


def _matched(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.CasesMatched)
    return with_room(d, hits=e.hits) if e.fragment == d.room.fragment else d


def _scan(d: Desk) -> tuple[Effect, ...]:
    return (do.ScanCode(),)


def _scanned(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, window.CodeScanned)
    return (room.MatchCases(e.scan.text.strip()), do.ScanCode())


def _scanned_keep(d: Desk, e: Event) -> Desk:
    assert isinstance(e, window.CodeScanned)
    return with_room(replace(d, fault=None), fragment=e.scan.text.strip())


def _stop(d: Desk) -> tuple[Effect, ...]:
    return (do.StopDevices(),)


def _viewing(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.CaseViewed)
    return (room.ReadStory(e.case_id),)


def _begun(d: Desk, e: Event) -> Desk:
    return with_room(d, story=None)


def _story(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.StoryRead)
    return with_room(d, story=e.story)


def _promises(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.PromisesTold)
    return with_room(d, story=replace(d.room.story, promises=e.items)) if d.room.story else d


def _messages(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.MessagesTold)
    return with_room(d, story=replace(d.room.story, messages=e.items)) if d.room.story else d


def _failed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, everywhere.PlatformFailed | everywhere.DeviceFailed)
    return replace(d, fault=e.fault, busy=None)


def _again(d: Desk, e: Event) -> tuple[Effect, ...]:
    return (room.ReadStory(d.room.story.case.id),) if d.room.story else ()


def _opening(d: Desk, e: Event) -> Desk:
    return replace(d, busy=DeskBusy.FINDING, fault=None)


def _open(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, window.CasePicked)
    return (do.LookForCase(FindCase(case_id=e.case_id)),)


def _of_story(d: Desk, e: Event) -> bool:
    story = d.room.story
    return isinstance(e, window.CasesFound) and story is not None and story.case.id in {c.id for c in e.cases}


def _found(d: Desk, e: Event) -> Desk:
    assert isinstance(e, window.CasesFound) and d.room.story is not None
    return opened(d, next(c for c in e.cases if c.id == d.room.story.case.id))


_DESK: Fork[Desk] = Fork("按办件状态", ("check_materials", "verify_recipient", "see_case"), desk_of)

SEARCH: Journey[Desk] = Journey(
    "search",
    (
        Step("search_cases", (
            Row(ev.FragmentTyped, None, _typed, _match),
            Row(window.CodeScanned, None, _scanned_keep, _scanned),
            Row(ev.CasesMatched, None, _matched),
            Row(ev.CaseViewed, "view_case", _begun, _viewing),
            Row(everywhere.DeviceFailed, None, _failed),
            Row(everywhere.BackAsked, "find_case"),
        ), enter=_scan, leave=_stop),
        Step("view_case", (
            Row(ev.StoryRead, None, _story),
            Row(ev.PromisesTold, None, _promises),
            Row(ev.MessagesTold, None, _messages),
            Row(window.CasePicked, None, _opening, _open),
            Row(window.CasesFound, _DESK, _found, None, _of_story),
            Row(everywhere.PlatformFailed, None, _failed),
            Row(everywhere.RetryAsked, None, None, _again),
            Row(everywhere.BackAsked, "search_cases"),
        )),
    ),
)  # fmt: skip
