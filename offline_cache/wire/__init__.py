"""JSON ⇄ domain on the client's side, written apart from the platform's own, so that mistakes do not cancel out.

Everything that knows the wire contract's messages is in here; what does not fit comes back as None, never as an
exception, and never with a value in a text.
"""

from kiosk.contracts.platform_api import make_ready

from .cases import CaseSaid, found_cases, material_of, mirrored, moved, opening_case, with_paper, with_papers
from .collection import collection_booked, collection_hours, collection_wished
from .company import companies, e_licence, later_items
from .counter import articles_of, fits_permit, handover, kept_handover, open_handovers, with_terms
from .devices import DevicePage, device_issue, device_issues, issue_request, issued_there, read_back, set_aside
from .form import form_of, is_newer, same_form
from .hall import (
    FeedSaid,
    ProblemSaid,
    SnapshotSaid,
    TokenSaid,
    acknowledges,
    challenge,
    feed,
    feedback_answer,
    feedback_number,
    heartbeat_seen,
    help_call,
    help_called,
    kept_segment,
    name_reserved,
    name_verdict,
    next_code_at,
    pack_rows,
    packs_on_offer,
    read_problem,
    second_person,
    signing_link,
    snapshot,
    staff_session,
    upload_link,
    verification,
)
from .offers import appointment, branches, halls, hours, invoice_mode
from .orders import SignedDirective, signed_directive, signed_directives, signed_manifest
from .queue import (
    hall_queue,
    is_paused,
    local_ticket,
    ticket,
    ticket_asked,
    ticket_finished,
    ticket_move,
    window_pause,
)
from .sent import Route, route, route_to
from .stock import Pages as StockPages
from .stock import kept_book, stock_book

make_ready()

__all__ = [
    "CaseSaid",
    "DevicePage",
    "FeedSaid",
    "ProblemSaid",
    "Route",
    "SignedDirective",
    "SnapshotSaid",
    "StockPages",
    "TokenSaid",
    "acknowledges",
    "appointment",
    "articles_of",
    "branches",
    "challenge",
    "collection_booked",
    "collection_hours",
    "collection_wished",
    "companies",
    "device_issue",
    "device_issues",
    "e_licence",
    "feed",
    "feedback_answer",
    "feedback_number",
    "fits_permit",
    "form_of",
    "found_cases",
    "hall_queue",
    "halls",
    "handover",
    "heartbeat_seen",
    "help_call",
    "help_called",
    "hours",
    "invoice_mode",
    "is_newer",
    "is_paused",
    "issue_request",
    "issued_there",
    "kept_book",
    "kept_handover",
    "kept_segment",
    "later_items",
    "local_ticket",
    "material_of",
    "mirrored",
    "moved",
    "name_reserved",
    "name_verdict",
    "next_code_at",
    "open_handovers",
    "opening_case",
    "pack_rows",
    "packs_on_offer",
    "read_back",
    "read_problem",
    "route",
    "route_to",
    "same_form",
    "second_person",
    "set_aside",
    "signed_directive",
    "signed_directives",
    "signed_manifest",
    "signing_link",
    "snapshot",
    "staff_session",
    "stock_book",
    "ticket",
    "ticket_asked",
    "ticket_finished",
    "ticket_move",
    "upload_link",
    "verification",
    "window_pause",
    "with_paper",
    "with_papers",
    "with_terms",
]
