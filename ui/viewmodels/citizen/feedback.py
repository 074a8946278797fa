"""Saying what is wrong: what it is about, in the person's own words, and the number to ask by."""

from kiosk.contracts.printing import Printed
from kiosk.domain.feedback import SHORTEST, FeedbackKind, typed_number
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from kiosk.workflow.visit import Busy, Visit
from ui.viewmodels.page import Action
from ui.viewmodels.sight import Screen, Sight, Touch, choice

from .chrome import fault_row

_PHONE = 11
_ICONS = {
    FeedbackKind.SLOW: "clock", FeedbackKind.UNCLEAR: "question", FeedbackKind.ASKED_TWICE: "licence",
    FeedbackKind.DEVICE: "printer", FeedbackKind.STAFF: "people", FeedbackKind.OTHER: "comment",
}  # fmt: skip


def choose_topic(s: Sight[Visit]) -> Screen:
    """One of six, as the offices sort them."""
    rows = tuple(
        choice(
            kind.value, s.say(f"choose_topic.{kind.value}"), s.say(f"choose_topic.{kind.value}_detail"),
            icon=_ICONS[kind], act="topic", value=kind.value,
        )
        for kind in FeedbackKind
    )  # fmt: skip
    return Screen(
        s.say("choose_topic.title"),
        s.say("choose_topic.lead"),
        {},
        {"choices": rows, "banners": fault_row(s)},
        (
            Action("answer", s.say("choose_topic.answer"), icon="search", short=s.say("choose_topic.answer_short")),
            Action("back", s.say("chrome.home"), icon="house"),
        ),
    )


def topic_event(touch: Touch[Visit]) -> Event | None:
    """One of the six, or what became of an earlier one."""
    if touch.name == "answer":
        return ev.AnswerSought()
    kinds = {kind.value: kind for kind in FeedbackKind}
    return ev.TopicChosen(kinds[touch.text]) if touch.name == "topic" and touch.text in kinds else None


def write_words(s: Sight[Visit]) -> Screen:
    """First the words, then whether an answer is wished; without a phone number it counts the same."""
    text, contact = s.note("text"), s.note("contact")
    asking = "contact" if s.note("part") == "contact" else "text"
    onward = Action(
        "onward", s.say("chrome.next"), "primary", "arrow-right", len(text.strip()) >= SHORTEST,
        s.say("write_words.missing"),
    )  # fmt: skip
    give = Action(
        "give", s.say("write_words.give" if contact else "write_words.give_without"), "primary", "send",
        _is_phone(contact), s.say("write_words.phone_missing"), s.state.busy is Busy.NUMBER,
        s.say("write_words.giving"),
    )  # fmt: skip
    back = Action("back", s.say("chrome.back"), icon="arrow-left")
    to_words = Action("to_words", s.say("chrome.back"), icon="arrow-left")
    topic = s.state.topic or FeedbackKind.OTHER
    return Screen(
        s.say(f"write_words.{asking}_title"),
        s.say(f"write_words.{asking}_lead", about=s.say(f"choose_topic.{topic.value}")),
        {
            "asking": asking,
            "text": text,
            "contact": contact,
            "textLabel": s.say("write_words.text"),
            "textHint": s.say("write_words.text_hint"),
            "textWords": s.say("write_words.text_words"),
            "contactLabel": s.say("write_words.contact"),
            "contactHint": s.say("write_words.contact_hint"),
            "contactWords": s.say("write_words.contact_words"),
        },
        {"banners": fault_row(s)},
        (give, to_words) if asking == "contact" else (onward, back),
        {"onward": {"part": "contact"}, "to_words": {"part": ""}},
    )


def _is_phone(contact: str) -> bool:
    return contact == "" or (len(contact) == _PHONE and contact.isascii() and contact.isdigit())


def words_event(touch: Touch[Visit]) -> Event | None:
    """送出: the words, and the phone number if one was left whole."""
    text, contact = touch.sight.note("text").strip(), touch.sight.note("contact")
    good = len(text) >= SHORTEST and _is_phone(contact)
    return ev.WordsWritten(text, contact) if touch.name == "give" and good else None


