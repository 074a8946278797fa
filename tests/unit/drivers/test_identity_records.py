"""Records of cards, tokens and decoders, read as they are meant. Their mutants are in ``tests/fuzz``."""

import pytest
from cryptography.x509.oid import NameOID

from drivers.id_card_reader.photo import BARE, portrait
from drivers.smart_card.apdu import MalformedRecordError
from drivers.tax_device.kinds import families
from drivers.tax_device.skf_record import BUILDS, parse_info, parse_names, parse_token
from kiosk.contracts.tax_device import TaxDeviceReadout, TaxDeviceStatus
from tests.fuzz.identity import FAMILY, HOLDER, INFO, NUMBER, USCC, certificate, dev_info

ISSUED = certificate((NameOID.COMMON_NAME, HOLDER), (NameOID.SERIAL_NUMBER, USCC))


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
