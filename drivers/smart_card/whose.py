"""Which of the cards that are known here lies in a reader: so that a wrong card can be called by its name."""

from collections.abc import Mapping

from drivers.errors import DriverError
from drivers.smart_card.apdu import Answer, select
from drivers.smart_card.link import CardLink
from kiosk.faults import FaultCode

STAFF_APPLICATION = bytes.fromhex("F0514942414E3031")  # F0 "QIBAN01": proprietary, not registered
TAX_APPLICATION = bytes.fromhex("F054415844455631")  # F0 "TAXDEV1": proprietary, not registered
SOCIAL_APPLICATION = b"sx1.sh." + "社会保障".encode("gb18030")

_APPLICATIONS: Mapping[str, bytes] = {
    "staff_card": STAFF_APPLICATION,
    "tax_device": TAX_APPLICATION,
    "social_card": SOCIAL_APPLICATION,
}


def wrong_card(link: CardLink, refused: Answer) -> DriverError:
    """The fault for a card that did not know the application it was asked for: details say what it ``is``, or
    unknown, and with which word it refused."""
    known = next((name for name, aid in _APPLICATIONS.items() if link.transmit(select(aid)).ok), "unknown")
    return DriverError(FaultCode.WRONG_CARD, {"is": known, "sw": f"{refused.sw:04X}"})
