"""The name declaration (企业名称自主申报, R15) as far as a terminal can look at it by itself: every reason at once.

The pre-check is always preliminary (预查，仅供参考，以登记机关系统为准). It never says that a name is free: only the
register knows that. Articles are those of 企业名称登记管理规定.
"""

import enum
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from kiosk.code_tables import hanzi, name_words
from kiosk.code_tables.name_words import NameWord, WordPlace
from kiosk.domain.case import CompanyName, CompanyType, OrgForm
from kiosk.domain.finding import Severity
from kiosk.domain.ids import DivisionCode

from .name_districts import PlaceKind, place_of
from .name_likeness import KnownAs, KnownName, Likeness, likeness, same_trade

_BRACKETS = frozenset("（）()[]【】〔〕")


class NameLevel(enum.Enum):
    """What one look, or all of them, came to."""

    PASS = "pass"  # 通过
    WARN = "warn"  # 提示
    STOP = "stop"  # 禁止


class NameLook(enum.Enum):
    """What is looked at, in the order in which it is told."""

    CHARACTERS = "characters"
    LENGTH = "length"
    DISTRICT = "district"
    TRADE = "trade"
    INDUSTRY = "industry"
    FORM = "form"
    WORDS = "words"
    LIKENESS = "likeness"


@dataclass(frozen=True, slots=True)
class NameReason:
    """One thing that speaks against a name. ``code`` is the key of its words, ``about`` what the words name."""

    code: str
    severity: Severity
    about: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class NameSituation:
    """What else is known when a name is looked at; everything may be unknown."""

    company_type: CompanyType | None = None
    division: DivisionCode = DivisionCode("")  # of the domicile (住所)
    main_industry: str = ""  # 行业代码 of the first scope item
    known: tuple[KnownName, ...] = ()


@dataclass(frozen=True, slots=True)
class NamePrecheck:
    """The outcome of every look."""

    full: str
    looks: tuple[tuple[NameLook, tuple[NameReason, ...]], ...]
    sounds_known: bool  # False: a character has no reading here, so homophones were not fully compared
    preliminary: ClassVar[bool] = True  # the register has the last word, always

    @property
    def reasons(self) -> tuple[NameReason, ...]:
        """All reasons, in the order of the looks."""
        return tuple(reason for _, reasons in self.looks for reason in reasons)

    @property
    def level(self) -> NameLevel:
        """The worst of all looks."""
        return _level(self.reasons)

    def of(self, look: NameLook) -> NameLevel:
        """What one look came to."""
        return _level(tuple(dict(self.looks)[look]))


def forms_of(kind: CompanyType) -> tuple[OrgForm, ...]:
    """The endings that a name of that type can have, the most usual first."""
    endings = name_words.forms()
    return tuple(one for one in OrgForm if kind.value in endings.get(one.value, ()))


def precheck(name: CompanyName, situation: NameSituation | None = None) -> NamePrecheck:
    """Everything that can be said of a name without the register. Never raises."""
    seen = _Seen(name, situation or NameSituation())
    looks = tuple((look, tuple(dict.fromkeys(rule(seen)))) for look, rule in _LOOKS)
    return NamePrecheck(name.full, looks, hanzi.all_known(name.trade))


@dataclass(frozen=True, slots=True)
class _Seen:
    name: CompanyName
    situation: NameSituation


def _level(reasons: tuple[NameReason, ...]) -> NameLevel:
    if any(reason.severity is Severity.STOP for reason in reasons):
        return NameLevel.STOP
    return NameLevel.WARN if reasons else NameLevel.PASS


def _stop(code: str, about: str = "", article: str = "") -> NameReason:
    return NameReason(code, Severity.STOP, about, article)


def _warn(code: str, about: str = "", article: str = "") -> NameReason:
    return NameReason(code, Severity.WARN, about, article)


def _characters(seen: _Seen) -> Iterator[NameReason]:
    """Chinese characters only, and standard ones (规范汉字, art. 5). Brackets come with the order."""
    strange = [c for c in seen.name.trade + seen.name.industry if not name_words.is_hanzi(c)]
    codes = {c: _strange(c) for c in strange}
    for code in ("name-letters", "name-brackets", "name-characters"):
        if which := "".join(c for c in codes if codes[c] == code):
            yield _stop(code, which, name_words.article("hanzi"))
    typed = dict.fromkeys(seen.name.trade + seen.name.industry)
    if old := "".join(c for c in typed if name_words.is_hanzi(c) and hanzi.maybe_traditional(c)):
        yield _warn("name-traditional", old, name_words.article("hanzi"))


def _strange(character: str) -> str:
    if character in _BRACKETS:
        return "name-brackets"
    kind = unicodedata.category(character)
    return "name-letters" if kind[0] == "N" or (kind[0] == "L" and kind != "Lo") else "name-characters"


def _length(seen: _Seen) -> Iterator[NameReason]:
    """字号 of at least two characters (art. 8), the whole not too long for the register."""
    trade = seen.name.trade
    if len(trade) < name_words.figure("trade_least") or not all(name_words.is_hanzi(c) for c in trade):
        yield _stop("name-trade-form", article=name_words.article("trade_least"))
    if len(seen.name.full) > name_words.figure("whole_most"):
        yield _stop("name-too-long")


