"""``make fuzz``: a million mutants for every parser, or so many for those that are named.

    python -m tests.fuzz [--count N] [--seed S] [NAME …]

A find ends its parser's run and is printed with seed, number and bytes, so that it can be made a test; then the
command ends with 1.
"""

import argparse
import contextlib
import os
import sys
from collections.abc import Iterator

from tests.fuzz.mutants import Parser, run
from tests.fuzz.registry import PARSERS

MILLION = 1_000_000


@contextlib.contextmanager
def _without_chatter() -> Iterator[None]:
    """libjpeg writes a line about every damaged picture, from C."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _fuzz(parser: Parser, count: int, seed: int) -> bool:
    with _without_chatter():
        result = run(parser, count, seed)
    rate = result.mutants / max(result.seconds, 1e-9)
    print(
        f"{parser.name:18} {result.mutants:>9,} mutants, {result.accepted:>9,} accepted, "
        f"{rate:>9,.0f}/s, slowest {result.slowest * 1000:.0f} ms",
        flush=True,
    )
    if result.find is None:
        return True
    print(f"  FIND seed {seed} number {result.find.number}: {result.find.error!r}\n  {result.find.data.hex()}")
    return False


def main() -> int:
    """Run the named parsers, or all."""
    names = [parser.name for parser in PARSERS]
    asked = argparse.ArgumentParser(description="Mutants for every parser of the house.")
    asked.add_argument("names", nargs="*", choices=[[], *names], metavar="NAME", help=", ".join(names))
    asked.add_argument("--count", type=int, default=MILLION)
    asked.add_argument("--seed", type=int, default=1)
    args = asked.parse_args()
    chosen = [parser for parser in PARSERS if not args.names or parser.name in args.names]
    borne = [_fuzz(parser, args.count, args.seed) for parser in chosen]
    return 0 if all(borne) else 1


if __name__ == "__main__":
    sys.exit(main())
