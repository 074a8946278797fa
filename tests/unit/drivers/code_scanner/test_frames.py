"""A serial scanner's bytes, cut into codes: whole ones only, however they arrive."""

from hypothesis import given
from hypothesis import strategies as st

from drivers.code_scanner.decode import MAX_PAYLOAD, Found
from drivers.code_scanner.frames import GAP, Ending, Frames
from kiosk.contracts.code_scanner import Symbology

PAYLOADS = st.binary(min_size=1, max_size=60).map(
    lambda data: bytes(b for b in data if b not in (2, 3, 10, 13)) or b"x"
)

SIZES = st.lists(st.integers(0, 9), max_size=40)


def read(frames: Frames, data: bytes, sizes: list[int]) -> list[bytes]:
    found, at, now = [], 0, 0.0
    for size in [*sizes, len(data)]:
        found += frames.feed(data[at : at + size], now)
        at, now = at + size, now + GAP / 10
    found += frames.feed(b"", now + 2 * GAP)
    return [one.data for one in found]


@given(
    st.lists(PAYLOADS, max_size=5), st.sampled_from([b"\r", b"\n", b"\r\n"]), st.lists(st.integers(0, 9), max_size=40)
)
def test_codes_come_whole_in_any_pieces(payloads: list[bytes], ending: bytes, sizes: list[int]) -> None:
    data = b"".join(one + ending for one in payloads)
    assert read(Frames(Ending.CR), data, sizes) == payloads


@given(st.lists(PAYLOADS, max_size=5), SIZES)
def test_codes_between_stx_and_etx(payloads: list[bytes], sizes: list[int]) -> None:
    data = b"noise" + b"".join(b"\x02" + one + b"\x03\r\n" for one in payloads)
    assert read(Frames(Ending.ETX), data, sizes) == payloads


@given(PAYLOADS)
def test_half_a_code_is_none_and_says_so(payload: bytes) -> None:
    for ending, front in ((Ending.CR, b""), (Ending.ETX, b"\x02")):
        frames = Frames(ending)
        assert read(frames, front + payload, []) == []
        assert frames.broken == 1
        assert frames.feed(front + payload + (b"\x03" if front else b"\r"), 99.0) == (
            Found(payload, Symbology.OTHER),
        )


def test_a_pause_ends_a_code_only_where_nothing_else_does() -> None:
    assert read(Frames(Ending.GAP), b"12345", []) == [b"12345"]


def test_a_code_begun_anew_replaces_the_half_one() -> None:
    frames = Frames(Ending.ETX)
    assert [one.data for one in frames.feed(b"\x0212\x02345\x03", 0.0)] == [b"345"]
    assert frames.broken == 1


def test_what_is_too_long_is_no_code_and_the_next_one_is() -> None:
    frames = Frames(Ending.CR)
    found = frames.feed(b"1" * (MAX_PAYLOAD + 100) + b"\r22\r", 0.0)
    assert [one.data for one in found] == [b"22"]
    assert frames.broken == 1


def test_what_kind_it_was() -> None:
    frames = Frames(Ending.CR, aim=True)
    found = frames.feed(b"]Q1qr\r]C0bars\r]E06901234567892\rplain\r]Q1\r", 0.0)
    assert [(one.data, one.symbology) for one in found] == [
        (b"qr", Symbology.QR), (b"bars", Symbology.CODE128), (b"6901234567892", Symbology.OTHER),
        (b"plain", Symbology.OTHER),
    ]  # fmt: skip


@given(
    st.binary(max_size=300), st.sampled_from(list(Ending)), st.booleans(), st.lists(st.integers(0, 9), max_size=40)
)
def test_no_bytes_confuse_it(data: bytes, ending: Ending, aim: bool, sizes: list[int]) -> None:
    frames = Frames(ending, aim)
    read(frames, data, sizes)
    frames.feed(b"\r\x03", 98.0)
    whole = b"\x02ok\x03" if ending is Ending.ETX else b"ok\r"
    found = [*frames.feed(whole, 99.0), *frames.feed(b"", 99.0 + 2 * GAP)]
    assert found[-1].data.strip(b"\r") == b"ok"
