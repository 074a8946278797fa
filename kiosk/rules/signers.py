"""Who must be verified and sign (实施细则 第十六条; R19, R23), and who has."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.case import OpeningForm
from kiosk.domain.finding import Finding
from kiosk.domain.ids import PersonRef
from kiosk.domain.person import Person, Role
from kiosk.domain.private import Private

from .limits import limits


@dataclass(frozen=True, slots=True, repr=False)
class Signer(Private):
    """One natural person who acts; ``for_company``: signs for a shareholder that is a company."""

    ref: PersonRef
    name: str
    must_sign: bool
    is_verified: bool
    has_signed: bool
    for_company: bool = False


def signers(form: OpeningForm, now: datetime) -> tuple[Signer, ...]:
    """Everybody, in order of entry."""
    return tuple(_signer(one, now) for one in form.people if one.roles & (limits().sign | limits().verify_too))


def not_signed(form: OpeningForm, now: datetime) -> tuple[Finding, ...]:
    """Whose signature is missing before the submission; the review leaves it to the signing step."""
    return tuple(
        Finding("not-signed", f"people.{one.ref}", about=one.ref)
        for one in signers(form, now)
        if one.must_sign and not one.has_signed
    )


def _signer(person: Person, now: datetime) -> Signer:
    until = person.verified_until
    acting = person.acting or person
    return Signer(
        ref=person.ref,
        name=acting.name,
        must_sign=bool(person.roles & limits().sign),
        is_verified=person.verification_id is not None and (until is None or now <= until),
        has_signed=person.signature is not None,
        for_company=not person.is_natural and person.wears(Role.SHAREHOLDER),
    )
