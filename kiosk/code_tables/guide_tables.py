"""The tables of the guided questions (智能引导, R27): what is asked, what follows from it, and in which words.

A condition is written ``who=alone|partners form=company``: one of the answers to each of the questions; nothing
written is always true.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NewType

from .shipped import pack

QuestionId = NewType("QuestionId", str)
AnswerId = NewType("AnswerId", str)
Said = Mapping[QuestionId, AnswerId]


class Gives(enum.Enum):
    """What a rule is about."""

    TAKES = "takes"  # a company type that this terminal takes
    TYPE = "type"  # 企业类型
    REDIRECT = "redirect"  # where to go instead
    ITEM = "item"  # 事项
    OFFER = "offer"  # an item that the person may add
    MATERIAL = "material"  # 材料
    DURATION = "duration"  # working days
    COST = "cost"  # 万元
    NOTE = "note"  # what comes after the registration


@dataclass(frozen=True, slots=True)
class Condition:
    """Answers that have to be among those given."""

    wanted: tuple[tuple[QuestionId, frozenset[AnswerId]], ...] = ()

    @property
    def questions(self) -> tuple[QuestionId, ...]:
        """The questions it looks at."""
        return tuple(question for question, _ in self.wanted)

    def holds(self, said: Said) -> bool:
        """Whether every one of the questions was answered as wanted."""
        return all(said.get(question) in answers for question, answers in self.wanted)


@dataclass(frozen=True, slots=True)
class GuideAnswer:
    """One answer that can be picked, where ``when`` holds."""

    id: AnswerId
    when: Condition


@dataclass(frozen=True, slots=True)
class GuideQuestion:
    """One plain question."""

    id: QuestionId
    answers: tuple[GuideAnswer, ...]


@dataclass(frozen=True, slots=True)
class GuideRule:
    """What follows where ``when`` holds. ``reason``: key of its words; ``link``: a row of requirement_texts."""

    gives: Gives
    value: str
    when: Condition
    reason: str
    link: str


@cache
def questions() -> tuple[GuideQuestion, ...]:
    """In the order in which they are asked."""
    found: dict[QuestionId, list[GuideAnswer]] = {}
    for row in sorted(pack("guide_questions").rows, key=lambda row: int(row["number"])):
        answer = GuideAnswer(AnswerId(row["answer"]), condition(row["when"]))
        found.setdefault(QuestionId(row["question"]), []).append(answer)
    return tuple(GuideQuestion(question, tuple(answers)) for question, answers in found.items())


@cache
def rules() -> tuple[GuideRule, ...]:
    """In the order in which they are looked at."""
    rows = sorted(pack("guide_rules").rows, key=lambda row: int(row["number"]))
    return tuple(
        GuideRule(Gives(row["gives"]), row["value"], condition(row["when"]), row["reason"], row["link"])
        for row in rows
    )


def words(key: str, language: str = "zh") -> str:
    """The sentence of a key in ``zh`` or ``en``; an unknown key is a bug and raises."""
    return _words()[key][language]


def condition(text: str) -> Condition:
    """A condition from its text."""
    parts = (part.partition("=") for part in text.split())
    return Condition(
        tuple((QuestionId(q), frozenset(AnswerId(one) for one in answers.split("|"))) for q, _, answers in parts)
    )


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return {row["key"]: row for row in pack("guide_words").rows}
