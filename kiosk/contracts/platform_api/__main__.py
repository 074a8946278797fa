"""Writes openapi.json anew: ``python -m kiosk.contracts.platform_api``."""

from .openapi import OPENAPI_FILE, document

OPENAPI_FILE.write_text(document(), "utf-8")
