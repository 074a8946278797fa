"""What the pre-check of a name looks up: words with their category and article, places, words of trade, endings,
characters that make a name longer, and the figures of the rules. All of it is data that a city replaces."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kiosk.domain.finding import Severity

from .shipped import pack


class WordPlace(enum.Enum):
    """Where in a name a word counts."""

    START = "start"  # the first characters of the whole name
    TRADE = "trade"  # 字号
    INDUSTRY = "industry"  # 行业或经营特点
    NAME = "name"  # either of the two


class WordCategory(enum.Enum):
    """Why a word does not belong into a name (企业名称登记管理规定)."""

    STATE = "state"  # needs approval of the State Council, art. 12
    DIGNITY = "dignity"  # 损害国家尊严, art. 11(1)
    PUBLIC = "public"  # 损害社会公共利益, art. 11(2)
    AUTHORITY = "authority"  # 党政军机关、群团组织, art. 11(3)
    FOREIGN = "foreign"  # 外国国家、国际组织, art. 11(4)
    HARMFUL = "harmful"  # 淫秽、赌博、迷信、恐怖, art. 11(5)
    DISCRIMINATION = "discrimination"  # 歧视, art. 11(6)
    INFLUENCE = "influence"  # 不良影响, art. 11(7)
    MISLEADING = "misleading"  # 使公众受骗或误解, art. 11(8)
    PERMIT = "permit"  # other laws ask for a licence first, art. 11(9)
    FORM = "form"  # a word of 组织形式 that stands only at the end, art. 6; 集团 before it, art. 14


@dataclass(frozen=True, slots=True)
class NameWord:
    """One row of the list."""

    word: str
    place: WordPlace
    category: WordCategory
    severity: Severity
    article: str


@cache
def words() -> tuple[NameWord, ...]:
    """The list in force."""
    return tuple(
        NameWord(
            row["word"],
            WordPlace(row["place"]),
            WordCategory(row["category"]),
            Severity(row["level"]),
            row["article"],
        )
        for row in pack("name_words").rows
    )


@cache
def places() -> Mapping[str, bool]:
    """Names of places beyond the table of divisions, and whether the word also means something else (另有含义)."""
    return {row["word"]: row["other_meaning"] == "yes" for row in pack("name_places").rows}


@cache
def industries() -> Mapping[str, tuple[str, ...]]:
    """Words of trade and the beginnings of the classes (GB/T 4754) that they can stand for."""
    return {row["word"]: tuple(row["classes"].split()) for row in pack("name_industries").rows}


@cache
def forms() -> Mapping[str, tuple[str, ...]]:
    """组织形式 and the codes of the company types that carry it."""
    return {row["form"]: tuple(row["types"].split()) for row in pack("name_forms").rows}


@cache
def friendly() -> tuple[tuple[str, bool], ...]:
    """Characters to put before (True) or behind a trade name."""
    return tuple((row["character"], row["place"] == "before") for row in pack("name_friendly").rows)


@cache
def figure(rule: str) -> int:
    """A number of the rules."""
    return int(_rule(rule)["value"])


def article(rule: str) -> str:
    """The article on which a rule rests; empty where it is practice only."""
    return _rule(rule)["article"]


def is_hanzi(character: str) -> bool:
    """Whether a character may stand in a name: Chinese characters, those of the extensions included (䶮, 𠮷, 㼆)."""
    return any(first <= ord(character) <= last for first, last in _ranges())


@cache
def _ranges() -> tuple[tuple[int, int], ...]:
    pairs = (pair.split("-") for pair in _rule("hanzi")["value"].split())
    return tuple((int(first, 16), int(last, 16)) for first, last in pairs)


@cache
def _rule(name: str) -> Mapping[str, str]:
    return next(row for row in pack("name_rules").rows if row["rule"] == name)
