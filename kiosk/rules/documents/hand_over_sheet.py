"""领取签收单: everything that was handed over in one transaction, by whom, to whom, when, with both signatures."""

from kiosk.domain.case import OpeningCase
from kiosk.domain.document import Clause, Document, DocumentKind, Section, Table, Text, word
from kiosk.domain.person import Person

from .articles import article_name, article_number, article_quantity
from .eyes import eyes_of
from .parts import Issuing, document, fields, minute, receiver_fields, section, signature


def hand_over_sheet(
    case: OpeningCase, getter: Person, relation: Text, issuing: Issuing, place: Text = "", remark: str = ""
) -> Document:
    """``case`` with the articles of this hand-over only. ``place``: where and how it was delivered; ``remark``: why
    somebody else came, or why something stayed."""
    eyes = eyes_of(issuing.reader, case)
    columns = tuple(word(f"column.{name}") for name in ("no", "article", "number", "quantity", "check"))
    rows = tuple(
        (str(at), article_name(one), article_number(one), article_quantity(one), word("handover.equal"))
        for at, one in enumerate(case.articles, 1)
    )
    sections = (
        Section(
            receiver_fields(
                case,
                getter,
                eyes,
                ("relation", eyes.told(relation)),
                ("handed_at", minute(issuing.at)),
                ("delivery", eyes.told(place)),
                ("remark", eyes.free(remark)),
            )
        ),
        section("articles", Table(columns, rows)),
        Section((Clause(word("handover.counted", count=str(len(rows)))), *fields(("evidence", issuing.evidence)))),
    )
    return document(
        DocumentKind.HAND_OVER_SHEET, issuing, sections, case=case, copies=2, sealed=True,
        signatures=(signature("receiver", eyes.name(getter)), signature("clerk", issuing.clerk)),
    )  # fmt: skip
