"""Cutting a receipt printer's byte stream into commands: how long each one is, and nothing about what it does."""

from collections.abc import Iterator
from dataclasses import dataclass

DLE, ESC, FS, GS = 0x10, 0x1B, 0x1C, 0x1D
HT, LF, FF, CR, CAN, NUL = 0x09, 0x0A, 0x0C, 0x0D, 0x18, 0x00
_MORE = -1  # the command's length cannot be told yet

# Introducer and letter → how many argument bytes follow, for commands of fixed length.
_FIXED: dict[tuple[int, str], int] = {
    **{(ESC, each): 0 for each in "@2LSimv\x0c<"},
    **{(ESC, each): 1 for each in "! -3=EGJKMRTVadetu{rU%?9"},
    **{(ESC, each): 2 for each in "$\\cB"},
    **{(ESC, each): 3 for each in "p"},
    **{(ESC, each): 8 for each in "W"},
    **{(FS, each): 0 for each in "&."},
    **{(FS, each): 1 for each in "!-WC"},
    **{(FS, each): 2 for each in "Sp"},
    (FS, "2"): 2 + 72,
    **{(GS, each): 0 for each in ":"},
    **{(GS, each): 1 for each in "!/BHITabfhrw"},
    **{(GS, each): 2 for each in "$LWP\\"},
    **{(GS, each): 3 for each in "^g"},
}
_CUT_WITH_FEED = (65, 66, 97, 98, 103, 104)


@dataclass(frozen=True, slots=True)
class Command:
    """One command. ``code`` is its name as in the manuals (``ESC @``), ``data`` its arguments."""

    code: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Text:
    """Bytes to be printed, of one character or of several."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Unknown:
    """Bytes that no manual explains; a printer swallows them, a test should not."""

    data: bytes


Piece = Command | Text | Unknown


class CommandStream:
    """Collects bytes and yields whole pieces.

    ``chinese`` says whether high bytes are read in pairs now; ``long_codes`` whether the character memory knows the
    four-byte form of GB 18030 (an older GBK memory takes it for something else and two digits).
    """

    def __init__(self, *, long_codes: bool) -> None:
        self._buffer = bytearray()
        self._long_codes = long_codes
        self.chinese = True

    def feed(self, data: bytes) -> None:
        """Add what arrived."""
        self._buffer += data

    def rest(self) -> bytes:
        """What has not been cut into pieces yet."""
        return bytes(self._buffer)

    def clear(self) -> None:
        """Forget a command that was begun."""
        self._buffer.clear()

    def pieces(self) -> Iterator[Piece]:
        """Yield what is complete. The caller may stop at any piece; the rest stays for the next time."""
        while self._buffer:
            if self._buffer[0] in (DLE, ESC, FS, GS):
                size, make = _size(self._buffer), _command
            else:
                size, make = self._character(), _plain
            if size == _MORE or size > len(self._buffer):
                return
            piece = make(bytes(self._buffer[:size]))
            del self._buffer[:size]
            yield piece

    def _character(self) -> int:
        """Length of the character at the head: one byte, or two or four of a Chinese one."""
        if not self.chinese or not 0x81 <= self._buffer[0] <= 0xFE:
            return 1
        if len(self._buffer) < 2:
            return _MORE
        second = self._buffer[1]
        if 0x30 <= second <= 0x39:
            return 4 if self._long_codes else 1
        return 2 if 0x40 <= second <= 0xFE and second != 0x7F else 1


def _plain(data: bytes) -> Piece:
    controls = {HT: "HT", LF: "LF", FF: "FF", CR: "CR", CAN: "CAN"}
    if data[0] in controls:
        return Command(controls[data[0]], b"")
    if data[0] < 0x20 or data[0] == 0x7F:
        return Unknown(data)
    return Text(data)


def _command(data: bytes) -> Piece:
    if len(data) < 2 or not _known(data):
        return Unknown(data)
    names = {DLE: "DLE", ESC: "ESC", FS: "FS", GS: "GS"}
    if data[0] == DLE:
        return Command({4: "DLE EOT", 5: "DLE ENQ", 20: "DLE DC4"}[data[1]], data[2:])
    return Command(f"{names[data[0]]} {chr(data[1])}", data[2:])


def _known(data: bytes) -> bool:
    lead, letter = data[0], chr(data[1])
    if lead == DLE:
        return data[1] in (4, 5, 20)
    if (lead, letter) in _FIXED:
        return True
    variable = {ESC: "*D", FS: "(q", GS: "(*Vkv8"}
    return letter in variable[lead] and len(data) > 2


def _size(buffer: bytearray) -> int:
    """The whole length of the command at the head, 2 for one that nobody knows, or _MORE."""
    if len(buffer) < 2:
        return _MORE
    lead, letter = buffer[0], chr(buffer[1])
    if lead == DLE:
        return {4: 3, 5: 3, 20: 5}.get(buffer[1], 1)
    if (lead, letter) in _FIXED:
        return 2 + _FIXED[lead, letter]
    return _variable(lead, letter, buffer)


def _variable(lead: int, letter: str, buffer: bytearray) -> int:
    def at(place: int) -> int:
        if len(buffer) <= place:
            raise IndexError
        return buffer[place]

    try:
        match lead, letter:
            case (0x1B, "*"):
                columns = at(3) + 256 * at(4)
                return 5 + columns * (3 if at(2) in (32, 33) else 1)
            case (0x1B, "D"):
                end = buffer.find(NUL, 2)
                return end + 1 if end >= 0 else _MORE if len(buffer) < 2 + 33 else 2
            case (0x1C | 0x1D, "("):
                return 5 + at(3) + 256 * at(4)
            case (0x1D, "8"):
                return 7 + int.from_bytes(bytes(at(place) for place in (3, 4, 5, 6)), "little")
            case (0x1D, "*"):
                return 4 + at(2) * at(3) * 8
            case (0x1D, "V"):
                return 4 if at(2) in _CUT_WITH_FEED else 3
            case (0x1D, "v"):
                return 8 + (at(4) + 256 * at(5)) * (at(6) + 256 * at(7)) if at(2) == 0x30 else 2
            case (0x1D, "k"):
                if at(2) >= 65:
                    return 4 + at(3)
                end = buffer.find(NUL, 3)
                return end + 1 if end >= 0 else _MORE
            case (0x1C, "q"):
                return _stored_pictures(buffer)
    except IndexError:
        return _MORE
    return 2


def _stored_pictures(buffer: bytearray) -> int:
    """FS q: a count, then for each picture its width and height in bytes and the dots."""
    at = 3
    for _ in range(buffer[2]):
        width, height = buffer[at] + 256 * buffer[at + 1], buffer[at + 2] + 256 * buffer[at + 3]
        at += 4 + width * height * 8
    return at
