"""Staff cards and tax devices, APDU by APDU (ISO/IEC 7816-4)."""

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from drivers.virtual.chip_cards import Drawer
from drivers.virtual.device import BenchError

SELECT_STAFF = bytes.fromhex("00A4040008F0514942414E3031")
SELECT_TAX = bytes.fromhex("00A4040008F054415844455631")
READ_FILE = bytes.fromhex("00B0810000")
CHALLENGE = bytes(range(32))
SIGN = bytes.fromhex("0088000020") + CHALLENGE + b"\x40"


def pin(text: str) -> bytes:
    return bytes.fromhex("0020008008") + text.encode().ljust(8, b"\xff")


def test_a_staff_card_names_its_bearer_and_signs_after_the_pin() -> None:
    card = Drawer().take("staff:0317")
    assert card.obey(SELECT_STAFF) == b"\x90\x00"
    assert card.obey(READ_FILE) == bytes.fromhex("5F2004") + b"0317" + b"\x90\x00"
    assert card.obey(SIGN) == b"\x69\x82"
    assert card.obey(pin("135790")) == b"\x90\x00"
    answer = card.obey(SIGN)
    assert answer[-2:] == b"\x90\x00"
    key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"demo-staff-card:0317").digest()).public_key()
    key.verify(answer[:-2], b"QIBAN-STAFF-1" + CHALLENGE)


def test_select_and_reset_forget_the_pin() -> None:
    card = Drawer().take("staff:0001")
    for forget in (lambda: card.obey(SELECT_STAFF), lambda: (card.power(), card.obey(SELECT_STAFF))):
        card.obey(SELECT_STAFF)
        assert card.obey(pin("246800")) == b"\x90\x00"
        forget()
        assert card.obey(SIGN) == b"\x69\x82"


def test_wrong_pins_are_counted_and_a_reset_does_not_help() -> None:
    drawer = Drawer()
    card = drawer.take("staff:0317")
    answers = []
    for _ in range(4):
        card.power()
        card.obey(SELECT_STAFF)
        answers.append(card.obey(pin("000000")).hex())
    assert answers == ["63c2", "63c1", "63c0", "6983"]
    assert drawer.take("staff:0317").obey(pin("135790")) == b"\x69\x83"


def test_the_right_pin_gives_the_tries_back() -> None:
    card = Drawer().take("staff:0317")
    card.obey(SELECT_STAFF)
    assert card.obey(pin("1")) == b"\x63\xc2"
    assert card.obey(bytes.fromhex("00200080")) == b"\x63\xc2"
    assert card.obey(pin("135790")) == b"\x90\x00"
    assert card.obey(pin("1")) == b"\x63\xc2"


def test_a_tax_device_shows_what_was_written() -> None:
    drawer = Drawer()
    card = drawer.take("tax:500103000001")
    assert card.obey(SELECT_TAX) == b"\x90\x00"
    assert card.obey(READ_FILE) == b"\x80\x0c500103000001\x81\x01\x00\x82\x00\x83\x00\x90\x00"
    drawer.tax_device("500103000001").write("91500103MA5U00003N", "示例", "issued")
    assert card.obey(READ_FILE).endswith(b"\x81\x01\x01\x82\x1291500103MA5U00003N\x83\x04\xca\xbe\xc0\xfd\x90\x00")


def test_long_names_take_the_long_length_and_too_long_ones_are_refused() -> None:
    device = Drawer().tax_device("500103000002")
    device.obey(SELECT_TAX)
    device.write("91500103MA5U00003N", "长" * 80, "issued")
    answer = device.obey(READ_FILE)
    assert b"\x83\x81\xa0" + "长".encode("gb18030") * 80 in answer
    assert len(answer) <= 258
    with pytest.raises(BenchError):
        device.write("91500103MA5U00003N", "长" * 110, "issued")


@pytest.mark.parametrize(
    ("apdu", "status"),
    [
        ("00A4040008F054415844455631", "6a82"),
        ("00A4000002" + "3F00", "6a86"),
        ("00FE0000", "6d00"),
        ("80B0810000", "6e00"),
        ("00B0820000", "6a82"),
        ("00B0000000", "6a86"),
        ("00B0810F00", "6b00"),
        ("00A40400", "6a82"),
        ("00A4040003F0", "6700"),
        ("00A4", "6700"),
    ],
)
def test_what_a_staff_card_refuses(apdu: str, status: str) -> None:
    card = Drawer().take("staff:0317")
    if not apdu.startswith("00A4"):
        card.obey(SELECT_STAFF)
    assert card.obey(bytes.fromhex(apdu)).hex() == status


@given(st.binary(max_size=80))
def test_every_command_gets_two_bytes_of_status(raw: bytes) -> None:
    card = Drawer().take("staff:0317")
    card.obey(SELECT_STAFF)
    assert len(card.obey(raw)) >= 2


def test_the_drawer_says_what_it_has() -> None:
    with pytest.raises(BenchError, match="staff:0001, staff:0317"):
        Drawer().take("staff:9999")
    with pytest.raises(BenchError):
        Drawer().take("tax:12")
