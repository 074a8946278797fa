"""Every face of the citizen's terminal in both languages, three sizes, upright and lying: shown, and looked at."""

import itertools
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtQuick import QQuickItem

from kiosk.workflow.events import Touched
from tests.unit.ui.viewmodels.citizen_walk import Still, stills
from tests.unit.ui.viewmodels.wish_walk import more_stills
from ui.pilot import find, walk
from ui.viewmodels import citizen

from .audit import problems, seen
from .audit_more import more_problems
from .conftest import KIOSK, Showing, Shown

UPRIGHT, LYING = (1080, 1920), (1920, 1080)
SIZES = (1.0, 1.4, 1.8)
MOST_MADE, MOST_HIDDEN = 560, 180  # items of the heaviest pages, upright, with what they are about to need


def put(shown: Shown, still: Still, size: int, language: str) -> None:
    """Another face on the same glass: scene, what the screen remembers, text size and language."""
    visit = shown.ui.visit
    if visit.property("page") == still.scene.state.step:  # what this page remembers is forgotten on another
        shown.stand.show(next(scene for scene in between() if scene.state.step != still.scene.state.step))
    shown.stand.show(still.scene)
    shown.pilot.settle()  # a page that is being left remembers nothing more
    for name, value in still.notes.items():
        visit.note(name, value)
    if shown.ui.spoken.language != language:
        shown.ui.spoken.toggle()
    while shown.ui.look.scale != SIZES[size]:
        shown.ui.look.nextSize()
    shown.pilot.settle()


@cache
def between() -> tuple[Any, ...]:
    """Pages that cost little to make; not home, where text size and language are set back, too."""
    faces = stills()
    return faces["give_consent"].scene, faces["present_id_card"].scene


PANELS = {"upright": UPRIGHT, "lying": LYING}
# The ordinary suite looks at every face in two of these four, half of them in each; the rest: make prove.
_HALF = {("zh", 0, "upright"): 0, ("en", 1, "upright"): 1, ("zh", 2, "lying"): 1, ("en", 0, "lying"): 0}


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("language", "size", "panel"),
    [
        pytest.param(*one, marks=() if one in _HALF else pytest.mark.long)
        for one in itertools.product(("zh", "en"), (0, 1, 2), PANELS)
    ],
)
def test_nothing_is_cut_small_nameless_or_out_of_reach(
    showing: Showing, language: str, size: int, panel: str
) -> None:
    faces = stills()
    first = faces["home"]
    if (half := _HALF.get((language, size, panel))) is not None:
        faces = {name: still for number, (name, still) in enumerate(faces.items()) if number % 2 == half}
    else:
        faces |= more_stills()
    width, height = PANELS[panel]
    shown = showing(citizen, first.scene, replace(KIOSK, width=width, height=height))
    wrong = []
    for name, still in faces.items():
        put(shown, still, size, language)
        assert shown.ui.visit.property("page") == still.scene.state.step
        found = [*problems(shown.ui.window, size), *more_problems(shown.ui.window), *out_of_reach(shown, still)]
        wrong += [f"{name}: {one}" for one in found]
    assert not wrong, "\n".join(wrong)


def out_of_reach(shown: Shown, still: Still) -> list[str]:
    """Whatever has to be scrolled, the step's own action never is."""
    vm = citizen.present(still.scene, shown.ui.spoken.words, still.notes)
    if vm.data["idle"] or vm.data["leaving"]:
        return []
    bar = find(shown.ui.window, "help_call").mapToScene(QPointF(0, 0)).y()
    wrong = []
    own = [action.name for action in vm.actions if action.kind in ("primary", "seal")]
    for name in own or (["next"] if vm.page == "home" else []):
        button = find(shown.ui.window, name)
        top = button.mapToScene(QPointF(0, 0)).y()
        if top < 0 or top + button.height() > bar:
            wrong.append(f"out of reach: {name}")
    return wrong


