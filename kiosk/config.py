"""One TOML per terminal: typed, every key documented, unknown keys and wrong values refused with line and remedy.

The keys are the fields of the dataclasses below; docs/configuration.md is generated from them.
"""

import re
import tomllib
import types
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from kiosk.contracts.device import DeviceKind


class TerminalRole(Enum):
    """What this machine is (R53)."""

    CITIZEN = "citizen"  # self-service terminal
    WINDOW = "window"  # comprehensive window
    WALL = "wall"  # the hall's screen: queue and windows


def setting(default: Any, doc: str) -> Any:
    """A key with a default and the sentence that documents it."""
    return field(default=default, metadata={"doc": doc})


def must(doc: str) -> Any:
    """A key that has to be there."""
    return field(metadata={"doc": doc})


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """[site]: the hall, from the district's configuration (R77)."""

    id: str = must("hall id on the platform, never a division code")
    name: str = must("name of the hall as people know it")
    division: str = must("six-digit division code of the hall")
    phone: str = setting("12345", "telephone printed on receipts and papers")
    address: str = setting("", "address of the hall, printed on papers")
    complaint_phone: str = setting("12345", "telephone for complaints, printed on papers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """[terminal]: this machine."""

    id: str = setting("", "id of this terminal on the platform; empty: as it was enrolled")
    role: TerminalRole = must("citizen, window, or wall (the hall's screen, enrolled like a self-service terminal)")
    window: str = setting("", "id of the window, for role window, like w-03")
    window_name: str = setting("", "how the window is called, like 3 号窗口")
    training: bool = setting(False, "show 演示环境 on every screen")
    reports: str = setting("", "folder for the reports of a window; empty: reports beside the store")


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """[platform]: the way to the city's platform."""

    url: str = must("base address, without /v1")
    key: str = setting("", "credential of this terminal, where the platform serves plain http to its own machine")
    authority: str = setting("", "PEM file of the authority that signed the platform's certificate; empty: the usual")
    certificate: str = setting("", "PEM file of this terminal's own certificate, its key in it or in private_key")
    private_key: str = setting("", "PEM file of the certificate's key, if it lies apart")
    identity: str = setting("", "folder that kiosk enrol fills: certificate and key, authority, the platform's keys")
    permit_key: str = setting("", "Ed25519 public key of the platform's permits, 64 hex digits; window only")
    config_keys: str = setting("", "Ed25519 public keys that sign configurations, 64 hex digits each, blank between")
    directive_keys: str = setting("", "the same for directives; locking and wiping take the signatures of two")
    phones: str = setting("", "base address under which people's phones reach the platform; empty: the same as url")
    timeout: float = setting(8.0, "seconds for one interactive call, all in all")


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """[store]: the encrypted offline cache."""

    path: str = must("file of the store; its folder is made if missing")
    key: str = setting(
        "file", "where the key lives: file (development: beside the store) or credential:NAME (systemd)"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """[screen]: how the terminal looks."""

    width: int = setting(1080, "pixels")
    height: int = setting(1920, "pixels")
    fullscreen: bool = setting(True, "cover the whole panel")
    language: str = setting("zh", "language at the start of a visit: zh or en")
    zoom: float = setting(1.0, "shrinks the whole window, for showing a panel on a smaller screen")
    dictionary: str = setting("", "pinyin dictionary; empty: build/pinyin.sqlite, where the set-up builds it")
    handwriting: str = setting(
        "/usr/share/tegaki/models/zinnia/handwriting-zh_CN.model",
        "model of the handwriting recogniser; where it is not there, the keyboard has no key for it",
    )
    voice: bool = setting(
        True, "read screens aloud in large text and when asked, where espeak-ng and a sound card are"
    )
    reduced_motion: bool = setting(False, "swap instead of sliding")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """[visit]: patience."""

    idle_seconds: int = setting(120, "untouched seconds until the warning's end; doubled in large text")
    warning_seconds: int = setting(30, "length of the warning")
    lock_seconds: int = setting(300, "untouched seconds until a window locks itself")


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """[queue]: the hall's one queue (R35)."""

    services: str = setting("opening", "what numbers are drawn for; only opening: every window does everything")


class TaxIssueWay(Enum):
    """How tax devices are written in a hall."""

    PLATFORM = "platform"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxIssue:
    """[tax_issue]: how tax-control devices are written (发行) in this hall; window only."""

    way: TaxIssueWay = setting(
        TaxIssueWay.PLATFORM,
        "platform: the platform hands the request to the tax office's system; manual: a clerk types it into the tax"
        " office's own page, and the window shows what belongs there",
    )
    page: str = setting("", "way manual: what the tax office's page is called here")


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """[customer]: the screen before which the citizen sits at a window (柜外屏); window only."""

    shown: bool = setting(False, "there is such a screen: it follows the clerk's step, and the citizen signs there")
    screen: str = setting("", "name of its output, like HDMI-2; empty: the one on which the clerk's window is not")
    width: int = setting(1280, "pixels, where it does not cover a screen of its own")
    height: int = setting(800, "pixels, where it does not cover a screen of its own")
    fullscreen: bool = setting(True, "cover the whole panel; hidden while there is none")
    language: str = setting("zh", "language in which it begins: zh or en")
    language_seconds: int = setting(60, "untouched seconds until an unused screen is back in that language")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceConfig:
    """[devices.KIND]: one device; KIND is one of the kinds of device."""

    driver: str = must("name of the driver, see docs/devices.md")
    address: str = must("where it is: serial:/dev/ttyUSB0, tcp:HOST:PORT, http://…, pcsc:READER, camera:0")
    process: bool = setting(False, "run its driver in a process of its own: a vendor's library may crash there alone")
    options: Mapping[str, str] = field(
        default_factory=lambda: types.MappingProxyType({}), metadata={"doc": "settings of that driver, all strings"}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteConfig:
    """The whole file."""

    site: Site
    terminal: Terminal
    platform: Platform
    store: Store
    screen: Screen = Screen()
    visit: Visit = Visit()
    queue: Queue = Queue()
    tax_issue: TaxIssue = TaxIssue()
    customer: Customer = Customer()
    devices: Mapping[DeviceKind, DeviceConfig] = field(default_factory=lambda: types.MappingProxyType({}))


class ConfigError(Exception):
    """What is wrong, where, and what is allowed: one line for a person."""


def load(path: Path) -> SiteConfig:
    """Read a configuration file; ConfigError names the line, the key and what is allowed."""
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8") from error
    try:
        return parse(text)
    except ConfigError as error:
        raise ConfigError(f"{path}:{error}") from error


def parse(text: str) -> SiteConfig:
    """Parse the text of a configuration file."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise ConfigError(f"{found[1] if found else 1}: not TOML: {error}") from error
    reader = _Reader(text)
    config: SiteConfig = reader.table(SiteConfig, data, ())
    if config.queue.services.split() != ["opening"]:
        raise reader.error(
            ("queue", "services"),
            'must be "opening" alone: 不得在前台设置单项服务窗口, no queue or window for single items',
        )
    platform = config.platform
    if not platform.key and not platform.certificate and not platform.identity:
        raise reader.error(
            ("platform", "key"), "missing; a terminal has an identity, a certificate, or a key that stands in for it"
        )
    if not config.terminal.id and not platform.identity:
        raise reader.error(("terminal", "id"), "missing; it is the id of this terminal on the platform")
    return config


class _Reader:
    """Walks the parsed tables beside the dataclasses; keeps the text only to find lines."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()

    def table(self, cls: Any, data: Any, at: tuple[str, ...]) -> Any:
        if not isinstance(data, dict):
            raise self.error(at, "must be a table")
        hints, allowed = get_type_hints(cls), [f.name for f in fields(cls)]
        for name in data:
            if name not in allowed:
                raise self.error((*at, name), f"unknown key; allowed here: {', '.join(allowed)}")
        made: dict[str, Any] = {}
        for one in fields(cls):
            if one.name in data:
                made[one.name] = self.value(hints[one.name], data[one.name], (*at, one.name))
            elif "doc" in one.metadata and one.default is one.default_factory:
                doc = one.metadata["doc"]
                raise self.error((*at, one.name), f"missing; it is the {doc}")
            elif is_dataclass(hints[one.name]) and one.default is one.default_factory:
                raise self.error((*at, one.name), "missing table")
        return cls(**made)

    def value(self, kind: Any, raw: Any, at: tuple[str, ...]) -> Any:
        if is_dataclass(kind):
            return self.table(kind, raw, at)
        if self._is_mapping(kind):
            return self._mapping(kind, raw, at)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return self._choice(kind, raw, at)
        if kind is float and isinstance(raw, int) and not isinstance(raw, bool):
            raw = float(raw)
        if type(raw) is not kind:
            words = {str: "a text in quotes", int: "a whole number", float: "a number", bool: "true or false"}
            raise self.error(at, f"must be {words[kind]}")
        if kind in (int, float) and raw <= 0:
            raise self.error(at, "must be above zero")
        return raw

    @staticmethod
    def _is_mapping(kind: Any) -> bool:
        origin = get_origin(kind)
        return isinstance(origin, type) and issubclass(origin, Mapping)

    def _mapping(self, kind: Any, raw: Any, at: tuple[str, ...]) -> Any:
        if not isinstance(raw, dict):
            raise self.error(at, "must be a table")
        names, values = get_args(kind)
        made = {}
        for name, one in raw.items():
            here = (*at, name)
            made[self._choice(names, name, here) if names is not str else name] = self.value(values, one, here)
        return types.MappingProxyType(made)

    def _choice(self, kind: type[Enum], raw: Any, at: tuple[str, ...]) -> Any:
        try:
            return kind(raw)
        except ValueError:
            raise self.error(at, f"must be one of: {', '.join(str(k.value) for k in kind)}") from None

    def error(self, at: tuple[str, ...], what: str) -> ConfigError:
        """A complaint with its line."""
        return ConfigError(f"{self._line(at)}: {'.'.join(at) or 'file'}: {what}")

    def _line(self, at: tuple[str, ...]) -> int:
        """The line of a key, or of its table when the key is missing, or 1."""
        best = 1
        table: tuple[str, ...] = ()
        wanted_table = at[:-1]
        for number, line in enumerate(self._lines, 1):
            if header := re.match(r"\s*\[\s*([^\]]+?)\s*\]", line):
                table = tuple(part.strip().strip('"') for part in header[1].split("."))
                if table == at:
                    return number
                if table == wanted_table:
                    best = number
            elif (named := re.match(r'\s*"?([\w-]+)"?\s*=', line)) and (*table, named[1]) == at:
                return number
        return best
