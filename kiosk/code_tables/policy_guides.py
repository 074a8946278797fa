"""政策指南 (R80): short plain pages that anybody may read without being known."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NewType

from .shipped import pack

GuideId = NewType("GuideId", str)
Sentence = Mapping[str, str]  # zh and en


@dataclass(frozen=True, slots=True)
class GuideLine:
    """One thing to know, with its icon."""

    icon: str
    text: Sentence


@dataclass(frozen=True, slots=True)
class PolicyGuide:
    """One page."""

    id: GuideId
    icon: str
    title: Sentence
    lead: Sentence
    lines: tuple[GuideLine, ...]
    sample: bool = False  # invented: it says so itself, and is never put before anybody who did not ask

    def answers(self, typed: str) -> bool:
        """Whether something typed stands on the page, in either language; nothing typed: every page."""
        wanted = typed.strip().casefold()
        said = (self.title, self.lead, *(line.text for line in self.lines))
        return any(wanted in sentence[language].casefold() for sentence in said for language in ("zh", "en"))


@cache
def policy_guides() -> tuple[PolicyGuide, ...]:
    """Every page, in the order of the pack."""
    rows = sorted(pack("policy_guides").rows, key=lambda row: int(row["number"]))
    pages = []
    for guide in dict.fromkeys(row["guide"] for row in rows):
        own = [row for row in rows if row["guide"] == guide]
        title, lead = (next(row for row in own if row["part"] == part) for part in ("title", "lead"))
        lines = tuple(GuideLine(row["icon"], _said(row)) for row in own if row["part"] == "line")
        pages.append(
            PolicyGuide(GuideId(guide), title["icon"], _said(title), _said(lead), lines, title["sample"] == "yes")
        )
    return tuple(pages)


def policy_guide(guide: GuideId) -> PolicyGuide:
    """One page; an unknown one is a bug and raises."""
    return next(page for page in policy_guides() if page.id == guide)


def _said(row: Mapping[str, str]) -> Sentence:
    return {"zh": row["zh"], "en": row["en"]}
