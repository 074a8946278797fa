"""A signature's strokes go along in its picture and come out as they were; nothing else is ever taken for them."""

import io
import struct
import xml.etree.ElementTree as ET
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kiosk.domain.ink import CHUNK, MOST_MS, MOST_POINTS, MOST_SIDE, Ink, InkPoint, as_svg, ink_in, ink_of, with_ink

SIDE = st.integers(0, MOST_SIDE)
STROKES = st.lists(
    st.lists(st.tuples(SIDE, SIDE, st.integers(0, 40)), min_size=1, max_size=30), min_size=1, max_size=8
)


def png() -> bytes:
    made = io.BytesIO()
    Image.new("RGBA", (40, 20), (0, 0, 0, 0)).save(made, "PNG")
    return made.getvalue()


def running(strokes: list[list[tuple[int, int, int]]]) -> list[list[tuple[int, int, int]]]:
    """Steps of time made into times."""
    now, made = 0, []
    for stroke in strokes:
        points = []
        for x, y, step in stroke:
            now += step
            points.append((x, y, now))
        made.append(points)
    return made


@given(STROKES)
@settings(deadline=None)
def test_strokes_come_out_as_they_went_in_and_the_picture_stays_a_picture(
    strokes: list[list[tuple[int, int, int]]],
) -> None:
    ink = ink_of(running(strokes))
    assert ink is not None
    held = with_ink(png(), ink)
    assert ink_in(held) == ink
    with Image.open(io.BytesIO(held)) as picture:
        picture.load()
        assert picture.size == (40, 20)


def test_how_long_it_took() -> None:
    ink = ink_of([[(1, 1, 20), (2, 2, 40)], [(5, 5, 900)]])
    assert ink is not None
    assert ink.duration_ms == 880
    assert repr(ink) == "<Ink>"
    assert Ink(()).duration_ms == 0


@pytest.mark.parametrize(
    "strokes",
    [
        [], [[]], [[(-1, 0, 0)]], [[(0, MOST_SIDE + 1, 0)]], [[(1, 1, 5), (1, 1, 4)]], [[(1, 1, 5)], [(1, 1, 4)]],
        [[(0, 0, MOST_MS + 1)]], [[(1, 1, 1)] * (MOST_POINTS + 1)],
    ],
)  # fmt: skip
def test_what_no_hand_has_written_is_no_ink(strokes: list[list[tuple[int, int, int]]]) -> None:
    assert ink_of(strokes) is None


def test_the_lines_as_svg() -> None:
    svg = as_svg(Ink(((InkPoint(10, 20, 0), InkPoint(30, 40, 9)), (InkPoint(90, 50, 30),))))
    root = ET.fromstring(svg)
    assert root.get("viewBox") == "4 14 92 42"
    assert root[0].get("d") == "M10 20L30 40 M90 50l0.1 0"


def test_no_picture_no_ink() -> None:
    ink = Ink(((InkPoint(1, 1, 0),),))
    for nothing in (b"", b"GIF89a", png()[:-3]):
        with pytest.raises(ValueError, match="not a PNG"):
            with_ink(nothing, ink)
        assert ink_in(nothing) is None
    assert ink_in(png()) is None


def chunked(data: bytes) -> bytes:
    chunk = struct.pack(">I", len(data)) + CHUNK + data + struct.pack(">I", zlib.crc32(CHUNK + data))
    return png()[:-12] + chunk + png()[-12:]


@pytest.mark.parametrize(
    "text",
    [
        b"", b"{}", b"[]", b'{"v":2,"strokes":[[[1,1,1]]]}', b'{"v":1,"strokes":[[[1]]]}', b'{"v":1,"strokes":7}',
        b'{"v":1,"strokes":[[[NaN,1,1]]]}', b'{"v":1,"strokes":[[[1e999,1,1]]]}', b'{"v":1,"strokes":[[["a",1,1]]]}',
        b"[" * 100_000, b'{"v":1,"strokes":[' + b"[[1,1,1]]," * 200_000 + b"[[1,1,1]]]}",
    ],
)  # fmt: skip
def test_a_spoilt_chunk_is_no_ink(text: bytes) -> None:
    assert ink_in(chunked(zlib.compress(text))) is None
    assert ink_in(chunked(text)) is None


@given(st.integers(0, 400), st.integers(1, 255))
def test_no_flipped_byte_gives_other_strokes(place: int, flip: int) -> None:
    ink = Ink(((InkPoint(10, 20, 0), InkPoint(30, 40, 9)),))
    held = bytearray(with_ink(png(), ink))
    held[place % len(held)] ^= flip
    assert ink_in(bytes(held)) in (None, ink)
