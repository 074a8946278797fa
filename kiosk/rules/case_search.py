"""Finding a case by any fragment a clerk has: part of a name in characters, pinyin or initials, the last digits of a
number, a phone or a slip, the number on a thing. Pure; everything is in memory, pairs of letters point the way.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.code_tables.hanzi import sounds
from kiosk.domain.case import OpeningCase
from kiosk.domain.case_found import FoundBy, Hit
from kiosk.domain.ids import CaseId
from kiosk.domain.private import Private


@dataclass(frozen=True, slots=True, repr=False)
class _Entry(Private):
    names: tuple[tuple[FoundBy, str], ...]
    numbers: tuple[tuple[FoundBy, str], ...]
    age: int  # grows: what was kept last is newest


LONGEST = 40


def plain(fragment: str) -> str:
    """A fragment as it is compared: capitals, without blanks and dashes."""
    kept = "".join(one for one in fragment.upper() if not one.isspace() and one not in "-－·.")
    return kept[:LONGEST]


class CaseIndex:
    """What is known of every case here, for one thread at a time."""

    def __init__(self) -> None:
        self._entries: dict[CaseId, _Entry] = {}
        self._pairs: dict[str, set[CaseId]] = {}
        self._age = 0

    def __len__(self) -> int:
        return len(self._entries)

    def clear(self) -> None:
        """Forget everything."""
        self._entries.clear()
        self._pairs.clear()

    def keep(self, case: OpeningCase) -> None:
        """A case is new, or has changed; whatever was kept last comes first among equals."""
        self.drop(case.id)
        self._age += 1
        entry = _Entry(tuple(_names(case)), tuple(_numbers(case)), self._age)
        self._entries[case.id] = entry
        for pair in _pairs(entry):
            self._pairs.setdefault(pair, set()).add(case.id)

    def drop(self, case_id: CaseId) -> None:
        """A case is gone."""
        entry = self._entries.pop(case_id, None)
        for pair in _pairs(entry) if entry is not None else ():
            self._pairs[pair].discard(case_id)

    def find(self, fragment: str, limit: int) -> tuple[Hit, ...]:
        """What fits, the likeliest first: a whole code, then endings of numbers, then beginnings of names."""
        wanted = plain(fragment)
        if not wanted:
            return ()
        letters = wanted.isascii() and wanted.isalpha()
        spoken = self._pairs.get(wanted[:2], set()) if letters else set()
        found: list[tuple[int, int, Hit]] = []
        for case_id, entry in self._entries.items():
            best = _best(entry, wanted, case_id in spoken)
            if best is not None:
                found.append((best[0], -entry.age, Hit(case_id, best[1])))
        found.sort(key=lambda one: one[:2])
        return tuple(hit for _, _, hit in found[:limit])


def _names(case: OpeningCase) -> Iterator[tuple[FoundBy, str]]:
    form = case.form
    if form.business_name:
        yield FoundBy.COMPANY, plain(form.business_name)
    for person in form.people:
        if person.name:
            yield FoundBy.PERSON, plain(person.name)


def _numbers(case: OpeningCase) -> Iterator[tuple[FoundBy, str]]:
    yield FoundBy.SLIP, plain(case.slip_code)
    if case.case_no:
        yield FoundBy.CASE_NO, plain(case.case_no)
    if case.uscc:
        yield FoundBy.USCC, case.uscc
    for person in case.form.people:
        if person.cert_no:
            yield FoundBy.CERT_NO, person.cert_no.upper()
        if person.phone:
            yield FoundBy.PHONE, person.phone
    for article in case.articles:
        if article.serial:
            number = article.serial if article.first_no is None else f"{article.first_no:08d}"
            yield FoundBy.THING, number


def _best(entry: _Entry, wanted: str, spoken: bool) -> tuple[int, FoundBy] | None:
    best: tuple[int, FoundBy] | None = None
    for by, number in entry.numbers:
        if wanted in number:
            rank = 0 if number == wanted else 1 if number.endswith(wanted) else 3 if number.startswith(wanted) else 5
            best = min(best, (rank, by), key=lambda one: one[0]) if best else (rank, by)
    for by, name in entry.names:
        at = name.find(wanted)
        if at < 0 and spoken:
            at = _heard_at(name, wanted.lower())
        if at >= 0:
            rank = 2 if at == 0 else 4
            best = min(best, (rank, by), key=lambda one: one[0]) if best else (rank, by)
    return best


def _heard_at(name: str, letters: str) -> int:
    """Where in a name letters can be heard, as syllables, their beginnings or initials mixed; -1: nowhere."""
    return next((at for at in range(len(name)) if _heard(name, at, letters)), -1)


def _heard(name: str, at: int, letters: str) -> bool:
    if not letters:
        return True
    if at >= len(name):
        return False
    for sound in sounds(name[at]):
        if sound.startswith(letters):
            return True
        if letters.startswith(sound) and _heard(name, at + 1, letters[len(sound) :]):
            return True
        if letters[0] == sound[0] and _heard(name, at + 1, letters[1:]):
            return True
        if sound[1:2] == "h" and letters[:2] == sound[:2] and _heard(name, at + 1, letters[2:]):
            return True
    return False


def _pairs(entry: _Entry) -> Iterator[str]:
    """Every pair of letters with which a way of saying one of its names can begin."""
    for _, name in entry.names:
        firsts = [{sound[0] for sound in sounds(one)} for one in name]
        for at, one in enumerate(name):
            for sound in sounds(one):
                if len(sound) > 1:
                    yield sound[:2].upper()
                following = firsts[at + 1] if at + 1 < len(name) else ()
                for first in following:
                    yield (sound[0] + first).upper()
                    if len(sound) == 1:
                        yield (sound + first).upper()