def _district(seen: _Seen) -> Iterator[NameReason]:
    """The place of the company or above it; a district only behind its city (art. 7)."""
    text, site = seen.name.district, seen.situation.division
    place = place_of(text)
    if not text:
        yield _stop("name-district-missing", article="第六条")
    elif place is None:
        yield _stop("name-district-unknown", text, "第七条")
    elif place.kind is PlaceKind.ENDED:
        yield _stop("name-district-ended", text, "第七条")
    else:
        if place.kind is PlaceKind.ALONE:
            yield _stop("name-district-alone", text, "第七条")
        if site and place.kind is not PlaceKind.CITY and place.code != site:
            yield _stop("name-district-elsewhere", text, "第七条")


def _trade(seen: _Seen) -> Iterator[NameReason]:
    """字号 is neither a place nor a word of trade, unless it also means something else (art. 8)."""
    trade = seen.name.trade
    beyond, place = name_words.places(), place_of(trade)
    if trade in beyond or place is not None:
        other_meaning = beyond.get(trade, False) or (place is not None and place.kind is PlaceKind.ENDED)
        if other_meaning and not (place is not None and place.official):
            yield _warn("name-trade-place-meaning", trade, "第八条")
        else:
            yield _stop("name-trade-place", trade, "第八条")
    if trade and trade in name_words.industries():
        yield _stop("name-trade-industry", trade, "第八条")


def _industry(seen: _Seen) -> Iterator[NameReason]:
    """The word of trade says what the first scope item is (art. 9); a word that is not in the list is left alone."""
    word, main = seen.name.industry, seen.situation.main_industry
    if not word or not any(name_words.is_hanzi(c) for c in word):
        yield _stop("name-industry-missing", article="第六条")
    classes = name_words.industries().get(word, ())
    if classes and main and not main.startswith(classes):
        yield _warn("name-industry-scope", word, "第九条")


def _form(seen: _Seen) -> Iterator[NameReason]:
    """组织形式 as the company type has it (art. 10; for companies 公司法 7; for individual businesses by art. 25).
    Types whose endings the form cannot say are left alone: they are taken elsewhere, or have no such ending."""
    kind, form = seen.situation.company_type, seen.name.form
    fitting = forms_of(kind) if kind is not None else ()
    if fitting and form not in fitting:
        code = "name-form-individual" if kind is CompanyType.INDIVIDUAL else "name-form-type"
        yield _stop(code, form.value, "第十条")


def _words(seen: _Seen) -> Iterator[NameReason]:
    """Words of articles 11 and 12. What only arises where two parts meet is worth a look, no more."""
    trade, industry = seen.name.trade, seen.name.industry
    joined = f"{trade}{industry}"
    told: set[str] = set()
    for row in name_words.words():
        if _holds(row, seen):
            told.add(row.word)
            yield NameReason(f"name-word-{row.category.value}", row.severity, row.word, row.article)
    for row in name_words.words():
        apart = row.word in trade or row.word in industry
        if row.word in joined and not apart and row.word not in told and row.place is not WordPlace.START:
            yield _warn("name-word-across", row.word, row.article)


def _holds(row: NameWord, seen: _Seen) -> bool:
    if row.place is WordPlace.START:
        return seen.name.full.startswith(row.word)
    trade = row.place in (WordPlace.TRADE, WordPlace.NAME) and row.word in seen.name.trade
    industry = row.place in (WordPlace.INDUSTRY, WordPlace.NAME) and row.word in seen.name.industry
    return trade or industry


_LIKE_CODE = {
    Likeness.SOUND: "name-like-sound",
    Likeness.REVERSED: "name-like-reversed",
    Likeness.CONTAINS: "name-like-contains",
    Likeness.ONE_DIFFERS: "name-like-one",
}


def _likeness(seen: _Seen) -> Iterator[NameReason]:
    """Against the names of this visit and those the person holds: a warning, never a refusal. Who declares a name
    that resembles another answers for it (art. 16); one that is held already cannot be declared again (art. 17)."""
    for known in seen.situation.known:
        found = likeness(seen.name.trade, known.name.trade)
        if found is None or not same_trade(seen.name.industry, known.name.industry):
            continue
        if found is not Likeness.SAME:
            yield _warn(_LIKE_CODE[found], known.name.trade, "第十六条")
        elif known.known_as is KnownAs.REFUSED:
            yield _warn("name-like-refused", known.name.trade)
        elif known.known_as is KnownAs.HELD:
            yield _warn("name-like-held", known.name.trade, "第十七条")


_LOOKS: tuple[tuple[NameLook, Callable[[_Seen], Iterator[NameReason]]], ...] = (
    (NameLook.CHARACTERS, _characters),
    (NameLook.LENGTH, _length),
    (NameLook.DISTRICT, _district),
    (NameLook.TRADE, _trade),
    (NameLook.INDUSTRY, _industry),
    (NameLook.FORM, _form),
    (NameLook.WORDS, _words),
    (NameLook.LIKENESS, _likeness),
)
