"""营业执照: original (正本, A3) and copy (副本, A4), with the items of 实施细则 23 and nothing else:
no business term. That of an individual business (个体工商户) says 组成形式, 经营者, 注册日期 and 经营场所 instead.

Every item is the platform's; a terminal only prints, on controlled stock, what the registry has sent.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kiosk.domain.article import ArticleKind
from kiosk.domain.case import OpeningCase
from kiosk.domain.document import Clause, Document, DocumentKind, PaperSize, SealPlace, Section, word
from kiosk.domain.individual import Composition
from kiosk.domain.licence_printing import LicencePrinting
from kiosk.domain.money import capital_words
from kiosk.domain.private import Private, mask_address, mask_name

from .eyes import eyes_of
from .parts import Issuing, day, fields, watermarks


@dataclass(frozen=True, slots=True, repr=False)
class Licence(Private):
    """The printed items as the registry sent them. ``entity_qr`` is the 企业码, passed on as it came; an individual
    business has no registered capital and perhaps no name, but ``composition``; ``legal_rep`` is its operator."""

    name: str
    uscc: str
    company_type: str
    legal_rep: str
    capital: Decimal | None  # 万元
    established: date
    domicile: str
    scope: str
    registry: str
    registered_on: date
    publicity_site: str
    entity_qr: str
    composition: Composition | None = None  # 组成形式, of an individual business only


def business_licence(case: OpeningCase, licence: Licence, printing: LicencePrinting, issuing: Issuing) -> Document:
    """The sheet. Made for the paper only: serial and barcode belong to the stock and are not repeated in print."""
    original = printing.kind is ArticleKind.LICENCE_ORIGINAL
    kind = DocumentKind.LICENCE_ORIGINAL if original else DocumentKind.LICENCE_COPY
    eyes = eyes_of(issuing.reader, case)
    own = licence.composition is not None
    items = fields(
        ("uscc", licence.uscc),
        ("name", licence.name),
        ("company_type", licence.company_type),
        ("composition", word(f"individual.{licence.composition.value}") if licence.composition else ""),
        ("operator" if own else "legal_rep", eyes.public_fact(licence.legal_rep, mask_name)),
        ("capital", capital_words(licence.capital) if licence.capital is not None else ""),
        ("founded" if own else "established", day(licence.established)),
        ("place_of_business" if own else "domicile", eyes.public_fact(licence.domicile, mask_address)),
        ("scope", licence.scope),
    )
    foot = Section(
        (
            SealPlace(licence.registry),
            *fields(("registry", licence.registry), ("registered_on", day(licence.registered_on))),
            Clause(word("licence.scan")),
            *fields(("publicity_site", licence.publicity_site)),
        )
    )
    return Document(
        kind, word(f"title.{kind.value}"), licence.registry, licence.uscc, issuing.reader, issuing.language,
        PaperSize.A3_LANDSCAPE if original else PaperSize.A4_LANDSCAPE, (Section(items), foot),
        qr="" if eyes.betrays(licence.entity_qr) else licence.entity_qr, watermarks=watermarks(issuing),
    )  # fmt: skip
