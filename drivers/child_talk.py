"""What a device's worker and the process of its driver say to one another: pickled messages over a socket pair.

Both ends are this program, started by itself; nobody else can reach the socket.
"""

import copyreg
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind
from kiosk.faults import FaultCode


@dataclass(frozen=True, slots=True)
class Hire:
    """First of all: which driver this process is for."""

    kind: DeviceKind
    config: DeviceConfig


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
    """A call raised something else; the process has written it down. Only the type's name travels."""

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
