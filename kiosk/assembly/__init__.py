"""The plug-board: reads the configuration, builds everything, owns the order of start and stop.

The only place that knows the inside, the drivers, the cache and the screens. Start: store, devices, session, sync,
screen; stop is the reverse.
"""

import gc
import logging
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from drivers import certificate as certificate
from drivers.document_printer.pictures import PagePainter
from drivers.plugged import Fitness as Fitness
from drivers.plugged import plugged as plugged
from drivers.receipt_printer.pictures import SlipPainter
from drivers.report_writer.writer import FolderWriter
from drivers.supervisor import Supervisor
from kiosk.audit import AuditEvent, AuditKind
from kiosk.code_tables.freshness import health as health
from kiosk.config import SiteConfig, TerminalRole
from kiosk.contracts.device import DeviceKind, DeviceReport
from kiosk.contracts.device import DeviceState as DeviceState
from kiosk.domain.document import Language, PaperSize
from kiosk.domain.ids import WindowId
from kiosk.domain.orders import GRAVE
from kiosk.domain.orders import Mode as Mode
from kiosk.faults import Fault
from kiosk.faults import FaultCode as FaultCode
from kiosk.faults import words as words
from kiosk.rules.documents import samples
from kiosk.rules.documents.receipt import receipt_of
from kiosk.rules.documents.sheet import sheet_of
from kiosk.rules.tables import read_ahead
from kiosk.session import Scene, Session, Surroundings
from kiosk.session.burden import BurdenMeter
from kiosk.session.citizen_hands import CitizenHands
from kiosk.session.customer import CustomerSession
from kiosk.session.devices import Devices
from kiosk.session.hands import CommonHands, Tools
from kiosk.session.wall_hands import WallHands
from kiosk.session.window_hands import WindowHands
from kiosk.workflow.citizen import CITIZEN, RESTING
from kiosk.workflow.desk import Desk
from kiosk.workflow.events import ServiceStopped
from kiosk.workflow.visit import Visit
from kiosk.workflow.wall import WALL, Wall
from kiosk.workflow.window import WINDOW
from offline_cache import proof
from offline_cache.cache import OfflineCache, export_audit, owed, verify_audit
from offline_cache.cache import salvage as salvage_store
from offline_cache.enrolment import enrol
from offline_cache.identity import TERMINAL, identified, life

log = logging.getLogger(__name__)

_TURN = 0.0005  # seconds after which a thread that computes lets another have the interpreter


@dataclass(slots=True)
class Terminal:
    """Everything of one running terminal."""

    config: SiteConfig
    cache: OfflineCache
    supervisor: Supervisor
    session: Session[Any]
    hands: CommonHands
    ends: list[Callable[[], None]]
    meter: BurdenMeter | None = None  # at a self-service terminal only


def build(config: SiteConfig) -> Terminal | Fault:
    """Open the store and connect everything; nothing runs yet. A Fault: the store cannot be used, or this machine is
    not enrolled, or not as what its file says."""
    enrolled = identified(config)
    if isinstance(enrolled, Fault):
        return enrolled
    config = enrolled
    cache = _cache(config)
    fault = cache.open()
    if fault is not None:
        return fault
    supervisor = Supervisor(config.devices, cache.clock)
    cache.describe(app_version(), supervisor.reports)
    devices = _devices(config, supervisor)
    tools = Tools(config, cache.clock, devices, cache.ledger, cache.platform, cache.orders, cache.boot)
    around = Surroundings(supervisor.reports, cache.platform.online, cache.ledger.state, cache.orders)
    made: list[CommonHands] = []
    meter: BurdenMeter | None = None
    session: Session[Any]
    if config.terminal.role is TerminalRole.CITIZEN:

        def citizen(one: Session[Visit]) -> CommonHands:
            made.append(CitizenHands(tools, one.post, one.show_frame, SlipPainter(_roll(config))))
            return made[0]

        language = Language(config.screen.language)
        session = Session(CITIZEN, partial(Visit, language=language), citizen, around, cache.clock)
        meter = BurdenMeter(cache.clock, cache.tell_burden)
    elif config.terminal.role is TerminalRole.WALL:

        def wall(one: Session[Wall]) -> CommonHands:
            made.append(WallHands(tools, one.post))
            return made[0]

        session = Session(WALL, Wall, wall, around, cache.clock)
    else:

        def window(one: Session[Desk]) -> CommonHands:
            made.append(WindowHands(tools, one.post, FolderWriter(report_folder(config)), PagePainter()))
            return made[0]

        window_id = WindowId(config.terminal.window)
        session = Session(WINDOW, partial(Desk, window=window_id), window, around, cache.clock)
    return Terminal(config, cache, supervisor, session, made[0], [], meter)


