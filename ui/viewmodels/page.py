"""What a screen shows, as plain values: made by a presenter from a scene, handed to QML by the bridge. No Qt here.

A presenter is a module (citizen, clerk) with two pure functions, see ``Presenter``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Protocol

from kiosk.workflow.machine import Event
from ui.words import Words

Row = Mapping[str, Any]  # every row of a list has a "key" that is unique in the list
Notes = Mapping[str, Any]  # what the screen itself remembers until it is left: typed text, an open sheet
NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Action:
    """A button of the page's fixed place. ``name`` comes back through ``event``.

    kind: primary | seal | secondary | quiet. ``missing`` is the label while it is disabled (还差 1 项),
    ``busy_text`` the running verb while it is busy. ``key`` is the desk's key (F10, Enter, Ctrl+Enter).
    ``short`` is the label in 特大 text, where the long one would need two lines.
    """

    name: str
    text: str
    kind: str = "secondary"
    icon: str = ""
    enabled: bool = True
    missing: str = ""
    busy: bool = False
    busy_text: str = ""
    key: str = ""
    short: str = ""

    def row(self) -> Row:
        """As a row of the page's list ``actions``."""
        return {
            "key": self.name,
            "name": self.name,
            "text": self.text,
            "kind": self.kind,
            "icon": self.icon,
            "enabled": self.enabled,
            "missing": self.missing,
            "busy": self.busy,
            "busyText": self.busy_text,
            "shortcut": self.key,
            "short": self.short,
        }


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One fact on the slip: label – value – state.

    state: plain | done | now | added | duty | todo | waiting | problem. ``words`` stand beside the state's icon;
    ``edit`` is the action behind 修改 (empty: none).
    """

    key: str
    label: str
    value: str
    state: str = "plain"
    words: str = ""
    edit: str = ""

    def row(self) -> Row:
        """As a row of the slip's lines."""
        return {
            "key": self.key,
            "label": self.label,
            "value": self.value,
            "state": self.state,
            "words": self.words,
            "edit": self.edit,
        }


@dataclass(frozen=True, slots=True)
class Slip:
    """这一单. seal: waiting (dashed, ``seal_words`` 待受理) | accepted | handed_over (stamp with ``seal_at``)."""

    code: str = ""
    progress: str = ""  # 已填 5 / 12
    lines: tuple[SlipLine, ...] = ()
    seal: str = "waiting"
    seal_words: str = ""
    seal_at: str = ""  # 11-23 10:41
    note: str = ""  # sentence beside the seal
    note_more: str = ""
    qr: str = ""  # text of the QR code, without personal data
    qr_note: str = ""

    def map(self) -> Row:
        """Everything but the lines, which have a list of their own."""
        return {
            "code": self.code,
            "progress": self.progress,
            "seal": self.seal,
            "sealWords": self.seal_words,
            "sealAt": self.seal_at,
            "note": self.note,
            "noteMore": self.note_more,
            "qr": self.qr,
            "qrNote": self.qr_note,
        }


@dataclass(frozen=True, slots=True)
class ViewModel:
    """One screen at one moment.

    ``data`` holds texts, numbers, booleans; every name in it is there from the first moment of the page on.
    ``lists`` change in place in QML. ``resting``: nobody's visit is open, so language, text size and memory are the
    terminal's own. ``working``: a device works, so the visit does not time out;
    ``awaits``: a helper is on the way, so it waits longer.
    """

    page: str
    data: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    lists: Mapping[str, tuple[Row, ...]] = field(default_factory=lambda: NOTHING)
    actions: tuple[Action, ...] = ()
    slip: Slip | None = None
    resting: bool = False
    working: bool = False
    awaits: bool = False
    idle_warned: bool = False
    any_key: bool = False  # whatever is touched or typed answers the warning
    call: tuple[str, ...] | None = None  # what the voice says instead of the question; only a wall's calls
    picture: bytes = field(default=b"", repr=False)  # JPEG; shown in the place of the document camera


class Presenter(Protocol):
    """The two pure functions of a presenter module."""

    def present(self, scene: Any, words: Words, notes: Notes) -> ViewModel:
        """The screen for a scene, in these words, with what the screen itself remembers."""

    def event(self, name: str, payload: Any, scene: Any, notes: Notes) -> Event | None:
        """What an action on the screen means; None: only the screen itself cares."""
