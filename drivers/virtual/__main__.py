"""``python -m drivers.virtual``: run the virtual devices of a bench until SIGTERM."""

import argparse
import asyncio
import sys
from pathlib import Path

from .bench_file import read_bench
from .device import BenchError, Journal
from .hall import run_hall


def main() -> int:
    """Run a bench; 0 after a clean end, 2 with one line on stderr when the bench file cannot be carried out."""
    parser = argparse.ArgumentParser(
        prog="python -m drivers.virtual", description="Run the virtual devices of a bench."
    )
    parser.add_argument("--bench", type=Path, required=True, help="bench file (TOML)")
    parser.add_argument(
        "--ready", type=Path, required=True, help="file that appears when every device listens (JSON)"
    )
    parser.add_argument("--json-log", type=Path, help="journal of what happened, as JSON lines")
    asked = parser.parse_args()
    try:
        spec = read_bench(asked.bench)
        journal = Journal(asked.json_log)
        try:
            asyncio.run(run_hall(spec, asked.ready, journal))
        finally:
            journal.close()
    except BenchError as error:
        sys.stderr.write(f"bench: {error}\n")
        return 2
    except OSError as error:
        sys.stderr.write(f"bench: {error.filename}: {error.strerror}\n")
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