def _roll(config: SiteConfig) -> str:
    """Width of the slip printer's paper in mm, as configured."""
    printer = config.devices.get(DeviceKind.RECEIPT_PRINTER)
    return printer.options.get("paper", "80") if printer else "80"


def report_folder(config: SiteConfig) -> Path:
    """Where a window writes its reports."""
    return Path(config.terminal.reports or Path(config.store.path).parent / "reports")


def _cache(config: SiteConfig) -> OfflineCache:
    terminal = config.terminal
    return OfflineCache(
        config.store, config.platform, terminal.id, config.site.id, terminal.window,
        shows_queue=terminal.role is TerminalRole.WALL,
    )  # fmt: skip


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
    terminal.ends.append(terminal.cache.ledger.subscribe(lambda _: _look_again(terminal)))
    if terminal.meter is not None:
        terminal.ends.append(terminal.session.subscribe(terminal.meter.watch))
        terminal.ends.append(terminal.session.subscribe(partial(_accompany, terminal.cache)))
    terminal.supervisor.start()
    terminal.session.start()
    terminal.cache.start()


def _accompany(cache: OfflineCache, scene: Scene[Visit]) -> None:
    """Whoever stands at the glass goes before what others left behind."""
    somebody = scene.state.step not in RESTING
    cache.accompany(somebody, scene.state.case_id if somebody else None)


def _look_again(terminal: Terminal) -> None:
    """Something changed that screens show; an order to stop ends the visit that is open."""
    if terminal.cache.orders.standing().mode in GRAVE:
        terminal.session.post(ServiceStopped())
    terminal.session.refresh()


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


def run(config: SiteConfig, pilot_fd: int | None = None) -> int | Fault:
    """The terminal, until it is told to stop; the exit code. A Fault: the store cannot be used, nothing was shown."""
    from ui import app

    # A thread that draws a slip would else keep the window's thread waiting 5 ms for each of the many times it comes
    # back from Qt, and the sync's threads for each answer.
    sys.setswitchinterval(_TURN)
    terminal = build(config)
    if isinstance(terminal, Fault):
        return terminal
    kiosk = config.terminal.role is TerminalRole.CITIZEN
    spec = app.WindowSpec(
        role=config.terminal.role.value,
        hall=config.site.name,
        window_name=config.terminal.window_name,
        width=config.screen.width,
        height=config.screen.height,
        fullscreen=config.screen.fullscreen,
        zoom=config.screen.zoom,
        language=config.screen.language,
        reduced_motion=config.screen.reduced_motion,
        training=config.terminal.training,
        idle_seconds=_patience(config),
        warning_seconds=config.visit.warning_seconds,
        dictionary=dictionary(config) if kiosk else None,
        handwriting=Path(config.screen.handwriting) if kiosk else None,
        voice=config.screen.voice and config.terminal.role is not TerminalRole.WINDOW,
        pilot_fd=pilot_fd,
    )
    start(terminal)
    try:
        presenter, now = _presenter(config.terminal.role), terminal.cache.clock.now
        beside = _beside(terminal, spec)
        counts, ready = terminal.meter, _keep_what_is_there
        return app.run(spec, terminal.session, presenter, now=now, on_ready=ready, counts=counts, beside=beside)
    finally:
        stop(terminal, "asked")


def _keep_what_is_there() -> None:
    """With the first frame, before anybody touches it: the tables are read, and what the terminal consists of is
    never looked through for garbage again. To look through all of it took 95 ms, whenever that was due on any thread,
    and held up the window for as long."""
    read_ahead()
    gc.collect()
    gc.freeze()


def _beside(terminal: Terminal, clerk: Any) -> Any:
    """The citizen's screen of a window, where there is one."""
    from ui import app
    from ui.viewmodels import customer

    shown = terminal.config.customer
    if not shown.shown or terminal.config.terminal.role is not TerminalRole.WINDOW:
        return None
    spec = replace(
        clerk, role="customer", width=shown.width, height=shown.height, fullscreen=shown.fullscreen,
        language=shown.language, idle_seconds=shown.language_seconds, pilot_fd=None,
    )  # fmt: skip
    return app.Beside(spec=spec, session=CustomerSession(terminal.session), presenter=customer, screen=shown.screen)


def _patience(config: SiteConfig) -> int:
    """Untouched seconds until a visit ends or a window locks; a wall waits for nobody."""
    patience = {TerminalRole.CITIZEN: config.visit.idle_seconds, TerminalRole.WINDOW: config.visit.lock_seconds}
    return patience.get(config.terminal.role, 0)


