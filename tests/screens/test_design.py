"""The design system on its own sample pages: sizes, names, contrast, typing, text size, language, forgetting."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.contracts.face_camera import FaceHint, Frame
from kiosk.workflow.events import IdleWarned, NextAsked, TimedOut
from kiosk.workflow.machine import Event
from ui.gallery import GALLERY, Samples
from ui.pilot import PilotError, find, walk
from ui.viewmodels.page import Action, Notes, SlipLine, ViewModel
from ui.words import Words

from .conftest import DESK, KIOSK, Showing, Shown

PAGES = GALLERY / "Pages.qml"


def scene(step: str, **more: Any) -> SimpleNamespace:
    return SimpleNamespace(state=SimpleNamespace(step=step, **more), page=0)


class Sampled(Samples):
    """The gallery's pages, with actions that mean something, notes that show, and a visit that can end."""

    def __init__(self) -> None:
        self.acts: list[tuple[str, Any]] = []
        self.notes: dict[str, Any] = {}

    def present(self, scene: Any, words: Words, notes: Notes) -> ViewModel:
        vm = super().present(scene, words, notes)
        self.notes = dict(notes)
        state = scene.state
        warned = getattr(state, "warned", False)
        vm = replace(vm, resting=getattr(state, "resting", False), idle_warned=warned)
        return replace(vm, data={**vm.data, "lead": words.say("brand")})

    def event(self, name: str, payload: Any, _scene: Any, _notes: Notes) -> Event | None:
        self.acts.append((name, payload))
        return NextAsked() if name == "next" else None


def sample(showing: Showing, step: str, **spec: Any) -> tuple[Shown, Sampled]:
    presenter = Sampled()
    return showing(presenter, scene(step), replace(KIOSK, **spec), main=PAGES), presenter


def touchables(shown: Shown) -> list[QQuickItem]:
    return [
        item
        for item in walk(shown.ui.window.contentItem())
        if (item.inherits("QQuickAbstractButton") or item.inherits("QQuickTextInput"))
        and item.isVisible()
        and item.isEnabled()
    ]


@pytest.mark.parametrize("size", [0, 1, 2])
@pytest.mark.parametrize("english", [False, True])
@pytest.mark.parametrize("step", ["describe", "card"])
def test_everything_touchable_is_named_and_large_enough(
    showing: Showing, step: str, english: bool, size: int
) -> None:
    shown, _ = sample(showing, step)
    for _ in range(size):
        shown.pilot.tap("help_size")
    if english:
        shown.pilot.tap("help_language")
    found = touchables(shown)
    assert len(found) >= 5
    names = {entry["object"]: entry["name"] for entry in shown.pilot.tree()}
    for item in found:
        assert item.objectName(), item
        parent = item.parentItem()
        box = parent if item.inherits("QQuickTextInput") and parent else item
        assert box.height() >= 80, (item.objectName(), box.height())
        assert box.width() >= 90, (item.objectName(), box.width())
    for item in found:
        if item.objectName() in names:
            assert names[item.objectName()].strip(), item.objectName()


@pytest.mark.parametrize("size", [0, 1, 2])
@pytest.mark.parametrize("english", [False, True])
@pytest.mark.parametrize("step", ["describe", "card"])
def test_no_text_is_cut_or_wider_than_its_place(showing: Showing, step: str, english: bool, size: int) -> None:
    shown, _ = sample(showing, step)
    for _ in range(size):
        shown.pilot.tap("help_size")
    if english:
        shown.pilot.tap("help_language")
    shown.pilot.settle()
    for item in walk(shown.ui.window.contentItem()):
        if item.inherits("QQuickText") and item.isVisible() and item.property("text"):
            assert not item.property("truncated"), item.property("text")
            assert item.property("contentWidth") <= item.width() + 1, item.property("text")
            left = item.mapToScene(QPointF(0, 0)).x()
            assert left >= 0, item.property("text")
            assert left + item.property("contentWidth") <= 1080 + 1, item.property("text")


def _luminance(color: QColor) -> float:
    def linear(c: float) -> float:
        return c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF())


def contrast(a: QColor, b: QColor) -> float:
    high, low = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


GROUNDS = ("paper", "sheet", "wash")
OWN = {"act": "actWash", "seal": "sealWash", "ok": "okWash", "wait": "waitWash", "stop": "stopWash"}


