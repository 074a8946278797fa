"""One person before one terminal: the hands that play, and the work that no screen can count."""

import enum
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.demo.stage import Stage, Window
from kiosk.faults import FaultCode
from kiosk.faults import words as fault_words
from tests.journeys.visiting import wait_for
from ui.words import Words


class Deed(enum.Enum):
    """What a person does beside the glass."""

    CARD = "card"  # a card is taken out, laid and taken back
    FACE = "face"  # look at the camera until it is satisfied
    PAPER = "paper"  # a sheet is laid under the camera or photographed with a phone
    PHONE = "phone"  # a code is read off the screen, or a text message is read


@dataclass(slots=True)
class Scene:
    """Where a persona plays. ``language`` follows the person's choice, ``code`` is the slip's once it is known,
    ``card`` lies on the reader or lay there last; ``terminals`` were used, one after the other."""

    stage: Stage
    folder: Path
    kiosk: Window
    deeds: Counter[Deed] = field(default_factory=Counter)
    language: str = "zh"
    code: str = ""
    card: str = ""
    terminals: list[str] = field(default_factory=lambda: ["kiosk"])

    def said(self, key: str, **arguments: object) -> str:
        """A sentence of the screens in the person's language."""
        return Words(self.language).say(key, **arguments)

    def sees(self, key: str, **arguments: object) -> None:
        """Wait for a sentence of the catalogue."""
        self.kiosk.sees(self.said(key, **arguments), 60)

    def told(self, code: FaultCode) -> None:
        """Wait for what a fault says."""
        self.kiosk.sees(fault_words(code, self.language).what, 60)

    def page(self, step: str) -> None:
        """Wait for a screen."""
        self.kiosk.page(step, 60)

    def tap(self, *names: str) -> None:
        """Touch one thing after the other."""
        self.kiosk.tap(*names)

    def write(self, field_name: str, text: str) -> None:
        """Open a field where none is open for it, and write by the keyboard on the screen."""
        if field_name:
            self.tap(field_name)
        self.kiosk.do("pinyin", text)

    def names(self, prefix: str) -> list[str]:
        """What can be touched on the page and begins so."""
        return [str(one["object"]) for one in self.kiosk.do("tree") if str(one["object"]).startswith(prefix)]

    def first(self, prefix: str) -> str:
        """The first of these, waiting for it."""
        return str(wait_for(lambda: self.names(prefix), prefix)[0])

    def on(self) -> str:
        """The screen that is shown."""
        return str(self.kiosk.do("page"))

    def leave_page(self, *names: str) -> str:
        """Touch, and wait until another screen is there; which one."""
        was = self.on()
        self.tap(*names)
        wait_for(lambda: self.on() != was, f"the page after {was}")
        return self.on()


Act = Callable[[Scene], None]
