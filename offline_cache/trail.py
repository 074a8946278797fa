"""The audit trail leaves this machine in segments: first the entries themselves, then the head they lead to.

The platform keeps both, so that a cut tail, and a machine that was carried away, are seen elsewhere. A segment that
was on its way when something broke is sent again as it was: same entries, same bytes, same key.
"""

import hashlib
import json
import logging

from kiosk.audit import GENESIS
from kiosk.domain.ids import idempotency_key

from . import journal, mirror, outbox, wire
from .clock import PlatformClock
from .database import StoreFile
from .driver import Database
from .exchange import Reply, Then, Trouble, call_for
from .news import News
from .uplink import Cancel, Lane
from .uploading import Uploader
from .wire import sent

log = logging.getLogger(__name__)

EVERY = 60.0
MOST_ENTRIES = 2000  # of one segment, well below a megabyte
_AT_ONCE = 10  # segments in one turn
_SENT, _PENDING, REFUSED = "audit_sent", "audit_pending", "audit_refused"


class Trail:
    """Used by the sync loop's thread only."""

    def __init__(
        self, store: StoreFile, lane: Lane, clock: PlatformClock, news: News, terminal_id: str, seconds: float
    ) -> None:
        self._store, self._lane, self._clock, self._news = store, lane, clock, news
        self._terminal_id, self._seconds = terminal_id, seconds
        self._uploader = Uploader(lane, clock, seconds)
        self._at = float("-inf")

    def turn(self, stop: Cancel) -> Trouble | None:
        """Send what is there when it is time, so many segments at once that the feed does not wait for long; the
        trouble that ended it, if any."""
        if self._clock.monotonic() - self._at < EVERY:
            return None
        for _ in range(_AT_ONCE):
            with self._store.write() as db:
                pending = mirror.recall(db, _PENDING) or self._next(db)
                mirror.remember(db, _PENDING, pending)
            if not pending:
                break
            first, last, before, head = json.loads(pending)
            outcome = self._send(first, last, before, head, stop)
            if isinstance(outcome, Trouble) and outcome.then is not Then.PARK:
                return None if outcome.progress else outcome
            self._keep_verdict(outcome, f"{last} {head}")
            if isinstance(outcome, Trouble) or last - first + 1 < MOST_ENTRIES:
                break
        else:
            return None  # there may be more, in the next turn
        self._at = self._clock.monotonic()
        return None

    def _next(self, db: Database) -> str:
        entries, _ = journal.head(db)
        sent_last, _, sent_head = (mirror.recall(db, _SENT) or f"0 {GENESIS}").partition(" ")
        first = int(sent_last) + 1
        if entries < first:
            return ""
        last = min(entries, first + MOST_ENTRIES - 1)
        return json.dumps([first, last, sent_head, journal.digest_at(db, last)])

    def _send(self, first: int, last: int, before: str, head: str, stop: Cancel) -> Reply | Trouble:
        with self._store.read() as db:
            entries = journal.segment(db, first, last)
        blob = hashlib.sha256(entries).hexdigest()
        if (trouble := self._uploader.upload(blob, entries, stop)) is not None:
            return trouble
        key = idempotency_key("postAuditSegment", self._terminal_id, str(first), str(last), head)
        body = sent.audit_segment(first, last, before, head, blob)
        return self._lane.send(call_for(wire.route("postAuditSegment"), body, key), self._seconds, stop)

    def _keep_verdict(self, outcome: Reply | Trouble, last: str) -> None:
        """A refused segment is a task for a person: this trail and the platform's memory of it do not fit."""
        with self._store.write() as db:
            if isinstance(outcome, Reply):
                mirror.remember(db, _SENT, last)
                mirror.remember(db, _PENDING, "")
                mirror.remember(db, REFUSED, "")
            elif not mirror.recall(db, REFUSED):
                said = f"{self._clock.now().isoformat()} {outbox.fault_text(outcome.fault)}"
                mirror.remember(db, REFUSED, said)
                log.error("the platform refuses the audit head: %s", outcome.fault.details.get("slug", ""))
        self._news.tell(None)
