"""The print modes of a receipt printer, and which command turns them into which others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

LINE = 30  # dots of a line feed after switching on
NARROWEST = 24  # dots; a margin or area never leaves less than one Chinese character


@dataclass(frozen=True, slots=True)
class Modes:
    """How the next character, symbol or line is printed; ``ESC @`` goes back to these values."""

    bold: bool = False
    underline: int = 0  # dots
    inverted: bool = False
    across: int = 1  # enlargement of every character
    down: int = 1
    chinese_across: int = 1  # enlargement of Chinese characters only
    chinese_down: int = 1
    font_b: bool = False
    align: int = 0  # left, centre, right
    feed: int = LINE
    space: int = 0
    chinese_space: int = 0
    margin: int = 0
    area: int = 0  # 0: as wide as the paper
    bar_height: int = 162
    bar_module: int = 3
    bar_text: int = 0


def _print_mode(modes: Modes, n: int) -> Modes:
    modes = replace(modes, font_b=bool(n & 1), bold=bool(n & 8), underline=1 if n & 0x80 else 0)
    return replace(modes, down=2 if n & 16 else 1, across=2 if n & 32 else 1)


def _chinese_mode(modes: Modes, n: int) -> Modes:
    modes = replace(modes, chinese_across=2 if n & 4 else 1, chinese_down=2 if n & 8 else 1)
    return replace(modes, underline=1 if n & 0x80 else 0)


def _underline(modes: Modes, n: int) -> Modes:
    return replace(modes, underline=n % 48 if n % 48 <= 2 else modes.underline)


def _bold(modes: Modes, n: int) -> Modes:
    return replace(modes, bold=bool(n & 1))


# Commands with one argument byte, or two that make a number (low byte first).
_CHANGES: Mapping[str, Callable[[Modes, int], Modes]] = {
    "ESC !": _print_mode,
    "FS !": _chinese_mode,
    "GS !": lambda modes, n: replace(modes, across=(n >> 4 & 7) + 1, down=(n & 7) + 1),
    "FS W": lambda modes, n: replace(modes, chinese_across=1 + (n & 1), chinese_down=1 + (n & 1)),
    "FS S": lambda modes, n: replace(modes, chinese_space=(n & 255) + (n >> 8)),
    "ESC E": _bold,
    "ESC G": _bold,
    "ESC -": _underline,
    "FS -": _underline,
    "GS B": lambda modes, n: replace(modes, inverted=bool(n & 1)),
    "ESC M": lambda modes, n: replace(modes, font_b=n % 48 == 1),
    "ESC a": lambda modes, n: replace(modes, align=n % 48 if n % 48 <= 2 else modes.align),
    "ESC  ": lambda modes, n: replace(modes, space=n),
    "ESC 3": lambda modes, n: replace(modes, feed=n),
    "ESC 2": lambda modes, _: replace(modes, feed=LINE),
    "GS L": lambda modes, n: replace(modes, margin=n),
    "GS W": lambda modes, n: replace(modes, area=max(n, NARROWEST)),
    "GS h": lambda modes, n: replace(modes, bar_height=max(n, 1)),
    "GS w": lambda modes, n: replace(modes, bar_module=min(max(n, 1), 6)),
    "GS H": lambda modes, n: replace(modes, bar_text=n % 48),
}


def changed(modes: Modes, code: str, data: bytes) -> Modes | None:
    """The modes after a command, or None when it is not one of modes."""
    change = _CHANGES.get(code)
    return change(modes, int.from_bytes(data, "little")) if change else None
