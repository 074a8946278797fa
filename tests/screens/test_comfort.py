"""朗读·显示: a real espeak-ng reads into a file; contrast, low keys, voice go back when the visit ends."""

import re
import shutil
import wave
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QProcess
from PySide6.QtTest import QSignalSpy

from tests.unit.ui.viewmodels.citizen_walk import Walk, stills
from ui.bridge import voice as voice_module
from ui.pilot import find, visible, walk
from ui.speaker import PROGRAM, Speaker, speaker
from ui.viewmodels import citizen

from .audit import problems, touchables
from .conftest import Showing, Shown
from .test_citizen_screens import put

_PATIENCE_MS = 20_000


@pytest.fixture
def aloud(tmp_path: Path) -> Speaker:
    program = shutil.which(PROGRAM)
    assert program is not None, "espeak-ng is one of the packages of the terminal"
    return Speaker(program, tmp_path / "said.wav")


def heard(file: Path) -> tuple[int, int]:
    """Frames and loudest sample of what was said."""
    with wave.open(str(file)) as said:
        assert said.getsampwidth() == 2
        samples = memoryview(said.readframes(said.getnframes())).cast("h")
        return said.getnframes(), max(abs(one) for one in samples)


def listen(shown: Shown, speaker: Speaker, tap: str) -> tuple[int, int]:
    """Touch a key and wait until the voice has come to its end."""
    ended = QSignalSpy(shown.ui.voice.finished)
    shown.pilot.tap(tap)
    assert ended.count() or ended.wait(_PATIENCE_MS)
    assert ended.at(0)[0] is True
    assert speaker.into is not None
    return heard(speaker.into)


def test_the_question_is_read_again_slower_and_louder(showing: Showing, aloud: Speaker) -> None:
    shown = showing(citizen, stills()["give_consent"].scene, voice=aloud)
    shown.pilot.tap("help_comfort")
    usual = listen(shown, aloud, "comfort_aloud")
    assert usual[0] > 22_050 / 2 and usual[1] > 1_000
    assert listen(shown, aloud, "comfort_again") == usual
    slow = listen(shown, aloud, "comfort_speed")
    assert slow[0] > 1.2 * usual[0]
    loud = listen(shown, aloud, "comfort_volume")
    assert loud[1] > slow[1]
    shown.pilot.tap("comfort_aloud")
    assert shown.ui.look.property("aloud") is False


def test_large_text_reads_each_new_page_and_standard_text_is_quiet(showing: Showing, aloud: Speaker) -> None:
    shown = showing(citizen, stills()["give_consent"].scene, voice=aloud)
    first = listen(shown, aloud, "help_size")
    ended = QSignalSpy(shown.ui.voice.finished)
    shown.stand.show(stills()["declare_name"].scene)
    assert ended.wait(_PATIENCE_MS) and ended.at(0)[0] is True
    assert aloud.into is not None and heard(aloud.into) != first
    shown.pilot.tap("help_size")
    shown.pilot.tap("help_size")
    assert shown.ui.look.property("scale") == 1 and shown.ui.look.property("aloud") is False


def hanging(tmp_path: Path) -> Speaker:
    """A program that never comes back, as a sound system may."""
    program = tmp_path / "hangs"
    program.write_text("#!/bin/sh\nexec sleep 600\n")
    program.chmod(0o755)
    return Speaker(str(program))


def test_a_new_page_and_the_end_of_the_visit_silence_it(showing: Showing, tmp_path: Path) -> None:
    shown = showing(citizen, stills()["give_consent"].scene, voice=hanging(tmp_path))
    voice = shown.ui.voice
    shown.ui.look.setAloud(True)
    first = voice._process
    assert first is not None and first.waitForStarted()
    ended = QSignalSpy(first.finished)
    shown.stand.show(stills()["declare_name"].scene)
    assert ended.count() or ended.wait(_PATIENCE_MS)
    second = voice._process
    assert second is not None and second is not first
    ended = QSignalSpy(second.finished)
    shown.stand.show(Walk().still().scene)
    shown.pilot.wait_page("home")
    assert ended.count() or ended.wait(_PATIENCE_MS)
    assert voice._process is None and shown.ui.look.property("aloud") is False


