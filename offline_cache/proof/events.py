"""What a program did to a disk, one call after the other. Paths are relative to the folder that is looked at; the
folder itself is the empty path."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Made:
    """A name appeared, if it was not there; ``folder``: of a folder."""

    path: str
    folder: bool = False


@dataclass(frozen=True, slots=True)
class Wrote:
    """Bytes went into the system's cache."""

    path: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Resized:
    """The file was cut or stretched to ``size`` bytes."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Renamed:
    """One name took the place of another."""

    path: str
    to: str


@dataclass(frozen=True, slots=True)
class Removed:
    """A name went."""

    path: str


@dataclass(frozen=True, slots=True)
class SyncBegun:
    """The program asked for everything of a file, or for the names in a folder, to be on the disk. ``number`` ties
    begin and end together."""

    path: str
    number: int


@dataclass(frozen=True, slots=True)
class SyncEnded:
    """The system said that it is."""

    number: int


@dataclass(frozen=True, slots=True)
class Promised:
    """Somebody was told something."""

    text: str


Event = Made | Wrote | Resized | Renamed | Removed | SyncBegun | SyncEnded | Promised
