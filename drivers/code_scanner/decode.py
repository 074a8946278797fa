"""QR and Code128 in a grey picture → bytes, exactly as they were printed.

zxing-cpp first, zbar second. Neither is asked for text: zbar guesses at Big5 and turns Chinese into other,
valid-looking Chinese, so it is run in its binary mode and only bytes leave this module.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ctypes import c_void_p, string_at
from dataclasses import dataclass
from typing import Any

import numpy as np
import zxingcpp
from pyzbar import wrapper as zbar

from drivers.code_scanner.attempts import ATTEMPTS, Attempt, Grey, Spot, around
from kiosk.contracts.code_scanner import Scan, Symbology

MAX_PAYLOAD = 4096  # bytes; the largest QR code holds 2953
LEAST_SIDE = 21  # pixels: the smallest QR code has so many modules
ZBAR_ENABLE = 0
ZBAR_BINARY = 4  # ZBAR_CFG_BINARY, since zbar 0.23.1; pyzbar's list of settings does not know it
ZBAR_ALL = 0
ZBAR_GREY = int.from_bytes(b"Y800", "little")  # zbar's name for eight-bit grey

ZBAR_KINDS = {zbar.ZBarSymbol.QRCODE: Symbology.QR, zbar.ZBarSymbol.CODE128: Symbology.CODE128}
ZXING_KINDS = {zxingcpp.BarcodeFormat.QRCode: Symbology.QR, zxingcpp.BarcodeFormat.Code128: Symbology.CODE128}


@dataclass(frozen=True, slots=True)
class Found:
    """One code in one picture."""

    data: bytes
    symbology: Symbology


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a picture gave. ``damaged``: a code is there that cannot be read."""

    found: tuple[Found, ...] = ()
    damaged: bool = False


def look(picture: Grey, attempts: Sequence[Attempt] = ATTEMPTS, *, zbar_too: bool = True) -> Look:
    """All readable codes of a picture. As it is first; then, while nothing was read, each of ``attempts``, and
    zbar at the end. Each further try costs several times the first one."""
    if found := _quick(picture):
        return Look(found)
    found, spot = _by_zxing(picture)
    if found:
        return Look(found)
    for attempt in attempts if min(picture.shape) >= LEAST_SIDE else ():
        part = around(picture, spot if attempt.near else None)
        made = attempt.make(part)
        found, _ = _by_zxing(made)
        made.fill(0)
        if found:
            return Look(found)
    if zbar_too and (found := by_zbar(picture)):
        return Look(found)
    return Look((), spot is not None)


def as_scan(found: Found) -> Scan:
    """The contract's value: ``text`` only where there is no doubt what the bytes say."""
    return Scan(found.data, clean_text(found.data), found.symbology)


def clean_text(data: bytes) -> str:
    """The payload as text when it is UTF-8 (ASCII included) and nothing but printable characters; else empty.

    No other encoding is guessed: a GBK payload is bytes, and whoever knows its origin may decode them.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return text if text.isprintable() else ""


def _quick(picture: Grey) -> tuple[Found, ...]:
    """Most pictures are good and hold a slip: QR alone is three times faster than both kinds."""
    codes = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return tuple(Found(bytes(code.bytes), Symbology.QR) for code in codes if 0 < len(code.bytes) <= MAX_PAYLOAD)


def _by_zxing(picture: Grey) -> tuple[tuple[Found, ...], Spot | None]:
    """What was read, and where something stands that could not be."""
    found: list[Found] = []
    spot: Spot | None = None
    for code in zxingcpp.read_barcodes(picture, formats=tuple(ZXING_KINDS), return_errors=True):
        if not code.valid:
            spot = _spot(code.position)
        elif (kind := ZXING_KINDS.get(code.format)) is not None and 0 < len(code.bytes) <= MAX_PAYLOAD:
            found.append(Found(bytes(code.bytes), kind))
    return tuple(found), spot


def _spot(position: Any) -> Spot:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    across, down = [corner.x for corner in corners], [corner.y for corner in corners]
    return Spot(min(across), min(down), max(across), max(down))


def by_zbar(picture: Grey) -> tuple[Found, ...]:
    """The second decoder alone."""
    height, width = picture.shape
    pixels = np.ascontiguousarray(picture)
    with _scanner() as scanner, _image() as image:
        zbar.zbar_image_set_format(image, ZBAR_GREY)
        zbar.zbar_image_set_size(image, width, height)
        zbar.zbar_image_set_data(image, c_void_p(pixels.ctypes.data), pixels.size, None)
        if zbar.zbar_scan_image(scanner, image) <= 0:
            return ()
        return tuple(_symbols(image))


def _symbols(image: Any) -> Iterator[Found]:
    symbol = zbar.zbar_image_first_symbol(image)
    while symbol:
        kind = ZBAR_KINDS.get(symbol.contents.type)
        length = zbar.zbar_symbol_get_data_length(symbol)
        if kind is not None and 0 < length <= MAX_PAYLOAD:
            yield Found(string_at(zbar.zbar_symbol_get_data(symbol), length), kind)
        symbol = zbar.zbar_symbol_next(symbol)


@contextmanager
def _scanner() -> Iterator[Any]:
    made = zbar.zbar_image_scanner_create()
    if not made:
        raise MemoryError("zbar made no scanner")
    try:
        zbar.zbar_image_scanner_set_config(made, ZBAR_ALL, ZBAR_ENABLE, 0)
        for kind in ZBAR_KINDS:
            zbar.zbar_image_scanner_set_config(made, kind, ZBAR_ENABLE, 1)
        zbar.zbar_image_scanner_set_config(made, zbar.ZBarSymbol.QRCODE, ZBAR_BINARY, 1)
        yield made
    finally:
        zbar.zbar_image_scanner_destroy(made)


@contextmanager
def _image() -> Iterator[Any]:
    made = zbar.zbar_image_create()
    if not made:
        raise MemoryError("zbar made no image")
    try:
        yield made
    finally:
        zbar.zbar_image_destroy(made)
