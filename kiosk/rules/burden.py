"""Which answers of a form somebody had to give by hand, and which came by themselves (R28, R71).

An answer is a value that is there. Cards, defaults, proposals and what follows from other answers are no work; what
is typed or picked is. Every field of the form stands in one of the lists: a new one must be put into one.
"""

import dataclasses
import enum
from collections.abc import Iterator
from typing import Any, NamedTuple

from kiosk.domain.case import OpeningForm, ScopePick
from kiosk.domain.identity_card import CertType
from kiosk.domain.person import Person

from .proposals import mail

# By the path of the field; what holds for everything under a path stands at its beginning.
TYPED = frozenset(
    {
        "name.trade", "domicile.line", "domicile.owner", "domicile.owner_phone", "domicile.area_m2",
        "domicile.military_proof", "domicile.village", "purpose.trade_hint", "people.phone", "enterprise.biz_address",
        "enterprise.service", "enterprise.contact_phone", "enterprise.post_code", "enterprise.staff_num",
        "enterprise.term_years", "mail", "people.holding.represented_by.authorised_by",
    }
)  # fmt: skip
PICKED = frozenset(
    {
        "purpose.with_partners", "purpose.licence_first", "scope", "domicile.division",
        "domicile.get_way", "domicile.street", "domicile.military", "registered_capital",
        "individual.without_name", "individual.composition", "enterprise.term",
        "people.holding.represented_by.signs_as",
    }
)  # fmt: skip
BY_ITSELF = frozenset(
    {
        "company_type", "people.subscribed", "bank_appt",
        "items", "name.district", "name.industry", "name.form", "name.order", "domicile.division_name",
        "contribution_years", "licence_copies", "pickup_site", "enterprise.e_licence",
        "enterprise.without_supervisor", "enterprise.tax", "invoice", "social", "fund", "seal_plan",
        "individual.family", "people.name", "people.cert_type", "people.cert_no", "people.birth",
        "people.card_valid_until", "people.card_long_term", "people.address", "people.roles",
        "people.holding.kind",
        "people.holding.country", "people.holding.contributions", "people.holding.paid", "people.holding.due",
        "people.holding.represented_by", "people.offices", "people.authority",
    }
)  # fmt: skip
NO_ANSWER = frozenset(
    {
        "name_verdict", "applicant", "people.ref", "people.verification_id", "people.verified_until",
        "people.signature", "people.signed_at",
    }
)  # fmt: skip
_PROPOSED = "pickup_site"  # a line of the address that the form knew already came by itself, like the hall
_SHORTEST = 6  # characters of a text that is the same by more than chance


class Answers(NamedTuple):
    """How many answers a form holds, and how they came."""

    typed: int
    picked: int
    whole: int

    @property
    def prefilled_share(self) -> float:
        """Of all answers, those that were no work; 0 for an empty form."""
        return (self.whole - self.typed - self.picked) / self.whole if self.whole else 0.0


def count(form: OpeningForm) -> Answers:
    """The answers of a form."""
    origins = [origin(path) for path, _ in _answers(form)]
    return Answers(origins.count(TYPED), origins.count(PICKED), len(origins))


def asked_twice(form: OpeningForm) -> int:
    """How many typed texts the form held already under another field: that somebody had to type them was a fault."""
    texts = [
        (path, value)
        for path, value in _answers(form)
        if isinstance(value, str) and len(value) >= _SHORTEST and path != _PROPOSED  # made of what was typed before
    ]
    held = [value for _, value in texts]
    first: set[str] = set()
    again = 0
    for path, value in texts:
        if origin(path) is TYPED and held.count(value) > 1 and (value in first or _comes_by_itself(texts, value)):
            again += 1
        first.add(value)
    return again


def origin(path: str) -> frozenset[str]:
    """TYPED, PICKED, BY_ITSELF or NO_ANSWER, for a field's path (``people.phone``). KeyError: it stands nowhere."""
    above = path
    while above:
        for origin in (TYPED, PICKED, BY_ITSELF, NO_ANSWER):
            if above in origin:
                return origin
        above = above.rpartition(".")[0]
    raise KeyError(path)


def _comes_by_itself(texts: list[tuple[str, Any]], value: str) -> bool:
    return any(other == value and origin(path) is not TYPED for path, other in texts)


def _answers(form: OpeningForm) -> Iterator[tuple[str, Any]]:
    for field in dataclasses.fields(form):
        if field.name != "mail":
            yield from _of(field.name, getattr(form, field.name))
    if form.mail is not None:
        known = mail(form)
        for field in dataclasses.fields(form.mail):
            value = getattr(form.mail, field.name)
            yield from _of(_PROPOSED if value == getattr(known, field.name) else "mail", value)


def _of(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if value is None or value in ("", (), frozenset(), False) or path in NO_ANSWER:
        return
    if isinstance(value, ScopePick):
        yield path, value.code
        return
    if isinstance(value, Person) and value.cert_type is CertType.USCC:
        # A company lays no card: its name and its code are typed.
        yield from (("mail", value.name), ("mail", value.cert_no))
        value = dataclasses.replace(value, name="", cert_no="")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _of(f"{path}.{field.name}", getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from _of(path, one)
    else:
        yield path, value.value if isinstance(value, enum.Enum) else value
