"""The door to the PC/SC service: every call returns its code as a number, and a dead service never surprises.

This is the one file that imports pyscard's C functions. Its monitors and its connection classes are not used: the
monitors die with the first restart of the service, and a call into a dying service can raise a bare SystemError.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from smartcard import scard

UNAWARE: int = scard.SCARD_STATE_UNAWARE
CHANGED: int = scard.SCARD_STATE_CHANGED
PROTOCOLS: int = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1


class Code(IntEnum):
    """Results of the service that are told apart (WinSCard numbers)."""

    OK = 0
    CANCELLED = 0x80100002
    INVALID_HANDLE = 0x80100003
    TIMEOUT = 0x8010000A
    UNKNOWN_READER = 0x80100009
    SHARING_VIOLATION = 0x8010000B
    NO_CARD = 0x8010000C
    COMM_ERROR = 0x80100013
    NOT_TRANSACTED = 0x80100016
    READER_UNAVAILABLE = 0x80100017
    NO_SERVICE = 0x8010001D
    SERVICE_STOPPED = 0x8010001E
    NO_READERS = 0x8010002E
    UNRESPONSIVE_CARD = 0x80100066
    UNPOWERED_CARD = 0x80100067
    RESET_CARD = 0x80100068
    REMOVED_CARD = 0x80100069


SERVICE_LOST = frozenset({Code.INVALID_HANDLE, Code.COMM_ERROR, Code.NO_SERVICE, Code.SERVICE_STOPPED})
"""Codes after which the context is dead for good, whatever SCardIsValidContext says."""

READER_GONE = frozenset({Code.UNKNOWN_READER, Code.READER_UNAVAILABLE, Code.NO_READERS})


@dataclass(frozen=True, slots=True)
class ReaderState:
    """One look at one reader. ``counter`` grows with every insertion and removal, so a quick swap shows."""

    name: str
    raw: int

    @property
    def present(self) -> bool:
        """A card lies in it."""
        return bool(self.raw & scard.SCARD_STATE_PRESENT)

    @property
    def mute(self) -> bool:
        """The card does not answer the reset: upside down, or no chip."""
        return bool(self.raw & scard.SCARD_STATE_MUTE)

    @property
    def counter(self) -> int:
        """Insertions and removals since the service started (high word of the event state)."""
        return self.raw >> 16 & 0xFFFF


def _call(function: Callable[..., Any], *args: Any) -> tuple[int, list[Any]]:
    """The result code, unsigned, and what came with it. A service that dies inside the call counts as lost."""
    try:
        result = function(*args)
    except SystemError:
        return Code.COMM_ERROR, []
    if isinstance(result, int):
        return result & 0xFFFFFFFF, []
    code, *rest = result
    return code & 0xFFFFFFFF, list(rest)


class Context:
    """One connection to the service. Worker thread only.

    SCardCancel is not used: it talks to the service and waits for the answer, so that a service that hangs would
    catch the thread that cancels as well. Waits are short instead.
    """

    def __init__(self) -> None:
        self.code, rest = _call(scard.SCardEstablishContext, scard.SCARD_SCOPE_USER)
        self._handle: Any = rest[0] if self.code == Code.OK else None

    def readers(self) -> tuple[int, list[str]]:
        """The names of all readers; an empty list is no error."""
        code, rest = _call(scard.SCardListReaders, self._handle, [])
        if code == Code.NO_READERS:
            return Code.OK, []
        return code, list(rest[0]) if rest and code == Code.OK else []

    def states(self, known: Sequence[ReaderState], timeout_ms: int) -> tuple[int, list[ReaderState]]:
        """Wait until one of the readers differs from ``known``; the new states of all of them."""
        asked = [(one.name, one.raw) for one in known]
        code, rest = _call(scard.SCardGetStatusChange, self._handle, timeout_ms, asked)
        if code != Code.OK or not rest:
            return code, []
        return code, [ReaderState(name, raw & ~CHANGED) for name, raw, _ in rest[0]]

    def connect(self, reader: str) -> tuple[int, Any, int]:
        """Take the card in this reader for ourselves alone: code, handle, protocol."""
        code, rest = _call(scard.SCardConnect, self._handle, reader, scard.SCARD_SHARE_EXCLUSIVE, PROTOCOLS)
        return (code, rest[0], rest[1]) if code == Code.OK else (code, None, 0)

    def release(self) -> None:
        """Let the service forget us; safe to call twice and when the service is gone."""
        handle, self._handle = self._handle, None
        if handle is not None:
            _call(scard.SCardReleaseContext, handle)


def transmit(card: Any, protocol: int, apdu: bytes) -> tuple[int, bytes]:
    """Send one APDU. A card pulled in the middle may answer code 0 with no bytes at all."""
    pci = scard.SCARD_PCI_T1 if protocol == scard.SCARD_PROTOCOL_T1 else scard.SCARD_PCI_T0
    code, rest = _call(scard.SCardTransmit, card, pci, list(apdu))
    return code, bytes(byte & 0xFF for byte in rest[0]) if rest and code == Code.OK else b""


def disconnect(card: Any, *, reset: bool) -> None:
    """Give the card back. ``reset`` after a good exchange, so that no PIN stays verified behind us; never after a
    lost one: a reset that fails lets pcscd call the reader empty, and a card whose contact only bounced would stay
    unseen until somebody pulls it."""
    _call(scard.SCardDisconnect, card, scard.SCARD_RESET_CARD if reset else scard.SCARD_LEAVE_CARD)
