"""The words: both languages, the same blanks, short sentences, none missing and none too many."""

import re
import string
from dataclasses import replace
from importlib.resources import files
from typing import get_args

import pytest

from kiosk.contracts.platform_api import bank, feedback
from kiosk.domain.document import Document, DocumentKind, Language, word
from kiosk.domain.feedback import FeedbackKind
from kiosk.domain.ids import BatchId, UnitId
from kiosk.domain.offer import AppointmentState
from kiosk.domain.shift import KeptShift, OpenKind, OpenLine, Shift
from kiosk.domain.stock import BatchDiffers
from kiosk.rules.documents import samples
from kiosk.rules.documents.queue_ticket import QueueTicket, queue_ticket
from kiosk.rules.documents.registration_notice import registration_notice
from kiosk.rules.documents.shift_sheet import shift_sheet
from kiosk.rules.documents.words import catalogue, say
from kiosk.rules.notice import COMPARED

from .reading import everything, keys

OFFICIAL_LONGER = 25


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


_SHIFT = replace(
    samples.SHIFT, surplus=("licence_paper-99999999",),
    batches=(BatchDiffers(BatchId("B-0500019"), 41000201, None), BatchDiffers(BatchId("B-0500019"), 41000201, 1)),
    open=tuple(OpenLine(kind, 1) for kind in OpenKind),
)  # fmt: skip


def _sheet_of(shift: Shift) -> Document:
    known = tuple(one for one in samples.BOOK.units if one.place == "w-03")
    units = (*(one.id for one in known), UnitId("licence_paper-99999999"))
    boxes = ((BatchId("B-0500019"), 41000201),)
    batches = tuple(one for one in samples.BOOK.batches if one.id == "B-0500019")
    return shift_sheet(KeptShift(shift, units, boxes, known, batches, printed=True), samples.issuing())


def test_every_key_is_used_and_every_used_key_has_words() -> None:
    used = {key for document in everything() for key in keys(document)}
    marked = replace(samples.issuing(), sandbox=True, offline=True)
    used |= {key for document in samples.documents(samples.story(), marked) for key in keys(document)}
    local = queue_ticket(QueueTicket("L01-003", None, taken_at=samples.NOW), samples.issuing())
    used |= set(keys(local))
    story, registry = samples.story(), word("registration.registry", division="渝中区")
    used |= set(
        keys(registration_notice(story.case, samples.NOW.date(), registry, samples.issuing(), collected=True))
    )
    used |= {key for shift in (_SHIFT, replace(samples.SHIFT, missing=())) for key in keys(_sheet_of(shift))}
    used |= {"differs.said", *(f"differs.{fact}" for fact in COMPARED)}  # in the text of a notice
    folder = files("kiosk.rules.documents")
    for module in ("plain.py", "receipt.py", "sheet.py"):  # what renderers say themselves
        used |= set(re.findall(r"word\(.([a-z_.]+).", folder.joinpath(module).read_text("utf-8")))
    assert used == set(catalogue())


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_both_languages_say_something_with_the_same_blanks(key: str) -> None:
    zh, en = catalogue()[key]["zh"], catalogue()[key]["en"]
    assert zh.strip() and en.strip()
    assert blanks(zh) == blanks(en)


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_chinese_sentences_are_short_and_english_has_no_chinese_but_official_names(key: str) -> None:
    zh = catalogue()[key]["zh"]
    for sentence in re.split("[。！？]", re.sub(r"\{.*?\}", "", zh)):
        assert len(sentence.replace(" ", "")) <= OFFICIAL_LONGER, sentence
    if not key.startswith(("seal.", "watermark.", "title.")):
        assert not re.search("[\u4e00-\u9fff]", catalogue()[key]["en"])


def test_every_kind_of_document_is_made_once() -> None:
    made = [document.kind for document in samples.documents(samples.story(), samples.issuing())]
    assert sorted(made, key=lambda kind: kind.value) == sorted(DocumentKind, key=lambda kind: kind.value)


def test_a_filling_is_said_in_the_language_of_its_sentence() -> None:
    inner = word("limit.days", days="3")
    assert say(word("queue.ahead", count=inner), Language.ZH) == "3 个工作日 人"
    assert say(word("when.day", year="2026", month="1", day="9"), Language.EN) == "2026-01-09"
    assert say("{as it is}", Language.EN) == "{as it is}"


def test_what_people_say_is_never_taken_for_a_blank() -> None:
    assert (
        say(word("remedy.suit", court="{months}", months="6"), Language.EN) == "Or sue at {months} within 6 months."
    )


def test_kinds_and_states_are_those_of_the_contract() -> None:
    assert {kind.value for kind in FeedbackKind} == set(get_args(feedback.FeedbackKind))
    assert {state.value for state in AppointmentState} == set(get_args(bank.AppointmentStateCode))
