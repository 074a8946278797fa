"""The reader's frames: published bytes, damaged bytes, any bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.id_card_reader.codec import (
    MAX_LENGTH,
    Command,
    FrameError,
    FrameReader,
    Response,
    Status,
    answers,
    request,
    sam_id_text,
    split_card_data,
)

from .sdt_bytes import PHOTO, RESIDENT, block, frame, read_answer

PUBLISHED = {
    Command.RESET: "AA AA AA 96 69 00 03 10 FF EC",
    Command.STATUS: "AA AA AA 96 69 00 03 11 FF ED",
    Command.SAM_ID: "AA AA AA 96 69 00 03 12 FF EE",
    Command.FIND: "AA AA AA 96 69 00 03 20 01 22",
    Command.SELECT: "AA AA AA 96 69 00 03 20 02 21",
    Command.READ: "AA AA AA 96 69 00 03 30 01 32",
    Command.READ_APPENDED: "AA AA AA 96 69 00 03 30 03 30",
}
FAILS = {
    "AA AA AA 96 69 00 04 00 00 80 84": Status.NOT_FOUND,
    "AA AA AA 96 69 00 04 00 00 81 85": Status.NOT_SELECTED,
    "AA AA AA 96 69 00 04 00 00 41 45": Status.READ_FAILED,
    "AA AA AA 96 69 00 04 00 00 91 95": Status.NO_SUCH_ITEM,
}
FOUND = frame(b"\0\0\x9f", bytes(4))


def taken(data: bytes) -> list[Response]:
    reader = FrameReader()
    reader.feed(data)
    out = []
    while (response := reader.take()) is not None:
        out.append(response)
    return out


def test_every_command_has_its_published_bytes() -> None:
    assert {command: request(command).hex(" ").upper() for command in Command} == PUBLISHED


@pytest.mark.parametrize("text", FAILS)
def test_published_failures_are_understood(text: str) -> None:
    assert [each.status for each in taken(bytes.fromhex(text))] == [FAILS[text]]


def test_lengths_of_good_answers() -> None:
    whole = read_answer(block(RESIDENT))
    assert len(FOUND) == 15
    assert len(frame(b"\0\0\x90", bytes(8))) == 19
    assert len(whole) == 1295
    assert whole[:14].hex(" ").upper() == "AA AA AA 96 69 05 08 00 00 90 01 00 04 00"
    (answer,) = taken(whole)
    blocks = split_card_data(answer.data)
    assert (blocks.text, blocks.photo) == (block(RESIDENT), PHOTO)


@pytest.mark.parametrize("before", [b"", b"\xaa", b"\xaa\xaa", b"\x96\x69", b"\xaa\xaa\x96", b"noise \x00\xff" * 3])
def test_noise_before_a_frame_is_passed_over(before: bytes) -> None:
    assert [each.status for each in taken(before + FOUND)] == [Status.FOUND]


def test_a_lost_first_byte_is_no_loss() -> None:
    assert [each.status for each in taken(FOUND[1:])] == [Status.FOUND]


def test_one_preamble_byte_is_not_enough() -> None:
    assert taken(FOUND[2:]) == []


@pytest.mark.parametrize("length", [0, 3, MAX_LENGTH + 1, 0xFFFF])
def test_an_impossible_length_is_passed_over(length: int) -> None:
    head = b"\xaa\xaa\xaa\x96\x69" + length.to_bytes(2, "big")
    assert [each.status for each in taken(head + FOUND)] == [Status.FOUND]


def test_a_frame_twice_is_two_frames() -> None:
    assert len(taken(FOUND + FOUND)) == 2


def test_a_damaged_frame_is_told_and_the_next_one_found() -> None:
    reader = FrameReader()
    reader.feed(FOUND[:-1] + bytes([FOUND[-1] ^ 1]) + FOUND)
    with pytest.raises(FrameError) as caught:
        reader.take()
    assert caught.value.reason == "checksum"
    answer = reader.take()
    assert answer is not None
    assert answer.status == Status.FOUND


def test_a_false_beginning_can_be_disbelieved() -> None:
    reader = FrameReader()
    reader.feed(b"\xaa\xaa\xaa\x96\x69\x0f\x00" + FOUND)
    assert reader.take() is None
    reader.disbelieve()
    answer = reader.take()
    assert answer is not None
    assert answer.status == Status.FOUND


def test_a_late_answer_does_not_pass_for_another_commands() -> None:
    found, selected = Response(b"\0\0\x9f", bytes(4)), Response(b"\0\0\x90", bytes(8))
    status, sam = Response(b"\0\0\x90", b""), Response(b"\0\0\x90", bytes(16))
    card = Response(b"\0\0\x90", bytes(1284))
    fitting = {
        Command.FIND: found,
        Command.SELECT: selected,
        Command.STATUS: status,
        Command.SAM_ID: sam,
        Command.READ: card,
    }
    for command, wanted in fitting.items():
        assert [each for each in fitting.values() if answers(command, each)] == [wanted]


def test_a_response_never_shows_its_data() -> None:
    assert "bytes>" in repr(Response(b"\0\0\x90", "王测试".encode("utf-16-le")))
    assert "738b" not in repr(Response(b"\0\0\x90", "王测试".encode("utf-16-be")))


def test_sam_id_is_written_in_its_long_form() -> None:
    raw = b"\x05\x00\x01\x00" + b"".join(n.to_bytes(4, "little") for n in (20130927, 1234567, 89))
    assert sam_id_text(raw) == "05.01-20130927-0001234567-0000000089"
    with pytest.raises(FrameError):
        sam_id_text(raw[:-1])


@pytest.mark.parametrize("data", [b"", b"\x01\x00\x04", b"\x01\x00\x04\x00" + bytes(1279), b"\x00\x00\x00\x00x"])
def test_blocks_that_do_not_fit_their_words_are_refused(data: bytes) -> None:
    with pytest.raises(FrameError):
        split_card_data(data)


@given(st.binary(min_size=3, max_size=3), st.binary(max_size=4085), st.data())
def test_any_frame_comes_back_however_it_is_cut(sw: bytes, data: bytes, draws: st.DataObject) -> None:
    whole = frame(sw, data)
    cuts = sorted(draws.draw(st.lists(st.integers(0, len(whole)), max_size=8)))
    reader, got = FrameReader(), []
    for start, end in zip([0, *cuts], [*cuts, len(whole)], strict=True):
        reader.feed(whole[start:end])
        got.append(reader.take())
    assert [(each.sw, each.data) for each in got if each] == [(sw, data)]


mutations = st.lists(
    st.tuples(st.sampled_from(["flip", "drop", "insert", "cut"]), st.integers(0, 2000), st.integers(0, 255)),
    max_size=12,
)


def mutate(data: bytes, steps: list[tuple[str, int, int]]) -> bytes:
    out = bytearray(data)
    for kind, where, value in steps:
        at = where % (len(out) + 1)
        match kind:
            case "flip" if at < len(out):
                out[at] ^= value
            case "drop":
                del out[at : at + 1]
            case "insert":
                out.insert(at, value)
            case "cut":
                del out[at:]
    return bytes(out)


@given(mutations)
def test_mutated_frames_raise_only_the_codecs_own_error(steps: list[tuple[str, int, int]]) -> None:
    reader = FrameReader()
    stream = mutate(FOUND + read_answer(block(RESIDENT)) + FOUND, steps)
    reader.feed(stream)
    # Every pass uses up at least one byte, or says that it needs more: no stream can hold it for ever.
    for _ in range(len(stream) + 1):
        before = reader.held
        try:
            response = reader.take()
        except FrameError:
            assert reader.held < before
            continue
        if response is None:
            break
        assert reader.held < before
        if answers(Command.READ, response):
            try:
                split_card_data(response.data)
            except FrameError as error:
                assert error.reason == "blocks"
    else:
        raise AssertionError("the reader did not come to an end")
    assert reader.held <= MAX_LENGTH + 6


@given(st.lists(st.binary(max_size=300), max_size=60))
def test_endless_noise_does_not_fill_the_memory(pieces: list[bytes]) -> None:
    reader = FrameReader()
    for piece in pieces:
        reader.feed(b"\xaa\xaa\x96\x69\x0f" + piece)
        try:
            while reader.take() is not None:
                pass
        except FrameError:
            pass
    try:
        while reader.take() is not None:
            pass
    except FrameError:
        return
    assert reader.held <= MAX_LENGTH + 6
