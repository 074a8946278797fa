"""Records of cards, tokens and decoders: the structures of an SKF library, certificates, portraits, social-security
cards, the answers of a tax device's official component."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.oid import NameOID

from drivers.id_card_reader.photo import BARE, portrait
from drivers.id_card_reader.record import RecordError, newest_address
from drivers.smart_card.apdu import MalformedRecordError
from drivers.smart_card.social_record import Record, parse_social_card
from drivers.tax_device.component import parse_answer, parse_device
from drivers.tax_device.kinds import family
from drivers.tax_device.skf_record import BUILDS, TokenInfo, parse_info, parse_names, parse_token

NUMBER, USCC, HOLDER = "661234567890", "91500103MA5DEMQ01X", "重庆示例科技有限公司"
FAMILY = family("skf")
INFO = TokenInfo("1.0", "Works", "Authority", "TAXUKEY", NUMBER, "packed")
SOCIAL = {
    Record.VALID_UNTIL: b"\x06\x04\x20\x39\x07\x31",
    Record.NUMBER: b"\x01\x12" + b"500103198504120022",
    Record.NAME: b"\x02\x1e" + "王测试".encode("gbk").ljust(30),
}
MALFORMED = (MalformedRecordError,)
# A serial number that is not positive is warned of and read; the tests take warnings for errors.
TOKEN_ERRORS = (MalformedRecordError, CryptographyDeprecationWarning)
ADDRESS_ERRORS = (RecordError,)
PORTRAIT_LONGEST = BARE + 200


def dev_info(length: int = 294, encoding: str = "utf-8") -> bytes:
    """DEVINFO, laid out by hand."""
    raw = bytearray(length)
    raw[0] = 1
    for at, text in ((2, "Works"), (66, "样例机构"), (130, "TAXUKEY"), (162, NUMBER)):
        raw[at : at + len(text.encode(encoding))] = text.encode(encoding)
    return bytes(raw)


def certificate(*subject: tuple[x509.ObjectIdentifier, str]) -> bytes:
    """A certificate with this subject; the kind of key does not matter to whoever reads names."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(oid, value) for oid, value in subject])
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(450)
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(Encoding.DER)


def names_seeds() -> Sequence[bytes]:
    """Lists of names as an SKF library enumerates them."""
    return b"Token 0\0\0", b"A\0B\0\0", b"\0\0"


def names(data: bytes) -> None:
    """No name is empty or holds a zero byte."""
    assert all(one and b"\0" not in one for one in parse_names(data))


def info_seeds() -> Sequence[bytes]:
    """DEVINFO in every build."""
    return tuple(dev_info(length) for length in BUILDS)


def info(data: bytes) -> None:
    """The texts can be shown to a person."""
    read = parse_info(data)
    assert all(one.isprintable() for one in (read.manufacturer, read.issuer, read.label, read.serial))


def token_seeds() -> Sequence[bytes]:
    """The certificate of an issued token."""
    return (certificate((NameOID.COMMON_NAME, HOLDER), (NameOID.SERIAL_NUMBER, USCC)),)


def token(data: bytes) -> None:
    """A token's certificate."""
    parse_token(INFO, data, FAMILY)


def component_seeds() -> Sequence[bytes]:
    """What a tax device's official component writes."""
    issued = {"number": NUMBER, "status": "issued", "uscc": USCC, "holder": HOLDER}
    return (json.dumps({"device": issued}).encode(),)


def component(data: bytes) -> None:
    """Its answer, and the device in it."""
    parse_device(parse_answer(data), FAMILY.form)


def social_seeds() -> Sequence[bytes]:
    """The records of a social-security card, one behind the other."""
    return (b"".join(SOCIAL.values()),)


def social(data: bytes) -> None:
    """Three records, cut where those of the seed end."""
    sizes = [len(value) for value in SOCIAL.values()]
    cuts = [data[: sizes[0]], data[sizes[0] : sizes[0] + sizes[1]], data[sizes[0] + sizes[1] :]]
    parse_social_card(dict(zip(SOCIAL, cuts, strict=True)))


def address_seeds() -> Sequence[bytes]:
    """The record of an identity card's newest address."""
    return ("重庆市江北区样板街21号".ljust(35).encode("utf-16-le"),)


def address(data: bytes) -> None:
    """The newest address."""
    newest_address(data)


def portrait_seeds() -> Sequence[bytes]:
    """What decoders of the photograph write: a whole file, or bare pixels."""
    return portrait(bytes(BARE)), bytes(BARE)


def photograph(data: bytes) -> None:
    """Nothing, or a file of a picture."""
    made = portrait(data)
    assert not made or made[:2] in (b"BM", b"\xff\xd8", b"\x89P") or made == data
