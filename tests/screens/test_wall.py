"""The wall of the hall as it is shown: large, whole, without a name; calls spoken one by one, and its age said."""

import wave
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.contracts.ledger import LedgerState
from kiosk.domain.ids import WindowId
from kiosk.domain.queue import HallQueue, TicketState, WindowNow
from kiosk.session import Scene
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow import queue_effects as queue_do
from kiosk.workflow.machine import advance, begin
from kiosk.workflow.wall import WALL, Wall
from ui.moment import pass_by
from ui.pilot import find, walk
from ui.speaker import Speaker, speaker
from ui.viewmodels import wall
from ui.viewmodels.wall import by_ear
from ui.words import Words

from .audit import problems
from .conftest import KIOSK, NOON, Showing

SPEC = replace(KIOSK, role="wall", width=1920, height=1080)
CALLED, SERVING = TicketState.CALLED, TicketState.SERVING


def window(n: int, number: str = "", state: TicketState | None = None, ago: float = 5, **more: bool) -> WindowNow:
    """One window of the hall."""
    at = NOON_ - timedelta(seconds=ago) if number else None
    return WindowNow(WindowId(f"w-{n:02d}"), more.get("open", True), more.get("paused", False), "", number, state, at)


NOON_ = NOON.astimezone()
QUIET = (window(1, "A017", SERVING), window(2, "A016", SERVING), window(3), window(5, paused=True, open=False))
BUSY = (window(1, "A017", SERVING), window(2, "L01-003", CALLED, 40), window(3, "A018", CALLED), *QUIET[3:])


def told(windows: Sequence[WindowNow], at: datetime = NOON_, *, waiting: int = 7, live: bool = True) -> ev.QueueTold:
    """The queue as the platform tells it."""
    numbers = tuple(f"A{n:03d}" for n in range(19, 19 + waiting))
    missed = ("A009", "A011") if waiting else ()
    queue = HallQueue(at, waiting, 14 if waiting else None, numbers, missed, tuple(windows))
    return ev.QueueTold(queue, at, live)


def after(*events: ev.QueueTold | ev.LingerOver, online: bool = True) -> Scene[Wall]:
    """What hangs there after these."""
    state, _ = begin(WALL, Wall(NOON_))
    for one in events:
        state, _ = advance(WALL, state, one)
    return Scene(state, "show_queue", (), online, LedgerState(0, 0, 1, "0" * 16), 1)


FACES = {
    "never": after(),
    "quiet": after(told(QUIET)),
    "empty": after(told((window(3),), waiting=0)),
    "called": after(told(BUSY), ev.LingerOver()),
    "local": after(told(BUSY)),
    "stale": after(told(BUSY), ev.LingerOver(), online=False),
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_face_is_whole_and_large(showing: Showing, language: str) -> None:
    shown = showing(wall, FACES["never"], replace(SPEC, language=language))
    wrong = []
    for name, face in FACES.items():
        shown.stand.show(face)
        shown.pilot.settle()
        wrong += [f"{name}: {one}" for one in problems(shown.ui.window, 0)]
        for item in walk(shown.ui.window.contentItem()):
            if item.inherits("QQuickText") and item.isVisible() and item.property("text") and item.width() > 0:
                size, text = item.property("font").pixelSize(), item.property("text")
                if size < 34 and text != "开":
                    wrong.append(f"{name}: too small to be read from the back: {text}")
    assert not wrong, "\n".join(wrong)


def test_the_call_whose_turn_it_is_stands_large(showing: Showing) -> None:
    shown = showing(wall, FACES["local"], SPEC)
    number, place = find(shown.ui.window, "called_number"), find(shown.ui.window, "called_window")
    assert (number.property("text"), place.property("text")) == ("L01-003", "2")
    shown.stand.show(FACES["called"])
    pass_by(30)
    assert (number.property("text"), place.property("text")) == ("A018", "3")
    shown.stand.show(FACES["stale"])
    pass_by(30)
    assert "停在 10:24" in find(shown.ui.window, "foot").property("text")


def test_calls_take_turns_and_a_repeated_call_is_a_new_one() -> None:
    state, effects = begin(WALL, Wall(NOON_))
    assert effects == (queue_do.FollowQueue(),)
    state, effects = advance(WALL, state, told(BUSY))
    assert [one.number for one in state.turns] == ["L01-003", "A018"] and isinstance(effects[0], do.Linger)
    state, effects = advance(WALL, state, told(BUSY))
    assert len(state.turns) == 2 and effects == ()  # told once more: nothing new, and the turn goes on
    state, effects = advance(WALL, state, ev.LingerOver())
    assert [one.number for one in state.turns] == ["A018"] and isinstance(effects[0], do.Linger)
    state, effects = advance(WALL, state, ev.LingerOver())
    assert state.turns == () and effects == () and not state.speaking
    again = (*BUSY[:2], replace(BUSY[2], called_at=NOON_ + timedelta(seconds=9)), *QUIET[3:])
    state, effects = advance(WALL, state, told(again, NOON_ + timedelta(seconds=10)))
    assert [one.number for one in state.turns] == ["A018"] and isinstance(effects[0], do.Linger)


def test_old_calls_and_calls_that_are_over_are_not_spoken() -> None:
    old = (window(3, "A018", CALLED, 300), window(4, "A019", CALLED, 3), window(5, "A020", CALLED, 2))
    state, _ = begin(WALL, Wall(NOON_))
    state, _ = advance(WALL, state, told(old))
    assert [one.number for one in state.turns] == ["A019", "A020"]
    missed = (window(3, "A018", CALLED, 300), window(4, "A019", SERVING, 3), window(5))
    state, _ = advance(WALL, state, told(missed))
    assert [one.number for one in state.turns] == ["A019"]  # being said already; the other is not called any more


@pytest.mark.parametrize(
    ("number", "zh", "en"), [("A018", "诶零一八", "A 0 1 8"), ("L01-003", "艾勒零一零零三", "L 0 1 0 0 3")]
)
def test_numbers_by_ear(number: str, zh: str, en: str) -> None:
    assert (by_ear(number, "zh"), by_ear(number, "en")) == (zh, en)
    sentence = wall.present(FACES["called"], Words("zh"), {}).call
    assert sentence == ("请 诶零一八 号，到 三 号窗口。",) * 2


def test_the_call_is_spoken_by_the_machines_own_voice(showing: Showing, tmp_path: Path) -> None:
    found = speaker(tmp_path)
    program = found.program if isinstance(found, Speaker) else "espeak-ng"
    shown = showing(wall, FACES["quiet"], SPEC, voice=Speaker(program, tmp_path / "call.wav"))
    assert not (tmp_path / "call.wav").exists()
    ended: list[bool] = []
    shown.ui.voice.finished.connect(ended.append)
    shown.stand.show(FACES["called"])
    for _ in range(400):
        pass_by(25)
        if ended:
            break
    assert ended == [True]
    with wave.open(str(tmp_path / "call.wav")) as spoken:
        assert spoken.getnframes() / spoken.getframerate() > 3  # two sentences