def take_number(s: Sight[Visit]) -> Screen:
    """The number, or plainly that it is kept here and has none yet."""
    v = s.state
    number = v.feedback_number or ""
    printing = v.busy is Busy.PRINTING
    mode = "asking" if v.busy is Busy.NUMBER else "numbered" if number else "kept"
    printed = "again" if v.receipt is not None else "print"
    wait = s.say("take_receipt.printing.state" if printing else "take_number.asking.title")
    more = Action(
        "retry", s.say(f"take_number.{printed if number else 'ask_again'}"), icon="printer" if number else "search",
        enabled=v.busy is None, missing=wait,
    )  # fmt: skip
    unsure = v.receipt is Printed.UNKNOWN and not printing
    return Screen(
        s.say(f"take_number.{mode}.title"),
        s.say("take_receipt.unsure.title" if unsure else f"take_number.{mode}.lead"),
        {
            "number": number,
            "numberLabel": s.say("take_number.number"),
            "words": s.say(f"take_number.{mode}.words"),
            "answer": s.say("take_number.answer" if v.feedback and v.feedback.contact else "take_number.no_answer"),
        },
        {"banners": fault_row(s) if number else ()},
        (Action("next", s.say("take_number.done"), "primary", "check"), more),
    )


def find_feedback(s: Sight[Visit]) -> Screen:
    """The number of the feedback slip, typed or scanned."""
    typed = s.note("number")
    find = Action(
        "find", s.say("find_feedback.find"), "primary", "search", typed_number(typed) is not None,
        s.say("find_feedback.missing"), s.state.busy is Busy.FINDING, s.say("find_my_case.finding"),
    )  # fmt: skip
    return Screen(
        s.say("find_feedback.title"),
        s.say("find_feedback.lead"),
        {
            "number": typed,
            "numberLabel": s.say("take_number.number"),
            "hint": s.say("find_feedback.hint"),
            "words": s.say("find_feedback.words"),
        },
        {"banners": fault_row(s)},
        (find, Action("back", s.say("chrome.back"), icon="arrow-left")),
    )


def find_event(touch: Touch[Visit]) -> Event | None:
    """The number as it stands in the field, or on a scanned slip."""
    if touch.name == "scanned" and isinstance(touch.payload, dict):
        kind, _, number = str(touch.payload.get("text", "")).partition(".")
        return ev.CodeTyped(number) if kind == "FB1" and typed_number(number) else None
    return ev.CodeTyped(touch.sight.note("number")) if touch.name == "find" else None


def read_answer(s: Sight[Visit]) -> Screen:
    """How far it is, when it was said, and what was answered; no word of what was said."""
    told = s.state.feedback_answer
    assert told is not None
    state = told.state.value
    facts = [
        choice("number", s.say("take_number.number"), told.number, icon="receipt"),
        choice("about", s.say("read_answer.about"), s.say(f"choose_topic.{told.kind.value}"), icon=_ICONS[told.kind]),
        choice("said", s.say("read_answer.said"), s.moment(told.said_at), icon="calendar"),
    ]
    if told.closed_at is not None:
        facts.append(choice("closed", s.say("read_answer.closed"), s.moment(told.closed_at), icon="check"))
    if told.outcome is not None:
        outcome = s.say(f"read_answer.{told.outcome.value}")
        facts.append(choice("outcome", s.say("read_answer.outcome"), outcome, icon="stamp"))
    return Screen(
        s.say(f"read_answer.{state}.title"),
        s.say(f"read_answer.{state}.lead"),
        {"answer": told.answer, "answerLabel": s.say("read_answer.answer") if told.answer else ""},
        {"facts": tuple(facts), "banners": fault_row(s)},
        (
            Action("next", s.say("take_number.done"), "primary", "check"),
            Action("back", s.say("read_answer.another"), icon="search"),
        ),
    )
