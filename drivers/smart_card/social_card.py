"""The reader for social-security cards: their basic data fill a form, and never prove who somebody is.

Some cards want a PIN before they show a name. It is not asked for and not guessed: a wrong one would use up a try.
"""

import time

from drivers.errors import DriverError
from drivers.smart_card.apdu import MalformedRecordError, select
from drivers.smart_card.link import CardLink
from drivers.smart_card.reader import PcscReader
from drivers.smart_card.social_record import Record, parse_social_card
from drivers.smart_card.whose import SOCIAL_APPLICATION, wrong_card
from kiosk.contracts.device import DeviceKind
from kiosk.contracts.social_card import SocialCard
from kiosk.faults import FaultCode


class PcscSocialCardReader(PcscReader):
    """A social-security card in a PC/SC reader (contract SocialCardReader)."""

    kind = DeviceKind.SOCIAL_CARD_READER

    def read(self, timeout: float) -> SocialCard:
        """Wait up to ``timeout`` seconds for a card, there already or coming, and read it; see the contract."""
        watch = self._open_watch()
        watch.begin()
        found = watch.wait_and_use(timeout, _read)
        if found is None:
            raise DriverError(FaultCode.NO_CARD)
        return found[1]

    def wait_removed(self, timeout: float) -> bool:
        """Whether the reader became empty within ``timeout`` seconds; see the contract."""
        watch = self._open_watch()
        watch.begin()
        return watch.wait_empty(time.monotonic() + timeout)


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
