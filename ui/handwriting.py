"""Characters written with the finger, read by the open recogniser zinnia (Debian libzinnia0) with its model of
simplified Chinese (tegaki-zinnia-simplified-chinese: the 6,763 characters of GB 2312). One character at a time.

The model is mapped, not loaded, and never learns. A recognition takes some 3 ms on two free cores; it runs when the
finger has lifted, so that no line is held up.
"""

import ctypes
from pathlib import Path

from ui.engines import Candidate, Strokes

LIBRARY = "libzinnia.so.0"
MODEL = Path("/usr/share/tegaki/models/zinnia/handwriting-zh_CN.model")
MOST_STROKES = 40  # 齉, the longest of the model, has 36; a hand that only scribbles gets no slower answer
_SIDE, _MOST_POINTS = 1000, 64
_MARGIN = 180  # drawn to the edges, 口 would be 囗: the model has it smaller than its square
_POINTER, _SIZE = ctypes.c_void_p, ctypes.c_size_t
_SIGNATURES = (
    ("recognizer_new", _POINTER, ()),
    ("recognizer_destroy", None, (_POINTER,)),
    ("recognizer_open", ctypes.c_int, (_POINTER, ctypes.c_char_p)),
    ("recognizer_classify", _POINTER, (_POINTER, _POINTER, _SIZE)),
    ("character_new", _POINTER, ()),
    ("character_destroy", None, (_POINTER,)),
    ("character_set_width", None, (_POINTER, _SIZE)),
    ("character_set_height", None, (_POINTER, _SIZE)),
    ("character_add", ctypes.c_int, (_POINTER, _SIZE, ctypes.c_int, ctypes.c_int)),
    ("result_size", _SIZE, (_POINTER,)),
    ("result_value", ctypes.c_char_p, (_POINTER, _SIZE)),
    ("result_destroy", None, (_POINTER,)),
)


class HandwritingMissingError(Exception):
    """One line that says what to install."""


class Handwriting:
    """One recogniser, for the GUI thread. Raises HandwritingMissingError where library or model is not there."""

    def __init__(self, model: Path = MODEL) -> None:
        self._zinnia = _library()
        if not model.is_file():
            raise HandwritingMissingError(f"no model at {model}: install tegaki-zinnia-simplified-chinese")
        self._recogniser = self._zinnia.zinnia_recognizer_new()
        if not self._zinnia.zinnia_recognizer_open(self._recogniser, str(model).encode()):
            self.close()
            raise HandwritingMissingError(f"{model} is not a model of zinnia: install it anew")

    def close(self) -> None:
        """Let go of the model."""
        if self._recogniser:
            self._zinnia.zinnia_recognizer_destroy(self._recogniser)
            self._recogniser = None

    def forget(self) -> None:
        """Nothing is kept: every question takes its strokes with it."""

    def candidates(self, given: Strokes, limit: int = 10) -> list[Candidate]:
        """What one character the strokes may be. Where on the pad and how large it was written does not matter."""
        strokes = _squared(given)
        if not strokes or len(strokes) > MOST_STROKES or not self._recogniser:
            return []
        zinnia = self._zinnia
        character = zinnia.zinnia_character_new()
        result = None
        try:
            zinnia.zinnia_character_set_width(character, _SIDE)
            zinnia.zinnia_character_set_height(character, _SIDE)
            for number, stroke in enumerate(strokes):
                for x, y in stroke:
                    zinnia.zinnia_character_add(character, number, x, y)
            result = zinnia.zinnia_recognizer_classify(self._recogniser, character, limit)
            found = [zinnia.zinnia_result_value(result, n) for n in range(zinnia.zinnia_result_size(result))]
        finally:
            if result:
                zinnia.zinnia_result_destroy(result)
            zinnia.zinnia_character_destroy(character)
        return [Candidate(word.decode(), len(strokes)) for word in found]


def absent(model: Path = MODEL) -> str:
    """What is missing for handwriting on this machine, for the doctor; empty when nothing is."""
    try:
        Handwriting(model).close()
    except HandwritingMissingError as error:
        return str(error)
    return ""


def _library() -> ctypes.CDLL:
    try:
        library = ctypes.CDLL(LIBRARY)
    except OSError:
        raise HandwritingMissingError(f"{LIBRARY} is not there: install libzinnia0") from None
    for name, result, arguments in _SIGNATURES:
        function = getattr(library, f"zinnia_{name}")
        function.restype, function.argtypes = result, arguments
    return library


def _squared(strokes: Strokes) -> list[list[tuple[int, int]]]:
    """The character moved and grown to the middle of a square, with no more points than a line needs."""
    lines = [[(float(x), float(y)) for x, y in stroke] for stroke in strokes if stroke]
    points = [point for line in lines for point in line]
    if not points:
        return []
    left, top = min(x for x, _ in points), min(y for _, y in points)
    wide, high = max(x for x, _ in points) - left, max(y for _, y in points) - top
    scale = (_SIDE - 2 * _MARGIN) / max(wide, high, 1.0)
    across, down = (_SIDE - wide * scale) / 2, (_SIDE - high * scale) / 2
    return [
        [(round((x - left) * scale + across), round((y - top) * scale + down)) for x, y in _thinned(line)]
        for line in lines
    ]


def _thinned(line: list[tuple[float, float]]) -> list[tuple[float, float]]:
    step = max(1, -(-len(line) // _MOST_POINTS))
    kept = line[::step]
    return kept if kept[-1] == line[-1] else [*kept, line[-1]]
