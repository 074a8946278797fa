"""The inside of the resident-ID reader against frames written out from GA 450 / GA/T 467."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.virtual.cards import load_cards, odd_card
from drivers.virtual.sdt_reader import SdtBrain, SdtReaderState

FIND = bytes.fromhex("AAAAAA96690003200122")
SELECT = bytes.fromhex("AAAAAA96690003200221")
READ = bytes.fromhex("AAAAAA96690003300132")
READ_WITH_FINGERS = bytes.fromhex("AAAAAA96690003301023")
READ_ADDRESS = bytes.fromhex("AAAAAA96690003300330")
RESET = bytes.fromhex("AAAAAA9669000310FFEC")
STATUS = bytes.fromhex("AAAAAA9669000311FFED")
SAM_ID = bytes.fromhex("AAAAAA9669000312FFEE")
SLOWER = bytes.fromhex("AAAAAA96690003600467")
RF_BYTES = bytes.fromhex("AAAAAA9669000461FF50CA")

OK = bytes.fromhex("AAAAAA9669000400009094")
FOUND = bytes.fromhex("AAAAAA9669000800009F0000000097")
SELECTED = bytes.fromhex("AAAAAA9669000C00009000000000000000009C")
NO_CARD = bytes.fromhex("AAAAAA9669000400008084")
NOT_SELECTED = bytes.fromhex("AAAAAA9669000400008185")
READ_FAILED = bytes.fromhex("AAAAAA9669000400004145")
NO_ITEM = bytes.fromhex("AAAAAA9669000400009195")
BAD_CHECKSUM = bytes.fromhex("AAAAAA9669000400001014")
BAD_LENGTH = bytes.fromhex("AAAAAA9669000400001115")
BAD_COMMAND = bytes.fromhex("AAAAAA9669000400002125")

CARDS = load_cards()


class Reader:
    def __init__(self, card: str | None = None) -> None:
        self.state = SdtReaderState(card=CARDS[card] if card else None)
        self.brain = SdtBrain(self.state, bytes(16))

    def ask(self, *requests: bytes) -> bytes:
        answers = [answer for request in requests for _, answer in self.brain.take(request)]
        return answers[-1] if answers else b""


def test_a_card_is_found_selected_and_read() -> None:
    reader = Reader("wang")
    assert reader.ask(FIND) == FOUND
    assert reader.ask(SELECT) == SELECTED
    answer = reader.ask(READ)
    assert len(answer) == 1295
    assert answer[:14] == bytes.fromhex("AAAAAA96690508000090" + "01000400")
    assert answer[14:270] == CARDS["wang"].record
    assert answer[270:1294] == CARDS["wang"].photo
    check = 0
    for byte in answer[5:]:
        check ^= byte
    assert check == 0


def test_reading_again_is_possible_and_finding_again_needs_a_lift() -> None:
    reader = Reader("wang")
    first = reader.ask(FIND, SELECT, READ)
    assert reader.ask(READ) == first
    assert reader.ask(FIND) == NO_CARD


def test_fingerprints_are_none_and_the_length_word_says_so() -> None:
    answer = Reader("li").ask(FIND, SELECT, READ_WITH_FINGERS)
    assert len(answer) == 1297
    assert answer[5:7] == bytes.fromhex("050A")
    assert answer[10:16] == bytes.fromhex("010004000000")


def test_steps_cannot_be_skipped() -> None:
    assert Reader("wang").ask(SELECT) == NOT_SELECTED
    assert Reader("wang").ask(READ) == READ_FAILED
    assert Reader("wang").ask(FIND, READ) == READ_FAILED
    assert Reader("wang").ask(FIND, RESET, SELECT) == NOT_SELECTED


def test_an_empty_glass() -> None:
    assert Reader().ask(FIND) == NO_CARD


def test_the_reader_itself() -> None:
    reader = Reader()
    assert reader.ask(RESET) == reader.ask(STATUS) == reader.ask(RF_BYTES) == OK
    assert len(reader.ask(SAM_ID)) == 7 + 0x14
    assert reader.ask(SLOWER) == OK
    assert reader.state.baud == 9600
    assert Reader("wang").ask(FIND, SELECT, READ_ADDRESS) == NO_ITEM


def test_what_hands_do() -> None:
    assert Reader("damaged").ask(FIND, SELECT, READ) == READ_FAILED
    reader = Reader("wang")
    reader.state.second = CARDS["li"]
    assert reader.ask(FIND, SELECT) == NOT_SELECTED
    reader = Reader("wang")
    reader.state.lift_after_select = True
    assert reader.ask(FIND, SELECT) == SELECTED
    assert reader.ask(READ) == READ_FAILED
    assert reader.ask(FIND) == NO_CARD
    reader = Reader()
    reader.state.card = odd_card("other")
    assert reader.ask(FIND, SELECT)[9] == 0x40


@pytest.mark.parametrize(("sam", "status"), [("selftest_failed", 0x60), ("unauthorised", 0x66)])
def test_a_broken_module_answers_nothing_else(sam: str, status: int) -> None:
    reader = Reader("wang")
    reader.state.sam = sam
    assert {reader.ask(each)[9] for each in (FIND, RESET, STATUS, SAM_ID)} == {status}


def test_broken_requests_are_named() -> None:
    assert Reader().ask(FIND[:-1] + b"\x21") == BAD_CHECKSUM
    assert Reader().ask(bytes.fromhex("AAAAAA9669FFFF")) == BAD_LENGTH
    assert Reader().ask(bytes.fromhex("AAAAAA96690003200023")) == BAD_COMMAND
    assert Reader().ask(bytes.fromhex("AAAAAA96690003600C6F")) == BAD_COMMAND


@given(st.binary(max_size=60).filter(lambda noise: b"\xaa" not in noise), st.data())
def test_noise_and_torn_bytes_do_not_hinder_the_next_request(noise: bytes, data: st.DataObject) -> None:
    stream = noise + FIND + noise + SELECT
    reader, answers = Reader("wang"), []
    while stream:
        count = data.draw(st.integers(1, len(stream)))
        answers += [answer for _, answer in reader.brain.take(stream[:count])]
        stream = stream[count:]
    assert answers == [FOUND, SELECTED]


@given(st.lists(st.binary(max_size=40) | st.sampled_from([FIND, SELECT, READ, FIND[:6]]), max_size=12))
def test_nothing_on_the_wire_breaks_the_reader(pieces: list[bytes]) -> None:
    reader = Reader("li")
    for piece in pieces:
        for _, answer in reader.brain.take(piece):
            assert answer.startswith(bytes.fromhex("AAAAAA9669"))
    assert len(reader.brain._buffer) < 200
