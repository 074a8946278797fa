"""印章交付单: every seal with its code, size, material, engraver and filing number, and who took it."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.code_tables.seals import SealShape, seal_kind
from kiosk.domain.article import SealUse
from kiosk.domain.case import OpeningCase
from kiosk.domain.document import Clause, Document, DocumentKind, Section, Text, word
from kiosk.domain.person import Person

from .eyes import eyes_of
from .parts import Issuing, document, filled, minute, receiver_fields, section, signature


@dataclass(frozen=True, slots=True)
class DeliveredSeal:
    """One seal as the engraver and the police filed it; what they did not tell is empty."""

    use: SealUse
    code: str
    size: Text
    material: str = ""
    shop: str = ""
    filing_no: str = ""


def seal_size(use: SealUse) -> Text:
    """Form and size of the impression, as the police file seals of this use."""
    kind = seal_kind(use)
    sides = f"{kind.width_mm}" if kind.shape is SealShape.ROUND else f"{kind.width_mm}×{kind.height_mm}"
    return word(f"seal_size.{kind.shape.value}", mm=sides)


def seal_delivery(
    case: OpeningCase, seals: Sequence[DeliveredSeal], getter: Person, relation: Text, issuing: Issuing
) -> Document:
    """``getter`` is the legal representative or an agent with authorisation."""
    eyes = eyes_of(issuing.reader, case)
    names = ("no", "seal", "seal_code", "size", "seal_material", "shop", "filing_no")
    rows = tuple(
        (str(at), word(f"seal.{one.use.value}"), one.code, one.size, one.material, one.shop, one.filing_no)
        for at, one in enumerate(seals, 1)
    )
    sections = (
        Section(
            receiver_fields(
                case,
                getter,
                eyes,
                ("relation", eyes.told(relation)),
                ("handed_at", minute(issuing.at)),
            )
        ),
        section("seals", filled(tuple(word(f"column.{name}") for name in names), rows)),
        Section((Clause(word("seal_delivery.compared")), Clause(word("seal_delivery.keep")))),
    )
    return document(
        DocumentKind.SEAL_DELIVERY, issuing, sections, case=case, copies=2,
        signatures=(signature("receiver", eyes.name(getter)), signature("clerk")),
    )  # fmt: skip