@pytest.mark.parametrize("high", [False, True])
def test_contrast_of_every_pair(showing: Showing, high: bool) -> None:
    shown, _ = sample(showing, "card")
    shown.ui.look.setContrast(high)
    theme = shown.ui.engine.singletonInstance("Design", "Theme")

    def pair(text: str, ground: str) -> float:
        return contrast(theme.property(text), theme.property(ground))

    for ground in GROUNDS:
        assert pair("ink", ground) >= (15 if high else 14)
        assert pair("ink2", ground) >= (15 if high else 9.8)
        assert pair("ink3", ground) >= 6.99
        assert pair("edge", ground) >= 3
    for text, own in OWN.items():
        assert pair(text, own) >= 7, text
        assert pair("ink", own) >= 10, own
        assert pair("ink2", own) >= 9, own
        for ground in ("paper", "sheet"):
            assert pair(text, ground) >= 7, text
        assert contrast(QColor("#FFFFFF"), theme.property(text)) >= 7, text
    if high:
        assert theme.property("paper") == theme.property("sheet") == QColor("#FFFFFF")
        assert theme.property("ink") == theme.property("edge") == QColor("#000000")


def field_text(shown: Shown) -> str:
    return str(find(shown.ui.window, "search_input").property("text"))


@pytest.mark.parametrize("text", ["重庆", "营业执照", "示例餐饮", "火锅 2 店", "A-1"])
def test_the_keyboard_writes_what_a_person_touches(showing: Showing, text: str) -> None:
    shown, _ = sample(showing, "describe")
    shown.pilot.tap("search_input")
    shown.pilot.pinyin(text)
    assert field_text(shown) == text
    assert shown.pilot.taps > len(text)


def test_letters_that_were_not_chosen_stay_as_typed(showing: Showing) -> None:
    shown, _ = sample(showing, "describe")
    shown.pilot.tap("search_input")
    for letter in "abc":
        shown.pilot.tap(f"key_{letter}")
    assert field_text(shown) == ""
    shown.pilot.tap("key_hide")
    assert field_text(shown) == "abc"
    with pytest.raises(PilotError):
        find(shown.ui.window, "key_a")


def test_backspace_and_clear(showing: Showing) -> None:
    shown, _ = sample(showing, "describe")
    shown.pilot.tap("search_input")
    shown.pilot.pinyin("重庆")
    shown.pilot.tap("key_back")
    assert field_text(shown) == "重"
    for letter in "qing":
        shown.pilot.tap(f"key_{letter}")
    shown.pilot.tap("key_back")
    assert shown.ui.ime.property("typed") == "qin"
    shown.pilot.tap("key_clear")
    assert field_text(shown) == "重"
    shown.pilot.tap("key_clear")
    assert field_text(shown) == ""


def test_a_candidate_takes_only_its_own_letters(showing: Showing) -> None:
    shown, _ = sample(showing, "describe")
    shown.pilot.tap("search_input")
    for letter in "chongqingshili":
        shown.pilot.tap(f"key_{letter}")
    offered = [shown.ui.ime._words.row(n)["word"] for n in range(10)]
    shown.ui.ime.choose(offered.index("重庆"))
    assert field_text(shown) == "重庆"
    assert shown.ui.ime.property("typed") == "shili"


def test_a_person_typing_on_a_real_keyboard_reaches_the_field(showing: Showing) -> None:
    shown, presenter = sample(showing, "describe")
    shown.pilot.click("search_input")
    shown.pilot.type("huoguo 12")
    assert field_text(shown) == "huoguo 12"
    assert presenter.acts == []
    assert shown.pilot.keystrokes == 9


@pytest.mark.parametrize("code", ["QB1.01HZX3M2V5B4N6P7Q8R9S0T1U2.K7P-428.1a2b3c4d", "50010300010101"])
def test_a_scanner_is_never_typed(showing: Showing, code: str) -> None:
    shown, presenter = sample(showing, "describe")
    shown.pilot.click("search_input")
    shown.pilot.wedge(code)
    assert field_text(shown) == ""
    assert presenter.acts == [("scanned", {"text": code})]


def test_text_size_goes_round_and_the_language_turns(showing: Showing) -> None:
    shown, _ = sample(showing, "card")
    lead = find(shown.ui.window, "lead")
    seen = []
    for _ in range(3):
        seen.append((lead.property("font").pixelSize(), "大字" in shown.pilot.texts()))
        shown.pilot.tap("help_size")
    assert seen == [(38, True), (53, False), (68, False)]
    assert lead.property("font").pixelSize() == 38
    assert "开办企业" in shown.pilot.texts()
    shown.pilot.tap("help_language")
    texts = shown.pilot.texts()
    assert "Open a business" in texts and "中文" in texts and "Step 3 of 14" in texts
    assert find(shown.ui.window, "lead").property("text") == "Open a business"


