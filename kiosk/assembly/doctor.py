"""The doctor: how a terminal is, one line a part, and the conformance of one of its devices on paper."""

import shutil
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from drivers import certificate
from drivers.plugged import Fitness, plugged
from kiosk.code_tables.freshness import health
from kiosk.config import SiteConfig, TerminalRole
from kiosk.contracts.device import DeviceKind, DeviceState
from kiosk.domain.orders import Mode
from kiosk.faults import Fault, FaultCode, words
from offline_cache import proof
from offline_cache.identity import life

from . import Terminal, app_version, build, dictionary

_EXAMINE_SECONDS = 6.0
_LEAST_FREE_MB = 512


def examine(config: SiteConfig, say: Callable[[str], None]) -> bool:
    """The doctor: store, devices, platform, disk, software, one line each; whether all is well."""
    say(f"kiosk {app_version()}, terminal {config.terminal.id}, role {config.terminal.role.value}")
    well = True

    def line(good: bool | None, what: str, more: str = "") -> None:
        """``None``: nothing is wrong, but somebody should know."""
        nonlocal well
        well = well and good is not False
        say(f"{'note' if good is None else 'ok  ' if good else 'BAD '} {what}{': ' + more if more else ''}")

    free = shutil.disk_usage(_existing(Path(config.store.path))).free // 2**20
    line(free >= _LEAST_FREE_MB, "disk", f"{free} MB free")
    proved = proof.standing(Path(config.store.path), datetime.now(UTC), app_version())
    line({proof.Rank.GOOD: True, proof.Rank.NOTE: None, proof.Rank.BAD: False}[proved.rank], proved.text)
    line(dictionary(config).exists() or config.terminal.role is not TerminalRole.CITIZEN, "pinyin dictionary")
    if config.terminal.role is TerminalRole.CITIZEN:
        for what, missing in _comforts(config):
            line(None if missing else True, what, missing)
    terminal = build(config)
    if isinstance(terminal, Fault):
        enrolment = terminal.code in (FaultCode.NOT_ENROLLED, FaultCode.ENROLMENT_REFUSED)
        line(False, "enrolment" if enrolment else "store", f"{words(terminal.code).what} [{terminal.code.value}]")
        return False
    line(
        True,
        "store",
        f"{terminal.cache.ledger.state().waiting} waiting, {terminal.cache.ledger.state().parked} parked",
    )
    _look_around(terminal)
    for report in terminal.supervisor.reports():
        good = report.state in (DeviceState.READY, DeviceState.BUSY)
        fault = f", {words(report.fault.code).staff} [{report.fault.code.value}]" if report.fault else ""
        able = "".join(f", {one.value.replace('_', ' ')}" for one in sorted(report.abilities, key=lambda a: a.value))
        line(good, report.name, f"{report.state.value} {report.model}{able}{fault}".strip())
    for thing in plugged(tuple(config.devices.values())):
        line(None if thing.fitness is Fitness.NOT_SUPPORTED else True, *thing.told())
    line(terminal.cache.platform.online(), "platform", config.platform.url)
    for good, what, more in _papers(terminal):
        line(good, what, more)
    line(
        terminal.cache.clock.sure(),
        "clock",
        "compared with the platform" if terminal.cache.clock.sure() else "unsure",
    )
    for one in health(terminal.cache.clock.now().date(), terminal.cache.ledger.catalogue_held()):
        line(one.good, one.name, one.text)
    terminal.supervisor.stop()
    terminal.cache.stop()
    return well


def certify(
    config: SiteConfig, kind: DeviceKind, folder: Path, ask: Callable[[str], None] | None, say: Callable[[str], None]
) -> bool:
    """The conformance suite on the unit that the configuration names, written down for its maker; whether it
    conforms. The terminal must not be running: a device has one owner."""
    device = config.devices.get(kind)
    if device is None:
        say(f"BAD  {kind.value}: the configuration names no such device")
        return False
    found = certificate.examine(kind, device, datetime.now(UTC).astimezone(), app_version(), ask, say)
    if found.unit is None:
        say(f"BAD  {kind.value}: no unit answers at the configured address; kiosk doctor says why")
    say(f"{certificate.summary(found.verdicts)}: {certificate.keep(found, folder)}")
    return found.conforms


def _comforts(config: SiteConfig) -> tuple[tuple[str, str], ...]:
    """What a citizen's screen can do without, and why it has to on this machine."""
    from ui.handwriting import absent
    from ui.speaker import speaker

    found = speaker() if config.screen.voice else "switched off by the configuration"
    voice = found if isinstance(found, str) else ""
    return ("handwriting", absent(Path(config.screen.handwriting))), ("voice", voice)


def _papers(terminal: Terminal) -> list[tuple[bool, str, str]]:
    """How the terminal stands with the platform: its certificate, what it was ordered, what stands for its trail."""
    cache, platform_ = terminal.cache, terminal.config.platform
    found: list[tuple[bool, str, str]] = []
    if platform_.certificate:
        good = life(platform_.certificate)
        until = f"good until {good.end.date().isoformat()}" if good else "cannot be read"
        found.append((good is not None and good.holds(cache.clock.now()), "certificate", until))
    standing, orders = cache.orders.standing(), cache.orders
    why = f" ({standing.why.value})" if standing.why else ""
    said = f"{standing.mode.value}{why}, configuration {orders.version}, directive {orders.seq}"
    found.append((standing.mode is Mode.NORMAL and not orders.ignored, "orders", f"{said}, {orders.ignored} ignored"))
    state = cache.ledger.state()
    found.append((True, "audit trail", f"{state.audit_entries} entries, head {state.audit_head}"))
    return found


def _existing(path: Path) -> Path:
    return next(p for p in (path, *path.absolute().parents) if p.exists())


def _look_around(terminal: Terminal) -> None:
    """Give devices and platform a few seconds to say how they are."""
    changed = threading.Event()
    terminal.supervisor.subscribe(lambda _: changed.set())
    terminal.supervisor.start()
    terminal.cache.start()
    until = terminal.cache.clock.monotonic() + _EXAMINE_SECONDS
    while (left := until - terminal.cache.clock.monotonic()) > 0:
        starting = any(r.state is DeviceState.STARTING for r in terminal.supervisor.reports())
        if not starting and terminal.cache.platform.online():
            return
        changed.wait(min(left, 0.2))
        changed.clear()
