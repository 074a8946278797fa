"""Every person: number, age by full date, card in date, phone where an office needs one, verified in time."""

from datetime import date

from kiosk.domain.case import OpeningForm
from kiosk.domain.finding import Finding
from kiosk.domain.person import Person, Role
from kiosk.rules import certificates, resident_id

from .answers import about, is_mobile, is_phone

_IN_OFFICE = frozenset({Role.LEGAL_REP, Role.DIRECTOR, Role.SUPERVISOR, Role.MANAGER})
_REACHED_BY_MOBILE = frozenset({Role.LEGAL_REP, Role.LIAISON, Role.TAX_HANDLER})


def of_persons(form: OpeningForm, today: date) -> list[Finding]:
    """All of that for all of them; of a company that holds shares its number, and whoever acts for it verified."""
    return [about(person, code) for person in form.people for code in _wrong(person, today)]


def _wrong(person: Person, today: date) -> list[str]:
    found = []
    if certificates.problem(person.cert_type, person.cert_no, today) is not None:
        found.append("cert-no-wrong" if person.is_natural else "uscc-wrong")
    found += _reached(person)
    if not person.is_natural:
        return [*found, *(_verified(person, today) if person.acting is not None else [])]
    born = _birth(person)
    if born and person.roles & _IN_OFFICE and resident_id.age_on(born, today) < 18:
        found.append("under-age")
    if not person.card_long_term and person.card_valid_until is not None and person.card_valid_until < today:
        found.append("card-expired")
    return [*found, *_verified(person, today), *_agent(person, today)]


def _verified(person: Person, today: date) -> list[str]:
    """For a company: whoever acts for it. Whoever is not here is checked with the signature, on the phone."""
    if person.is_absent:
        return []
    if person.verification_id is None:
        return ["not-verified"]
    over = person.verified_until is not None and person.verified_until.date() < today
    return ["verification-over"] if over else []


def _reached(person: Person) -> list[str]:
    if person.roles & _REACHED_BY_MOBILE or person.is_absent:
        return [] if is_mobile(person.phone) else ["phone-missing"]
    return ["phone-form"] if person.phone and not is_phone(person.phone) else []


def _birth(person: Person) -> date | None:
    """From the card; else from the number, whose date is a date even where its check digit is wrong."""
    return person.birth or certificates.birth_of(person.cert_type, person.cert_no)


def _agent(person: Person, today: date) -> list[str]:
    """委托代理: what may be done, and for how long."""
    authority = person.authority
    if authority is None or not person.wears(Role.AGENT):
        return []
    found = [] if authority.agreed else ["authority-empty"]
    begins, ends = authority.valid_from, authority.valid_until
    if begins is not None and ends is not None and ends < begins:
        found.append("authority-dates")
    elif ends is not None and ends < today:
        found.append("authority-over")
    return found
