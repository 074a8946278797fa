"""A draft that a window and a self-service terminal both changed, with the real platform between them: the clerk's
keys decide it, from the ledger of the window to the platform's books."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.audit import AuditKind
from kiosk.config import Platform, Site, SiteConfig, Store, Terminal, TerminalRole
from kiosk.contracts.ledger import DeedStatus, SaveDraft, Verdict
from kiosk.domain.case import OpeningForm
from kiosk.domain.draft_split import Side
from kiosk.domain.ids import CaseId, SlipCode
from kiosk.session.devices import Devices
from kiosk.session.hands import Tools
from kiosk.session.window_hands import WindowHands
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk
from kiosk.workflow.machine import Event, advance, begin
from kiosk.workflow.window import WINDOW
from offline_cache.cache import OfflineCache

from .hall import SITE, Hall, event, form, fresh_case, kiosk, parked, settled, sign_in, wait_for, window

pytestmark = pytest.mark.processes


class Counter:
    """The plan of the window with its own hands, a clerk signed in; without screen and devices."""

    def __init__(self, cache: OfflineCache) -> None:
        config = SiteConfig(
            site=Site(id=SITE, name="示例", division="500103"), platform=Platform(url="http://127.0.0.1:9", key="k"),
            store=Store(path="-"), terminal=Terminal(id="window-03", role=TerminalRole.WINDOW, window="w-03"),
        )  # fmt: skip
        tools = Tools(config, cache.clock, Devices(), cache.ledger, cache.platform, cache.orders, cache.boot)
        self._clock = cache.clock
        self.waiting: list[Event] = []
        self.hands = WindowHands(tools, self.waiting.append)
        self.state, _ = begin(WINDOW, Desk(self._clock.now()))
        session = sign_in(cache)
        self.hands._staff = session.staff_ref
        self.state = replace(self.state, step="enter_pin")
        self.did(ev.StaffSignedIn(session))
        assert self.state.step == "find_case"

    def did(self, *events: Event) -> Desk:
        """These, and whatever came meanwhile, walked as the session does."""
        self.waiting.extend(events)
        while self.waiting:
            event = self.waiting.pop(0)
            self.state, effects = advance(WINDOW, replace(self.state, now=self._clock.now()), event)
            for effect in effects:
                self.hands.carry_out(effect)
        return self.state


@contextmanager
def _counter(cache: OfflineCache) -> Iterator[Counter]:
    counter = Counter(cache)
    try:
        yield counter
    finally:
        counter.hands.close()


def _save(cache: OfflineCache, case_id: CaseId, slip: SlipCode, made: OpeningForm, actor: str = "citizen") -> Verdict:
    before = len(cache.ledger.deeds(case_id))
    recorded = cache.ledger.record(SaveDraft(case_id, slip, made), event(cache, AuditKind.DRAFT_SAVED, actor))
    assert isinstance(recorded, DeedStatus), recorded
    return settled(cache, case_id, before + 1)[-1].verdict


def test_the_clerk_settles_what_two_terminals_changed(tmp_path: Path, hall: Hall) -> None:
    with kiosk(tmp_path, hall.url) as other, window(tmp_path, hall) as cache, _counter(cache) as counter:
        case_id, slip = fresh_case(other)
        theirs = replace(form(), licence_copies=5, contribution_years=4)
        assert _save(other, case_id, slip, form()) is Verdict.ACCEPTED
        wait_for(lambda: (known := cache.ledger.case(case_id)) is not None and known.live)
        assert _save(cache, case_id, slip, form(), "0317") is Verdict.ACCEPTED  # both have seen it as it was begun
        assert _save(other, case_id, slip, theirs) is Verdict.ACCEPTED
        assert _save(cache, case_id, slip, replace(form(), licence_copies=7), "0317") is Verdict.REFUSED
        wait_for(lambda: counter.did().splits)
        state = counter.did(ev.SettleAsked())
        assert state.step == "settle_draft" and state.split is not None
        (conflict,) = state.split.conflicts
        assert conflict.where == "licence_copies" and conflict.base is not None
        assert [one.licence_copies for one in (conflict.base, conflict.mine, conflict.theirs)] == [1, 7, 5]
        # Somebody answers in between: what was decided upon is no longer there. It is said, and asked anew.
        counter.did(ev.SideChosen("licence_copies", Side.MINE))
        assert _save(other, case_id, slip, replace(theirs, licence_copies=6)) is Verdict.ACCEPTED
        wait_for(lambda: [now.version > state.split.version for _, now in counter.did().splits] == [True])
        state = counter.did(ev.NextAsked())
        assert state.step == "settle_draft" and state.fault is not None
        state = counter.did(ev.RetryAsked())
        assert state.fault is None and state.split is not None and state.decided == ()
        assert state.split.conflicts[0].theirs.licence_copies == 6
        state = counter.did(ev.SideChosen("licence_copies", Side.MINE), ev.NextAsked())
        assert state.step == "find_case" and state.splits == ()
        assert settled(cache, case_id, 3)[-1].verdict is Verdict.ACCEPTED
        assert parked(cache) == []
    ((kept,),) = hall.rows("SELECT form FROM opening_case WHERE id = ?", case_id)
    fields = json.loads(kept)["fields"]
    assert (fields["licence_copies"], fields["contribution_years"]) == (7, 4)
