"""The cards in the drawer: staff cards that sign, and tax devices that say what the tax office wrote on them.

Cards keep what was done to them (a blocked PIN, an issued device) while they lie in the drawer.
"""

import abc
import hashlib
import re
import tomllib
from functools import reduce
from importlib.resources import files
from operator import xor

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from . import apdu
from .apdu import CommandApdu, parse_apdu, tlv
from .device import BenchError

STAFF_AID = bytes.fromhex("F0514942414E3031")
TAX_AID = bytes.fromhex("F054415844455631")
PIN_TRIES = 3
LARGEST_FILE = 254  # a file comes out in one response
_SIGNED_PREFIX = b"QIBAN-STAFF-1"
_STATUS = {"blank": 0x00, "issued": 0x01}


def answer_to_reset(historical: bytes) -> bytes:
    """An ATR of a card that speaks T=1, with these historical bytes."""
    body = bytes([0x80 | len(historical), 0x01]) + historical
    return b"\x3b" + body + bytes([reduce(xor, body)])


class ChipCard(abc.ABC):
    """A card with one application and one readable file."""

    aid: bytes
    atr: bytes

    def __init__(self) -> None:
        self._selected = False

    @property
    @abc.abstractmethod
    def file(self) -> bytes:
        """The elementary file with short identifier 1."""

    def power(self) -> None:
        """Powered or reset: nothing is selected, nobody has shown a PIN."""
        self._selected = False

    def obey(self, raw: bytes) -> bytes:
        """Answer one command APDU."""
        command = parse_apdu(raw)
        if command is None:
            return apdu.WRONG_LENGTH
        if command.cla != 0x00:
            return apdu.UNKNOWN_CLA
        if command.ins == apdu.SELECT:
            return self._select(command)
        if command.ins not in self.instructions():
            return apdu.UNKNOWN_INS
        if not self._selected:
            return apdu.NO_APPLICATION
        return self._do(command)

    def instructions(self) -> frozenset[int]:
        """Which instructions beside SELECT the application knows."""
        return frozenset({apdu.READ_BINARY})

    def _select(self, command: CommandApdu) -> bytes:
        self.power()
        if command.p1 != 0x04:
            return apdu.WRONG_P1_P2
        if command.data != self.aid:
            return apdu.NOT_FOUND
        self._selected = True
        return apdu.OK

    def _do(self, command: CommandApdu) -> bytes:
        return apdu.read_binary(command, {1: self.file})


class StaffCard(ChipCard):
    """Names its bearer, checks the PIN, signs the platform's challenge with Ed25519."""

    aid = STAFF_AID
    atr = answer_to_reset(b"QBSTAFF1")

    def __init__(self, staff_ref: str, pin: str) -> None:
        super().__init__()
        self._staff_ref = staff_ref.encode("ascii")
        self._pin = pin.encode("ascii").ljust(8, b"\xff")
        self._key = Ed25519PrivateKey.from_private_bytes(
            hashlib.sha256(b"demo-staff-card:" + self._staff_ref).digest()
        )
        self._verified = False
        self.tries = PIN_TRIES

    @property
    def file(self) -> bytes:
        """The staff reference."""
        return tlv("5F20", self._staff_ref)

    def power(self) -> None:
        """A reset forgets that the PIN was shown, never how often it was wrong."""
        super().power()
        self._verified = False

    def instructions(self) -> frozenset[int]:
        """READ BINARY, VERIFY, INTERNAL AUTHENTICATE."""
        return super().instructions() | {apdu.VERIFY, apdu.INTERNAL_AUTHENTICATE}

    def _do(self, command: CommandApdu) -> bytes:
        match command.ins:
            case apdu.VERIFY:
                return self._verify(command)
            case apdu.INTERNAL_AUTHENTICATE:
                return self._sign(command)
        return super()._do(command)

    def _verify(self, command: CommandApdu) -> bytes:
        if (command.p1, command.p2) != (0x00, 0x80):
            return apdu.WRONG_P1_P2
        if self.tries == 0:
            return apdu.PIN_BLOCKED
        if not command.data:
            return apdu.OK if self._verified else bytes([0x63, 0xC0 | self.tries])
        if len(command.data) != 8:
            return apdu.WRONG_LENGTH
        self._verified = command.data == self._pin
        if self._verified:
            self.tries = PIN_TRIES
            return apdu.OK
        self.tries -= 1
        return bytes([0x63, 0xC0 | self.tries])

    def _sign(self, command: CommandApdu) -> bytes:
        if not self._verified:
            return apdu.NOT_VERIFIED
        if (command.p1, command.p2) != (0x00, 0x00):
            return apdu.WRONG_P1_P2
        if len(command.data) != 32 or command.expected not in (64, 256):
            return apdu.WRONG_LENGTH
        return self._key.sign(_SIGNED_PREFIX + command.data) + apdu.OK