def test_a_voice_that_hangs_is_ended(showing: Showing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voice_module, "deadline", lambda text, language: 0.3)
    shown = showing(citizen, stills()["give_consent"].scene, voice=hanging(tmp_path))
    shown.ui.look.setAloud(True)
    process = shown.ui.voice._process
    assert process is not None
    ended = QSignalSpy(process.finished)
    assert ended.wait(_PATIENCE_MS)
    assert ended.at(0)[1] == QProcess.ExitStatus.CrashExit and shown.ui.voice._process is None


def test_without_sound_there_is_no_voice_and_the_reason_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert speaker(tmp_path) == "no sound output on this machine: plug in a loudspeaker or headset"
    (tmp_path / "pcmC0D0p").touch()
    assert isinstance(speaker(tmp_path), Speaker)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "install it" in str(speaker(tmp_path))


def test_the_words_are_no_arguments() -> None:
    command = Speaker("espeak-ng").command("zh", slow=True, volume=2)
    assert command[-1] == "--stdin" and "cmn-latn-pinyin" in command


@pytest.mark.parametrize(("language", "size"), [("zh", 0), ("en", 2)])
def test_the_sheet_looks_right_and_stays_low(showing: Showing, language: str, size: int) -> None:
    shown = showing(citizen, stills()["home"].scene)
    put(shown, stills()["declare_name"], size, language)
    shown.pilot.tap("help_comfort")
    assert problems(shown.ui.window, size) == []
    assert shown.pilot.tree()
    assert above_reach(shown, "comfort_") == []


def above_reach(shown: Shown, prefix: str = "") -> list[str]:
    """What can be touched with its middle above the lower 40 %; while somebody types, not what they type into."""
    root = shown.ui.window.contentItem()
    asked = find(shown.ui.window, "asked") if shown.ui.ime.property("panel") else None
    return [
        item.objectName()
        for item in touchables(root)
        if item.objectName().startswith(prefix)
        and item.objectName() not in ("dialog_scrim", "")
        and not (asked is not None and (asked.isAncestorOf(item) or item.objectName() == "more_below"))
        and clipped_middle(item) < 0.6 * root.height()
    ]


def clipped_middle(item: object) -> float:
    """Where the middle of what can be seen of it is; far down when nothing can."""
    from PySide6.QtQuick import QQuickItem

    assert isinstance(item, QQuickItem)
    top, bottom = item.mapToScene(QPointF(0, 0)).y(), item.mapToScene(QPointF(0, item.height())).y()
    above = item.parentItem()
    while above is not None:
        if above.clip():
            top = max(top, above.mapToScene(QPointF(0, 0)).y())
            bottom = min(bottom, above.mapToScene(QPointF(0, above.height())).y())
        above = above.parentItem()
    return (top + bottom) / 2 if bottom > top else 1e9


def wrong_when_low(shown: Shown, size: int) -> list[str]:
    """With low keys, what is out of reach or looks wrong: while the keyboard is open, and when 收起 has brought the
    content down again."""
    shown.ui.look.setLow(True)
    shown.pilot.settle()
    wrong = [*above_reach(shown), *problems(shown.ui.window, size)]
    if shown.ui.ime.property("panel"):
        shown.pilot.tap("key_hide")
        shown.pilot.settle()
        assert not shown.ui.ime.property("panel")
        wrong += above_reach(shown)
    return wrong


LOW_QUICK = ("home", "declare_name", "check_answers", "idle", "verify_face-choose", "give_address-line")


@pytest.mark.parametrize(
    ("faces", "size", "language"),
    [
        (LOW_QUICK, 0, "zh"),
        (LOW_QUICK, 2, "zh"),
        ((*LOW_QUICK, "find_my_case-unknown"), 2, "en"),
        *(pytest.param((), *one, marks=pytest.mark.long) for one in product((0, 1, 2), ("zh", "en"))),
    ],
)
def test_with_low_keys_everything_touchable_is_in_the_lower_forty_percent(
    showing: Showing, faces: tuple[str, ...], size: int, language: str
) -> None:
    shown = showing(citizen, stills()["home"].scene)
    for name in faces or stills():
        put(shown, stills()[name], size, language)
        assert wrong_when_low(shown, size) == [], name


