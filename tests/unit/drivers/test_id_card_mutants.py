"""Mutants of whole readings in bulk: only the codec's own errors, nothing kept, nothing endless."""

import random

import pytest

from drivers.id_card_reader.codec import MAX_LENGTH, Command, FrameError, FrameReader, answers, split_card_data
from drivers.id_card_reader.record import RecordError, UnknownCardError, parse

from .sdt_bytes import ALL, block, frame, read_answer

SEEDS = [
    frame(b"\0\0\x80"),
    frame(b"\0\0\x9f", bytes(4)),
    frame(b"\0\0\x90", bytes(8)),
    frame(b"\0\0\x90", bytes(range(16))),
    *(read_answer(block(fields)) for fields in ALL.values()),
]


def mutant(dice: random.Random) -> bytes:
    out = bytearray(dice.choice(SEEDS))
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(out))
        match dice.randrange(5):
            case 0:
                out[at] = dice.randrange(256)
            case 1:
                del out[at : at + dice.randint(1, 40)]
            case 2:
                out[at:at] = dice.randbytes(dice.randint(1, 40))
            case 3:
                out[5:7] = dice.randbytes(2)
            case 4:
                out += dice.choice(SEEDS)[: dice.randint(1, 20)]
        if not out:
            return b""
    return bytes(out)


def bear(reader: FrameReader, data: bytes) -> None:
    reader.feed(data)
    for _ in range(len(data) + MAX_LENGTH + 8):
        try:
            response = reader.take()
        except FrameError:
            continue
        if response is None:
            assert reader.held <= MAX_LENGTH + 6
            return
        if answers(Command.READ, response):
            try:
                blocks = split_card_data(response.data)
                parse(blocks.text, blocks.photo)
            except (FrameError, RecordError, UnknownCardError):
                continue
    raise AssertionError("the reader did not come to an end")


@pytest.mark.parametrize(
    "count", [20_000, pytest.param(1_000_000, marks=[pytest.mark.long, pytest.mark.timeout(1800)])]
)
def test_mutants_are_borne(count: int) -> None:
    dice = random.Random(20230927)
    reader = FrameReader()
    for _ in range(count):
        bear(reader, mutant(dice))


@pytest.mark.parametrize("count", [20_000, pytest.param(1_000_000, marks=pytest.mark.long)])
def test_damaged_text_blocks_are_borne(count: int) -> None:
    dice = random.Random(4501)
    blocks = [block(fields) for fields in ALL.values()]
    good = 0
    for _ in range(count):
        raw = bytearray(dice.choice(blocks))
        for _ in range(dice.randint(1, 3)):
            raw[dice.randrange(256)] = dice.randrange(256)
        try:
            parse(bytes(raw))
        except (RecordError, UnknownCardError):
            continue
        good += 1
    assert 0 < good < count
