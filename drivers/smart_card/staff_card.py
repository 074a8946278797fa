"""The staff reader: whose card lies there, and the card's signature after the right PIN.

A person at the window signs in with a card that answers a challenge of the platform; terminal and platform never
see the card's key, and this driver keeps the PIN only for the length of one command.
"""

import time

from drivers.errors import DriverError
from drivers.smart_card.apdu import Answer, Ins, MalformedRecordError, Sw, command, parse_tlv, read_short_file, select
from drivers.smart_card.link import CardLink
from drivers.smart_card.loop import Stay
from drivers.smart_card.reader import PcscReader
from drivers.smart_card.whose import STAFF_APPLICATION, wrong_card
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind
from kiosk.contracts.smart_card import SignedChallenge, StaffCard
from kiosk.domain.ids import StaffRef
from kiosk.faults import FaultCode

TAG_STAFF_REF = 0x5F20  # the cardholder's tag of ISO/IEC 7816-6
REFERENCE_FILE = 1
PIN_REFERENCE = 0x80
PIN_BLOCK = 8
CHALLENGE = 32
SIGNATURE = 64


class PcscStaffCardReader(PcscReader):
    """A staff card in a PC/SC reader (contract StaffCardReader)."""

    kind = DeviceKind.STAFF_CARD_READER

    def __init__(self, config: DeviceConfig) -> None:
        """Fault: device-configuration."""
        super().__init__(config)
        self._stay: Stay | None = None
        self._staff_ref: StaffRef | None = None

    def close(self) -> None:
        """Let go of service and card; who lay there is forgotten."""
        self._forget()
        super().close()

    def wait_card(self, timeout: float) -> StaffCard:
        """Wait for a staff card, there already or coming within ``timeout`` seconds.

        Faults: no-card, wrong-card, card-read-failed, device-busy, smart-card-service-down,
        smart-card-reader-absent, cancelled.
        """
        self._forget()
        watch = self._open_watch()
        watch.begin()
        try:
            found = watch.wait_and_use(timeout, _identify)
        except DriverError as error:
            if error.code is FaultCode.CARD_READ_FAILED and error.details.get("card") == "mute":
                raise DriverError(FaultCode.WRONG_CARD, error.details) from None
            raise
        if found is None:
            raise DriverError(FaultCode.NO_CARD)
        self._stay, self._staff_ref = found
        return StaffCard(self._staff_ref)

    def sign(self, pin: str, challenge: bytes) -> SignedChallenge:
        """Let the card of the last ``wait_card`` check the PIN and sign; 32 bytes of challenge.

        Faults: pin-wrong (details: left; without it the text could be no PIN and cost no attempt), pin-locked,
        card-removed (also after a swap or a restart of the service), card-read-failed, smart-card-service-down.
        """
        if len(challenge) != CHALLENGE:
            raise ValueError("a challenge has 32 bytes")
        stay, staff_ref = self._stay, self._staff_ref
        if stay is None or staff_ref is None:
            raise DriverError(FaultCode.CARD_REMOVED)
        if not (4 <= len(pin) <= PIN_BLOCK and pin.isascii() and pin.isdigit()):
            raise DriverError(FaultCode.PIN_WRONG)

        def verify_and_sign(link: CardLink) -> bytes:
            if _identify(link) != staff_ref:
                raise DriverError(FaultCode.CARD_REMOVED)
            block = pin.encode("ascii").ljust(PIN_BLOCK, b"\xff")
            _accept_pin(link.transmit(command(Ins.VERIFY, 0, PIN_REFERENCE, block)))
            signed = link.transmit(command(Ins.INTERNAL_AUTHENTICATE, 0, 0, challenge, expect=SIGNATURE))
            if not signed.ok or len(signed.data) != SIGNATURE:
                raise DriverError(FaultCode.CARD_READ_FAILED, {"sw": f"{signed.sw:04X}"})
            return signed.data

        try:
            signature = self._open_watch().use(stay, verify_and_sign)
        except DriverError as error:
            if error.code in (FaultCode.CARD_REMOVED, FaultCode.SMART_CARD_SERVICE_DOWN, FaultCode.CARD_READ_FAILED):
                self._forget()
            if error.details.get("card") == "silent":  # swapped faster than the service looks: laid anew, it mends
                raise DriverError(FaultCode.CARD_REMOVED) from None
            raise
        return SignedChallenge(staff_ref, challenge, signature)

    def wait_removed(self, timeout: float) -> bool:
        """Whether the card of the last ``wait_card`` left within ``timeout`` seconds; without one, whether the reader
        became empty. A restart of the service counts as leaving: nobody watched meanwhile.

        Faults: smart-card-service-down, smart-card-reader-absent, cancelled.
        """
        watch = self._open_watch()
        watch.begin()
        until = time.monotonic() + timeout
        if self._stay is None:
            return watch.wait_empty(until)
        gone = watch.wait_gone(self._stay, until)
        if gone:
            self._forget()
        return gone

    def _forget(self) -> None:
        self._stay = self._staff_ref = None


def _identify(link: CardLink) -> StaffRef:
    """Select the staff application and read whose card it is. Faults: wrong-card, card-read-failed."""
    chosen = link.transmit(select(STAFF_APPLICATION))
    if not chosen.ok:
        raise wrong_card(link, chosen)
    answer = link.transmit(read_short_file(REFERENCE_FILE))
    if not answer.ok:
        raise DriverError(FaultCode.CARD_READ_FAILED, {"sw": f"{answer.sw:04X}"})
    try:
        text = parse_tlv(answer.data).get(TAG_STAFF_REF, b"").decode("ascii")
    except (MalformedRecordError, UnicodeDecodeError):
        text = ""
    if not (text.isalnum() and len(text) <= 32):
        raise DriverError(FaultCode.CARD_READ_FAILED, {"record": "malformed"})
    return StaffRef(text)


def _accept_pin(answer: Answer) -> None:
    if answer.ok:
        return
    if answer.sw == Sw.BLOCKED or answer.tries_left == 0:
        raise DriverError(FaultCode.PIN_LOCKED)
    if answer.tries_left is not None:
        raise DriverError(FaultCode.PIN_WRONG, {"left": str(answer.tries_left)})
    raise DriverError(FaultCode.CARD_READ_FAILED, {"sw": f"{answer.sw:04X}"})
