"""Mutants in bulk: a parser gives an answer or its own error, quickly, and nothing else."""

import pytest

from tests.fuzz.mutants import Parser, mutants, run
from tests.fuzz.registry import PARSERS

LONG = [pytest.mark.long, pytest.mark.timeout(3600)]


@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.name)
@pytest.mark.parametrize("count", [1_500, pytest.param(1_000_000, marks=LONG)])
def test_mutants_are_borne(parser: Parser, count: int, capfd: pytest.CaptureFixture[str]) -> None:
    result = run(parser, count, seed=20261127)
    capfd.readouterr()  # libjpeg's own words about damaged pictures
    if result.find is not None:
        pytest.fail(f"mutant {result.find.number}: {result.find.error!r}\n{result.find.data.hex()}")
    assert result.mutants == max(1, count // parser.cost)


@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.name)
def test_good_inputs_are_accepted(parser: Parser) -> None:
    for seed in parser.seeds()[:8]:
        try:
            parser.feed(seed)
        except parser.errors:
            assert parser.name == "apdu-answers"  # a status word alone carries no record


def test_the_same_seed_gives_the_same_mutants() -> None:
    seeds = (b"abcdef", b"012345")
    first, again, other = mutants(seeds, 1), mutants(seeds, 1), mutants(seeds, 2)
    some = [next(first) for _ in range(200)]
    assert some == [next(again) for _ in range(200)]
    assert some != [next(other) for _ in range(200)]


def test_a_parser_that_breaks_is_found() -> None:
    def breaks(data: bytes) -> None:
        if len(data) > 3 and data[3] == 0xFF:
            raise IndexError

    found = run(Parser("bad", lambda: (b"abcdef",), breaks, (ValueError,)), 100_000, seed=7).find
    assert found is not None
    assert isinstance(found.error, IndexError) and found.data[3] == 0xFF
