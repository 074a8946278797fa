"""What a terminal owes its platform at intervals: a sign of life, the newest orders, how much work visits were, a
certificate that lasts."""

import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.contracts.device import DeviceReport
from kiosk.faults import Fault, FaultCode

from . import mirror, outbox, wire
from .clock import PlatformClock
from .database import StoreFile
from .enrolment import Renewal
from .exchange import Then, Trouble, call_for
from .figures import FigureBox
from .orders import OrderBook
from .uplink import Cancel, Lane
from .wire import sent

log = logging.getLogger(__name__)

BEAT_EVERY = 25.0  # the platform calls a terminal offline after ninety seconds
RENEW_EVERY = 3600.0


@dataclass(slots=True)
class Around:
    """What a heartbeat tells beside the store. Filled by the plug-board, because devices are built later."""

    version: str = "0"
    boot: str = ""  # this run of the program
    reports: Callable[[], tuple[DeviceReport, ...]] = tuple
    figures: FigureBox = field(default_factory=FigureBox)


class Duties:
    """Used by the sync loop's thread only."""

    def __init__(
        self, store: StoreFile, lane: Lane, clock: PlatformClock, orders: OrderBook, around: Around,
        renewal: Renewal | None, seconds: float,
    ) -> None:  # fmt: skip
        self._store, self._lane, self._clock, self._orders = store, lane, clock, orders
        self._around, self._renewal, self._seconds = around, renewal, seconds
        self._beat_at = self._renew_at = float("-inf")
        self._beats = 0

    def hurry(self) -> None:
        """The platform has something new for this terminal."""
        self._beat_at = float("-inf")

    def turn(self, stop: Cancel) -> Trouble | None:
        """What is due; the trouble that ended it, if any."""
        self._orders.look()
        for duty in (self._beat, self._tell_figures):
            if (trouble := duty(stop)) is not None:
                return trouble
        return self._renew(stop)

    def _beat(self, stop: Cancel) -> Trouble | None:
        if self._clock.monotonic() - self._beat_at < BEAT_EVERY:
            return None
        outcome = self._lane.send(
            call_for(wire.route("putHeartbeat"), sent.heartbeat(self._pulse())), self._seconds, stop
        )
        if isinstance(outcome, Trouble):
            if not outcome.heard:
                return outcome
            # The platform is there. That it will not have this terminal is an order; the rest goes on without a beat.
            self._orders.refused(outcome.fault.details.get("slug", ""))
            self._beat_at = self._clock.monotonic()
            return outcome if outcome.then is Then.AGAIN else None
        newest = wire.heartbeat_seen(outcome.body)
        if newest is None:
            return Trouble(Fault(FaultCode.BROKEN_ANSWER, {"slug": "broken-answer"}), Then.AGAIN)
        self._orders.heard()
        if (trouble := self._fetch_orders(*newest, stop)) is not None:
            return trouble
        self._orders.look()
        self._beat_at = self._clock.monotonic()
        return None

    def _tell_figures(self, stop: Cancel) -> Trouble | None:
        """Burden figures; what the platform will not have is dropped, for nobody could mend it."""
        box = self._around.figures
        if not (figures := box.oldest()):
            return None
        outcome = self._lane.send(call_for(wire.route("postTelemetry"), sent.burden(figures)), self._seconds, stop)
        if isinstance(outcome, Trouble) and (not outcome.heard or outcome.then is Then.AGAIN):
            return outcome
        box.sent(figures)
        return None

    def _pulse(self) -> sent.Pulse:
        with self._store.read() as db:
            waiting, parked = outbox.figures(db)
            cursor = mirror.recall(db, "feed_cursor")
        self._beats += 1
        return sent.Pulse(
            self._clock.now(), self._beats, self._around.version, self._orders.standing().mode, self._orders.version,
            waiting, parked, self._around.reports(), self._clock.offset(),
            shutil.disk_usage(self._store.path.parent).free // 2**20, cursor,
            self._around.boot,
        )  # fmt: skip

    def _fetch_orders(self, version: int, seq: int, stop: Cancel) -> Trouble | None:
        """Orders before the configuration: what stops a terminal waits for nothing."""
        orders = self._orders
        if orders.keys.directive and seq > orders.seq:
            query = f"?since={orders.seq}"
            said = self._lane.send(call_for(wire.route("getDirectives"), query=query), self._seconds, stop)
            if isinstance(said, Trouble):
                return said
            orders.take_directives(said.body)
        if orders.keys.config and version > orders.version:
            said = self._lane.send(call_for(wire.route("getConfig")), self._seconds, stop)
            if isinstance(said, Trouble):
                return said
            orders.take_manifest(said.body)
        return None

    def _renew(self, stop: Cancel) -> Trouble | None:
        if self._renewal is None or self._clock.monotonic() - self._renew_at < RENEW_EVERY:
            return None
        trouble = self._renewal.turn(self._lane, self._seconds, stop)
        if trouble is None or trouble.heard:
            self._renew_at = self._clock.monotonic()
        if trouble is not None and trouble.heard and trouble.then is Then.PARK:
            return None  # refused for now, like too early: the old certificate stays good
        return trouble
