"""Writes openapi.json anew: ``python -m kiosk.contracts.platform_api``; ``--check`` only says whether it is fresh."""

import sys

from .openapi import OPENAPI_FILE, document

if "--check" in sys.argv[1:]:
    if OPENAPI_FILE.read_text("utf-8") != document():
        sys.exit("openapi.json is stale: run python -m kiosk.contracts.platform_api")
else:
    OPENAPI_FILE.write_text(document(), "utf-8")
