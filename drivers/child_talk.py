"""What a process of its own and whoever started it say to one another: pickled messages over a socket pair.

Nobody else can reach the socket. A maker's library lives in that process, so what comes from there is understood as
values of this program's own types and nothing else: no message can make this side run anything.
"""

import copyreg
import io
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field, is_dataclass
from enum import Enum
from types import MappingProxyType
from typing import Any

from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind
from kiosk.faults import FaultCode


class GarbledError(Exception):
    """What came is no message."""


@dataclass(frozen=True, slots=True)
class HireDriver:
    """First of all: this process is for a whole driver."""

    kind: DeviceKind
    config: DeviceConfig


@dataclass(frozen=True, slots=True)
class HireLibrary:
    """First of all: this process is for one maker's library, and ``trade`` knows its calls."""

    trade: str
    path: str
    settings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


Hire = HireDriver | HireLibrary


@dataclass(frozen=True, slots=True, repr=False)
class Call:
    """Call a method of the driver. Functions among the arguments are replaced by ``CallBack``."""

    method: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CallBack:
    """Stands for a function of the caller, by its place among the arguments."""

    place: int


@dataclass(frozen=True, slots=True)
class Cancel:
    """End the wait that is running; heard also while a call runs."""


@dataclass(frozen=True, slots=True, repr=False)
class Done:
    """A call came back."""

    value: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """A call raised the drivers' own error."""

    code: FaultCode
    details: dict[str, str]
    retryable: bool


@dataclass(frozen=True, slots=True)
class Bug:
    """A call raised something else; the process of a driver has written it down. Only the type's name travels."""

    name: str


@dataclass(frozen=True, slots=True, repr=False)
class CalledBack:
    """The driver calls a function of the caller; nothing is given back."""

    place: int
    args: tuple[Any, ...]


def read_only(content: dict[Any, Any]) -> "MappingProxyType[Any, Any]":
    """What a read-only mapping is made of again at the other end."""
    return MappingProxyType(content)


def _taken_apart(proxy: "MappingProxyType[Any, Any]") -> Any:
    return read_only, (dict(proxy),)


copyreg.pickle(MappingProxyType, _taken_apart)


# Beside data classes and enumerations of this program.
_PLAIN = frozenset({
    ("drivers.child_talk", "read_only"),
    ("datetime", "date"), ("datetime", "datetime"), ("datetime", "time"),
    ("datetime", "timedelta"), ("datetime", "timezone"),
    ("decimal", "Decimal"), ("builtins", "frozenset"), ("builtins", "set"), ("builtins", "bytearray"),
})  # fmt: skip
_OURS = ("kiosk.", "drivers.")


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        known = (module, name) in _PLAIN or module.startswith(_OURS)
        found = super().find_class(module, name) if known else None
        if (module, name) in _PLAIN or (isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum))):
            return found
        raise GarbledError


def understood(said: bytes) -> Any:
    """What the other side said. GarbledError for anything but values."""
    try:
        return _Reader(io.BytesIO(said)).load()
    except Exception:  # an unpickler may stumble over anything
        raise GarbledError from None
