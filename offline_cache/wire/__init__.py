"""JSON ⇄ domain on the client's side, written apart from the platform's own, so that mistakes do not cancel out.

Everything that knows the wire contract's messages is in here; what does not fit comes back as None, never as an
exception, and never with a value in a text.
"""

from kiosk.contracts.platform_api import make_ready

from .cases import CaseSaid, found_cases, mirrored, moved, opening_case
from .counter import articles_of, fits_permit, handover, kept_handover, with_terms
from .form import form_of, is_newer, same_form
from .hall import (
    FeedSaid,
    ProblemSaid,
    SnapshotSaid,
    TokenSaid,
    acknowledges,
    challenge,
    feed,
    feedback_number,
    heartbeat_seen,
    kept_segment,
    name_reserved,
    name_verdict,
    next_code_at,
    pack_rows,
    packs_on_offer,
    read_problem,
    second_person,
    snapshot,
    staff_session,
    verification,
)
from .orders import SignedDirective, signed_directive, signed_directives, signed_manifest
from .sent import Route, route, route_to
from .stock import Pages as StockPages
from .stock import kept_book, stock_book

make_ready()

__all__ = [
    "CaseSaid",
    "FeedSaid",
    "ProblemSaid",
    "Route",
    "SignedDirective",
    "SnapshotSaid",
    "StockPages",
    "TokenSaid",
    "acknowledges",
    "articles_of",
    "challenge",
    "feed",
    "feedback_number",
    "fits_permit",
    "form_of",
    "found_cases",
    "handover",
    "heartbeat_seen",
    "is_newer",
    "kept_book",
    "kept_handover",
    "kept_segment",
    "mirrored",
    "moved",
    "name_reserved",
    "name_verdict",
    "next_code_at",
    "opening_case",
    "pack_rows",
    "packs_on_offer",
    "read_problem",
    "route",
    "route_to",
    "same_form",
    "second_person",
    "signed_directive",
    "signed_directives",
    "signed_manifest",
    "snapshot",
    "staff_session",
    "stock_book",
    "verification",
    "with_terms",
]
