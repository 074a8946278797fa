"""What a UKey says of itself (SKF, GM/T 0016): bytes → values, pure.

DEVINFO begins with two bytes of version and four texts at the same place in every build; what follows differs in
packing and in two fields that some leave out, so only the texts are read and the length names the build.
"""

from dataclasses import dataclass

from cryptography import x509
from cryptography.x509.oid import ObjectIdentifier

from drivers.smart_card.apdu import MalformedRecordError
from drivers.tax_device.kinds import TaxDeviceFamily
from drivers.tax_device.record import readout
from kiosk.contracts.tax_device import TaxDeviceReadout, TaxDeviceStatus

TEXTS_END = 194  # version, manufacturer, issuer, label and serial number
BUILDS = {
    286: "packed, without buffer sizes",
    288: "aligned, without buffer sizes",
    294: "packed",
    296: "aligned",
    326: "packed, wide ULONG",
    328: "aligned, wide ULONG",
}
_LONGEST_LIST = 64 * 1024


@dataclass(frozen=True, slots=True)
class TokenInfo:
    """The texts of DEVINFO. ``build`` is which of the known structures it was, or "unknown"."""

    version: str
    manufacturer: str
    issuer: str
    label: str
    serial: str
    build: str


def parse_names(raw: bytes) -> tuple[bytes, ...]:
    """The names of a list that ends with two zero bytes. MalformedRecordError when it has no such end."""
    if raw in (b"", b"\0", b"\0\0"):
        return ()
    if len(raw) > _LONGEST_LIST or not raw.endswith(b"\0\0"):
        raise MalformedRecordError("a list of names has no end")
    found = tuple(raw[:-2].split(b"\0"))
    if not all(found):
        raise MalformedRecordError("a name is empty")
    return found


def parse_info(raw: bytes) -> TokenInfo:
    """DEVINFO as far as the library wrote it; its end may be zeros that it left alone."""
    if len(raw) < TEXTS_END:
        raise MalformedRecordError("DEVINFO is cut short")
    manufacturer, issuer, label, serial = (
        _text(raw[at : at + size]) for at, size in ((2, 64), (66, 64), (130, 32), (162, 32))
    )
    version = f"{raw[0]}.{raw[1]}"
    return TokenInfo(version, manufacturer, issuer, label, serial, BUILDS.get(len(raw), "unknown"))


def parse_token(info: TokenInfo, certificate: bytes, family: TaxDeviceFamily) -> TaxDeviceReadout:
    """Number, credit code and holder of a token. Without a certificate it is blank.

    MalformedRecordError for everything that is not wholly blank or wholly issued.
    """
    number = info.serial if family.number == "serial" else info.label
    if not certificate:
        return readout(number, TaxDeviceStatus.BLANK, "", "", family.form)
    uscc, holder = _subject(certificate, family.uscc, family.holder)
    return readout(number, TaxDeviceStatus.ISSUED, uscc, holder, family.form)


def _subject(certificate: bytes, *wanted: str) -> list[str]:
    """One value for each attribute; empty where it is not there exactly once."""
    try:
        subject = x509.load_der_x509_certificate(certificate).subject
        found = [subject.get_attributes_for_oid(ObjectIdentifier(oid)) for oid in wanted]
        return [str(one[0].value) if len(one) == 1 else "" for one in found]
    except (ValueError, TypeError, x509.InvalidVersion):
        raise MalformedRecordError("the certificate cannot be read") from None


def _text(field: bytes) -> str:
    """A text closed by a zero byte or filled with blanks; UTF-8 as the standard says, GB18030 as some do."""
    raw = field.split(b"\0", 1)[0].rstrip(b" ")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if all(c.isprintable() for c in text):
            return text
    raise MalformedRecordError("a text of DEVINFO is none")
