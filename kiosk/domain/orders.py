"""What the platform orders a terminal: configuration (配置清单) and directives (指令), and what it may do by them."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta


class Mode(enum.Enum):
    """What a terminal may do, from everything to nothing."""

    NORMAL = "NORMAL"
    NO_HANDOVER = "NO_HANDOVER"
    READ_ONLY = "READ_ONLY"
    LOCKED = "LOCKED"
    WIPE = "WIPE"


GRAVE = frozenset({Mode.LOCKED, Mode.WIPE})  # two persons, two signatures


@dataclass(frozen=True, slots=True)
class Directive:
    """An order to one terminal; ``until`` None: until the next one."""

    terminal_id: str
    seq: int
    mode: Mode
    reason: str
    until: datetime | None
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class OfflineLimits:
    """How long and how much a terminal may work alone."""

    read_only_after: timedelta = timedelta(hours=4)
    most_messages: int = 500
    most_blob_bytes: int = 2048 * 2**20


@dataclass(frozen=True, slots=True)
class Manifest:
    """A hall's configuration. ``kind`` and ``terminal_id`` None: every terminal of the hall."""

    version: int
    issued_at: datetime
    expires_at: datetime
    site_id: str
    kind: str | None
    terminal_id: str | None
    limits: OfflineLimits
    packs: Mapping[str, str]  # name → sha256 of the edition to use
    oldest_program: str = ""  # a program older than this version only answers questions; empty: any will do


class Why(enum.Enum):
    """Why a terminal may not do everything."""

    ORDERED = "ordered"
    OUT_OF_CONTACT = "out-of-contact"
    CONFIGURATION_EXPIRED = "configuration-expired"
    PROGRAM_TOO_OLD = "program-too-old"
    REFUSED = "refused"  # the platform refuses this terminal: suspended, revoked


@dataclass(frozen=True, slots=True)
class Standing:
    """What this terminal may do now, and why not more."""

    mode: Mode = Mode.NORMAL
    why: Why | None = None


EVERYTHING = Standing()
