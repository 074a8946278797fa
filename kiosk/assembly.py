"""The plug-board: reads the configuration, builds everything, owns the order of start and stop.

The only file that knows the inside, the drivers, the cache and the screens. Start: store, devices, session, sync,
screen; stop is the reverse.
"""

import contextlib
import logging
import signal
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from offline_cache.cache import OfflineCache

from drivers.supervisor import Supervisor
from kiosk.audit import AuditEvent, AuditKind
from kiosk.config import SiteConfig, TerminalRole
from kiosk.contracts.device import DeviceKind, DeviceReport
from kiosk.faults import Fault
from kiosk.session import Session, Surroundings
from kiosk.session.citizen_hands import CitizenHands
from kiosk.session.devices import Devices
from kiosk.session.hands import CommonHands, Tools
from kiosk.session.window_hands import WindowHands
from kiosk.workflow.citizen import CITIZEN
from kiosk.workflow.desk import Desk
from kiosk.workflow.visit import Visit
from kiosk.workflow.window import WINDOW

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Terminal:
    """Everything of one running terminal."""

    config: SiteConfig
    cache: OfflineCache
    supervisor: Supervisor
    session: Session[Any]
    hands: CommonHands
    ends: list[Callable[[], None]]


def build(config: SiteConfig) -> Terminal | Fault:
    """Open the store and connect everything; nothing runs yet. A Fault: the store cannot be used."""
    cache = OfflineCache(config.store, config.platform, config.terminal.id, config.site.id)
    fault = cache.open()
    if fault is not None:
        return fault
    supervisor = Supervisor(config.devices, cache.clock)
    tools = Tools(config, cache.clock, _devices(config, supervisor), cache.ledger, cache.platform)
    around = Surroundings(supervisor.reports, cache.platform.online, cache.ledger.state)
    made: list[CommonHands] = []
    session: Session[Any]
    if config.terminal.role is TerminalRole.CITIZEN:

        def citizen(one: Session[Visit]) -> CommonHands:
            made.append(CitizenHands(tools, one.post, one.show_frame))
            return made[0]

        session = Session(CITIZEN, Visit, citizen, around, cache.clock)
    else:

        def window(one: Session[Desk]) -> CommonHands:
            made.append(WindowHands(tools, one.post))
            return made[0]

        session = Session(WINDOW, Desk, window, around, cache.clock)
    return Terminal(config, cache, supervisor, session, made[0], [])


def _devices(config: SiteConfig, supervisor: Supervisor) -> Devices:
    have = {kind: supervisor.device(kind) if kind in config.devices else None for kind in DeviceKind}
    return Devices(**{kind.value: device for kind, device in have.items()})


def start(terminal: Terminal) -> None:
    """Store is open; now devices, session and sync, in this order."""
    _note(terminal, AuditKind.STARTED, version=app_version(), role=terminal.config.terminal.role.value)

    def device_changed(report: DeviceReport) -> None:
        if report.fault is not None:
            _note(terminal, AuditKind.DEVICE_FAULT, device=report.name, fault=report.fault.code.value)
        terminal.hands.device_changed(report)
        terminal.session.refresh()

    terminal.ends.append(terminal.supervisor.subscribe(device_changed))
    terminal.ends.append(terminal.cache.ledger.subscribe(lambda _: terminal.session.refresh()))
    terminal.supervisor.start()
    terminal.session.start()
    terminal.cache.start()


def stop(terminal: Terminal, reason: str) -> None:
    """The reverse of start; bounded, joins every thread."""
    for end in reversed(terminal.ends):
        end()
    terminal.session.stop()
    terminal.hands.close()
    terminal.supervisor.stop()
    _note(terminal, AuditKind.STOPPED, reason=reason)
    terminal.cache.stop()


def _note(terminal: Terminal, kind: AuditKind, **fields: str) -> None:
    fault = terminal.cache.ledger.note(AuditEvent(kind, terminal.cache.clock.now(), "", "terminal", fields))
    if fault is not None:
        log.error("audit entry not written: %s", fault.code.value)


def app_version() -> str:
    """Version of the installed application."""
    try:
        return version("qiban-kiosk")
    except PackageNotFoundError:
        return "0"


@contextlib.contextmanager
def ending_on_signals(quit_: Callable[[], None]) -> Any:
    """SIGTERM and SIGINT end the terminal in order."""
    before = {s: signal.signal(s, lambda *_: quit_()) for s in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