TYPED = {
    "declare_name": "trade",
    "name_people-absent-name": "away_name",
    "name_people-absent-number": "away_number",
    "find_my_case": "code",
    "find_company": "uscc",
    "choose_guide": "search",
    "write_words": "words",
    "confirm_items-phone": "phone_number",
}


@pytest.mark.parametrize("size", [0, 1, 2])
def test_with_low_keys_what_is_typed_with_is_in_reach_too(showing: Showing, size: int) -> None:
    shown = showing(citizen, stills()["home"].scene)
    for name, field in TYPED.items():
        put(shown, stills()[name], size, "zh")
        shown.ui.look.setLow(True)
        shown.pilot.settle()
        if not shown.ui.ime.property("panel"):
            shown.pilot.tap(f"{field}_input")
        assert shown.ui.ime.property("panel"), name
        assert wrong_when_low(shown, size) == [], name


@pytest.mark.parametrize("size", [0, 1, 2])
def test_what_stands_low_may_be_pushed_up_and_read_in_one_piece(showing: Showing, size: int) -> None:
    shown = showing(citizen, stills()["home"].scene)
    put(shown, stills()["check_answers"], size, "zh")
    shown.ui.look.setLow(True)
    shown.pilot.settle()
    before = len(shown.pilot.texts())
    low = find(shown.ui.window, "more_below").mapToScene(QPointF(0, 0)).y()
    for _ in range(3):
        shown.pilot.tap("more_below")
    assert find(shown.ui.window, "more_below").mapToScene(QPointF(0, 0)).y() == low
    assert len(shown.pilot.texts()) >= before + 4
    assert problems(shown.ui.window, size) == []


@pytest.mark.parametrize("size", [0, 1, 2])
def test_what_is_hidden_for_want_of_room_is_as_high_as_when_it_is_seen(showing: Showing, size: int) -> None:
    # Otherwise it fits when it is hidden and does not when it is seen: it would come and go without end.
    shown = showing(citizen, stills()["home"].scene)
    for name in ("home", "verify_face-choose", "name_people"):
        put(shown, stills()[name], size, "zh")
        shown.ui.look.setLow(True)
        shown.pilot.settle()
        root = shown.ui.window.contentItem()
        upper = next(item.property("upper") for item in visible(root) if item.property("upper") is not None)
        high = {}
        for there in (True, False):
            upper.setVisible(there)
            shown.pilot.settle()
            high[there] = [item.implicitHeight() for item in walk(upper)]
        assert len(high[True]) > 10 and high[True] == high[False], name


def test_nothing_else_is_hidden_by_its_own_size() -> None:
    found = {
        file.name
        for file in (Path(__file__).parents[2] / "ui/qml").rglob("*.qml")
        if re.search(r"\bvisible: (.*[^.\w])?implicit(Height|Width)", file.read_text("utf-8"))
    }
    assert found == {"KioskPage.qml", "Home.qml"}  # the two that the test above hides


def test_all_of_it_goes_back_when_the_visit_ends(showing: Showing, aloud: Speaker) -> None:
    shown = showing(citizen, stills()["declare_name"].scene, voice=aloud)
    shown.pilot.tap("help_comfort")
    for key in ("comfort_low", "comfort_contrast", "comfort_speed", "comfort_volume", "comfort_aloud"):
        shown.pilot.tap(key)
    look, voice = shown.ui.look, shown.ui.voice
    assert all(look.property(one) is True for one in ("low", "contrast", "aloud")) and voice.property("slow") is True
    assert find(shown.ui.window, "comfort_low").property("on") is True
    shown.stand.show(Walk().still().scene)
    shown.pilot.wait_page("home")
    assert not any(look.property(one) for one in ("low", "contrast", "aloud"))
    assert voice.property("slow") is False and voice.property("volume") == 1
