"""What name_people remembers of a shareholder that is a company (企业股东): its lines, and who signs for it.

Whoever signs is verified like everybody else; a person of the case is already, and lays no card a second time.
"""

from dataclasses import replace

from kiosk.domain.finding import Finding
from kiosk.domain.holding import HolderKind, Holding, Representative
from kiosk.domain.identity_card import CertType
from kiosk.domain.person import Person, Role
from kiosk.faults import Fault, FaultCode
from kiosk.rules import certificates, credit_code

from . import events as ev
from .events.shareholders import SignerRight
from .machine import Event
from .sharing import share_out
from .visit import Busy, Visit, next_ref, with_person, with_portrait


def company(v: Visit, e: Event) -> Visit:
    """A new shareholder with an equal share; or its name and code mended. Another code is another company: whoever
    signed for the one before has nothing to do with it."""
    assert isinstance(e, ev.CompanyGiven)
    uscc, name = certificates.normal(e.uscc), e.name.strip()
    v = replace(v, findings=())
    old = v.form.person(e.ref) if e.ref is not None else None
    if old is not None and old.cert_no == uscc:
        return with_person(v, replace(old, name=name))
    if old is not None:
        blank = Holding(_kind(uscc))
        return with_person(v, _unproven(replace(old, name=name, cert_no=uscc, holding=blank)))
    holder = Person(
        next_ref(v), name, CertType.USCC, uscc, roles=frozenset({Role.SHAREHOLDER}), holding=Holding(_kind(uscc))
    )
    return share_out(with_person(v, holder))


def is_twice(v: Visit, e: Event) -> bool:
    """Whether another line of the form has that code already."""
    assert isinstance(e, ev.CompanyGiven)
    return any(one.cert_no == certificates.normal(e.uscc) and one.ref != e.ref for one in v.form.people)


def company_twice(v: Visit, e: Event) -> Visit:
    return replace(v, findings=(Finding("person-twice", "people"),))


def due(v: Visit, e: Event) -> Visit:
    """Until when this shareholder has paid."""
    assert isinstance(e, ev.DueSet)
    holder = v.form.person(e.ref)
    if holder is None or not holder.wears(Role.SHAREHOLDER):
        return v
    holding = replace(holder.holding or Holding(), due=e.day)
    return with_person(replace(v, findings=()), replace(holder, holding=holding))


def right(v: Visit, e: Event) -> Visit:
    """The same signer by another right."""
    assert isinstance(e, ev.SignerRight)
    holder = v.form.person(e.company)
    acts = None if holder is None else holder.acting
    if holder is None or not isinstance(acts, Representative):
        return v
    return with_person(replace(v, findings=()), _represented(holder, acts, e))


def named(v: Visit, e: Event) -> Visit:
    """A person of the case signs for the company as well, with the check that was made of that person."""
    assert isinstance(e, ev.SignerNamed)
    person = v.form.person(e.person)
    return v if person is None else _signs_too(v, person, e.right)


def asked(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.SignerCardAsked)
    return replace(v, busy=Busy.CARD, fault=None, findings=(), signer=e.right)


def is_signer(v: Visit, e: Event) -> bool:
    """Whether the card that was read is that of a company's signer, and may be used."""
    return v.signer is not None and isinstance(e, ev.CardRead) and e.card.valid_on(v.now.date())


def is_known_signer(v: Visit, e: Event) -> bool:
    """Whether it is that of a person of the case who was verified, too."""
    return is_signer(v, e) and _known(v, e) is not None


def is_expired_signer(v: Visit, e: Event) -> bool:
    return v.signer is not None and not is_signer(v, e)


def known_card(v: Visit, e: Event) -> Visit:
    person = _known(v, e)
    assert person is not None and v.signer is not None
    return _signs_too(replace(v, busy=None, fault=None, signer=None), person, v.signer)


def card(v: Visit, e: Event) -> Visit:
    """Somebody new: acts for the company, and is to be verified next."""
    assert isinstance(e, ev.CardRead) and v.signer is not None
    holder = v.form.person(v.signer.company)
    if holder is None:
        return replace(v, busy=None, signer=None)
    acts = Representative(e.card.name, e.card.cert_type, e.card.number)
    consents = v.face_consents - {holder.ref}  # that of another signer is no consent of this one
    acting = _unproven(_represented(holder, acts, v.signer))
    v = with_portrait(v, e.card)
    return with_person(
        replace(v, busy=None, fault=None, signer=None, verifying=holder.ref, face_consents=consents), acting
    )


def expired_card(v: Visit, e: Event) -> Visit:
    return replace(v, busy=None, signer=None, fault=Fault(FaultCode.CARD_EXPIRED))


def stopped(v: Visit, e: Event) -> Visit:
    return replace(v, fault=None, busy=None, signer=None)


def in_step(v: Visit, person: Person) -> Visit:
    """A check of a person is one of the companies that the person acts for."""
    for one in v.form.people:
        acts = one.acting
        if isinstance(acts, Representative) and _same(acts, person):
            v = with_person(v, _checked_as(one, person))
    return v


def _known(v: Visit, e: Event) -> Person | None:
    if not isinstance(e, ev.CardRead):
        return None
    here = (one for one in v.form.people if one.is_natural and one.verification_id is not None)
    return next((one for one in here if (one.cert_type, one.cert_no) == (e.card.cert_type, e.card.number)), None)


def _signs_too(v: Visit, person: Person, by: SignerRight) -> Visit:
    holder = v.form.person(by.company)
    if holder is None or not person.is_natural:
        return v
    acts = Representative(person.name, person.cert_type, person.cert_no)
    return with_person(replace(v, findings=()), _checked_as(_represented(holder, acts, by), person))


def _represented(holder: Person, acts: Representative, by: SignerRight) -> Person:
    acts = replace(acts, signs_as=by.signs_as, authorised_by=by.authorised_by.strip())
    holding = replace(holder.holding or Holding(), represented_by=acts)
    return replace(holder, holding=holding, signature=None, signed_at=None)  # signed by another hand, or none


def _checked_as(holder: Person, person: Person) -> Person:
    return replace(holder, verification_id=person.verification_id, verified_until=person.verified_until)


def _unproven(holder: Person) -> Person:
    return replace(holder, verification_id=None, verified_until=None, signature=None, signed_at=None)


def _same(acts: Representative, person: Person) -> bool:
    return (acts.cert_type, acts.cert_no) == (person.cert_type, person.cert_no)


def _kind(uscc: str) -> HolderKind | None:
    if credit_code.problem(uscc) is not None:
        return None
    return HolderKind.ENTERPRISE if credit_code.parts(uscc).is_enterprise else HolderKind.OTHER