def _presenter(role: TerminalRole) -> Any:
    """The role's own screens; the others' are not even loaded."""
    if role is TerminalRole.CITIZEN:
        from ui.viewmodels import citizen

        return citizen
    if role is TerminalRole.WALL:
        from ui.viewmodels import wall

        return wall
    from ui.viewmodels import clerk

    return clerk


def dictionary(config: SiteConfig) -> Path:
    """The pinyin dictionary: named by the configuration, or where the set-up builds it."""
    return Path(config.screen.dictionary or Path(__file__).parents[2] / "build" / "pinyin.sqlite")


def print_samples(folder: Path) -> int:
    """Every document once, in both languages, as its printer would have it: a PDF, or a picture of the roll. How many
    files; for whoever changes a paper, and for a hall that wants to see them."""
    from drivers.document_printer.sheet import pdf_of
    from drivers.receipt_printer.proof import proof as rolled

    folder.mkdir(parents=True, exist_ok=True)
    dots = {PaperSize.ROLL_80: 576, PaperSize.ROLL_58: 384}
    written = 0
    for language in Language:
        issuing = replace(samples.issuing(language=language), sandbox=True)
        for document in samples.documents(samples.story(), issuing):
            name = f"{document.kind.value}-{language.value}"
            if document.paper in dots:
                (folder / f"{name}.png").write_bytes(rolled(receipt_of(document, name), dots[document.paper]))
            else:
                (folder / f"{name}.pdf").write_bytes(pdf_of((sheet_of(document, issuing, name),)))
            written += 1
    return written


def enrol_terminal(config: SiteConfig, code: str, serial: str, say: Callable[[str], None]) -> Fault | None:
    """The enrolment dialogue at the command line, until somebody has decided."""
    machine = (platform.system(), platform.machine())

    def wait(seconds: float) -> bool:
        time.sleep(seconds)
        return True

    made = enrol(config, code, serial or platform.node() or "terminal", machine, app_version(), say, wait)
    if isinstance(made, Fault):
        return made
    good = life(Path(config.platform.identity) / TERMINAL)
    until = f", good until {good.end.date().isoformat()}" if good else ""
    say(f"ok: {made.terminal_id}, {made.site_id}, {made.kind} {made.window_id}".rstrip() + until)
    return None


FEWEST_CUTS = proof.FEWEST_CUTS


def prove(config: SiteConfig, cuts: int | None, say: Callable[[str], None]) -> bool | Fault:
    """Cut the power of a simulated disk under the real store, on the disk of this terminal's store; whether all that
    was promised is there, and the proof would have seen it if not. ``cuts`` None: as many as for a release."""
    found = proof.prove(Path(config.store.path), cuts or proof.DEFAULT_CUTS, app_version(), say)
    return found if isinstance(found, Fault) else found.outcome is proof.Outcome.PASSED


def owes(config: SiteConfig, say: Callable[[str], None]) -> bool | Fault:
    """Say what a terminal still owes the platform; whether that is nothing."""
    figures = owed(config.store)
    if isinstance(figures, Fault):
        return figures
    waiting, parked = figures
    say(f"{waiting} waiting, {parked} parked")
    return waiting == 0 and parked == 0


def salvage(config: SiteConfig, say: Callable[[str], None]) -> bool | Fault:
    """Carry what is readable of a damaged store into a new one; whether every deed was."""
    done = salvage_store(config.store)
    if isinstance(done, Fault):
        return done
    if done is None:
        say("the store is whole: nothing was done")
        return True
    say(f"{done.deeds} deeds carried over, {done.unreadable} unreadable, {done.signatures} signatures and scans")
    say(f"audit trail: {done.audit_entries} entries{', cut' if done.audit_cut else ''}")
    say("a copy of the damaged store stays beside the new one: *.damaged-*")
    return done.unreadable == 0 and not done.audit_cut


def audit(config: SiteConfig, what: str, head: str | None, say: Callable[[str], None]) -> bool | Fault:
    """Verify or export the audit trail of a store, also beside a running terminal."""
    if what == "export":
        lines = export_audit(config.store)
        if isinstance(lines, Fault):
            return lines
        for entry in lines:
            say(entry.decode())
        return True
    report = verify_audit(config.store, head)
    if isinstance(report, Fault):
        return report
    if report.broken_at is None:
        say(f"ok: {report.entries} entries, head {report.head[:16]}{', external head found' if head else ''}")
        return True
    say(f"BROKEN at entry {report.broken_at} of {report.entries}")
    return False