def test_the_end_of_a_visit_forgets(showing: Showing, qapp: QGuiApplication) -> None:
    presenter = Sampled()
    shown = showing(presenter, scene("describe"), main=PAGES)
    shown.pilot.tap("help_size")
    shown.pilot.tap("help_language")
    shown.ui.visit.note("secret", "王测试")
    assert presenter.notes == {"secret": "王测试"}
    qapp.clipboard().setText("王测试")
    shown.stand.frame(Frame(2, 2, bytes(16), FaceHint.GOOD))
    shown.pilot.settle()
    assert shown.ui.visit._preview._image is not None
    shown.stand.show(scene("card", resting=True))
    shown.pilot.wait_page("card")
    assert presenter.notes == {}
    assert qapp.clipboard().text() == ""
    assert shown.ui.visit._preview._image is None
    assert shown.ui.spoken.words.language == "zh"
    assert not shown.ui.look.large
    assert "开办企业" in shown.pilot.texts()


def test_notes_end_with_their_page(showing: Showing) -> None:
    presenter = Sampled()
    shown = showing(presenter, scene("describe"), main=PAGES)
    shown.ui.visit.note("typed", "火锅")
    shown.stand.show(scene("card"))
    shown.pilot.wait_page("card")
    assert presenter.notes == {}


def test_what_one_touch_leaves_behind_is_shown_in_one_go(showing: Showing) -> None:
    class Watching(Sampled):
        def present(self, scene: Any, words: Words, notes: Notes) -> ViewModel:
            seen.append(dict(notes))
            return super().present(scene, words, notes)

    seen: list[dict[str, Any]] = []
    shown = showing(Watching(), scene("describe"), main=PAGES)
    seen.clear()
    shown.ui.visit.keep({"typed": "火锅", "open": "yes"})
    shown.ui.visit.keep({"open": "yes"})
    assert seen == [{"typed": "火锅", "open": "yes"}]
    shown.ui.visit.note("open", "")
    assert seen[1:] == [{"typed": "火锅", "open": ""}]


def test_a_changed_value_keeps_delegates_and_focus(showing: Showing) -> None:
    class Growing(Sampled):
        def present(self, scene: Any, words: Words, notes: Notes) -> ViewModel:
            vm = super().present(scene, words, notes)
            first = {**vm.lists["found"][0], "detail": f"第 {scene.state.turn} 次"}
            return replace(vm, lists={**vm.lists, "found": (first, *vm.lists["found"][1:])})

    shown = showing(Growing(), scene("describe", turn=1), main=PAGES)
    shown.pilot.tap("search_input")
    rows = {name: find(shown.ui.window, name) for name in ("pick_a", "pick_d")}
    shown.stand.show(scene("describe", turn=2))
    shown.pilot.wait_text("第 2 次")
    assert {name: find(shown.ui.window, name) for name in rows} == rows
    assert find(shown.ui.window, "search_input").property("activeFocus")


def test_a_disabled_action_says_what_is_missing_and_cannot_be_pressed(showing: Showing) -> None:
    class Missing(Sampled):
        def present(self, scene: Any, words: Words, notes: Notes) -> ViewModel:
            vm = super().present(scene, words, notes)
            return replace(vm, actions=(Action("next", "下一步", "primary", "arrow-right", False, "还差 1 项"),))

    presenter = Missing()
    shown = showing(presenter, scene("card"), main=PAGES)
    assert "还差 1 项" in shown.pilot.texts()
    with pytest.raises(PilotError, match="还差 1 项"):
        shown.pilot.tap("next")
    assert not find(shown.ui.window, "next").isEnabled()
    assert presenter.acts == []


def test_a_press_is_one_event(showing: Showing) -> None:
    shown, presenter = sample(showing, "describe")
    shown.pilot.tap("next")
    assert presenter.acts == [("next", {})]
    assert shown.stand.posted == [NextAsked()]


