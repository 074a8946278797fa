"""What a tax device says of itself: the record as bytes, the readout as a value."""

import re

from drivers.smart_card.apdu import MalformedRecordError, parse_tlv
from kiosk.contracts.tax_device import TaxDeviceReadout, TaxDeviceStatus

TAG_NUMBER = 0x80
TAG_STATUS = 0x81
TAG_USCC = 0x82
TAG_HOLDER = 0x83

STATUS = {b"\x00": TaxDeviceStatus.BLANK, b"\x01": TaxDeviceStatus.ISSUED}

_NUMBER = re.compile(rb"[0-9]{12}")
USCC = re.compile(rb"[0-9A-HJ-NPQRTUWXY]{18}")  # the alphabet of GB 32100: no I, O, S, V, Z
MAX_HOLDER = 100  # characters of a company's name


def parse_record(record: bytes) -> TaxDeviceReadout:
    """Read a device's record. Whether the company is the right one is decided by whoever compares.

    Raises MalformedRecordError for everything that is not wholly blank or wholly issued: a device that lost power
    while it was written must not be given away.
    """
    objects = parse_tlv(record)
    number, uscc = objects.get(TAG_NUMBER, b""), objects.get(TAG_USCC, b"")
    status = STATUS.get(objects.get(TAG_STATUS, b""))
    try:
        holder = objects.get(TAG_HOLDER, b"").decode("gb18030")
    except UnicodeDecodeError:
        raise MalformedRecordError("the holder's name is not GB18030") from None
    if not _NUMBER.fullmatch(number) or status is None:
        raise MalformedRecordError("number or status is missing")
    if status is TaxDeviceStatus.BLANK:
        if uscc or holder:
            raise MalformedRecordError("a blank device names a company")
    elif not USCC.fullmatch(uscc) or not is_name(holder):
        raise MalformedRecordError("an issued device lacks its company")
    return TaxDeviceReadout(number.decode("ascii"), status, uscc.decode("ascii"), holder)


def is_name(text: str) -> bool:
    """Whether a text can be a company's name: not empty, not endless, printable, without blanks around it."""
    return 0 < len(text) <= MAX_HOLDER and text.isprintable() and text == text.strip()
