"""Command and response APDUs as a card sees them (ISO/IEC 7816-4, short length), and BER-TLV."""

from dataclasses import dataclass

OK = b"\x90\x00"
WRONG_LENGTH = b"\x67\x00"
NOT_VERIFIED = b"\x69\x82"
PIN_BLOCKED = b"\x69\x83"
NO_APPLICATION = b"\x69\x85"
NOT_FOUND = b"\x6a\x82"
NO_RECORD = b"\x6a\x83"
WRONG_P1_P2 = b"\x6a\x86"
WRONG_OFFSET = b"\x6b\x00"
UNKNOWN_INS = b"\x6d\x00"
UNKNOWN_CLA = b"\x6e\x00"
END_OF_FILE = b"\x62\x82"

SELECT, READ_BINARY, READ_RECORD, VERIFY, INTERNAL_AUTHENTICATE = 0xA4, 0xB0, 0xB2, 0x20, 0x88


@dataclass(frozen=True, slots=True)
class CommandApdu:
    """A command: header, data, and how many bytes are expected (None: none, 256 for Le = 00)."""

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes
    expected: int | None


def parse_apdu(raw: bytes) -> CommandApdu | None:
    """Split a short command APDU; None when its lengths do not agree."""
    if len(raw) < 4:
        return None
    body = raw[4:]
    data, expected = b"", None
    if len(body) == 1:
        expected = body[0] or 256
    elif body:
        count = body[0]
        data, rest = body[1 : 1 + count], body[1 + count :]
        if count == 0 or len(data) != count or len(rest) > 1:
            return None
        expected = (rest[0] or 256) if rest else None
    return CommandApdu(raw[0], raw[1], raw[2], raw[3], data, expected)


def tlv(tag: str, value: bytes) -> bytes:
    """One data object: tag in hexadecimal, BER length, value."""
    length = bytes([len(value)]) if len(value) < 128 else bytes([0x81, len(value)])
    return bytes.fromhex(tag) + length + value


def read_binary(command: CommandApdu, files: dict[int, bytes]) -> bytes:
    """READ BINARY with a short file identifier in P1."""
    if not command.p1 & 0x80:
        return WRONG_P1_P2
    content = files.get(command.p1 & 0x1F)
    if content is None:
        return NOT_FOUND
    if command.p2 > len(content):
        return WRONG_OFFSET
    wanted = command.expected or 256
    piece = content[command.p2 : command.p2 + wanted]
    return piece + (OK if len(piece) == wanted or wanted == 256 else END_OF_FILE)
