"""The reader for social-security cards: their basic data fill a form, and never prove who somebody is.

Some cards want a PIN before they show a name. It is not asked for and not guessed: a wrong one would use up a try.
"""

from drivers.errors import DriverError
from drivers.smart_card.address import reader_name
from drivers.smart_card.apdu import MalformedRecordError, select
from drivers.smart_card.link import CardLink
from drivers.smart_card.loop import CardWatch
from drivers.smart_card.social_record import Record, parse_social_card
from drivers.smart_card.whose import SOCIAL_APPLICATION, wrong_card
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceReport, DeviceState
from kiosk.contracts.social_card import SocialCard
from kiosk.faults import FaultCode


class PcscSocialCardReader:
    """A social-security card in a PC/SC reader (contract SocialCardReader). One worker thread; ``cancel`` from
    anywhere."""

    def __init__(self, config: DeviceConfig) -> None:
        """Fault: device-configuration."""
        self._wanted = reader_name(config.address)
        self._watch: CardWatch | None = None

    def open(self) -> None:
        """Find the reader. Faults: smart-card-service-down, smart-card-reader-absent."""
        self.close()
        watch = CardWatch(self._wanted)
        watch.look()
        self._watch = watch

    def close(self) -> None:
        """Let go of the service."""
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.close()

    def check(self) -> DeviceReport:
        """Whether service and reader are there. Faults as for ``open``."""
        name = self._open_watch().look()[0].name
        kind = DeviceKind.SOCIAL_CARD_READER
        return DeviceReport(kind.value, kind, DeviceState.READY, model=name)

    def cancel(self) -> None:
        """End a wait; an exchange with the card itself runs to its end."""
        if (watch := self._watch) is not None:
            watch.cancel()

    def read(self, timeout: float) -> SocialCard:
        """Wait up to ``timeout`` seconds for a card, there already or coming, and read it; see the contract."""
        watch = self._open_watch()
        watch.begin()
        found = watch.wait_and_use(timeout, _read)
        if found is None:
            raise DriverError(FaultCode.NO_CARD)
        return found[1]

    def _open_watch(self) -> CardWatch:
        if self._watch is None:
            raise DriverError(FaultCode.SMART_CARD_READER_ABSENT)
        return self._watch


def _read(link: CardLink) -> SocialCard:
    chosen = link.transmit(select(SOCIAL_APPLICATION))
    if not chosen.ok:
        raise wrong_card(link, chosen)
    records: dict[Record, bytes] = {}
    for record in Record:
        answer = link.transmit(record.question)
        if not answer.ok:
            raise DriverError(FaultCode.CARD_READ_FAILED, {"sw": f"{answer.sw:04X}", "record": record.name.lower()})
        records[record] = answer.data
    try:
        return parse_social_card(records)
    except MalformedRecordError:
        raise DriverError(FaultCode.CARD_DATA_INVALID, {"record": "malformed"}) from None
