"""Who of a case has signed, as the platform tells it: at a terminal, or from afar on a phone (R19)."""

import enum
from dataclasses import dataclass
from datetime import datetime

from .ids import PersonRef
from .private import Private


class SigningState(enum.Enum):
    """How it stands with one signer."""

    SIGNED = "SIGNED"
    WAITING = "WAITING"
    INVITED = "INVITED"  # the link is on the way, and still good
    EXPIRED = "EXPIRED"
    CHANGED = "CHANGED"  # signed, but what was signed was changed since


@dataclass(frozen=True, slots=True)
class SignerNow:
    """One person who has to sign. ``link_until``: until when the link sent last may be used."""

    ref: PersonRef
    state: SigningState
    by_phone: bool = False
    at: datetime | None = None
    link_until: datetime | None = None


@dataclass(frozen=True, slots=True, repr=False)
class SigningLink(Private):
    """A link for one person: whoever has it reads the application, so it is shown to nobody else."""

    ref: PersonRef
    address: str
    until: datetime


@dataclass(frozen=True, slots=True, repr=False)
class UploadLink(Private):
    """A link by which a phone sends one material of one case; good for one file."""

    material: str
    address: str
    until: datetime
