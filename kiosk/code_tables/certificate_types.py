"""Certificates of people and companies (证件类型): which the reader of a terminal takes, which go to the window."""

from dataclasses import dataclass
from functools import cache

from kiosk.domain.identity_card import CardKind, CertType

from .shipped import pack


@dataclass(frozen=True, slots=True)
class CertificateType:
    """One type. ``cert_type`` is None where only the window takes it; ``card_kinds``: what the reader knows of it."""

    code: str
    name: str
    name_en: str
    of_company: bool
    at_kiosk: bool
    cert_type: CertType | None
    card_kinds: tuple[CardKind, ...]


@cache
def certificate_types() -> dict[str, CertificateType]:
    """Every type by its code."""
    return {
        r["code"]: CertificateType(
            r["code"], r["name"], r["name_en"], r["holder"] == "company", r["taken_at"] == "kiosk",
            CertType(r["cert_type"]) if r["cert_type"] else None,
            tuple(CardKind(kind) for kind in r["card_kinds"].split()),
        )
        for r in pack("certificate_types").rows
    }  # fmt: skip


def of_cert_type(kind: CertType) -> CertificateType:
    """The row of a type that this program works with."""
    return next(row for row in certificate_types().values() if row.cert_type is kind)


def of_card(kind: CardKind) -> CertificateType:
    """The row of a card on the reader."""
    return next(row for row in certificate_types().values() if kind in row.card_kinds)
