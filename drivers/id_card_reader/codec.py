"""Frames of the identity-card reader's serial protocol (SDT, GA 450 / GA/T 467): bytes ⇄ values, pure.

    request : AA AA AA 96 69 | length, 2 bytes | command, parameter | data … | check
    response: AA AA AA 96 69 | length, 2 bytes | SW1 SW2 SW3        | data … | check

The length counts what follows it, the check byte included; the check byte is the XOR of everything between preamble
and itself. Nothing here knows time or wires; the text block of a card is read in ``record``.
"""

import enum
from dataclasses import dataclass
from functools import reduce
from operator import xor

PREAMBLE = b"\xaa\xaa\xaa\x96\x69"
MIN_LENGTH = 4  # SW1 SW2 SW3 and the check byte
MAX_LENGTH = 4089  # the longest that readers in the field send
_MARK = b"\xaa\xaa\x96\x69"  # USB bridges lose the first AA


class Status(enum.IntEnum):
    """SW3: what the reader says about the last command."""

    OK = 0x90
    NO_SUCH_ITEM = 0x91
    FOUND = 0x9F
    BAD_CHECKSUM = 0x10
    BAD_LENGTH = 0x11
    BAD_COMMAND = 0x21
    NOT_PERMITTED = 0x23
    UNKNOWN_ERROR = 0x24
    CARD_REFUSED_SAM = 0x31
    SAM_REFUSED_CARD = 0x32
    DATA_NOT_VERIFIED = 0x33
    UNKNOWN_CARD = 0x40
    READ_FAILED = 0x41
    RANDOM_FAILED = 0x47
    SELF_TEST_FAILED = 0x60
    NOT_AUTHORISED = 0x66
    NOT_FOUND = 0x80
    NOT_SELECTED = 0x81


class Command(enum.Enum):
    """What is asked of the reader. The fingerprint block (30 10) is never asked for: nobody here needs it."""

    RESET = b"\x10\xff"
    STATUS = b"\x11\xff"
    SAM_ID = b"\x12\xff"
    FIND = b"\x20\x01"
    SELECT = b"\x20\x02"
    READ = b"\x30\x01"
    READ_APPENDED = b"\x30\x03"


class FrameError(Exception):
    """Bytes that cannot be what a reader sends. ``reason`` is a slug."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, repr=False)
class Response:
    """One whole answer. ``data`` may hold a person: it never shows itself."""

    sw: bytes
    data: bytes

    @property
    def status(self) -> int:
        """SW3; a number that no ``Status`` names is kept as it came."""
        return self.sw[2]

    def __repr__(self) -> str:
        return f"<Response {self.sw.hex()} with {len(self.data)} bytes>"


def check_byte(body: bytes) -> int:
    """The XOR over length and content."""
    return reduce(xor, body, 0)


def request(command: Command, data: bytes = b"") -> bytes:
    """The bytes that ask for ``command``."""
    content = command.value + data
    body = (len(content) + 1).to_bytes(2, "big") + content
    return PREAMBLE + body + bytes([check_byte(body)])


def answers(command: Command, response: Response) -> bool:
    """Whether a response can belong to a command.

    Responses do not say what they answer, and a late one may arrive during the next command: what does not fit is
    somebody else's and is passed over.
    """
    status, size = response.status, len(response.data)
    if status == Status.FOUND:
        return command is Command.FIND
    if status == Status.NOT_FOUND:
        return command is Command.FIND
    if status == Status.NOT_SELECTED:
        return command is not Command.FIND
    if status == Status.NO_SUCH_ITEM:
        return command is Command.READ_APPENDED
    if status != Status.OK:
        return True
    match command:
        case Command.RESET | Command.STATUS:
            return size == 0
        case Command.SAM_ID:
            return size == 16
        case Command.FIND:
            return False
        case Command.SELECT:
            return size == 8
        case Command.READ:
            return size > 16
        case Command.READ_APPENDED:
            return 16 < size < 256
    return False


class FrameReader:
    """Finds responses in a stream of bytes, whatever lies between them. Never holds more than one frame's bytes
    beyond what it was just fed."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self.skipped = 0  # bytes that belonged to no frame

    @property
    def held(self) -> int:
        """Bytes that wait for more."""
        return len(self._buffer)

    def feed(self, data: bytes) -> None:
        """Add what came over the wire."""
        self._buffer += data

    def clear(self) -> None:
        """Forget what is there."""
        self._buffer.clear()

    def take(self) -> Response | None:
        """The next whole response, or None when more bytes are needed.

        FrameError ``checksum`` when a frame came whole but damaged; its bytes are passed over.
        """
        while self._seek():
            start = len(_MARK) + 2
            if len(self._buffer) < start:
                return None
            length = int.from_bytes(self._buffer[start - 2 : start], "big")
            if not MIN_LENGTH <= length <= MAX_LENGTH:
                self._drop(1)
                continue
            if len(self._buffer) < start + length:
                return None
            body = bytes(self._buffer[len(_MARK) : start + length])
            if check_byte(body) != 0:  # a body with its own XOR behind it comes to nothing
                self._drop(1)
                raise FrameError("checksum")
            del self._buffer[: start + length]
            return Response(body[2:5], body[5:-1])
        return None

    def disbelieve(self) -> None:
        """The frame that seemed to begin does not go on: look for one behind its first byte."""
        self._drop(1)

    def _seek(self) -> bool:
        """Drop what precedes the next preamble; whether one is there."""
        at = self._buffer.find(_MARK)
        if at >= 0:
            self._drop(at)
            return True
        # Keep a tail that may be the beginning of a preamble.
        keep = next((n for n in range(len(_MARK) - 1, 0, -1) if self._buffer.endswith(_MARK[:n])), 0)
        self._drop(len(self._buffer) - keep)
        return False

    def _drop(self, count: int) -> None:
        self.skipped += min(count, len(self._buffer))
        del self._buffer[:count]


@dataclass(frozen=True, slots=True, repr=False)
class CardData:
    """The two blocks of a read card, as they are on the chip."""

    text: bytes
    photo: bytes


def split_card_data(data: bytes) -> CardData:
    """Take apart the answer to READ: two big-endian length words, then text and photo. Trusts the words.

    FrameError ``blocks`` when they do not fit the data.
    """
    if len(data) < 4:
        raise FrameError("blocks")
    text, photo = int.from_bytes(data[:2], "big"), int.from_bytes(data[2:4], "big")
    if len(data) != 4 + text + photo:
        raise FrameError("blocks")
    return CardData(data[4 : 4 + text], data[4 + text :])


def sam_id_text(raw: bytes) -> str:
    """The security module's number in its long written form, from the 16 little-endian bytes of SAM_ID."""
    if len(raw) != 16:
        raise FrameError("sam-id")
    first, second = (int.from_bytes(raw[at : at + 2], "little") for at in (0, 2))
    day, one, two = (int.from_bytes(raw[at : at + 4], "little") for at in (4, 8, 12))
    return f"{first:02d}.{second:02d}-{day:08d}-{one:010d}-{two:010d}"
