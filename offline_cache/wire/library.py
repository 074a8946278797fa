"""The library of certificates on the wire."""

import msgspec

from kiosk.contracts import library as ask
from kiosk.contracts.platform_api import library as wire
from kiosk.contracts.platform_api import materials
from kiosk.domain.ids import PersonRef
from kiosk.domain.library import LibraryPaper, WhyNot

from .reading import read


def papers(body: bytes) -> tuple[LibraryPaper, ...] | None:
    """findInLibrary."""
    return read(wire.LibraryFound, lambda said: tuple(_paper(one) for one in said.items), body)


def _paper(one: wire.LibraryPaper) -> LibraryPaper:
    until = None if one.valid_until is None else one.valid_until.date()
    why = WhyNot(one.why_not) if one.why_not else None
    ref = PersonRef(one.ref) if one.ref else None
    return LibraryPaper(one.id, one.type, one.issuer, one.issued_at.date(), until, ref, one.about, one.serves, why)


def used(body: bytes) -> bool | None:
    """useLibraryPaper."""
    return read(materials.Material, lambda said: said.state == "RECOGNISED", body)


def use(question: ask.UseFromLibrary) -> bytes:
    """useLibraryPaper."""
    return msgspec.json.encode(wire.UseLibraryPaper(consented_at=question.consented_at, by=question.by))
