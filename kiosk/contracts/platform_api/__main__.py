"""Writes openapi.json anew: ``python -m kiosk.contracts.platform_api``.

``--check`` says whether it is fresh and keeps to every edition that terminals out there may speak.
``--compare OLD.json`` says what changed since an earlier edition and whom
it breaks; exit 1 when it breaks terminals of the same major version.
"""

import argparse
import json
import sys
from pathlib import Path

from .changes import Change, Effect, compare
from .openapi import OPENAPI_FILE, document, openapi

_EDITIONS = OPENAPI_FILE.parent / "editions"


def _changes(edition: Path) -> tuple[tuple[Change, ...], bool]:
    """Since that edition, and whether a terminal of the same major version breaks."""
    old, new = json.loads(edition.read_text("utf-8")), openapi()
    found = tuple(compare(old, new))
    same_major = old["info"]["version"].partition(".")[0] == new["info"]["version"].partition(".")[0]
    return found, same_major and any(change.effect is Effect.BREAKING for change in found)


parser = argparse.ArgumentParser(prog="python -m kiosk.contracts.platform_api", description=__doc__)
parser.add_argument("--check", action="store_true", help="say whether openapi.json is fresh")
parser.add_argument("--compare", type=Path, metavar="OLD.json", help="class every change since that edition")
args = parser.parse_args()

if args.check:
    if OPENAPI_FILE.read_text("utf-8") != document():
        sys.exit("openapi.json is stale: run python -m kiosk.contracts.platform_api")
    broken = [edition.name for edition in sorted(_EDITIONS.glob("*.json")) if _changes(edition)[1]]
    if broken:
        sys.exit(f"the contract breaks terminals of {', '.join(broken)}: see --compare; it needs a new major version")
elif args.compare is not None:
    changes, breaks = _changes(args.compare)
    for change in changes:
        sys.stdout.write(f"{change.effect.value}: {change.where}: {change.what}\n")
    if breaks:
        sys.exit("the contract breaks terminals of that edition: it needs a new major version")
else:
    OPENAPI_FILE.write_text(document(), "utf-8")
