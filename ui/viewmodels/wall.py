"""The hall's wall as values: the called number large, every window's number, how many wait, how old it all is."""

from datetime import datetime
from typing import Any

from kiosk.domain.queue import TicketState, WindowNow
from kiosk.session import Scene
from kiosk.workflow.machine import Event
from kiosk.workflow.wall import Wall, latest
from ui.words import Words

from .page import Notes, Row, ViewModel
from .sight import Sight

_WINDOWS = 4  # rows below the large block
_NEXT = 3
_DIGITS = {"zh": "零一二三四五六七八九", "en": ""}
_LETTERS = {"zh": {"A": "诶", "L": "艾勒"}, "en": {}}  # as a voice reads them that takes Latin for pinyin
_WEEKDAYS = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}


def present(scene: Scene[Wall], words: Words, notes: Notes) -> ViewModel:
    """The wall at one moment."""
    s = Sight(scene, words, notes)
    w, queue, shown = s.state, s.state.queue, latest(s.state)
    fresh = w.live and scene.online
    stale = ""
    if queue is None:
        stale = "" if fresh else s.say("wall.never")
    elif not fresh and w.as_of is not None:
        stale = s.say("wall.stale", at=f"{w.as_of:%H:%M}")
    return ViewModel(
        page=w.step,
        data={
            "title": s.say("wall.title"),
            "number": shown.number if shown else "",
            "window": window_number(shown.window) if shown else "",
            "calledWords": s.say("wall.called"),
            "windowWords": s.say("wall.window"),
            "nobody": s.say("wall.nobody"),
            "nobodyWords": s.say("wall.nobody_words"),
            "slipTitle": s.say("wall.slip"),
            "asOf": s.say("wall.as_of", at=f"{w.as_of:%H:%M}") if w.as_of else "",
            "stale": stale,
            "foot": s.say("wall.foot"),
            "rule": s.say("wall.rule"),
            "day": _day(s, w.now),
        },
        lists={"windows": _windows(s, shown), "facts": _facts(s)},
        call=_call(s),
    )  # fmt: skip


def event(name: str, payload: Any, scene: Scene[Wall], notes: Notes) -> Event | None:  # noqa: ARG001
    """Nobody touches a wall."""
    return None


def window_number(window: str) -> str:
    """w-03 is window 3."""
    figures = window.rpartition("-")[2].lstrip("0")
    return figures or window


def by_ear(text: str, language: str) -> str:
    """A number as it is read aloud, figure by figure: A018 is 诶零一八."""
    digits, letters = _DIGITS[language], _LETTERS[language]
    said = [digits[int(one)] if one.isdigit() and digits else letters.get(one, one) for one in text if one.isalnum()]
    return ("" if language == "zh" else " ").join(said)


def _call(s: Sight[Wall]) -> tuple[str, ...]:
    """The call whose turn it is, twice, as people hear it."""
    if not s.state.turns:
        return ()
    turn, language = s.state.turns[0], s.words.language
    window = window_number(turn.window)
    sentence = s.say(
        "wall.say", number=by_ear(turn.number, language),
        window=by_ear(window, language) if len(window) == 1 else window,
    )  # fmt: skip
    return (sentence, sentence)


def _day(s: Sight[Wall], now: datetime) -> str:
    zh = s.words.language == "zh"
    weekday = _WEEKDAYS[s.words.language][now.weekday()]
    return f"{s.day(now)}　周{weekday}" if zh else f"{weekday} {s.day(now)}"


def _windows(s: Sight[Wall], large: WindowNow | None) -> tuple[Row, ...]:
    """The other windows: those with a number first, as few rows as can be read from the back of the hall."""
    queue = s.state.queue
    others = [one for one in queue.windows if one.open or one.paused or one.number] if queue else []
    others = [one for one in others if large is None or one.window != large.window]
    others.sort(key=lambda one: (one.number == "", one.paused, one.window))
    return tuple(_window(s, one) for one in others[:_WINDOWS])


def _window(s: Sight[Wall], one: WindowNow) -> Row:
    state, word = ("ok", "free") if one.open else ("todo", "closed")
    if one.state is TicketState.SERVING:
        state, word = "now", "serving"
    elif one.state is TicketState.CALLED:
        state, word = "wait", "calling"
    elif one.paused:
        state, word = "wait", "paused"
    return {
        "key": one.window, "number": one.number, "window": window_number(one.window), "state": state,
        "words": s.say(f"wall.{word}"),
    }  # fmt: skip


def _facts(s: Sight[Wall]) -> tuple[Row, ...]:
    queue = s.state.queue
    if queue is None:
        return ()
    if queue.waiting and queue.estimate_minutes is not None:
        people = s.say("wall.people_minutes", n=queue.waiting, minutes=queue.estimate_minutes)
    else:
        people = s.say("wall.people", n=queue.waiting)
    opened = sum(1 for one in queue.windows if one.open)
    facts = [("waiting", people), ("open_windows", s.say("wall.count", n=opened))]
    if queue.next_numbers:
        facts.append(("next", "　".join(queue.next_numbers[:_NEXT])))
    if queue.missed_numbers:
        facts.append(("missed", "　".join(queue.missed_numbers[:_NEXT])))
    return tuple({"key": name, "label": s.say(f"wall.{name}"), "value": value} for name, value in facts)
