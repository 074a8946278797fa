"""The inside of a resident-ID reader (GA 450 / GA/T 467): frames in, frames out, and what lies on the glass.

Pure: no socket, no clock. A frame is ``AA AA AA 96 69 | LEN | … | CHK``; LEN counts what follows it, CHK is the XOR
of everything from LEN on. Status 9F says "found", 90 everything else that went well.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import xor

from .cards import PHOTO_BYTES, RECORD_BYTES, VirtualCard

PREAMBLE = b"\xaa\xaa\xaa\x96\x69"
OK, NO_ITEM, FOUND = 0x90, 0x91, 0x9F
BAD_CHECKSUM, BAD_LENGTH, BAD_COMMAND = 0x10, 0x11, 0x21
UNRECOGNISED, READ_FAILED, FIND_FAILED, SELECT_FAILED = 0x40, 0x41, 0x80, 0x81
BAUD_RATES = {0x00: 115200, 0x01: 57600, 0x02: 38400, 0x03: 19200, 0x04: 9600}
SAM_STATES: Mapping[str, int] = {"ok": OK, "selftest_failed": 0x60, "unauthorised": 0x66}
STAGES: Mapping[tuple[int, int], str] = {
    (0x20, 0x01): "find",
    (0x20, 0x02): "select",
    (0x30, 0x01): "read",
    (0x30, 0x03): "append",
}
_LONGEST_REQUEST = 64  # bytes after LEN; no request of the protocol is longer


def frame(body: bytes) -> bytes:
    """Wrap a body: preamble, length, check byte."""
    checked = (len(body) + 1).to_bytes(2, "big") + body
    return PREAMBLE + checked + bytes([reduce(xor, checked)])


def answer(status: int, data: bytes = b"") -> bytes:
    """A response with its status in SW3."""
    return frame(bytes([0, 0, status]) + data)


class Phase(enum.Enum):
    """How far the conversation with the card has come."""

    IDLE = "idle"
    FOUND = "found"
    SELECTED = "selected"
    READ = "read"


@dataclass(slots=True)
class SdtReaderState:
    """What a hand has done to the reader, and what it should do wrong next."""

    card: VirtualCard | None = None
    second: VirtualCard | None = None
    lift_after_select: bool = False
    sam: str = "ok"
    phase: Phase = Phase.IDLE
    fail: dict[str, list[int]] = field(default_factory=dict)  # stage → statuses still to be answered there
    baud: int = 115200


class SdtBrain:
    """Takes requests byte by byte and answers whole frames."""

    def __init__(self, state: SdtReaderState, sam_id: bytes) -> None:
        self.state = state
        self._sam_id = sam_id
        self._buffer = b""

    def take(self, data: bytes) -> list[tuple[str, bytes]]:
        """Feed what came over the cable; returns (stage or command, response frame) for every complete request."""
        self._buffer += data
        answers: list[tuple[str, bytes]] = []
        while True:
            start = self._buffer.find(PREAMBLE)
            if start < 0:
                self._buffer = self._buffer[-(len(PREAMBLE) - 1) :]
                return answers
            rest = self._buffer[start + len(PREAMBLE) :]
            if len(rest) < 2:
                return answers
            length = int.from_bytes(rest[:2], "big")
            if not 3 <= length <= _LONGEST_REQUEST:
                self._buffer = rest[2:]
                answers.append(("length", answer(BAD_LENGTH)))
                continue
            if len(rest) < 2 + length:
                return answers
            checked, self._buffer = rest[: 2 + length], rest[2 + length :]
            if reduce(xor, checked):
                answers.append(("checksum", answer(BAD_CHECKSUM)))
            else:
                answers.append(self._obey(checked[2], checked[3], checked[4:-1]))

    def forget_input(self) -> None:
        """The cable was pulled: half a request is no request."""
        self._buffer = b""

    def _obey(self, command: int, para: int, data: bytes) -> tuple[str, bytes]:
        stage = STAGES.get((command, para), f"{command:02x}{para:02x}")
        if self.state.sam != "ok":
            return stage, answer(SAM_STATES[self.state.sam])
        if self.state.fail.get(stage):
            status = self.state.fail[stage].pop(0)
            misheard = status in (BAD_CHECKSUM, BAD_LENGTH)  # such a command changes nothing
            self.state.phase = self.state.phase if misheard else Phase.IDLE
            return stage, answer(status)
        card_command = {
            "find": self._find,
            "select": self._select,
            "read": self._read,
            "3010": lambda: self._read(bytes(2)),  # with fingerprints, of which there are none
            "append": self._latest_address,
        }.get(stage)
        return stage, card_command() if card_command else self._serve(command, para, data)

    def _serve(self, command: int, para: int, data: bytes) -> bytes:
        match command, para:
            case 0x10, 0xFF:
                self.state.phase = Phase.IDLE
                return answer(OK)
            case 0x11, 0xFF:
                return answer(OK)
            case 0x12, 0xFF:
                return answer(OK, self._sam_id)
            case 0x61, 0xFF if len(data) == 1:
                return answer(OK)
            case 0x60, _ if para in BAUD_RATES:
                self.state.baud = BAUD_RATES[para]
                return answer(OK)
        return answer(BAD_COMMAND)

    def _latest_address(self) -> bytes:
        if self.state.card is None or self.state.phase not in (Phase.SELECTED, Phase.READ):
            return answer(READ_FAILED)
        return answer(OK, self.state.card.appended) if self.state.card.appended else answer(NO_ITEM)

    def _find(self) -> bytes:
        state = self.state
        if state.card is None or state.phase is Phase.READ:  # a card that was read must be lifted and laid down again
            return answer(FIND_FAILED)
        state.phase = Phase.FOUND
        return answer(FOUND, bytes(4))

    def _select(self) -> bytes:
        state = self.state
        if state.card is None or state.second is not None or state.phase is not Phase.FOUND:
            state.phase = Phase.IDLE
            return answer(SELECT_FAILED)
        if state.card.defect == "unrecognised":
            state.phase = Phase.IDLE
            return answer(UNRECOGNISED)
        state.phase = Phase.SELECTED
        if state.lift_after_select:
            state.lift_after_select, state.card = False, None
        return answer(OK, bytes(8))

    def _read(self, fingerprint_length: bytes = b"") -> bytes:
        state = self.state
        ready = state.phase in (Phase.SELECTED, Phase.READ)
        if state.card is None or not ready or state.card.defect == "read_failed":
            state.phase = Phase.IDLE
            return answer(READ_FAILED)
        state.phase = Phase.READ
        lengths = RECORD_BYTES.to_bytes(2, "big") + PHOTO_BYTES.to_bytes(2, "big") + fingerprint_length
        return answer(OK, lengths + state.card.record + state.card.photo)
