"""A paper on the glass before it is printed: by keys and by touch, page by page, and on to the printer."""

import pytest

from kiosk.workflow import events as ev

from .test_clerk_keys import FACES, At, at

__all__ = ["at"]


@pytest.mark.parametrize(("face", "key"), [("check_materials-accepted", "F7"), ("handed_over-offline", "F6")])
def test_the_key_beside_the_printer_opens_it(at: At, face: str, key: str) -> None:
    desk = at(face)
    desk.pilot.keys(key)
    assert desk.posted == [ev.PreviewAsked()]


def test_pages_are_turned_and_made_larger_and_nothing_goes_too_far(at: At) -> None:
    desk = at("check_materials-paper")
    desk.pilot.keys("PgUp")
    assert desk.said("第 1 页，共 2 页")
    desk.pilot.keys("PgDn", "PgDn")
    assert desk.said("第 2 页，共 2 页")
    desk.pilot.keys("2", "2", "2", "Down")
    assert desk.stage.ui.visit._notes["paperZoom"] == 2
    desk.pilot.keys("1")
    assert desk.stage.ui.visit._notes["paperZoom"] == 1
    desk.pilot.tap("paper_before")
    assert desk.said("第 1 页，共 2 页")
    assert desk.posted == []


def test_from_there_it_is_printed_or_closed(at: At) -> None:
    desk = at("check_materials-paper")
    desk.pilot.keys("F10", "Enter")  # Enter is the next customer's, not here
    desk.pilot.tap("paper_print")
    assert desk.posted == [ev.PaperAsked(), ev.PaperAsked()]
    desk.pilot.keys("Esc")
    assert desk.posted == [ev.PreviewClosed()]


def test_while_it_is_being_laid_out_it_can_only_be_closed(at: At) -> None:
    desk = at("check_materials-paper-making")
    assert desk.said("正在排版")
    desk.pilot.keys("F10", "PgDn", "2")
    assert desk.posted == []
    desk.pilot.tap("paper_close")
    assert desk.posted == [ev.PreviewClosed()]


def test_what_was_looked_at_is_not_left_in_the_places_of_cameras(at: At) -> None:
    desk = at("handed_over-paper")
    assert desk.stage.ui.visit._desk.property("seen")
    desk.shows(FACES["handed_over"])
    assert not desk.stage.ui.visit._desk.property("seen")
