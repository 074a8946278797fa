"""What a receipt printer does with its commands: characters, pictures, symbols, feeding, cutting, ordered answers."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .escpos_commands import Command, Piece, Text, Unknown
from .escpos_glyphs import CELL, Dots, box, decode, glyph
from .escpos_modes import NARROWEST, Modes, changed
from .escpos_paper import CUTTER_GAP, Line, Paper, bits_by_column, bits_by_row, scaled
from .escpos_symbols import SymbolStore, barcode

_FONT_B = (9, 17)
_LEADS = {"ESC": b"\x1b", "FS": b"\x1c", "GS": b"\x1d"}


@dataclass(frozen=True, slots=True)
class Machine:
    """What the interpreter asks of the machine around it."""

    cut: Callable[[], None]
    initialise: Callable[[], None]
    drawer: Callable[[], None]
    answer: Callable[[str, bytes], None]  # a command that is answered once everything before it is printed
    unknown: Callable[[bytes], None]
    chinese: Callable[[bool], None]


class Interpreter:
    """Obeys pieces of the stream, one after the other, on one strip of paper."""

    def __init__(self, paper: Paper, machine: Machine, *, long_codes: bool) -> None:
        self.paper = paper
        self._machine = machine
        self._long_codes = long_codes
        self.reset()

    def reset(self) -> None:
        """As after switching on: default modes, Chinese characters on, an empty line, no stored symbol."""
        self._modes = Modes()
        self._chinese = True
        self._machine.chinese(True)
        self._symbols = SymbolStore()
        self._graphic: Dots | None = None
        self._line = Line(self._area())

    def obey(self, piece: Piece) -> None:
        """Carry out one piece."""
        match piece:
            case Text(data):
                self._text(data)
            case Unknown(data):
                self._machine.unknown(data)
            case Command(code, data):
                self._command(code, data)

    # -- characters -------------------------------------------------------------------------------------------------

    def _text(self, data: bytes) -> None:
        modes = self._modes
        character = decode(data, chinese=self._chinese, long_codes=self._long_codes)
        wide = len(data) > 1 or (not character and self._chinese)
        if wide:
            across, down = max(modes.across, modes.chinese_across), max(modes.down, modes.chinese_down)
            width, height, space = CELL, CELL, modes.chinese_space
        else:
            across, down = modes.across, modes.down
            width, height = _FONT_B if modes.font_b else (CELL // 2, CELL)
            space = modes.space
        dots = glyph(character, width, height) if character else box(width, height)
        self._put(self._styled(dots, across, down), space)

    def _styled(self, dots: Dots, across: int, down: int) -> Dots:
        modes = self._modes
        if modes.bold:
            dots = dots | np.pad(dots, ((0, 0), (1, 0)))[:, :-1]
        dots = scaled(dots, across, down)
        if modes.underline:
            dots = np.concatenate((dots, np.ones((modes.underline, dots.shape[1]), dtype=np.bool_)))
        return ~dots if modes.inverted else dots

    def _put(self, dots: Dots, space: int = 0) -> None:
        if not self._line.fits(dots.shape[1]) and not self._line.is_empty:
            self._new_line()
        self._line.put(dots, space)

    # -- lines ------------------------------------------------------------------------------------------------------

    def _area(self) -> int:
        room = max(NARROWEST, self.paper.width - self._modes.margin)
        return min(room, self._modes.area) if self._modes.area else room

    def _new_line(self, dots: int | None = None) -> None:
        """Print the line and feed: at least as far as the line is high, so that nothing overlaps."""
        advance = self._modes.feed if dots is None else dots
        if not self._line.is_empty:
            strip = self._line.dots()
            self.paper.print(strip, self._left(strip.shape[1]))
            advance = max(0, advance - len(strip))
        self.paper.feed(advance)
        self._line = Line(self._area())

    def _left(self, width: int) -> int:
        free = max(0, self._area() - width)
        margin = min(self._modes.margin, self.paper.width - NARROWEST)
        return margin + (0, free // 2, free)[self._modes.align]

    def _picture(self, dots: Dots) -> None:
        """Print a picture on its own, where the alignment says."""
        if not self._line.is_empty:
            self._new_line()
        self.paper.print(dots, self._left(dots.shape[1]))

    # -- commands ---------------------------------------------------------------------------------------------------

    def _command(self, code: str, data: bytes) -> None:
        if not (self._style(code, data) or self._motion(code, data) or self._drawing(code, data)):
            self._system(code, data)

    def _style(self, code: str, data: bytes) -> bool:
        if code in ("FS &", "FS ."):
            self._chinese = code == "FS &"
            self._machine.chinese(self._chinese)
            return True
        modes = changed(self._modes, code, data)
        if modes is None:
            return False
        self._modes = modes
        if self._line.is_empty:
            self._line.room = self._area()
        return True

    def _motion(self, code: str, data: bytes) -> bool:
        n = data[0] if data else 0
        match code:
            case "LF":
                self._new_line()
            case "FF" | "CR":
                pass  # page mode and serial printers' matters
            case "HT":
                self._line.x = (self._line.x // (8 * CELL // 2) + 1) * (8 * CELL // 2)
            case "CAN":
                self._line = Line(self._area())
            case "ESC d":
                self._new_line(n * self._modes.feed)
            case "ESC J":
                self._new_line(n)
            case "ESC $":
                self._line.x = data[0] + 256 * data[1]
            case "ESC \\":
                step = int.from_bytes(data, "little", signed=True)
                self._line.x = max(0, self._line.x + step)
            case "GS V" | "ESC i" | "ESC m":
                self._cut(code, data)
            case "ESC p":
                self._machine.drawer()
            case _:
                return False
        return True

    def _cut(self, code: str, data: bytes) -> None:
        if not self._line.is_empty:
            self._new_line()
        if code == "GS V" and len(data) == 2:  # feed what was printed past the knife, and then some
            self.paper.feed(CUTTER_GAP + data[1])
        self._machine.cut()

    def _drawing(self, code: str, data: bytes) -> bool:
        match code:
            case "GS v":
                across = data[2] + 256 * data[3]
                rows = data[4] + 256 * data[5]
                if across and rows:
                    dots = bits_by_row(data[6:], across, rows)
                    self._picture(scaled(dots, 1 + (data[1] & 1), 1 + (data[1] >> 1 & 1)))
            case "ESC *":
                high = data[0] in (32, 33)
                dots = bits_by_column(data[3:], 3 if high else 1)
                if dots.size:
                    self._put(scaled(dots, 1 if data[0] in (1, 33) else 2, 1 if high else 3))
            case "GS (" if data[:1] == b"k":
                symbol = self._symbols.take(data[3:])
                if symbol is None:
                    self._machine.unknown(b"\x1d(" + data[:5])
                elif symbol.size:
                    self._picture(symbol)
            case "GS (" if data[:1] == b"L":
                self._graphics(data[3:])
            case "GS 8" if data[:1] == b"L":
                self._graphics(data[5:])
            case "GS k":
                self._bars(data)
            case _:
                return False
        return True

    def _graphics(self, data: bytes) -> None:
        """GS ( L: function 112 stores raster data, function 50 prints it."""
        if data[1:3] == b"p0" and len(data) > 10:
            across, rows = (data[6] + 256 * data[7] + 7) // 8, data[8] + 256 * data[9]
            if len(data) >= 10 + across * rows and across and rows:
                dots = bits_by_row(data[10:], across, rows)
                self._graphic = scaled(dots, max(1, data[3]), max(1, data[4]))
                return
        elif data[1:2] in (b"2", b"\x02"):
            if self._graphic is not None:
                self._picture(self._graphic)
                self._graphic = None
            return
        self._machine.unknown(b"\x1d(L" + data[:3])

    def _bars(self, data: bytes) -> None:
        modes = self._modes
        dots = barcode(data, modes.bar_module, modes.bar_height)
        if dots is None:
            self._machine.unknown(b"\x1dk" + data[:1])
            return
        text = [glyph(each, CELL // 2) for each in data[2:].decode("latin-1").removeprefix("{B")]
        for place, bit in ((0, 1), (1, 2)):  # the text above, the bars, the text below
            if place:
                self._picture(dots)
            if modes.bar_text & bit and text:
                self._picture(np.concatenate(text, axis=1))

    def _system(self, code: str, data: bytes) -> None:
        match code:
            case "ESC @":
                self.reset()
                self._machine.initialise()
            case "GS r" | "GS a" | "GS I":
                self._machine.answer(code, data)
            case "GS (" if data[:1] == b"H" and len(data) == 9:
                self._machine.answer("GS ( H", data[5:9])
            case "DLE EOT" | "DLE ENQ":
                self._machine.answer(code, data)
            case "DLE DC4":
                self._machine.drawer()
            case "ESC t" | "ESC R" | "ESC c" | "ESC =" | "ESC {" | "ESC V" | "ESC D" | "ESC L" | "ESC S" | "ESC U":
                pass  # code pages, sensors, page mode: nothing that shows on these receipts
            case _:
                lead, _, letter = code.partition(" ")
                self._machine.unknown(_LEADS[lead] + letter.encode("latin-1"))
