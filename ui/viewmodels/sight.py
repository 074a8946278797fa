"""What a presenter looks at: one scene, the words of one language, and what the screen itself remembers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from kiosk.domain.money import capital_words, wan_text, yuan_text
from kiosk.session import Scene
from kiosk.session.actor import Timed
from ui.words import Words

from .page import NOTHING, Action, Notes, Row

S = TypeVar("S", bound=Timed)

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Sight(Generic[S]):
    """Passed to every screen function; nothing in it changes."""

    scene: Scene[S]
    words: Words
    notes: Notes

    @property
    def state(self) -> S:
        """The journey's state."""
        return self.scene.state

    def say(self, key: str, **arguments: object) -> str:
        """The sentence of a key."""
        return self.words.say(key, **arguments)

    def note(self, name: str, otherwise: str = "") -> str:
        """What the screen remembers under a name, as text."""
        value = self.notes.get(name, otherwise)
        return value if isinstance(value, str) else otherwise

    def listed(self, names: list[str]) -> str:
        """Several things in one line: 执照、章 or licence, seals."""
        return ("、" if self.words.language == "zh" else ", ").join(names)

    def joined(self, *sentences: str) -> str:
        """Sentences one after the other; Chinese needs no space between them."""
        return ("" if self.words.language == "zh" else " ").join(sentences)

    def money(self, key: str, amount: Decimal) -> str:
        """An amount of the register: 万元 in Chinese, yuan in English, and the words in capitals for both."""
        figure = wan_text(amount)
        if self.words.language == "en":
            figure = yuan_text(amount)
        return self.say(key, amount=figure, words=capital_words(amount))

    def day(self, at: datetime) -> str:
        """11 月 24 日, 24 Nov."""
        return f"{at.month} 月 {at.day} 日" if self.words.language == "zh" else f"{at.day} {_MONTHS[at.month - 1]}"

    def moment(self, at: datetime) -> str:
        """11 月 24 日 18:00: a promise always has a clock."""
        return f"{self.day(at)} {at:%H:%M}"


@dataclass(frozen=True, slots=True)
class Touch(Generic[S]):
    """What somebody did on the screen: the action's name, what came with it, and what was on the screen."""

    name: str
    payload: Any
    sight: Sight[S]

    @property
    def text(self) -> str:
        """The payload where a text is meant; anything else is no text."""
        return self.payload if isinstance(self.payload, str) else ""


@dataclass(frozen=True, slots=True)
class Screen:
    """What one step adds to the page: its question, its own data and lists, its actions."""

    question: str
    lead: str = ""
    data: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    lists: Mapping[str, tuple[Row, ...]] = field(default_factory=lambda: NOTHING)
    actions: tuple[Action, ...] = ()
    then: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: NOTHING)  # notes an action leaves behind
    picture: bytes = b""  # JPEG of the page that was taken, to be looked at


def line(key: str, label: str, value: str, state: str = "plain", words: str = "") -> Row:
    """A line in the shape of the slip's own."""
    return {"key": key, "label": label, "value": value, "state": state, "words": words, "edit": ""}


def choice(
    key: str,
    text: str,
    detail: str = "",
    *,
    picked: bool = False,
    icon: str = "",
    act: str = "",
    value: object = None,
    sets: Mapping[str, Any] = NOTHING,
    state: str = "",
) -> Row:
    """A row that can be picked: tapping says ``act(value)``, or leaves ``sets`` in the screen's memory, or both."""
    return {
        "key": key,
        "text": text,
        "detail": detail,
        "state": state,
        "picked": picked,
        "icon": icon,
        "act": act,
        "value": value,
        "sets": dict(sets),
    }
