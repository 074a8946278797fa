"""What a tax device says of itself: the record as bytes, the readout as a value."""

import re

from drivers.smart_card.apdu import MalformedRecordError, parse_tlv
from kiosk.contracts.tax_device import TaxDeviceReadout, TaxDeviceStatus

TAG_NUMBER = 0x80
TAG_STATUS = 0x81
TAG_USCC = 0x82
TAG_HOLDER = 0x83

STATUS = {b"\x00": TaxDeviceStatus.BLANK, b"\x01": TaxDeviceStatus.ISSUED}

FORM = "[0-9]{12}"  # the usual number of a device
_USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")  # the alphabet of GB 32100: no I, O, S, V, Z
MAX_HOLDER = 100  # characters of a company's name


def parse_record(record: bytes) -> TaxDeviceReadout:
    """Read a device's record. Whether the company is the right one is decided by whoever compares.

    Raises MalformedRecordError for everything that is not wholly blank or wholly issued: a device that lost power
    while it was written must not be given away.
    """
    objects = parse_tlv(record)
    status = STATUS.get(objects.get(TAG_STATUS, b""))
    if status is None:
        raise MalformedRecordError("the status is missing")
    try:
        number, uscc = (objects.get(tag, b"").decode("ascii") for tag in (TAG_NUMBER, TAG_USCC))
        holder = objects.get(TAG_HOLDER, b"").decode("gb18030")
    except UnicodeDecodeError:
        raise MalformedRecordError("a text of the record is none") from None
    return readout(number, status, uscc, holder)


def readout(number: str, status: TaxDeviceStatus, uscc: str, holder: str, form: str = FORM) -> TaxDeviceReadout:
    """What a device says of itself, however it was read; ``form`` is what its family's numbers look like.

    Raises MalformedRecordError for everything that is not wholly blank or wholly issued.
    """
    if not re.fullmatch(form, number, re.ASCII):
        raise MalformedRecordError("the number has another form")
    if status is TaxDeviceStatus.BLANK:
        if uscc or holder:
            raise MalformedRecordError("a blank device names a company")
    elif not _USCC.fullmatch(uscc) or not _is_name(holder):
        raise MalformedRecordError("an issued device lacks its company")
    return TaxDeviceReadout(number, status, uscc, holder)


def _is_name(text: str) -> bool:
    return 0 < len(text) <= MAX_HOLDER and text.isprintable() and text == text.strip()
