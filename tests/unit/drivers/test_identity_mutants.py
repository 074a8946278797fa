"""Mutants for the parsers of cards, tokens and decoders: a value or the parser's own error, nothing else.

Each entry of ``PARSERS`` is a pure function of bytes with seeds that it understands: what a fuzzer needs to know.
"""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.oid import NameOID

from drivers.id_card_reader.photo import BARE, portrait
from drivers.id_card_reader.record import RecordError, newest_address
from drivers.smart_card.apdu import MalformedRecordError
from drivers.smart_card.social_record import Record, parse_social_card
from drivers.tax_device.component import parse_answer, parse_device
from drivers.tax_device.kinds import families, family
from drivers.tax_device.skf_record import BUILDS, TokenInfo, parse_info, parse_names, parse_token
from kiosk.contracts.tax_device import TaxDeviceReadout, TaxDeviceStatus

NUMBER, USCC, HOLDER = "661234567890", "91500103MA5DEMQ01X", "重庆示例科技有限公司"
FAMILY = family("skf")
INFO = TokenInfo("1.0", "Works", "Authority", "TAXUKEY", NUMBER, "packed")


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
    from cryptography.hazmat.primitives.serialization import Encoding

    return made.public_bytes(Encoding.DER)


ISSUED = certificate((NameOID.COMMON_NAME, HOLDER), (NameOID.SERIAL_NUMBER, USCC))
SOCIAL = {
    Record.VALID_UNTIL: b"\x06\x04\x20\x39\x07\x31",
    Record.NUMBER: b"\x01\x12" + b"500103198504120022",
    Record.NAME: b"\x02\x1e" + "王测试".encode("gbk").ljust(30),
}


def test_a_token_in_every_build() -> None:
    for length, build in BUILDS.items():
        info = parse_info(dev_info(length))
        assert (info.manufacturer, info.issuer, info.serial, info.build) == ("Works", "样例机构", NUMBER, build)
    assert parse_info(dev_info(194)).build == "unknown"
    assert parse_info(dev_info(encoding="gb18030")).issuer == "样例机构"
    with pytest.raises(MalformedRecordError):
        parse_info(dev_info()[:193])


def test_what_the_certificate_says() -> None:
    assert parse_token(INFO, ISSUED, FAMILY) == TaxDeviceReadout(NUMBER, TaxDeviceStatus.ISSUED, USCC, HOLDER)
    assert parse_token(INFO, b"", FAMILY) == TaxDeviceReadout(NUMBER, TaxDeviceStatus.BLANK)
    doubled = certificate(
        (NameOID.COMMON_NAME, HOLDER), (NameOID.COMMON_NAME, "另一家有限公司"), (NameOID.SERIAL_NUMBER, USCC)
    )
    for bad in (ISSUED[:-40], certificate((NameOID.COMMON_NAME, HOLDER)), doubled, b"\x30\x00"):
        with pytest.raises(MalformedRecordError):
            parse_token(INFO, bad, FAMILY)


@pytest.mark.parametrize(
    ("raw", "names"), [(b"", ()), (b"\0\0", ()), (b"A\0\0", (b"A",)), (b"A\0BC\0\0", (b"A", b"BC"))]
)
def test_lists_of_names(raw: bytes, names: tuple[bytes, ...]) -> None:
    assert parse_names(raw) == names


@pytest.mark.parametrize("raw", [b"A", b"A\0", b"A\0\0B\0\0", b"\0\0\0", b"A" * 70000 + b"\0\0"])
def test_lists_without_an_end(raw: bytes) -> None:
    with pytest.raises(MalformedRecordError):
        parse_names(raw)


def test_families_are_whole() -> None:
    assert {"tax_ukey", "golden_tax_disk", "tax_control_disk", "chip_card"} == set(families())
    for one in families().values():
        assert one.ways <= {"skf", "component", "pcsc"} and set(one.name) == {"zh", "en"}


def test_bare_pixels_stand_upright() -> None:
    """The first row that the decoder writes is the highest of the picture, the last row of the file."""
    file = portrait(b"\x01" * 306 + bytes(BARE - 306))
    assert file[-308:-2] == b"\x01" * 306 and file[54:360] == bytes(306)


@dataclass(frozen=True)
class Parser:
    """A pure function of bytes, seeds it understands, and its own errors."""

    parse: Callable[[bytes], object]
    seeds: tuple[bytes, ...]
    errors: tuple[type[Exception], ...]


def _social(raw: bytes) -> object:
    sizes = [len(value) for value in SOCIAL.values()]
    cuts = [raw[: sizes[0]], raw[sizes[0] : sizes[0] + sizes[1]], raw[sizes[0] + sizes[1] :]]
    return parse_social_card(dict(zip(SOCIAL, cuts, strict=True)))


PARSERS = {
    "skf-names": Parser(parse_names, (b"Token 0\0\0", b"A\0B\0\0"), (MalformedRecordError,)),
    "skf-info": Parser(parse_info, tuple(dev_info(length) for length in BUILDS), (MalformedRecordError,)),
    "skf-token": Parser(
        lambda raw: parse_token(INFO, raw, FAMILY),
        (ISSUED,),
        # A serial number that is not positive is warned of and read; the tests take warnings for errors.
        (MalformedRecordError, CryptographyDeprecationWarning),
    ),
    "component": Parser(
        lambda raw: parse_device(parse_answer(raw), FAMILY.form),
        (json.dumps({"device": {"number": NUMBER, "status": "issued", "uscc": USCC, "holder": HOLDER}}).encode(),),
        (MalformedRecordError,),
    ),
    "social-card": Parser(_social, (b"".join(SOCIAL.values()),), (MalformedRecordError,)),
    "newest-address": Parser(
        newest_address, ("重庆市江北区样板街21号".ljust(35).encode("utf-16-le"),), (RecordError,)
    ),
    "portrait": Parser(portrait, (portrait(bytes(BARE)), bytes(BARE)), ()),
}


def mutant(dice: random.Random, seeds: tuple[bytes, ...]) -> bytes:
    """A seed with a few wounds."""
    out = bytearray(dice.choice(seeds))
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(out) + 1)
        match dice.randrange(4):
            case 0 if at < len(out):
                out[at] = dice.randrange(256)
            case 1:
                del out[at : at + dice.randint(1, 20)]
            case 2:
                out[at:at] = dice.randbytes(dice.randint(1, 20))
            case _ if at < len(out):
                out[at] ^= 1 << dice.randrange(8)
    return bytes(out)


@pytest.mark.parametrize("name", PARSERS)
@pytest.mark.parametrize(
    "count", [2_000, pytest.param(1_000_000, marks=[pytest.mark.long, pytest.mark.timeout(1800)])]
)
def test_mutants_are_borne(name: str, count: int) -> None:
    parser, dice = PARSERS[name], random.Random(16)
    for seed in parser.seeds:
        parser.parse(seed)  # or the mutants would all be turned away at the door
    for _ in range(count):
        try:
            parser.parse(mutant(dice, parser.seeds))
        except parser.errors:
            continue
