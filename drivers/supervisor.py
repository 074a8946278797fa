"""Everything that is plugged into this terminal, kept alive: start, stop, reports, jobs.

Each device has one worker thread of its own ("device:id_card_reader"), and its driver a process of its own where the
configuration says so; one keeper thread watches their time limits and tells listeners. A hung driver costs its own
worker and nothing else, a crashed one its own process.
"""

import logging
import random
import threading
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from drivers import registry
from drivers.hotplug import Hotplug, kernel_events
from drivers.isolated import IsolatedDevice
from drivers.keeper import Keeper
from drivers.station import Station
from drivers.worker import Patience
from kiosk.config import DeviceConfig
from kiosk.contracts.clock import Clock
from kiosk.contracts.device import Device, DeviceKind, DeviceReport, Supervised, Unsubscribe

log = logging.getLogger(__name__)

KEEPER_SECONDS = 2.0  # for the last words of the keeper


class Supervisor:
    """Owns the devices of the configuration, in its order; all methods are thread-safe."""

    def __init__(
        self,
        devices: Mapping[DeviceKind, DeviceConfig],
        clock: Clock,
        *,
        make: Callable[[DeviceKind, DeviceConfig], Device] = registry.make,
        patience: Patience | None = None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._keeper = Keeper("device-keeper")
        self._listeners: list[Callable[[DeviceReport], None]] = []
        self._lock = threading.Lock()
        self._stations = {
            kind: Station(
                kind,
                partial(IsolatedDevice if config.process else make, kind, config),
                self._keeper,
                patience or Patience(),
                clock.now,
                jitter,
                self._tell,
            )
            for kind, config in devices.items()
        }
        self._hotplug = Hotplug(self.look_again, kernel_events())

    def start(self) -> None:
        """Start all workers; returns at once, the reports tell how it goes. Once only."""
        self._keeper.start()
        for station in self._stations.values():
            station.start()
        self._hotplug.start()

    def look_again(self) -> None:
        """Something was plugged in: whatever is missing is looked for at once."""
        for station in self._stations.values():
            station.nudge()

    def stop(self) -> None:
        """Cancel all jobs and close the devices in reverse order; bounded for each. A driver that hangs is left
        behind on its daemon thread and named in the log."""
        self._hotplug.stop()
        stations = list(reversed(self._stations.values()))
        for station in stations:
            station.begin_stop()
            if not station.join():
                log.error("device %s did not close in time", station.name)
        self._keeper.stop(KEEPER_SECONDS)

    def reports(self) -> tuple[DeviceReport, ...]:
        """The last word about every device, in the configuration's order."""
        return tuple(station.report() for station in self._stations.values())

    def subscribe(self, listener: Callable[[DeviceReport], None]) -> Unsubscribe:
        """Be told every change from now on, one at a time, on the keeper's thread; must return quickly."""
        with self._lock:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return unsubscribe

    def device(self, kind: DeviceKind) -> Supervised[Any]:
        """The device of a kind; KeyError when the configuration has none."""
        return self._stations[kind]

    def _tell(self, report: DeviceReport) -> None:
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            listener(report)
