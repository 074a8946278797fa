"""The laws that are cited to citizens and staff, from ``laws.toml``: nobody is sent to a law that has ended, or to an
article that it does not have."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

_DIGITS = {"零": 0} | {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_ARTICLE = "第([零一二三四五六七八九十百千]+)条"
_CITED = re.compile(f"《([^《》]+)》(?:{_ARTICLE})?")


@dataclass(frozen=True, slots=True)
class Law:
    """One law or rule. ``issued``: the present version; ``until``: the day on which it ended."""

    title: str
    full: str
    issued: date
    in_force: date
    articles: int
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it may be cited on that day."""
        return max(self.in_force, self.issued) <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Citation:
    """A law and one of its articles, or all of it."""

    law: Law
    article: int | None


@cache
def laws() -> Mapping[str, Law]:
    """Every law by its short title and by its full one."""
    told = tomllib.loads(files("kiosk.rules").joinpath("laws.toml").read_text("utf-8"))
    known = [Law(title, **entry) for title, entry in told.items()]
    return {name: law for law in known for name in (law.title, law.full)}


def cited(basis: str) -> str:
    """A basis as findings keep it (公司法 第十条) the way it is printed: 《公司法》第十条."""
    law, _, article = basis.partition(" ")
    return f"《{laws()[law].title}》{article}"


def citations(text: str) -> Iterator[Citation]:
    """Every law that a text names in 《》, with the article behind it; KeyError for one that nobody knows."""
    for title, article in _CITED.findall(text):
        yield Citation(laws()[title], number(article) if article else None)


def number(numeral: str) -> int:
    """A Chinese numeral below ten thousand: 一百七十八 is 178."""
    total, digit = 0, 0
    for character in numeral:
        if character in _PLACES:
            total += (digit or 1) * _PLACES[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit
