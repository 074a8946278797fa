"""Cards and their readers: SDT frames, the text block of an identity card, answers of smart cards."""

from collections.abc import Sequence

from drivers.id_card_reader.codec import MAX_LENGTH, Command, FrameError, FrameReader, answers, split_card_data
from drivers.id_card_reader.record import RecordError, UnknownCardError, parse
from drivers.smart_card.apdu import MalformedRecordError, encode_tlv, parse_answer, parse_tlv
from drivers.tax_device.record import TAG_HOLDER, TAG_NUMBER, TAG_STATUS, TAG_USCC, parse_record
from tests.unit.drivers.sdt_bytes import ALL, block, frame, read_answer

SDT_ERRORS: tuple[type[Exception], ...] = ()  # the reader resynchronises; its errors are taken below
RECORD_ERRORS = (RecordError, UnknownCardError)
APDU_ERRORS = (MalformedRecordError,)

_READER = FrameReader()  # one for all: what a mutant leaves behind must not hurt the next


def sdt_seeds() -> Sequence[bytes]:
    """Answers of a reader, whole readings among them."""
    return (
        frame(b"\0\0\x80"),
        frame(b"\0\0\x9f", bytes(4)),
        frame(b"\0\0\x90", bytes(8)),
        frame(b"\0\0\x90", bytes(range(16))),
        *(read_answer(block(fields)) for fields in ALL.values()),
    )


def sdt(data: bytes) -> None:
    """Everything on the line to frames, every frame that answers a reading to a card."""
    _READER.feed(data)
    for _ in range(len(data) + MAX_LENGTH + 8):
        try:
            response = _READER.take()
        except FrameError:
            continue
        if response is None:
            assert _READER.held <= MAX_LENGTH + 6
            return
        if answers(Command.READ, response):
            try:
                blocks = split_card_data(response.data)
                parse(blocks.text, blocks.photo)
            except (FrameError, RecordError, UnknownCardError):
                continue
    raise AssertionError("the reader did not come to an end")


def record_seeds() -> Sequence[bytes]:
    """The text block of every kind of card."""
    return tuple(block(fields) for fields in ALL.values())


def record(data: bytes) -> None:
    """The text block alone."""
    parse(data)


def apdu_seeds() -> Sequence[bytes]:
    """Answers with a record of a tax-control device or of a staff card, and status words alone."""
    number = encode_tlv(TAG_NUMBER, b"661234567890")
    company = encode_tlv(TAG_USCC, b"91500105MA5U00001A") + encode_tlv(
        TAG_HOLDER, "重庆示例有限公司".encode("gb18030")
    )
    return (
        number + encode_tlv(TAG_STATUS, b"\x01") + company + b"\x90\x00",
        number + encode_tlv(TAG_STATUS, b"\x00") + b"\x90\x00",
        encode_tlv(0x5F20, b"0317") + b"\x90\x00",
        b"\x63\xc2",
        b"\x61\x10",
        b"\x6c\x00",
    )


def apdu(data: bytes) -> None:
    """Status word, data objects, and the device's record in them."""
    answer = parse_answer(data)
    if answer is None:
        return
    assert answer.tries_left is None or 0 <= answer.tries_left <= 15
    assert answer.more is None or 0 <= answer.more <= 255
    assert answer.right_length is None or 0 <= answer.right_length <= 255
    assert sum(map(len, parse_tlv(answer.data).values())) <= len(answer.data)
    parse_record(answer.data)
