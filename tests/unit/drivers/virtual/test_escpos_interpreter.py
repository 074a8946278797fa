"""What ends on paper: pictures compared by what they contain, codes read back by an independent decoder."""

import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.virtual.escpos_commands import CommandStream
from drivers.virtual.escpos_glyphs import Dots
from drivers.virtual.escpos_interpreter import Interpreter, Machine
from drivers.virtual.escpos_paper import CUTTER_GAP, Paper

START = b"\x1b@\x1c&"


class Printed:
    """One job on one strip of paper."""

    def __init__(self, job: bytes, width: int = 576, *, long_codes: bool = True) -> None:
        self.pieces: list[Dots] = []
        self.unknown: list[bytes] = []
        self.answered: list[str] = []
        stream = CommandStream(long_codes=long_codes)
        machine = Machine(
            cut=lambda: self.pieces.append(paper.cut()),
            initialise=lambda: None,
            drawer=lambda: None,
            answer=lambda code, data: self.answered.append(code),
            unknown=self.unknown.append,
            chinese=lambda on: setattr(stream, "chinese", on),
        )
        paper = Paper(width)
        interpreter = Interpreter(paper, machine, long_codes=long_codes)
        stream.feed(job)
        for piece in stream.pieces():
            interpreter.obey(piece)
        self.rest = paper.tear()[CUTTER_GAP:]

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom of what is black on the paper."""
        rows, columns = np.flatnonzero(self.rest.any(axis=1)), np.flatnonzero(self.rest.any(axis=0))
        return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1

    def codes(self) -> list[tuple[str, bytes]]:
        """Codes on the paper."""
        picture = np.where(np.pad(self.rest, 40), 0, 255).astype(np.uint8)
        return [(each.format.name, each.bytes) for each in zxingcpp.read_barcodes(picture)]


def gb(text: str) -> bytes:
    return text.encode("gb18030")


def qr(data: bytes, size: int = 4, level: int = 0x31) -> bytes:
    return b"".join(
        (
            b"\x1d(k\x04\x001A2\x00",
            b"\x1d(k\x03\x001C" + bytes([size]),
            b"\x1d(k\x03\x001E" + bytes([level]),
            b"\x1d(k" + (len(data) + 3).to_bytes(2, "little") + b"1P0" + data,
            b"\x1d(k\x03\x001Q0",
        )
    )


def test_chinese_and_latin_stand_in_cells() -> None:
    assert Printed(START + gb("国国国国") + b"\n").box[2] <= 4 * 24
    assert Printed(START + gb("国国国国") + b"\n").box[2] > 3 * 24 + 12
    assert 3 * 12 < Printed(START + b"HHHH\n").box[2] <= 4 * 12
    assert Printed(START + b"\x1bM\x01HHHH\n").box[2] <= 4 * 9


def test_the_same_text_looks_the_same_and_other_text_does_not() -> None:
    assert np.array_equal(Printed(START + gb("受理") + b"\n").rest, Printed(START + gb("受理") + b"\n").rest)
    assert not np.array_equal(Printed(START + gb("受理") + b"\n").rest, Printed(START + gb("办理") + b"\n").rest)


@pytest.mark.parametrize("size", [b"\x1d!\x11", b"\x1b!\x30", b"\x1cW\x01"])
def test_double_size_is_every_dot_twice(size: bytes) -> None:
    plain, large = Printed(START + gb("凭") + b"\n").rest, Printed(START + size + gb("凭") + b"\n").rest
    assert np.array_equal(np.repeat(np.repeat(plain[:24, :24], 2, axis=0), 2, axis=1), large[:48, :48])


def test_alignment_and_margins() -> None:
    left, centre, right = (Printed(START + b"\x1ba" + bytes([n]) + gb("国") + b"\n").box for n in (0, 1, 2))
    assert left[0] < 24
    assert abs(centre[0] + centre[2] - 576) <= 24
    assert right[2] > 576 - 24
    assert Printed(START + b"\x1dL\x64\x00" + gb("国") + b"\n").box[0] >= 100
    assert Printed(START + b"\x1dW\x30\x00" + gb("国国国") + b"\n").box[2] <= 48


def test_long_lines_go_on_in_the_next() -> None:
    assert Printed(START + gb("国" * 24) + b"\n", 576).box[3] <= 24
    assert Printed(START + gb("国" * 25) + b"\n", 576).box[3] > 30
    assert Printed(START + gb("国" * 17) + b"\n", 384).box[3] > 30


def test_bold_underline_and_inverse_add_ink() -> None:
    plain = int(Printed(START + gb("国") + b"\n").rest.sum())
    for mode in (b"\x1bE\x01", b"\x1b-\x02", b"\x1dB\x01"):
        assert int(Printed(START + mode + gb("国") + b"\n").rest.sum()) > plain
    assert int(Printed(START + b"\x1bE\x01\x1b-\x01\x1b@" + gb("国") + b"\n").rest.sum()) == plain


def test_feeding() -> None:
    assert len(Printed(START + b"\n").rest) == 30
    assert len(Printed(START + b"\x1b3\x50\n\n").rest) == 160
    assert len(Printed(START + b"\x1bd\x03").rest) == 90
    assert len(Printed(START + b"\x1bJ\x07").rest) == 7


def test_raster_is_dot_for_dot() -> None:
    dots = np.random.default_rng(3).random((40, 80)) < 0.5
    raster = b"\x1dv0\x00\x0a\x00\x28\x00" + np.packbits(dots, axis=1).tobytes()
    assert np.array_equal(Printed(START + raster).rest[:40, :80], dots)
    double = Printed(START + raster.replace(b"v0\x00", b"v0\x03")).rest
    assert np.array_equal(double[:80, :160], np.repeat(np.repeat(dots, 2, axis=0), 2, axis=1))
    columns = b"\x1b*\x21\x50\x00" + np.packbits(dots[:24].T, axis=1).tobytes()
    assert np.array_equal(Printed(START + columns + b"\n").rest[:24, :80], dots[:24])
    graphics = b"\x1d(L" + (10 + 400).to_bytes(2, "little") + b"0p0\x01\x01\x31\x50\x00\x28\x00" + raster[8:]
    assert np.array_equal(Printed(START + graphics + b"\x1d(L\x02\x0002").rest[:40, :80], dots)


@settings(deadline=None, max_examples=25)
@given(st.binary(min_size=1, max_size=120), st.integers(3, 5), st.sampled_from([0x30, 0x31, 0x32, 0x33]))
def test_a_qr_code_is_read_back(data: bytes, size: int, level: int) -> None:
    assert Printed(START + qr(data, size, level)).codes() == [("QRCode", data)]


def test_module_size_counts() -> None:
    small, large = Printed(START + qr(b"QB1", 3)).box, Printed(START + qr(b"QB1", 6)).box
    assert large[2] - large[0] == 2 * (small[2] - small[0])


def test_bars_are_read_back() -> None:
    assert Printed(START + b"\x1dw\x02\x1dkI\x0f{BSEAL-00000001").codes() == [("Code128", b"SEAL-00000001")]


def test_the_knife_is_below_the_head() -> None:
    """Who does not feed before cutting finds the last lines on the next slip."""
    hasty = Printed(START + gb("国") + b"\n\x1dV\x00")
    (piece,) = hasty.pieces
    assert not piece.any()
    patient = Printed(START + gb("国") + b"\n\x1dVB\x00")
    (piece,) = patient.pieces
    assert piece.any()
    assert len(piece) == CUTTER_GAP + 30


def test_an_old_character_memory_prints_garbage_for_new_characters() -> None:
    assert not np.array_equal(
        Printed(START + gb("𠮷") + b"\n").rest, Printed(START + gb("𠮷") + b"\n", long_codes=False).rest
    )


def test_what_nobody_knows_is_reported_and_the_rest_is_printed() -> None:
    printed = Printed(START + b"\x1b\xf7" + b"\x1d(k\x03\x000A2" + gb("国") + b"\n")
    assert printed.unknown == [b"\x1b\xf7", b"\x1d(k\x03\x000A"]
    assert printed.rest.any()


@settings(deadline=None)
@given(
    st.lists(
        st.binary(max_size=30) | st.sampled_from([b"\x1b", b"\x1d", b"\x1c", b"\x1dv0\x00\x01\x00\x01\x00"]),
        max_size=20,
    )
)
def test_noise_never_breaks_the_printer(parts: list[bytes]) -> None:
    Printed(b"".join(parts))


def test_questions_are_answered_in_their_place() -> None:
    assert Printed(START + b"\x1dr1\x10\x04\x01\x1dI\x43\x1da\xff\x1d(H\x06\x0000abcd").answered == [
        "GS r",
        "DLE EOT",
        "GS I",
        "GS a",
        "GS ( H",
    ]