@pytest.mark.parametrize(("size", "panel"), [*itertools.product((0, 1, 2), PANELS)])
def test_whoever_is_to_sign_sees_the_whole_pad(showing: Showing, size: int, panel: str) -> None:
    """And nothing lies over it: in large text what is signed goes up out of the way."""
    faces = {name: still for name, still in stills().items() if still.scene.state.step == "sign"}
    width, height = PANELS[panel]
    shown = showing(citizen, stills()["home"].scene, replace(KIOSK, width=width, height=height))
    root, looked = shown.ui.window.contentItem(), 0
    for name, still in faces.items():
        for language in ("zh", "en"):
            put(shown, still, size, language)
            told = citizen.present(still.scene, shown.ui.spoken.words, still.notes).data
            if told["mode"] != "pad" or not told["signing"]:
                continue
            pad = find(shown.ui.window, "signature_pad")
            whole = pad.mapRectToItem(root, QRectF(0, 0, pad.width(), pad.height()))
            above = find(shown.ui.window, "sign").mapToItem(root, QPointF(0, 0)) if panel == "upright" else None
            assert seen(pad, whole, root) == whole, (name, language)
            assert whole.height() >= 210 and (above is None or whole.bottom() < above.y()), (name, language, whole)
            looked += 1
    assert looked > 5


@pytest.mark.parametrize(("size", "panel"), [*itertools.product((0, 1, 2), PANELS)])
def test_whoever_is_asked_how_to_be_checked_sees_both_ways(showing: Showing, size: int, panel: str) -> None:
    """Face and in person are equal by law: neither stands out of sight, in large text either."""
    width, height = PANELS[panel]
    shown = showing(citizen, stills()["home"].scene, replace(KIOSK, width=width, height=height))
    root = shown.ui.window.contentItem()
    for name in ("give_consent", "give_consent-picked", "give_consent-later"):
        for language in ("zh", "en"):
            put(shown, stills()[name], size, language)
            ways = [find(shown.ui.window, "way_" + key) for key in ("face", "in_person")]
            places = [one.mapRectToItem(root, QRectF(0, 0, one.width(), one.height())) for one in ways]
            assert places[0].size() == places[1].size()
            for way, place in zip(ways, places, strict=True):
                assert seen(way, place, root) == place, (name, language, place)


@pytest.mark.parametrize("name", ["name_people-supervisor-wanted", "check_answers-wishes", "tax_and_invoice"])
def test_a_page_is_made_of_what_it_shows(showing: Showing, name: str) -> None:
    """Every item costs the page change its time, hidden ones too; the keyboard is lent, and not counted."""
    shown = showing(citizen, stills()["home"].scene)
    put(shown, stills()[name], 0, "zh")
    made = [item for item in walk(shown.ui.window.contentItem()) if not on_keyboard(item)]
    hidden = [item for item in made if not item.isVisible()]
    assert len(made) < MOST_MADE and len(hidden) < MOST_HIDDEN, (len(made), len(hidden))


def on_keyboard(item: QQuickItem | None) -> bool:
    """Whether it is the keyboard, or a part of it."""
    while item is not None and not item.metaObject().className().startswith("Keyboard"):
        item = item.parentItem()
    return item is not None


def test_the_looks_see(showing: Showing) -> None:
    """One face spoilt: a text hardly darker than the paper, and a button that the Tab key no longer comes to."""
    shown = showing(citizen, stills()["choose_purpose"].scene)
    shown.pilot.settle()
    assert more_problems(shown.ui.window) == []
    find(shown.ui.window, "lead").setProperty("color", "#9a958c")
    find(shown.ui.window, "help_call").setProperty("focusPolicy", Qt.FocusPolicy.NoFocus)
    shown.pilot.settle()
    found = more_problems(shown.ui.window)
    assert [one.partition(",")[0].partition(":")[0] for one in found] == ["pale", "no stop for the Tab key"], found


def test_the_slip_opens_by_keys_too(showing: Showing) -> None:
    shown = showing(citizen, stills()["choose_purpose"].scene)
    for _ in range(60):
        shown.pilot.keys("Tab")
        if shown.ui.window.activeFocusItem().objectName() == "slip_open":
            break
    shown.pilot.keys("Space")
    assert find(shown.ui.window, "slip_close").hasActiveFocus()
    shown.pilot.keys("Enter")
    assert find(shown.ui.window, "slip_open")


def test_the_idle_warning_goes_with_one_touch(showing: Showing) -> None:
    still = stills()["idle"]
    shown = showing(citizen, still.scene)
    assert any("还在吗" in text for text in shown.pilot.texts())
    shown.pilot.tap("dialog_stay")
    assert shown.stand.posted == [Touched()]
