"""Writes openapi.json anew: ``python -m kiosk.contracts.platform_api``.

``--check`` only says whether it is fresh. ``--compare OLD.json`` says what changed since an earlier edition and whom
it breaks; exit 1 when it breaks terminals of the same major version.
"""

import argparse
import json
import sys
from pathlib import Path

from .changes import Effect, compare
from .openapi import OPENAPI_FILE, document, openapi

parser = argparse.ArgumentParser(prog="python -m kiosk.contracts.platform_api", description=__doc__)
parser.add_argument("--check", action="store_true", help="say whether openapi.json is fresh")
parser.add_argument("--compare", type=Path, metavar="OLD.json", help="class every change since that edition")
args = parser.parse_args()

if args.check:
    if OPENAPI_FILE.read_text("utf-8") != document():
        sys.exit("openapi.json is stale: run python -m kiosk.contracts.platform_api")
elif args.compare is not None:
    old, new = json.loads(args.compare.read_text("utf-8")), openapi()
    found = compare(old, new)
    for change in found:
        sys.stdout.write(f"{change.effect.value}: {change.where}: {change.what}\n")
    same_major = old["info"]["version"].partition(".")[0] == new["info"]["version"].partition(".")[0]
    if same_major and any(change.effect is Effect.BREAKING for change in found):
        sys.exit("the contract breaks terminals of that edition: it needs a new major version")
else:
    OPENAPI_FILE.write_text(document(), "utf-8")
