"""The citizen's own slip on the glass before it is printed: part by part, larger and smaller, printed or not."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtQuick import QQuickItem

from kiosk.workflow.events import BackAsked, NextAsked
from tests.unit.ui.viewmodels import service_walk as services
from ui.pilot import find
from ui.viewmodels import citizen

from .conftest import KIOSK, Showing, Shown


@pytest.fixture
def looking(showing: Showing) -> Shown:
    shown = showing(citizen, services.looked(services.proven()).still().scene)
    shown.pilot.settle()
    return shown


def place(shown: Shown) -> QQuickItem:
    """Where the picture is painted."""
    found = shown.ui.visit.desk.parentItem()
    assert isinstance(found, QQuickItem)
    return found


def test_its_parts_are_turned_and_made_larger_and_nothing_goes_too_far(looking: Shown) -> None:
    assert looking.ui.visit.desk.seen and not find(looking.ui.window, "paper_before").isEnabled()
    parts, first = 1, looking.ui.visit.desk._image.copy()
    while find(looking.ui.window, "paper_after").isEnabled():
        looking.pilot.tap("paper_after")
        parts += 1
    assert parts > 1 and looking.ui.visit.desk._image != first
    assert any(f"第 {parts} 页，共 {parts} 页" in text for text in looking.pilot.texts())
    before = place(looking).width()
    while find(looking.ui.window, "paper_larger").isEnabled():
        looking.pilot.tap("paper_larger")
    assert place(looking).width() == pytest.approx(before * 2.4)
    looking.pilot.tap("paper_smaller")
    assert place(looking).width() == pytest.approx(before * 1.6)
    assert looking.stand.posted == []


def test_it_is_printed_or_not(looking: Shown) -> None:
    looking.pilot.tap("next")
    looking.pilot.tap("back")
    assert looking.stand.posted == [NextAsked(), BackAsked()]


def test_nothing_of_it_stays_on_the_glass(looking: Shown) -> None:
    looking.stand.show(services.proven().still().scene)
    looking.pilot.settle()
    assert not looking.ui.visit.desk.seen and looking.ui.visit._picture == b""


def test_while_it_is_made_it_cannot_be_printed(showing: Showing) -> None:
    shown = showing(citizen, services.looked(services.proven(), painted=False).still().scene)
    shown.pilot.settle()
    assert not find(shown.ui.window, "next").isEnabled() and "正在排版" in shown.pilot.texts()
    shown.pilot.tap("back")
    assert shown.stand.posted == [BackAsked()]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_on_a_lying_panel_every_key_is_in_sight_in_the_largest_text(showing: Showing, language: str) -> None:
    spec = replace(KIOSK, width=1920, height=1080, language=language)
    shown = showing(citizen, services.looked(services.proven()).still().scene, spec)
    while shown.ui.look.scale < 1.8:
        shown.ui.look.nextSize()
    shown.pilot.settle()
    bar, actions = top(shown, "help_call"), top(shown, "next")
    paper = find(shown.ui.window, "paper_sheet")
    assert paper.mapToScene(QPointF(0, paper.height())).y() < bar
    for name in ("paper_before", "paper_after", "paper_smaller", "paper_larger"):
        key = find(shown.ui.window, name)
        assert top(shown, name) > 0 and top(shown, name) + key.height() < actions, name
    shown.pilot.tap("paper_after")
    assert find(shown.ui.window, "paper_before").isEnabled()


@pytest.mark.parametrize("size", [0, 1, 2])
def test_with_the_keys_lowered_the_paper_is_above_them_and_its_parts_are_turned_below(
    looking: Shown, size: int
) -> None:
    looking.ui.look.setLow(True)
    for _ in range(size):
        looking.ui.look.nextSize()
    looking.pilot.settle()
    edge, actions = looking.ui.window.height() * 0.6, top(looking, "next")
    paper = find(looking.ui.window, "paper_sheet")
    assert paper.mapToScene(QPointF(0, paper.height())).y() < edge and place(looking).height() > 300
    for name in ("paper_before", "paper_after"):
        key = find(looking.ui.window, name)
        assert edge < top(looking, name) and top(looking, name) + key.height() < actions, name
    for name in ("paper_smaller", "paper_larger"):
        assert top(looking, name) > edge, name


def top(shown: Shown, name: str) -> float:
    """How far down its upper edge is."""
    return find(shown.ui.window, name).mapToScene(QPointF(0, 0)).y()
