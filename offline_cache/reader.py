"""Reads what is new on the platform: changes of the hall, changed cases, data packs; and tells what a machine owes.

A change is first written down (what changed, and the new cursor, in one transaction), then fetched: a process that
ends in between loses nothing. Another epoch, or a cursor that the platform no longer knows, leads over the snapshot.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.domain.help_call import HelpCallId
from kiosk.domain.ids import CaseId
from kiosk.faults import Fault, FaultCode

from . import hall_queue, mirror, outbox, wire
from .clock import PlatformClock
from .courier import Courier
from .database import StoreFile
from .driver import Database
from .duties import Duties
from .exchange import Then, Trouble, call_for
from .news import News
from .orders import OrderBook
from .retention import FACT_HOLDS
from .scope import INDEX, PACK, index_of
from .trail import Trail
from .uplink import Cancel, Lane, StaffDesk

log = logging.getLogger(__name__)

PACKS_EVERY = 6 * 3600.0
SHORT_PAUSE = 5.0
QUEUE_EVERY = 20.0  # windows open and close without a change in the feed
_OF_QUEUE = ("ticket", "window")
_BROKEN_WAITS = 2  # proxies that cut idle connections: after this, ask in short
_WAIT_AGAIN_AFTER = 600.0
_CURSOR, _EPOCH = "feed_cursor", "feed_epoch"


@dataclass(frozen=True, slots=True)
class Place:
    """Which terminal reads which hall; ``keeps_site``: it mirrors every case of the hall that people work with."""

    terminal_id: str
    site_id: str
    keeps_site: bool
    shows_queue: bool = False  # a wall: it follows the queue without anybody signed in


class Reader:
    """Used by the sync loop's thread only, with a lane of its own."""

    def __init__(
        self, store: StoreFile, lane: Lane, staff: StaffDesk, clock: PlatformClock, news: News, place: Place,
        orders: OrderBook, duties: Duties, seconds: float,
        help_changed: Callable[[HelpCallId | None], None] = lambda _: None,
    ) -> None:  # fmt: skip
        self._store, self._lane, self._clock, self._news, self._place = store, lane, clock, news, place
        self._seconds, self._help_changed = seconds, help_changed
        self._courier = Courier(store, lane, staff, clock, seconds)
        self._staff, self._orders, self._duties = staff, orders, duties
        self._trail = Trail(store, lane, clock, news, place.terminal_id, seconds)
        self._broken_waits, self._short_since = 0, float("-inf")
        self._packs_at = self._queue_at = float("-inf")
        self._queue_of: str | bool = ""  # for whom it was fetched last
        self._caught_up = False
        self.current = False  # whether the feed answered last time
        self.again = False  # whether the last turn waited, or left something to read: no pause is needed

    @property
    def pause(self) -> float:
        """Seconds until the next turn."""
        return 0.0 if self.again else SHORT_PAUSE

    def close(self) -> None:
        """Let the connection go."""
        self._lane.close()

    def turn(self, stop: Cancel, poll: Cancel, wait: int, go_on: Callable[[], bool]) -> Trouble | None:
        """Catch up, then wait for something new; the trouble that ended it, if any. ``poll`` ends only the waiting,
        ``go_on`` says before each step whether sending has to come first."""
        trouble = self._steps(stop, poll, wait, go_on)
        if trouble is not None and trouble.heard and self._orders.refused(trouble.fault.details.get("slug", "")):
            self._duties.hurry()  # there may be an order that says why
        return trouble

    def _steps(self, stop: Cancel, poll: Cancel, wait: int, go_on: Callable[[], bool]) -> Trouble | None:
        self.again = True
        for step in (self._owed, self._refresh_packs, self._resync_if_new, self._fetch_stale, self._fetch_queue):
            if not go_on():
                return None
            if (trouble := step(stop, go_on)) is not None:
                self._is_current(False)
                return trouble
        return self._follow(poll, wait) if go_on() else None

    def _owed(self, stop: Cancel, go_on: Callable[[], bool]) -> Trouble | None:
        """What this terminal owes as a machine: sign of life, orders, certificate; then its audit trail."""
        if (trouble := self._duties.turn(stop)) is not None or not go_on():
            return trouble
        return self._trail.turn(stop)

    def _is_current(self, current: bool) -> None:
        if current != self.current:
            self.current = current
            self._news.tell(None)
        self._caught_up = self._caught_up and current

    def _follow(self, poll: Cancel, wait: int) -> Trouble | None:
        if self._broken_waits >= _BROKEN_WAITS and self._clock.monotonic() - self._short_since > _WAIT_AGAIN_AFTER:
            self._broken_waits = 0
        with self._store.read() as db:
            cursor = mirror.recall(db, _CURSOR)
            if self._reachable(db):
                return None
        patient = self._caught_up and self._broken_waits < _BROKEN_WAITS
        wait = wait if patient else 0
        self.again = wait > 0 or not self._caught_up
        query = f"?since={cursor}&wait={wait}"
        call = call_for(wire.route("getFeed", site_id=self._place.site_id), query=query)
        outcome = self._lane.send(call, wait + self._seconds, poll)
        if isinstance(outcome, Trouble):
            return self._no_feed(outcome, wait)
        said = wire.feed(outcome.body)
        if said is None:
            return _broken()
        if wait:
            self._broken_waits = 0
        for kind, number, _ in said.changes:
            if kind == "assistance":  # somebody waits for it at the screen; whose call it is, that one knows
                self._help_changed(HelpCallId(number))
        with self._store.write() as db:
            if said.epoch != mirror.recall(db, _EPOCH):
                mirror.remember(db, _CURSOR, "")
                return None
            self._note_changes(db, said)
            mirror.remember(db, _CURSOR, said.cursor)
        self._caught_up = not said.more and not said.changes
        self.again = self.again or not self._caught_up
        self._is_current(True)
        self._orders.accepted()
        return None

    def _no_feed(self, trouble: Trouble, wait: int) -> Trouble | None:
        if trouble.heard and trouble.fault.details.get("slug") == "cursor-expired":
            with self._store.write() as db:
                mirror.remember(db, _CURSOR, "")
            return None
        if trouble.fault.code is FaultCode.CANCELLED:
            return trouble
        self._is_current(False)
        if wait and trouble.reached and not trouble.heard:
            self._broken_waits += 1
            self._short_since = self._clock.monotonic()
        return trouble

    def _note_changes(self, db: Database, said: wire.FeedSaid) -> None:
        for kind, number, deleted in said.changes:
            case_id = CaseId(number)
            if kind == "case" and deleted:
                mirror.drop_case(db, case_id)
                self._news.tell(case_id)
            elif kind == "case" and (self._place.keeps_site or mirror.version(db, case_id) is not None):
                mirror.mark_stale(db, case_id)
            elif kind in _OF_QUEUE:
                self._queue_at = float("-inf")
            elif kind == "signature" and mirror.version(db, CaseId(number.partition("/")[0])) is not None:
                mirror.mark_stale(db, number.partition("/")[0])  # the case says who has signed
            elif kind == "pack":
                self._packs_at = float("-inf")
            elif (kind, number) in (("directive", self._place.terminal_id), ("config", self._place.site_id)):
                self._duties.hurry()

    def _resync_if_new(self, stop: Cancel, go_on: Callable[[], bool]) -> Trouble | None:  # noqa: ARG002
        """Without a cursor: begin from everything there is."""
        with self._store.read() as db:
            if mirror.recall(db, _CURSOR):
                return None
        outcome = self._lane.send(
            call_for(wire.route("getSnapshot", site_id=self._place.site_id)), self._seconds, stop
        )
        if isinstance(outcome, Trouble):
            return outcome
        said = wire.snapshot(outcome.body)
        if said is None:
            return _broken()
        with self._store.write() as db:
            if (known := mirror.recall(db, _EPOCH)) and known != said.epoch:
                # The platform was restored: what happened here may be gone there, and versions may have gone back.
                outbox.owe_facts_again(db, self._clock.now() - FACT_HOLDS)
                mirror.forget_versions(db)
            mirror.remember(db, _EPOCH, said.epoch)
            mirror.remember(db, _CURSOR, said.cursor)
            there = {number: version for kind, number, version in said.things if kind == "case"}
            for case_id, version in there.items():
                mirrored = mirror.version(db, CaseId(case_id))
                if mirrored != version and (mirrored is not None or self._place.keeps_site):
                    mirror.mark_stale(db, case_id)
            for case in mirror.cases(db):
                if case.id not in there and not outbox.owed(db, case.id):
                    mirror.drop_case(db, case.id)
        self._news.tell(None)
        self._help_changed(None)  # a snapshot names no calls
        self._duties.hurry()  # an order that came before this cursor is in no change behind it
        return None

    def _reachable(self, db: Database) -> tuple[CaseId, ...]:
        """Changed cases that can be fetched now: at a window only a signed-in clerk may."""
        if self._place.keeps_site and not self._staff.staff_ref():
            return ()
        return mirror.stale(db)

    def _fetch_stale(self, stop: Cancel, go_on: Callable[[], bool]) -> Trouble | None:
        with self._store.read() as db:
            stale = self._reachable(db)
        for case_id in stale:
            if not go_on():
                return None
            said = self._courier.fetch(case_id, stop)
            if isinstance(said, Trouble):
                if said.heard and said.then is Then.PARK:
                    self._lost(case_id)  # not there any more, or no longer ours to see
                    continue
                return None if said.then is Then.SIGN_IN else said
            with self._store.write() as db:
                mirror.fetched(db, case_id)
                wanted = not said.masked and self._is_wanted(db, case_id)
                changed = wanted and mirror.keep_said(db, said, self._clock.now())
            if changed:
                self._news.tell(case_id)
        return None

    def _fetch_queue(self, stop: Cancel, go_on: Callable[[], bool]) -> Trouble | None:  # noqa: ARG002
        """The hall's queue for a wall, and with its numbers one by one for a window with a clerk."""
        clerk = self._place.keeps_site and self._staff.staff_ref()
        due = self._clock.monotonic() - self._queue_at >= QUEUE_EVERY or self._queue_of != clerk
        if not (clerk or self._place.shows_queue) or not due:
            return None
        hall = self._lane.send(call_for(wire.route("getHallQueue", site_id=self._place.site_id)), self._seconds, stop)
        if isinstance(hall, Trouble):
            return self._queue_unknown(hall)
        tickets = b""
        if clerk:
            token = self._staff.token(self._lane, self._clock.now(), self._seconds, stop)
            said = self._lane.send(call_for(wire.route("listTickets"), token=token), self._seconds, stop)
            if isinstance(said, Trouble):
                return self._queue_unknown(said)
            tickets = said.body
        if wire.hall_queue(hall.body, tickets) is None:
            return _broken()
        with self._store.write() as db:
            hall_queue.keep(db, hall.body, tickets, self._clock.now())
        self._queue_at, self._queue_of = self._clock.monotonic(), clerk
        self._news.tell(None)
        return None

    def _queue_unknown(self, trouble: Trouble) -> Trouble | None:
        """A hall without a queue is no reason to read nothing else."""
        if not trouble.heard or trouble.then is Then.AGAIN:
            return trouble
        self._queue_at = self._clock.monotonic()
        return None

    def _is_wanted(self, db: Database, case_id: CaseId) -> bool:
        """At a self-service terminal the visit may have ended, and been wiped, while its case was on the way."""
        return self._place.keeps_site or mirror.version(db, case_id) is not None or bool(outbox.live(db, case_id))

    def _lost(self, case_id: CaseId) -> None:
        with self._store.write() as db:
            mirror.fetched(db, case_id)
            if not outbox.owed(db, case_id):
                mirror.drop_case(db, case_id)
        self._news.tell(case_id)

    def _refresh_packs(self, stop: Cancel, go_on: Callable[[], bool]) -> Trouble | None:  # noqa: ARG002
        if self._clock.monotonic() - self._packs_at < PACKS_EVERY:
            return None
        outcome = self._lane.send(call_for(wire.route("listPacks")), self._seconds, stop)
        if isinstance(outcome, Trouble):
            return outcome
        offered = wire.packs_on_offer(outcome.body)
        if offered is None:
            return _broken()
        if PACK in offered:
            with self._store.read() as db:
                kept = mirror.pack_version(db, PACK)
            wanted = self._orders.edition(PACK)  # an edition that the signed configuration does not name waits for it
            same = kept == " ".join(offered[PACK])
            due = not kept or wanted in ("", offered[PACK][1])
            if same:
                with self._store.write() as db:
                    mirror.confirm_pack(db, PACK, self._clock.now())
            elif due and (trouble := self._fetch_pack(stop, *offered[PACK])) is not None:
                return trouble
        self._packs_at = self._clock.monotonic()
        return None

    def _fetch_pack(self, stop: Cancel, version: str, sha256: str) -> Trouble | None:
        outcome = self._lane.send(call_for(wire.route("getPack", name=PACK)), self._seconds * 4, stop)
        if isinstance(outcome, Trouble):
            return outcome
        if wire.pack_rows(outcome.body) is None:
            return _broken()
        index = index_of(outcome.body)  # takes its time, so not while the store is being written
        with self._store.write() as db:
            mirror.keep_pack(db, PACK, version, sha256, outcome.body, self._clock.now())
            mirror.keep_pack(db, INDEX, version, sha256, index, self._clock.now())
        self._store.checkpoint()  # megabytes: a log that stays so large would hide a full disk from the acts after it
        self._news.tell(None)
        return None


def _broken() -> Trouble:
    return Trouble(Fault(FaultCode.BROKEN_ANSWER, {"slug": "broken-answer"}), Then.AGAIN)
