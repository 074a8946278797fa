"""Mutants of good inputs, always the same ones for the same seed, and the run that feeds them to a parser."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

LONGEST = 4096  # bytes of one mutant, where its parser does not say otherwise
_TELLING = bytes(
    (0, 1, 2, 3, 4, 0x0D, 0x10, 0x12, 0x1B, 0x1C, 0x1D, 0x34, 0x37, 0x7F, 0x80, 0x81, 0x9F, 0xAA, 0xD8, 0xFF)
)


@dataclass(frozen=True, slots=True)
class Parser:
    """One parser under fuzz. ``seeds`` are good inputs; ``feed`` gives it one input and checks what may never be;
    ``errors`` are the parser's own, everything else is a find. ``cost``: how many mutants of the wished number one
    of its inputs counts for, where an input is a whole page. ``longest``: bytes of one mutant at most."""

    name: str
    seeds: Callable[[], Sequence[bytes]]
    feed: Callable[[bytes], None]
    errors: tuple[type[Exception], ...] = ()
    cost: int = 1
    longest: int = LONGEST


@dataclass(frozen=True, slots=True)
class Find:
    """An input that a parser does not bear."""

    number: int
    data: bytes
    error: Exception


@dataclass(frozen=True, slots=True)
class Run:
    """What a run gave. ``accepted`` inputs were read, the others refused with the parser's own error."""

    mutants: int
    accepted: int
    slowest: float  # seconds
    seconds: float
    find: Find | None


def mutants(seeds: Sequence[bytes], seed: int, longest: int = LONGEST) -> Iterator[bytes]:
    """Without end: every mutant is a seed with one to five small damages."""
    dice = random.Random(seed)
    below, pick = dice.randrange, dice.choice
    while True:
        out = bytearray(pick(seeds))
        for _ in range(1 + below(5)):
            _damage(out, below, pick, dice, seeds)
        yield bytes(out[:longest])


def _damage(
    out: bytearray,
    below: Callable[[int], int],
    pick: Callable[[Sequence[bytes]], bytes],
    dice: random.Random,
    seeds: Sequence[bytes],
) -> None:
    size = len(out)
    at = below(size + 1)
    match below(10):
        case 0 | 1:
            if at < size:
                out[at] ^= 1 << below(8)
        case 2:
            if at < size:
                out[at] = below(256)
        case 3:
            if at < size:
                out[at] = _TELLING[below(len(_TELLING))]
        case 4:
            del out[at : at + 1 + below(16)]
        case 5:
            out[at:at] = dice.randbytes(1 + below(12))
        case 6:
            del out[at:]
        case 7:
            out[at:at] = out[at : at + 1 + below(64)]
        case 8:
            other = pick(seeds)
            cut = below(len(other) + 1)
            out[at:] = other[cut:]
        case _:
            out[at : at + 2] = (0xFFFF, 0x7FFF, 0x8000, 0x0000, size & 0xFFFF)[below(5)].to_bytes(2, "big")


def run(parser: Parser, count: int, seed: int) -> Run:
    """Feed so many mutants (fewer where each is a whole page); ends at the first find."""
    accepted, slowest = 0, 0.0
    number, most = 0, max(1, count // parser.cost)
    begin = last = time.perf_counter()
    find: Find | None = None
    for data in mutants(parser.seeds(), seed, parser.longest):
        if number == most:
            break
        number += 1
        try:
            parser.feed(data)
            accepted += 1
        except parser.errors:
            pass
        except Exception as error:
            find = Find(number, data, error)
            break
        now = time.perf_counter()
        slowest = max(slowest, now - last)
        last = now
    return Run(number, accepted, slowest, time.perf_counter() - begin, find)
