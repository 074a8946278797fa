"""The bytes of a code are exactly those that were printed, by either decoder."""

import io

import barcode
import numpy as np
import pytest
import segno
from barcode.writer import ImageWriter
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from drivers.code_scanner.decode import Found, Grey, as_scan, by_zbar, clean_text, look
from kiosk.contracts.code_scanner import Symbology

CHINESE = "重庆市企业开办"


def qr(payload: bytes, scale: int = 4) -> Grey:
    made = io.BytesIO()
    segno.make_qr(payload, mode="byte").save(made, kind="png", scale=scale, border=4)
    return np.array(Image.open(made).convert("L"))


def code128(serial: str) -> Grey:
    made = io.BytesIO()
    barcode.get("code128", serial, writer=ImageWriter()).write(
        made, options={"module_width": 0.4, "write_text": False}
    )
    return np.array(Image.open(made).convert("L"))


@given(st.binary(min_size=1, max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_bytes_come_back_exactly_from_both_decoders(payload: bytes) -> None:
    picture = qr(payload)
    assert look(picture, attempts=(), zbar_too=False).found == (Found(payload, Symbology.QR),)
    assert by_zbar(picture) == (Found(payload, Symbology.QR),)


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030"])
def test_chinese_is_not_guessed_at(encoding: str) -> None:
    payload = CHINESE.encode(encoding)
    scan = as_scan(look(qr(payload)).found[0])
    assert scan.data == payload
    assert scan.text == (CHINESE if encoding == "utf-8" else "")
    assert by_zbar(qr(payload))[0].data == payload


def test_a_slip() -> None:
    payload = b"QB1.01JD0000000000000000000000.K7P-428.0a1b2c3d"
    assert as_scan(look(qr(payload)).found[0]).text == payload.decode()


def test_a_bar_code_by_both_decoders() -> None:
    picture = code128("BL-500103-0001234")
    expected = (Found(b"BL-500103-0001234", Symbology.CODE128),)
    assert look(picture, attempts=(), zbar_too=False).found == expected
    assert by_zbar(picture) == expected


@pytest.mark.parametrize("kind", ["ean13", "code39"])
def test_other_symbologies_are_not_looked_at(kind: str) -> None:
    made = io.BytesIO()
    barcode.get(kind, "123456789012", writer=ImageWriter()).write(made, options={"write_text": False})
    assert look(np.array(Image.open(made).convert("L"))).found == ()


def test_a_torn_code_is_damaged_and_not_misread() -> None:
    picture = qr(b"QB1.01JD0000000000000000000000.K7P-428.0a1b2c3d", scale=8)
    middle = slice(picture.shape[0] * 4 // 10, picture.shape[0] * 7 // 10)
    picture[middle, middle] = 0
    seen = look(picture)
    assert seen.found == ()
    assert seen.damaged


@given(st.integers(1, 90), st.integers(1, 90), st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_noise_of_any_size_is_nothing(width: int, height: int, seed: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 256, (height, width), np.uint8)
    assert look(noise).found == ()


def test_a_view_into_a_larger_picture_is_decoded_as_seen() -> None:
    framed = np.full((600, 800), 255, np.uint8)
    picture = qr(b"inside")
    framed[100 : 100 + picture.shape[0], 200 : 200 + picture.shape[1]] = picture
    view = framed[50:500, 150:700]
    assert not view.flags["C_CONTIGUOUS"]
    assert by_zbar(view) == look(view, attempts=(), zbar_too=False).found == (Found(b"inside", Symbology.QR),)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"QB1.x", "QB1.x"),
        ("企业".encode(), "企业"),
        ("企业".encode("gbk"), ""),
        (b"two\nlines", ""),
        (b"\x00", ""),
        ("bidi\u202egnp".encode(), ""),
        (b"\xed\xa0\x80", ""),
        (b"\xc0\xaf", ""),
    ],
)
def test_text_only_where_there_is_no_doubt(data: bytes, text: str) -> None:
    assert clean_text(data) == text


@given(st.binary(max_size=80))
def test_text_never_says_more_than_the_bytes(data: bytes) -> None:
    text = clean_text(data)
    assert not text or text.encode() == data
