"""领取签收单 as a document, from the sheet that the printer already knows (rules/papers): the same facts, so that a
screen or another printer can show them."""

from kiosk.domain.case import OpeningCase
from kiosk.domain.document import Clause, Document, DocumentKind, Reader, Section, Table, word
from kiosk.domain.paper import HandoverSheet
from kiosk.domain.private import mask_number_public

from .eyes import eyes_of
from .parts import Issuing, document, fields, minute, section, signature


def hand_over_sheet(
    case: OpeningCase, sheet: HandoverSheet, issuing: Issuing, place: str, remark: str = ""
) -> Document:
    """``place``: where and how it was delivered; ``remark``: why somebody else came, or why something stayed."""
    eyes = eyes_of(issuing.reader, case)
    number = sheet.receiver_number
    columns = tuple(word(f"column.{name}") for name in ("no", "article", "number", "quantity", "check"))
    rows = tuple((str(at), row.name, row.number, row.quantity, row.check) for at, row in enumerate(sheet.rows, 1))
    sections = (
        Section(
            fields(
                ("company", sheet.company),
                ("uscc", sheet.uscc),
                ("receiver", sheet.receiver),
                ("cert_no", number if issuing.reader is Reader.FILE else mask_number_public(number)),
                ("relation", eyes.free(sheet.relation)),
                ("handed_at", minute(sheet.handed_at)),
                ("delivery", eyes.free(place)),
                ("remark", eyes.free(remark)),
            )
        ),
        section("articles", Table(columns, rows)),
        Section((Clause(word("handover.counted", count=str(len(rows)))), *fields(("evidence", sheet.audit_head)))),
    )
    return document(
        DocumentKind.HAND_OVER_SHEET, issuing, sections, case=case, copies=2, sealed=True,
        signatures=(signature("receiver", sheet.receiver), signature("clerk")), qr=sheet.qr,
    )  # fmt: skip
