"""A draft that two terminals went on with: both forms against the one they began from, answer by answer (三方比对).

Answers that only one side changed come together by themselves; an answer that both changed differently is a question
for a person. Of people and shares nothing is ever put together silently: where both sides touched them, every person
who differs is asked about. Pure.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from .case import NameVerdict, OpeningForm
from .ids import PersonRef
from .person import Person
from .private import Private
from .wish_people import renamed

# What is one answer to a person, and the fields it is made of; what follows from one another stays together.
PARTS: Mapping[str, tuple[str, ...]] = {
    "purpose": ("purpose", "company_type", "items"),
    "name": ("name", "individual.without_name"),
    "scope": ("scope",),
    "address": tuple(f"domicile.{one}" for one in ("division", "division_name", "street", "village", "line")),
    "get_way": ("domicile.get_way",),
    "area": ("domicile.area_m2",),
    "owner": ("domicile.owner", "domicile.owner_phone"),
    "military": ("domicile.military", "domicile.military_proof"),
    "capital": ("registered_capital",),
    "contribution_years": ("contribution_years",),
    "licence_copies": ("licence_copies",),
    "pickup": ("pickup_site", "mail"),
    "biz_address": ("enterprise.biz_address",),
    "service": ("enterprise.service",),
    "contact": ("enterprise.contact_phone", "enterprise.post_code"),
    "term": ("enterprise.term", "enterprise.term_years"),
    "staff_num": ("enterprise.staff_num",),
    "e_licence": ("enterprise.e_licence",),
    "without_supervisor": ("enterprise.without_supervisor",),
    "composition": ("individual.composition",),
    "family": ("individual.family",),
    "tax": ("enterprise.tax",),
    "invoice": ("invoice",),
    "social": ("social",),
    "fund": ("fund",),
    "seal_plan": ("seal_plan",),
    "bank_appt": ("bank_appt",),
}
APPLICANT = "applicant"
PERSON = "people."  # followed by the person's reference


class Side(enum.Enum):
    """Whose answer a person chose."""

    MINE = "mine"  # of this terminal
    THEIRS = "theirs"  # what the platform has


@dataclass(frozen=True, slots=True, repr=False)
class DraftConflict(Private):
    """One answer that both sides gave differently. The three forms are whole; only ``where`` in them is asked about:
    a name of ``PARTS``, ``applicant``, or ``people.`` and the reference of a person."""

    where: str
    base: OpeningForm | None
    mine: OpeningForm
    theirs: OpeningForm

    @property
    def person(self) -> PersonRef | None:
        """Whom it is about, if it is about somebody."""
        return PersonRef(self.where.removeprefix(PERSON)) if self.where.startswith(PERSON) else None


@dataclass(frozen=True, slots=True, repr=False)
class DraftSplit(Private):
    """The three forms: what both sides began from, this terminal's, and the platform's at ``version``. Without a
    common beginning (None) every difference is a question."""

    base: OpeningForm | None
    mine: OpeningForm
    theirs: OpeningForm
    version: int

    @property
    def conflicts(self) -> tuple[DraftConflict, ...]:
        """What a person has to decide, in the order of the form; empty: it comes together by itself."""
        return tuple(self._conflict(where) for where in _Merge(self, {}).asked)

    def settled(self, decided: Mapping[str, Side]) -> OpeningForm:
        """The form with these decisions; what is not decided stays as the platform has it."""
        return _Merge(self, decided).form()

    def _conflict(self, where: str) -> DraftConflict:
        whole = _Merge(self, {})  # with persons under the references that they get together
        return DraftConflict(where, self.base, whole.mine, whole.theirs)


class _Merge:
    """One pass over the three forms; ``asked`` are the answers that both sides gave differently."""

    def __init__(self, split: DraftSplit, decided: Mapping[str, Side]) -> None:
        self.base, self._common = split.base or OpeningForm(), split.base is not None
        self.mine, self.theirs = _apart(self.base, split.mine, split.theirs)
        self._decided = decided
        self.asked: list[str] = []
        self._parts = {part: self._part(part, paths) for part, paths in PARTS.items()}
        self._people = self._all_people()
        self._applicant = self._one(APPLICANT, *(form.applicant for form in self._three()))

    def form(self) -> OpeningForm:
        """Everything together."""
        form = self.theirs
        for part, paths in PARTS.items():
            for path, value in zip(paths, self._parts[part], strict=True):
                form = _with(form, path, value)
        here = {person.ref for person in self._people}
        applicant = self._applicant if self._applicant in here else None
        form = replace(form, people=self._people, applicant=applicant, name_verdict=self._verdict(form))
        return replace(form, people=tuple(self._proved(person, form) for person in self._people))

    def _three(self) -> tuple[OpeningForm, OpeningForm, OpeningForm]:
        return self.base, self.mine, self.theirs

    def _part(self, part: str, paths: tuple[str, ...]) -> tuple[Any, ...]:
        base, mine, theirs = (tuple(_of(form, path) for path in paths) for form in self._three())
        chosen: tuple[Any, ...] = self._one(part, base, mine, theirs)
        return chosen

    def _one(self, where: str, base: Any, mine: Any, theirs: Any) -> Any:
        if mine == theirs or (self._common and mine == base):
            return theirs
        if self._common and theirs == base:
            return mine
        return self._ask(where, mine, theirs)

    def _ask(self, where: str, mine: Any, theirs: Any) -> Any:
        self.asked.append(where)
        return mine if self._decided.get(where) is Side.MINE else theirs

    def _all_people(self) -> tuple[Person, ...]:
        base, mine, theirs = (_answers(form) for form in self._three())
        chosen: dict[PersonRef, Person | None] = {}
        for ref in _order(base, mine, theirs):
            m, t = mine.get(ref), theirs.get(ref)
            if m == t or (self._common and mine == base):
                chosen[ref] = t
            elif self._common and theirs == base:
                chosen[ref] = m
            else:  # both touched people or shares
                chosen[ref] = self._ask(PERSON + ref, m, t)
        return tuple(person for person in chosen.values() if person is not None)

    def _verdict(self, form: OpeningForm) -> NameVerdict | None:
        """What the platform said goes with its name; of two words about one name the better reservation counts."""
        if form.is_nameless:
            return None
        base, mine, theirs = (one.name_verdict for one in self._three())
        if self.mine.name != form.name or mine == theirs:
            return theirs
        if self.theirs.name != form.name or theirs == base:
            return mine
        said = [one for one in (mine, theirs) if one is not None]
        return theirs if mine == base else max(said, key=_standing)

    def _proved(self, person: Person, form: OpeningForm) -> Person:
        """A check of the person counts wherever it was made; a signature only for exactly what was read."""
        for side in (self.mine, self.theirs):
            own = side.person(person.ref)
            if own is None or _hands(own) != _hands(person):
                continue
            if own.verification_id is not None and _until(own) >= _until(person):
                person = replace(person, verification_id=own.verification_id, verified_until=own.verified_until)
            if own.signature is not None and _read(side) == _read(form):
                person = replace(person, signature=own.signature, signed_at=own.signed_at)
        return person


def _apart(base: OpeningForm, mine: OpeningForm, theirs: OpeningForm) -> tuple[OpeningForm, OpeningForm]:
    """Two different persons whom both sides added under one reference are two persons: one gets a free reference."""
    known = {person.ref for person in base.people}
    taken = {person.ref for form in (base, mine, theirs) for person in form.people}
    for person in mine.people:
        other = theirs.person(person.ref)
        if person.ref in known or other is None or _who(person) == _who(other):
            continue
        free = next(ref for n in range(1, len(taken) + 2) if (ref := PersonRef(f"p{n}")) not in taken)
        taken.add(free)
        if _who(person) > _who(other):  # the same one moves, from whichever side it is seen
            mine = _moved(base, mine, person.ref, free)
        else:
            theirs = _moved(base, theirs, person.ref, free)
    return mine, theirs


_NAMING = ("invoice", "social", "fund", "bank_appt")  # answers that name people


def _moved(base: OpeningForm, form: OpeningForm, ref: PersonRef, to: PersonRef) -> OpeningForm:
    """With the person under another reference; answers that this side has not touched do not name a newcomer."""
    kept = {part: getattr(base, part) for part in _NAMING if getattr(form, part) == getattr(base, part)}
    people = tuple(replace(one, ref=to) if one.ref == ref else one for one in form.people)
    form = replace(form, people=people, applicant=to if form.applicant == ref else form.applicant)
    return replace(renamed(form, ref, to), **kept)


def _who(person: Person) -> tuple[str, str]:
    return person.cert_type.value, person.cert_no


def _hands(person: Person) -> tuple[tuple[str, str], ...]:
    """Whose check and signature it takes: the person, or the company and who acts for it."""
    acting = person.acting
    return _who(person), *(() if acting is None else ((acting.cert_type.value, acting.cert_no),))


def _answers(form: OpeningForm) -> dict[PersonRef, Person]:
    """The people as they were entered: neither checks nor signatures are answers."""
    return {
        one.ref: replace(one, signature=None, signed_at=None, verification_id=None, verified_until=None)
        for one in form.people
    }


def _read(form: OpeningForm) -> OpeningForm:
    """What a signer reads."""
    people = sorted(_answers(form).values(), key=lambda one: one.ref)
    return replace(form, people=tuple(people), name_verdict=None)


def _order(*sides: Mapping[PersonRef, Person]) -> list[PersonRef]:
    """In the order of the first, then the newcomers of either side."""
    first, *later = sides
    new = {ref for side in later for ref in side if ref not in first}
    return [*first, *sorted(new, key=lambda ref: (len(ref), ref))]


def _until(person: Person) -> tuple[float, str]:
    moment = person.verified_until
    return (0.0 if moment is None else moment.timestamp(), person.verification_id or "")


def _standing(verdict: NameVerdict) -> tuple[bool, float, str, str]:
    until = verdict.reserved_until
    return bool(verdict.reserve_no), 0.0 if until is None else until.timestamp(), verdict.reserve_no, repr(verdict)


def _of(form: OpeningForm, path: str) -> Any:
    value: Any = form
    for name in path.split("."):
        value = getattr(value, name)
    return value


def _with(form: OpeningForm, path: str, value: object) -> OpeningForm:
    outer, _, inner = path.partition(".")
    changed = replace(getattr(form, outer), **{inner: value}) if inner else value
    return replace(form, **{outer: changed})  # type: ignore[arg-type]
