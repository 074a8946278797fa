"""The words of findings, from ``findings.toml``: what is, what to do, and on which article it rests.

Screens, slip and one-time notice read them here, so that a citizen and a clerk never hear two different things.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from typing import Any

from kiosk.domain.case import OpeningForm
from kiosk.domain.finding import Finding
from kiosk.domain.money import wan_text

from . import laws


@dataclass(frozen=True, slots=True)
class FindingWords:
    """One code in one language; ``staff`` names the code and the legal basis beside what the citizen is told."""

    what: str
    remedy: str
    staff: str
    basis: tuple[str, ...]


_PERMIT = {"zh": "许可", "en": "the permit"}  # where the catalogue does not name it
_PLACE = {"zh": "住所", "en": "domicile"}
_PLACE_OF_INDIVIDUAL = {"zh": "经营场所", "en": "place of business"}


@cache
def _catalogue() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(files("kiosk.rules").joinpath("findings.toml").read_text("utf-8"))


def codes() -> frozenset[str]:
    """Every code with words."""
    return frozenset(_catalogue()) - {"severity"}


def words(finding: Finding, language: str = "zh", **arguments: str) -> FindingWords:
    """The catalogue's words in ``zh`` or ``en``; ``arguments`` are what stands in braces."""
    entry = _catalogue()[finding.code]
    filled = {"word": finding.about, "permit": _PERMIT[language], "place": _PLACE[language], **arguments}
    what, remedy = (entry[language][name].format(**filled) for name in ("what", "todo"))
    basis = tuple(entry["basis"])
    cited = "、".join(laws.cited(one) for one in basis)
    return FindingWords(what, remedy, f"{what}（{cited}）" if cited else what, basis)


def said(finding: Finding, form: OpeningForm, language: str = "zh") -> FindingWords:
    """The words with the masked name, the amount, the permit or the kind of place that the finding is about."""
    who = next((one.shown_name for one in form.people if one.ref == finding.about), "")
    permit = next((pick.duty_text for pick in form.scope if pick.code == finding.about), "") or _PERMIT[language]
    place = (_PLACE_OF_INDIVIDUAL if form.is_individual else _PLACE)[language]
    return words(finding, language, who=who, amount=_amount(finding.about), permit=permit, place=place)


def _amount(about: str) -> str:
    try:
        return wan_text(abs(Decimal(about)))
    except InvalidOperation:
        return ""


def severity_word(finding: Finding, language: str = "zh") -> str:
    """Whether it has to be mended or only noted, in a word."""
    word: str = _catalogue()["severity"][finding.severity.value][language]
    return word
