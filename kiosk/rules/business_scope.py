"""The sentence of the 经营范围 as it stands on the licence, made of picked items, and read back into them.

Items come from the national catalogue only (实施细则 art. 12). General items and items that need a permit stand in
two groups; the group of the first pick, the main business, comes first. A permit that must be there before the
registration (前置许可) stops: the licence would be refused. Which words stand around the groups is data, not law.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.code_tables.scope_grammar import ScopeGrammar, national
from kiosk.domain.case import PermitDuty, ScopePick
from kiosk.domain.finding import Finding
from kiosk.domain.ids import ScopeCode

_FIELD = "scope"
_PERMIT = (PermitDuty.BEFORE, PermitDuty.AFTER)


@dataclass(frozen=True, slots=True)
class ScopeNames:
    """What a sentence names, group by group, in its order."""

    general: tuple[str, ...] = ()
    permit: tuple[str, ...] = ()
    permit_first: bool = False


@dataclass(frozen=True, slots=True)
class ScopeDuty:
    """What one item asks beside the registration. ``key`` names the words (duty.<key>), with the permit if named."""

    pick: ScopePick
    key: str

    @property
    def stops(self) -> bool:
        """Whether it has to be done before the registration."""
        return self.pick.duty is PermitDuty.BEFORE


def main_item(picks: Sequence[ScopePick]) -> ScopePick | None:
    """主营: the first pick gives the industry class, and the word for the industry in the name."""
    return picks[0] if picks else None


def industry_word(pick: ScopePick, grammar: ScopeGrammar | None = None) -> str:
    """行业 in the company's name, as the main item suggests it: 火锅餐饮服务 → 火锅餐饮, 图书零售（…） → 图书."""
    plain = pick.name.partition("（")[0]
    for ending in (grammar or national()).endings:
        if plain.endswith(ending) and len(plain) - len(ending) >= 2:
            return plain.removesuffix(ending)
    return plain


def sentence(picks: Sequence[ScopePick], grammar: ScopeGrammar | None = None) -> str:
    """The 经营范围; empty when nothing is picked. An item that is picked twice is named once."""
    first: dict[ScopeCode, ScopePick] = {}
    for pick in picks:
        first.setdefault(pick.code, pick)
    once = list(first.values())
    if not once:
        return ""
    general = [pick.name for pick in once if pick.duty not in _PERMIT]
    permit = [pick.name for pick in once if pick.duty in _PERMIT]
    return of_names(ScopeNames(tuple(general), tuple(permit), once[0].duty in _PERMIT), grammar)


def of_names(names: ScopeNames, grammar: ScopeGrammar | None = None) -> str:
    """The sentence that names these."""
    grammar = grammar or national()
    groups = [
        grammar.general_head + grammar.separator.join(names.general) + grammar.general_tail if names.general else "",
        grammar.permit_head + grammar.separator.join(names.permit) + grammar.permit_tail if names.permit else "",
    ]
    if names.permit_first:
        groups.reverse()
    return grammar.between.join(group for group in groups if group)


def read(text: str, grammar: ScopeGrammar | None = None) -> ScopeNames | None:
    """The names in a sentence, for the clerk who has only the licence; None when it is not of this grammar.

    White space and a half-width semicolon make no difference.
    """
    grammar = grammar or national()
    general = re.escape(grammar.general_head) + "(?P<general>.+?)" + re.escape(grammar.general_tail)
    permit = re.escape(grammar.permit_head) + "(?P<permit>.+?)" + re.escape(grammar.permit_tail)
    for pattern, first in ((f"{general}(?:\\s*{permit})?", False), (f"{permit}(?:\\s*{general})?", True)):
        found = re.fullmatch(pattern, text.strip(), re.DOTALL)
        if found is not None:
            names = ScopeNames(_names(found["general"], grammar), _names(found["permit"], grammar), first)
            return names if names.general or names.permit else None
    return None


def duties(picks: Sequence[ScopePick]) -> tuple[ScopeDuty, ...]:
    """What is still to be done for these items, those first that come before the registration."""
    asked = [pick for pick in picks if pick.duty is not PermitDuty.NONE]
    asked.sort(key=lambda pick: pick.duty is not PermitDuty.BEFORE)
    return tuple(ScopeDuty(pick, pick.duty.value + ("_named" if pick.duty_text else "")) for pick in asked)


def check(picks: Sequence[ScopePick], grammar: ScopeGrammar | None = None) -> tuple[Finding, ...]:
    """Everything about the picks at once; ``about`` is the item whose permit comes first, or the length."""
    grammar = grammar or national()
    if not picks:
        return (Finding("scope-missing", _FIELD),)
    codes = [pick.code for pick in picks]
    found = [Finding("scope-twice", _FIELD)] if len(set(codes)) < len(codes) else []
    found += [
        Finding("scope-pre-permit", _FIELD, about=code)
        for code in dict.fromkeys(pick.code for pick in picks if pick.duty is PermitDuty.BEFORE)
    ]
    length = len(sentence(picks, grammar))
    if length > grammar.longest:
        found.append(Finding("scope-too-long", _FIELD, about=str(length)))
    return tuple(found)


def _names(group: str | None, grammar: ScopeGrammar) -> tuple[str, ...]:
    """Items of a group; a bracket may hold a separator of its own: 图书零售（音像制品；期刊除外）."""
    names, depth, begin = [], 0, 0
    text = group or ""
    marks = {*grammar.separator, "；", ";"}
    for place, letter in enumerate(text):
        depth = max(0, depth + (letter in "（(") - (letter in "）)"))
        if depth == 0 and letter in marks:
            names.append(text[begin:place])
            begin = place + 1
    names.append(text[begin:])
    return tuple(name.strip() for name in names if name.strip())
