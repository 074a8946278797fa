"""Whose eyes a document is for: what each reader may see of the persons in it.

| reader  | own name | other names | certificate numbers | phones | addresses     |
|---------|----------|-------------|---------------------|--------|---------------|
| citizen | whole    | masked      | first 1, last 2     | masked | to the street |
| file    | whole    | whole       | first 6, last 4     | masked | to the street |
| public  | masked   | masked      | first 1, last 2     | masked | to the street |

Papers get lost and screens have bystanders; the file copy is read by those who hold the case anyway.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from kiosk.domain.case import OpeningCase
from kiosk.domain.document import Reader, Text
from kiosk.domain.holding import Representative
from kiosk.domain.ids import PersonRef
from kiosk.domain.individual import FamilyMember
from kiosk.domain.person import Person
from kiosk.domain.private import (
    Private,
    mask_address,
    mask_bank_number,
    mask_name,
    mask_number,
    mask_number_public,
    mask_phone,
)

_GAP = r"[\s\-]*"  # people write numbers in groups
_RESIDENT = re.compile(rf"(?<!\d)(?:\d{_GAP}){{17}}[\dXx](?!\d)")
_BANK = re.compile(r"(?<!\d)(?:62|[45])\d{14,17}(?!\d)")
_MOBILE = re.compile(rf"(?<!\d)1{_GAP}[3-9](?:{_GAP}\d){{9}}(?!\d)")
_NOT_DIGITS = re.compile(r"[\s\-]")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ－", "0123456789Xx-")  # as Chinese keyboards write them


@dataclass(frozen=True, slots=True, repr=False)
class Eyes(Private):
    """The reader of a document and everybody who might be named in it."""

    reader: Reader
    people: tuple[Person, ...] = ()
    own: PersonRef | None = None  # the person to whom the citizen's copy is given
    family: tuple[FamilyMember, ...] = ()  # named in the case of an individual business, without being of its persons

    def name(self, person: Person) -> str:
        """A person's name as this reader may see it."""
        return person.name if self._whole_name(person) else mask_name(person.name)

    def other(self, name: str) -> str:
        """The name of somebody who is named in a case without being one of its persons, as of the family."""
        return name if self.reader is Reader.FILE else mask_name(name)

    def number(self, number: str) -> str:
        """A certificate number; on the file copy in the long mask, if it is long enough to hide something."""
        if self.reader is Reader.FILE and len(number) >= 15:
            return mask_number(number)
        return mask_number_public(number)

    def phone(self, phone: str) -> str:
        """A phone number; nobody needs the middle of it on paper."""
        return mask_phone(phone) if len(phone) >= 9 else "*" * len(phone)

    def address(self, address: str) -> str:
        """The address of a person."""
        return mask_address(address)

    def public_fact(self, text: str, mask: Callable[[str], str]) -> str:
        """What the law has printed on the licence stands whole on paper; a public screen does without."""
        return mask(text) if self.reader is Reader.PUBLIC else text

    def free(self, text: str) -> str:
        """Words that somebody wrote freely: whatever they say of persons is masked like everything else, and what
        only looks like a certificate, phone or account number, too."""
        text = text.translate(_FULL_WIDTH)
        for pattern, masked in self._known():
            text = re.sub(pattern, lambda _, masked=masked: masked, text, flags=re.IGNORECASE)  # type: ignore[misc]
        text = _RESIDENT.sub(self._stranger, text)
        text = _BANK.sub(lambda found: mask_bank_number(found[0]), text)
        return _MOBILE.sub(lambda found: self.phone(_NOT_DIGITS.sub("", found[0])), text)

    def told(self, text: Text) -> Text:
        """Words of ours as they are; words that somebody wrote freely, masked."""
        return self.free(text) if isinstance(text, str) else text

    def _stranger(self, found: re.Match[str]) -> str:
        """A number of eighteen is a person's when a birthday is in it; otherwise it may be a company's code."""
        number = _NOT_DIGITS.sub("", found[0])
        return self.number(number) if number[6:8] in {"19", "20"} else found[0]

    def betrays(self, payload: str) -> bool:
        """Whether a code's text says anything about a person."""
        said = f"{payload}\n{unquote(payload)}".casefold()
        persons = (one for one in self.people if one.is_natural)
        facts = [fact for p in persons for fact in (p.name, p.cert_no, p.phone, p.address)]
        facts += [fact for acts in self._acting() for fact in (acts.name, acts.cert_no, acts.authorised_by)]
        facts += [fact for one in self.family for fact in (one.name, one.cert_no)]
        return any(fact.casefold() in said for fact in facts if len(fact) > 1)

    def _whole_name(self, person: Person) -> bool:
        return self.reader is Reader.FILE or (self.reader is Reader.CITIZEN and person.ref == self.own)

    def _acting(self) -> tuple[Representative, ...]:
        """Who signs for the companies among them; the companies themselves are public."""
        acting = (one.acting for one in self.people)
        return tuple(acts for acts in acting if isinstance(acts, Representative))

    def _known(self) -> Iterator[tuple[str, str]]:
        """Patterns of what is known of the persons, the longest first: one may be part of another."""
        found: dict[str, str] = {}
        for acts in self._acting():
            found[acts.cert_no] = self.number(acts.cert_no)
            if self.reader is not Reader.FILE:
                found |= {name: mask_name(name) for name in (acts.name, acts.authorised_by)}
        for person in self.people:
            if not person.is_natural:
                continue
            found[person.address] = self.address(person.address)
            found[person.cert_no] = self.number(person.cert_no)
            found[person.phone] = self.phone(person.phone)
            if not self._whole_name(person):
                found[person.name] = mask_name(person.name)
        for one in self.family:
            found[one.cert_no], found[one.name] = self.number(one.cert_no), self.other(one.name)
        for fact in sorted(found, key=len, reverse=True):
            if len(fact) > 1:
                yield _GAP.join(re.escape(char) for char in fact if not char.isspace()), found[fact]


def eyes_of(reader: Reader, case: OpeningCase | None) -> Eyes:
    """The eyes of that reader on this case; the citizen's copy belongs to the applicant."""
    if case is None:
        return Eyes(reader)
    return Eyes(reader, case.form.people, case.form.applicant, case.form.individual.family)
