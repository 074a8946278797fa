"""签字邀请单: the link by which somebody who is not at the window signs, for the applicant to pass on."""

from datetime import datetime

from kiosk.domain.case import OpeningForm
from kiosk.domain.document import Clause, Document, DocumentKind, Section, word
from kiosk.domain.ids import SlipCode

from .parts import Issuing, document, fields, minute


def signing_link(
    form: OpeningForm, slip: SlipCode, who: str, address: str, until: datetime, issuing: Issuing
) -> Document:
    """``who`` is masked already; the code is the link, and nothing of the application stands beside it."""
    name = "" if form.is_nameless else form.business_name
    parts = [
        Section(fields(("slip_code", slip), ("company", name), ("signer", who), ("link_until", minute(until)))),
        Section(tuple(Clause(word(f"signing_link.{key}"), n) for n, key in enumerate(("scan", "check", "only"), 1))),
    ]
    return document(DocumentKind.SIGNING_LINK, issuing, parts, number=slip, qr=address)
