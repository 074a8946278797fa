"""Plays the personas and writes their scorecards."""

import argparse
import sys
import tempfile
from pathlib import Path

from .cast import BY_KEY, CAST
from .page import PLACE, keep, kept, page
from .play import play


def main() -> int:
    """All of them, or those that are named."""
    parser = argparse.ArgumentParser(prog="python -m tests.journeys.personas", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BY_KEY)}")
    parser.add_argument("--pictures", type=Path, metavar="FOLDER", help="a picture of every act")
    asked = parser.parse_args()
    chosen = [BY_KEY[name] for name in asked.names] or list(CAST)
    for persona in chosen:
        album = asked.pictures / persona.key if asked.pictures else None
        if album:
            album.mkdir(parents=True, exist_ok=True)
        card = play(persona, Path(tempfile.mkdtemp(prefix="persona-")), album)
        keep(card)
        sys.stdout.write(card.lines() + "\n")
        sys.stdout.flush()
    PLACE.write_text(page(kept((one.key, one.who) for one in CAST)), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