class TaxDevice(ChipCard):
    """A tax device that shows its number and what the tax office's own software wrote on it."""

    aid = TAX_AID
    atr = answer_to_reset(b"TAXDEV1")

    def __init__(self, number: str) -> None:
        super().__init__()
        self._number = number
        self._written = (0x00, "", "")

    @property
    def file(self) -> bytes:
        """Number, status, credit code, holder."""
        status, uscc, holder = self._written
        return self._content(status, uscc, holder)

    def write(self, uscc: str, holder: str, status: str) -> None:
        """What the tax office's software does when it issues the device or takes it back."""
        if status not in _STATUS:
            raise BenchError('status is "blank" or "issued"')
        if not uscc.isascii():
            raise BenchError("a credit code is ASCII")
        if len(self._content(_STATUS[status], uscc, holder)) > LARGEST_FILE:
            raise BenchError("the holder's name is too long for the device")
        self._written = (_STATUS[status], uscc, holder)

    def _content(self, status: int, uscc: str, holder: str) -> bytes:
        objects = (("80", self._number.encode()), ("81", bytes([status])), ("82", uscc.encode()))
        return b"".join(tlv(tag, value) for tag, value in (*objects, ("83", holder.encode("gb18030"))))


class SocialCard(ChipCard):
    """A social-security card: records of two files; ``pin`` wants one before it says whose it is."""

    aid = bytes.fromhex("7378312E73682EC9E7BBE1B1A3D5CF")
    atr = answer_to_reset(b"SOCIAL2")

    def __init__(self, number: str, name: str, until: str, *, pin: bool = False) -> None:
        super().__init__()
        self._pin = pin
        self._records = {
            (5, 3): b"2.00",
            (5, 6): bytes.fromhex(until),
            (6, 1): number.encode(),
            (6, 2): name.encode("gbk").ljust(30),
        }

    @property
    def file(self) -> bytes:
        """It has records only."""
        return b""

    def spoil(self, sfi: int, record: int, value: bytes) -> None:
        """Wear of the chip."""
        self._records[sfi, record] = value

    def instructions(self) -> frozenset[int]:
        """READ RECORD alone."""
        return frozenset({apdu.READ_RECORD})

    def _do(self, command: CommandApdu) -> bytes:
        sfi, number = command.p2 >> 3, command.p1
        value = self._records.get((sfi, number))
        if command.p2 & 0x07 != 0x04 or value is None:
            return apdu.NO_RECORD
        if sfi == 6 and self._pin:
            return apdu.NOT_VERIFIED
        record = bytes([number, len(value)]) + value
        if command.expected not in (None, 256, len(record)):
            return bytes([0x6C, len(record)])
        return record + apdu.OK


class Drawer:
    """All chip cards of a bench, by key: ``staff:0317``, ``tax:500103000001``, ``social:wang``."""

    def __init__(self) -> None:
        self._written = ""
        staff = tomllib.loads(files(__package__).joinpath("staff.toml").read_text("utf-8"))
        self._cards: dict[str, ChipCard] = {
            f"staff:{ref}": StaffCard(ref, card["pin"]) for ref, card in staff.items()
        }
        people = tomllib.loads(files(__package__).joinpath("cards.toml").read_text("utf-8"))
        for key in ("wang", "li"):
            self._cards[f"social:{key}"] = SocialCard(people[key]["number"], people[key]["name"], "20390731")
        self._cards["social:pin"] = SocialCard(people["li"]["number"], people["li"]["name"], "00000000", pin=True)

    def take(self, key: str) -> ChipCard:
        """A card by its key; a tax device nobody has seen yet is a blank one. ``tax:written`` is the device that the
        tax office has written last."""
        key = self._written if key == "tax:written" and self._written else key
        if key not in self._cards:
            if not re.fullmatch(r"tax:[0-9]{12}", key):
                known = ", ".join(sorted(self._cards))
                raise BenchError(f'no card "{key}"; there are: {known}, and tax: with twelve digits')
            self._cards[key] = TaxDevice(key.removeprefix("tax:"))
        return self._cards[key]

    def tax_device(self, number: str) -> TaxDevice:
        """A tax device by its number."""
        card = self.take(f"tax:{number}")
        assert isinstance(card, TaxDevice)
        return card

    def write(self, number: str, uscc: str, holder: str, status: str) -> None:
        """What the tax office's own software does."""
        self.tax_device(number).write(uscc, holder, status)
        self._written = f"tax:{number}"
