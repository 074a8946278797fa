"""Symbols that a receipt printer draws by itself: QR codes (GS ( k) and Code 128 bars (GS k)."""

import numpy as np
import segno

from .code128 import code128_modules
from .escpos_glyphs import Dots
from .escpos_paper import scaled

_NOTHING: Dots = np.zeros((0, 0), dtype=np.bool_)
_QR = 0x31
_LEVELS = {0x30: "l", 0x31: "m", 0x32: "q", 0x33: "h"}


class SymbolStore:
    """The symbol memory: model, module size, error correction and data stand until the printer is initialised."""

    def __init__(self) -> None:
        self._size, self._level, self._data = 3, "l", b""

    def take(self, body: bytes) -> Dots | None:
        """One function of GS ( k: dots when it prints, empty dots when it only stores, None when it is unknown."""
        if len(body) < 3 or body[0] != _QR:
            return None
        match body[1]:
            case 0x41:
                pass
            case 0x43 if 1 <= body[2] <= 16:
                self._size = body[2]
            case 0x45 if body[2] in _LEVELS:
                self._level = _LEVELS[body[2]]
            case 0x50:
                self._data = body[3:]
            case 0x51:
                return self._draw()
            case _:
                return None
        return _NOTHING

    def _draw(self) -> Dots:
        if not self._data:
            return _NOTHING
        try:
            # as bytes: guessed, it would be Kanji for some that are none
            symbol = segno.make_qr(self._data, error=self._level, boost_error=False, mode="byte")
        except segno.DataOverflowError:
            return _NOTHING
        modules = np.array([list(row) for row in symbol.matrix], dtype=np.bool_)
        return scaled(modules, self._size, self._size)


def barcode(data: bytes, module: int, height: int) -> Dots | None:
    """GS k m …: Code 128 as dots; None for other symbologies and for what the symbol cannot hold."""
    if data[0] != 73:
        return None
    text = data[2:]
    if text[:2] in (b"{A", b"{B"):
        text = text[2:]
    try:
        modules = code128_modules(text.replace(b"{{", b"{").decode("ascii"))
    except (UnicodeDecodeError, ValueError):
        return None
    return scaled(np.array([modules], dtype=np.bool_), module, height)