def test_idle_warns_and_wipes_and_a_touch_begins_anew(showing: Showing, monkeypatch: pytest.MonkeyPatch) -> None:
    presenter = Sampled()
    shown = showing(presenter, scene("describe"), replace(KIOSK, idle_seconds=120), main=PAGES)
    idle = shown.ui.visit._idle
    assert idle is not None
    hours = [0.0]
    monkeypatch.setattr(idle, "_monotonic", lambda: hours[0])
    idle.touched()
    hours[0] = 89
    shown.ui.visit._tick()
    assert shown.stand.posted == []
    shown.pilot.click("search_input")
    hours[0] = 89 + 91
    shown.ui.visit._tick()
    assert shown.stand.posted == [IdleWarned()]
    shown.stand.show(scene("describe", warned=True))
    shown.pilot.settle()
    assert shown.ui.visit.property("idleLeft") == 29
    hours[0] = 89 + 121
    shown.ui.visit._tick()
    assert shown.stand.posted == [IdleWarned(), TimedOut()]


def test_the_slip_grows_in_place(showing: Showing) -> None:
    class Slipping(Sampled):
        def present(self, scene: Any, words: Words, notes: Notes) -> ViewModel:
            vm = super().present(scene, words, notes)
            assert vm.slip is not None
            added = (SlipLine("new", "手机", "138****1234", "added", "刚加上"),) if scene.state.more else ()
            return replace(vm, slip=replace(vm.slip, lines=vm.slip.lines + added))

    shown = showing(Slipping(), scene("card", more=False), main=PAGES)
    assert "重庆示例餐饮管理有限公司" not in shown.pilot.texts()
    shown.stand.show(scene("card", more=True))
    shown.pilot.wait_text("138****1234")
    shown.pilot.tap("slip_open")
    assert "重庆示例餐饮管理有限公司" in shown.pilot.texts()
    shown.pilot.tap("edit_scope")
    assert "重庆示例餐饮管理有限公司" not in shown.pilot.texts()


def test_the_desk_acts_by_keys_and_digits_wait_for_the_scanner(showing: Showing) -> None:
    presenter = Sampled()
    shown = showing(presenter, scene("desk"), DESK, main=PAGES)
    shown.pilot.keys("F7", "F12", "F4", "Esc")
    assert [name for name, _ in presenter.acts] == ["partly", "hand", "abort"]
    shown.pilot.wedge("036120010361")
    assert presenter.acts[-1] == ("scanned", {"text": "036120010361"})
    shown.pilot.keys("Enter")
    assert presenter.acts[-1] == ("scan", {})
    shown.pilot.click("partly")
    assert presenter.acts[-1] == ("partly", {})


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_F12, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F7, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier),
    ],
    ids=["F12", "F7", "Esc", "Ctrl+Q"],
)
@pytest.mark.parametrize("at", [0, 4, 12])
def test_a_code_cannot_press_a_clerks_keys(
    showing: Showing, key: Qt.Key, modifier: Qt.KeyboardModifier, at: int
) -> None:
    presenter = Sampled()
    shown = showing(presenter, scene("desk"), DESK, main=PAGES)
    for place, letter in enumerate("036120010361 "):
        if place == at:
            QTest.keyClick(shown.ui.window, key, modifier)
        if letter != " ":
            QTest.keyClick(shown.ui.window, letter)  # type: ignore[call-overload]
    QTest.keyClick(shown.ui.window, Qt.Key.Key_Return)
    shown.pilot.settle()
    assert set(map(str, presenter.acts)) == {str(("scanned", {"text": ""}))}


def test_lying_terminal(showing: Showing) -> None:
    shown, presenter = sample(showing, "describe", width=1920, height=1080)
    shown.pilot.tap("pick_d")
    shown.pilot.tap("next")
    assert presenter.acts == [("next", {})]
    assert "重庆示例餐饮管理有限公司" in shown.pilot.texts()


def test_every_component_loads(showing: Showing) -> None:
    shown = showing(Sampled(), scene("components"), main=GALLERY / "Components.qml")
    pad = [[[0.1, 0.5], [0.5, 0.2], [0.9, 0.6]]]
    shown.pilot.draw("pad", pad)
    strokes = find(shown.ui.window, "pad").property("strokes").toVariant()
    assert len(strokes) == 1 and len(strokes[0]) >= 3
    times = [ms for _, _, ms in strokes[0]]
    assert times[0] >= 0 and times == sorted(times) and times[-1] > times[0]
    shown.pilot.tap("signature_again")
    assert find(shown.ui.window, "pad").property("strokes").toVariant() == []
