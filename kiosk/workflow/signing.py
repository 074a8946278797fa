"""Who signs from afar: named without a card, asked by a link, and counted once the platform has the signature."""

from dataclasses import replace

from kiosk.audit import AuditKind
from kiosk.domain.person import Person
from kiosk.domain.signing import SignerNow, SigningState
from kiosk.rules import certificates

from . import effects as do
from . import events as ev
from .hats import of_partner
from .machine import Effect, Event
from .sharing import share_out
from .visit import Busy, Visit, next_ref, with_person


def is_known(v: Visit, e: Event) -> bool:
    """Whether another line of the form has that number already."""
    assert isinstance(e, ev.AbsentGiven)
    number = certificates.normal(e.number)
    return any(one.cert_no == number and one.ref != e.ref for one in v.form.people)


def is_certificate(v: Visit, e: Event) -> bool:
    """Whether such a number stands on a certificate that a phone can check."""
    assert isinstance(e, ev.AbsentGiven)
    return certificates.kind_of(certificates.normal(e.number), v.now.date()) is not None


def absent(v: Visit, e: Event) -> Visit:
    """Somebody new who lays no card here; or name, number and phone mended, and what was signed before is void."""
    assert isinstance(e, ev.AbsentGiven)
    number = certificates.normal(e.number)
    kind = certificates.kind_of(number, v.now.date())
    if kind is None:
        return v
    v, name = replace(v, findings=(), fault=None, social=None), e.name.strip()
    old = v.form.person(e.ref) if e.ref is not None else None
    if old is not None and old.is_absent:
        return with_person(v, replace(old, name=name, cert_type=kind, cert_no=number, phone=e.phone))
    person = Person(next_ref(v), name, kind, number, phone=e.phone, roles=of_partner(v.form))
    return share_out(with_person(v, person))


def may_invite(v: Visit, e: Event) -> bool:
    """Only whoever is not here and has not signed gets a link."""
    person = v.form.person(e.ref) if isinstance(e, ev.LinkAsked) else None
    return person is not None and person.is_absent and person.ref not in v.signed_afar


def inviting(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.LinkAsked)
    return replace(v, busy=Busy.LINK, fault=None, link=None)


def invited(v: Visit, e: Event) -> Visit:
    """The platform's answer is its word on that signer, too: the feed says the same, a moment later."""
    assert isinstance(e, ev.SigningLinkMade)
    asked = SignerNow(e.link.ref, SigningState.INVITED, link_until=e.link.until)
    known = v.known
    if known is not None:
        known = replace(known, signers=(*(one for one in known.signers if one.ref != asked.ref), asked))
    return replace(v, busy=None, fault=None, link=e.link, known=known)


def shut(v: Visit, e: Event) -> Visit:
    return replace(v, busy=None, link=None, fault=None)


def news(v: Visit, e: Event) -> Visit:
    """Who has signed by now. Only the platform's word counts, and only on what it has now."""
    assert isinstance(e, ev.CaseChanged)
    v = replace(v, known=e.case, live=e.live)
    if not e.live:
        return v
    afar = frozenset(one.ref for one in e.case.signers if one.by_phone and one.state is SigningState.SIGNED)
    done = v.link is not None and v.link.ref in afar
    return replace(v, signed_afar=afar, link=None if done else v.link)


# --- what is done for them ---
def invite(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.LinkAsked) and v.case_id is not None
    return (do.InviteSigner(v.case_id, e.ref),)


def invited_noted(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.SigningLinkMade)
    return (do.Note(AuditKind.SIGNER_INVITED, (("person", e.link.ref),)),)
