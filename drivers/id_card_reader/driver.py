"""The identity-card reader as a device: waits for a card, reads it once, notices early lifting and a second card.

    idle --find 9F--> found --select 90--> selected --read 90--> read --(lifted)--> idle

The three steps must follow one another; after any failure the reader is back at idle. Once a card was read, most
readers answer ``find`` with 80 until it is lifted and laid down again, so a missing ``find`` never means "removed".
"""

import threading
import time
from dataclasses import replace

from drivers.errors import DriverError
from kiosk.config import DeviceConfig
from kiosk.contracts.device import Ability, DeviceKind, DeviceReport, DeviceState
from kiosk.domain.identity_card import IdentityCard
from kiosk.faults import FaultCode

from . import record
from .codec import Command, FrameError, Response, Status, sam_id_text, split_card_data
from .exchange import TRIES, Exchange
from .link import connect
from .photo import decoder_for

POLL_SECONDS = 0.3  # between two searches for a card
TRIES_PER_CARD = 3  # before somebody is asked to lay it down again
CHECK_TRIES = 2  # a heartbeat may lose one answer, no more: a reader without power is to be seen soon
OPTIONS = frozenset({"spare", "photo", "photo_kind"})
GONE_AFTER = 2  # missing answers in a row that mean the card was taken: one may be a card lying askew

_SPARED = (FaultCode.ID_CARD_READER_ABSENT, FaultCode.DEVICE_BUSY, FaultCode.DEVICE_FAILED)
_READ_AGAIN = {Status.CARD_REFUSED_SAM, Status.SAM_REFUSED_CARD, Status.READ_FAILED, Status.RANDOM_FAILED}
_TRY_AGAIN = (FaultCode.CARD_READ_FAILED, FaultCode.TWO_CARDS)  # the card may lie better the next moment
_FAULTS = {
    Status.DATA_NOT_VERIFIED: FaultCode.CARD_DATA_INVALID,
    Status.UNKNOWN_CARD: FaultCode.WRONG_CARD,
}


