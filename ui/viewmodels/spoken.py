"""What the voice may say of a screen: sentences of our own catalogues, and nothing that a person brought.

A loudspeaker is heard by the whole hall. So the way is the other way round than with the screen: not everything but
names is spoken, but only what stands word for word in a catalogue, with counts of two digits at most filled in. Where
a question names somebody, ``aloud.toml`` has the same question without the name; what has neither is not spoken.
"""

import re
from functools import cache

from kiosk.code_tables.guide_tables import questions
from kiosk.code_tables.guide_tables import words as guide_words
from kiosk.code_tables.policy_guides import policy_guides
from kiosk.faults import FaultCode
from kiosk.faults import words as fault_words
from ui.words import Words, catalogue

from .page import ViewModel

_HOLE = re.compile(r"\\\{\w+\\\}")
_COUNT = r"\d{1,2}"
_ALOUD = "aloud."


def prompt(vm: ViewModel, words: Words) -> tuple[str, ...]:
    """The question, what is said with it, and the banners, as sentences for the voice in the screen's language."""
    if vm.call is not None:
        return vm.call
    shown = [str(vm.data.get("question", "")), str(vm.data.get("lead", ""))]
    for row in vm.lists.get("banners", ()):
        shown += [str(row["what"]), str(row["todo"])]
    spoken = (speakable(one, words.language) for one in shown)
    return tuple(dict.fromkeys(one for one in spoken if one))


def speakable(shown: str, language: str) -> str:
    """The sentence as the voice may say it; empty when it may not."""
    said = " ".join(shown.split("\n"))
    if said in _whole(language):
        return said
    for pattern, key in _renamed(language):
        if pattern.fullmatch(said):
            return catalogue()[_ALOUD + key][language]
    return said if any(pattern.fullmatch(said) for pattern in _counting(language)) else ""


@cache
def _whole(language: str) -> frozenset[str]:
    """Every sentence without an argument: screens, guiding questions, policy guides, faults."""
    found = [entry[language] for entry in catalogue().values() if "{" not in entry[language]]
    for question in questions():
        found += [guide_words(f"{part}.{question.id}", language) for part in ("question", "why")]
    for page in policy_guides():
        found += [page.title[language], page.lead[language]]
    stop = "。" if language == "zh" else "."
    for code in FaultCode:
        fault = fault_words(code, language)
        found += [fault.what + stop, fault.citizen]
    return frozenset(" ".join(one.split("\n")) for one in found if one)


@cache
def _renamed(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    keys = [key.removeprefix(_ALOUD) for key in catalogue() if key.startswith(_ALOUD)]
    return tuple((_template(catalogue()[key][language], ".+"), key) for key in keys)


@cache
def _counting(language: str) -> tuple[re.Pattern[str], ...]:
    """Sentences that only count: 有 3 处要改."""
    sentences = [entry[language] for entry in catalogue().values()]
    return tuple(_template(one, _COUNT) for one in sentences if "{" in one and _HOLE.sub("", re.escape(one)).strip())


def _template(sentence: str, hole: str) -> re.Pattern[str]:
    return re.compile(_HOLE.sub(lambda _: hole, re.escape(sentence)))