class SdtIdCardReader:
    """Implements ``kiosk.contracts.id_card_reader.IdCardReader`` over the SDT protocol: serial, TCP, USB or HID.
    Options: spare (address of a second reader), photo (path of a maker's decoder), photo_kind.

    Blocking, on its worker thread only; ``cancel`` from any thread ends a wait within half a second.
    """

    def __init__(self, config: DeviceConfig) -> None:
        unknown = sorted(set(config.options) - OPTIONS)
        if unknown:
            allowed = ", ".join(sorted(OPTIONS))
            raise DriverError(FaultCode.DEVICE_CONFIGURATION, {"key": unknown[0], "allowed": allowed})
        spare = config.options.get("spare", "")
        self._addresses = (config.address, spare) if spare else (config.address,)
        self._photos = decoder_for(config.options.get("photo", ""), config.options.get("photo_kind", "0"))
        self._model = "SDT"
        self._cancelled = threading.Event()
        self._wire: Exchange | None = None
        self._serial = ""
        self._probe = Command.READ_APPENDED

    def open(self) -> None:
        """Connect, let the security module test itself and learn its number; the spare reader serves when the first
        one does not. Faults, of the first: id-card-reader-absent, device-busy, device-failed (details: sw),
        device-configuration."""
        self.close()
        self._cancelled.clear()
        first: DriverError | None = None
        for address, model in zip(self._addresses, ("SDT", "SDT spare"), strict=False):
            try:
                self._open(address)
            except DriverError as error:
                first = first or error
                if error.code not in _SPARED:
                    break  # what is set up wrongly is not hidden behind the spare one
            else:
                self._model = model
                return
        assert first is not None
        raise first

    def _open(self, address: str) -> None:
        self._probe = Command.READ_APPENDED
        self._wire = Exchange(connect(address), self._cancelled)
        try:
            if self._wire.ask(Command.STATUS).status == Status.SELF_TEST_FAILED:
                # The one failure that a reset may mend.
                self._wire.ask(Command.RESET)
            self._insist(Command.STATUS)
            self._serial = sam_id_text(self._insist(Command.SAM_ID).data)
        except BaseException:
            self._hang_up()
            raise

    def close(self) -> None:
        """Let go of the line and of the decoder."""
        self._hang_up()
        self._photos.close()

    def _hang_up(self) -> None:
        wire, self._wire = self._wire, None
        if wire is not None:
            wire.close()

    def check(self) -> DeviceReport:
        """Ask the security module how it is. Faults: id-card-reader-absent, device-failed (details: sw)."""
        self._cancelled.clear()
        self._insist(Command.STATUS, CHECK_TRIES)
        return DeviceReport(
            name=DeviceKind.ID_CARD_READER.value,
            kind=DeviceKind.ID_CARD_READER,
            state=DeviceState.READY,
            model=self._model,
            serial=self._serial,
            abilities=frozenset({Ability.DECODES_PORTRAITS} if self._photos.at_hand else ()),
            counts={"photo_failed": self._photos.failures},
        )

    def cancel(self) -> None:
        """End a wait."""
        self._cancelled.set()

    def read(self, timeout: float) -> IdentityCard:
        """Wait for a card, at most ``timeout`` seconds, and read it; see the contract for its faults."""
        self._cancelled.clear()
        deadline = time.monotonic() + timeout
        tries, trouble = 0, None
        while True:
            if self._find():
                tries += 1
                try:
                    return self._take()
                except DriverError as error:
                    if error.code not in _TRY_AGAIN:
                        raise
                    trouble = error
                if tries == TRIES_PER_CARD:
                    raise trouble
                continue
            if trouble is not None and trouble.code is FaultCode.CARD_READ_FAILED:
                raise DriverError(FaultCode.CARD_READ_FAILED, {**trouble.details, "lifted": "1"})
            tries, trouble = 0, None
            left = deadline - time.monotonic()
            if left <= 0:
                raise DriverError(FaultCode.NO_CARD)
            self._pause(min(POLL_SECONDS, left))

    def wait_removed(self, timeout: float) -> bool:
        """Whether the card left the reader within ``timeout`` seconds. Faults: id-card-reader-absent, cancelled."""
        self._cancelled.clear()
        deadline = time.monotonic() + timeout
        missing = 0
        while True:
            missing = 0 if self._lies_there() else missing + 1
            if missing == GONE_AFTER:
                return True
            left = deadline - time.monotonic()
            if left <= 0 and not missing:
                return False
            self._pause(POLL_SECONDS if missing else min(POLL_SECONDS, left))

    def _find(self) -> bool:
        response = self._ask(Command.FIND)
        if response.status == Status.FOUND:
            return True
        if response.status == Status.NOT_FOUND:
            return False
        raise _fault(response)

    def _take(self) -> IdentityCard:
        """Select and read the card that was found."""
        selected = self._ask(Command.SELECT)
        if selected.status == Status.NOT_SELECTED:
            # A card that is found again and again but never selected is two cards answering at once.
            raise DriverError(FaultCode.TWO_CARDS, retryable=True)
        if selected.status != Status.OK:
            raise _fault(selected)
        answer = self._ask(Command.READ)
        if answer.status != Status.OK:
            raise _fault(answer)
        try:
            blocks = split_card_data(answer.data)
            card = record.parse(blocks.text, blocks.photo)
            address = self._newest_address() if card.address else ""
        except FrameError as error:
            raise DriverError(FaultCode.CARD_DATA_INVALID, {"field": error.reason}) from None
        except record.RecordError as error:
            raise DriverError(FaultCode.CARD_DATA_INVALID, {"field": error.field}) from None
        except record.UnknownCardError as error:
            raise DriverError(FaultCode.WRONG_CARD, {"mark": f"{error.mark:04x}"}) from None
        return replace(card, address=address or card.address, portrait=self._photos.decode(blocks.photo))

    def _newest_address(self) -> str:
        """Where the bearer has moved to since the card was made; empty when the chip says nothing of it."""
        answer = self._ask(Command.READ_APPENDED)
        if answer.status == Status.OK:
            return record.newest_address(answer.data)
        if answer.status in (Status.NO_SUCH_ITEM, Status.BAD_COMMAND, Status.NOT_PERMITTED):
            return ""  # an old reader does not know the question
        raise _fault(answer)

    def _lies_there(self) -> bool:
        """Whether a card still answers: first the selected one, which a ``find`` would not see, then any."""
        response = self._ask(self._probe)
        if response.status in (Status.BAD_COMMAND, Status.NOT_PERMITTED) and self._probe is Command.READ_APPENDED:
            # An old reader does not know the appended block: read the card itself again and forget it at once.
            self._probe = Command.READ
            response = self._ask(self._probe)
        if response.status in (Status.OK, Status.NO_SUCH_ITEM):
            return True
        return self._find()

    def _insist(self, command: Command, tries: int = TRIES) -> Response:
        response = self._ask(command, tries)
        if response.status != Status.OK:
            raise _fault(response)
        return response

    def _ask(self, command: Command, tries: int = TRIES) -> Response:
        if self._wire is None:
            raise DriverError(FaultCode.ID_CARD_READER_ABSENT, {"cause": "not-open"})
        return self._wire.ask(command, tries)

    def _pause(self, seconds: float) -> None:
        if self._cancelled.wait(seconds):
            raise DriverError(FaultCode.CANCELLED)


def _fault(response: Response) -> DriverError:
    """What a status means for the person at the reader or for the technician."""
    figures = {"sw": f"{response.status:02x}"}
    if response.status in _READ_AGAIN:
        return DriverError(FaultCode.CARD_READ_FAILED, figures, retryable=True)
    if response.status in _FAULTS:
        return DriverError(_FAULTS[Status(response.status)], figures)
    return DriverError(FaultCode.DEVICE_FAILED, figures)
