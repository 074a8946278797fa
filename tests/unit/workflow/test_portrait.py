"""The picture on a card's chip in a visit: for the check of its holder, and not a step longer."""

from dataclasses import replace

import pytest

from kiosk.contracts.face_camera import FaceShot, Likeness
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.citizen import CITIZEN
from kiosk.workflow.machine import Event, advance
from kiosk.workflow.visit import Visit
from tests.unit.ui.viewmodels.citizen_walk import LI, WANG, Walk, begun, seen

PICTURE = b"BM-of-this-card"
CARD = replace(WANG, photo=b"WLf", portrait=PICTURE)
SHOT = ev.FaceTaken(FaceShot(b"jpeg", 1.0, 0.5, Likeness.LIKELY))


def laid() -> Walk:
    return begun().did(ev.Consented(True), ev.CardRead(CARD))


def picture_asked_for(visit: Visit, event: Event) -> bytes:
    _, effects = advance(CITIZEN, visit, event)
    return next(one.portrait for one in effects if isinstance(one, do.TakeFace))


def test_the_camera_gets_the_picture_of_the_card_that_was_laid() -> None:
    walk = begun().did(ev.Consented(True))
    assert picture_asked_for(walk.state, ev.CardRead(CARD)) == PICTURE
    assert picture_asked_for(laid().state, ev.RetryAsked()) == PICTURE


def test_whoever_has_not_agreed_to_the_picture_is_not_compared() -> None:
    walk = begun().did(ev.Consented(False))
    _, effects = advance(CITIZEN, walk.state, ev.CardRead(CARD))
    assert not [one for one in effects if isinstance(one, do.TakeFace)]


def test_the_card_itself_is_kept_without_its_picture() -> None:
    assert laid().state.card == WANG


def test_once_the_person_is_verified_nothing_of_it_is_left() -> None:
    before = laid().did(SHOT)
    assert before.state.likeness is Likeness.LIKELY
    after = before.did(seen())
    assert (after.state.portrait, after.state.likeness) == (None, None)


@pytest.mark.parametrize("again", [ev.RetryAsked(), ev.FaceAgreed()])
def test_another_try_begins_without_the_last_ones_word(again: Event) -> None:
    assert laid().did(SHOT, again).state.likeness is None


def test_another_persons_picture_is_never_held_beside_this_face() -> None:
    """The second founder's card is read while the first one's is still known."""
    state = laid().did(SHOT).state
    other = replace(state, portrait=replace(state.portrait, cert_no=LI.number))  # type: ignore[type-var]
    assert picture_asked_for(other, ev.RetryAsked()) == b""


def test_the_word_is_neither_sent_nor_written_down() -> None:
    """The authority decides; what goes to it, and to the trail, is the same whatever this machine thinks."""
    assert len({repr(_told(likeness)) for likeness in (None, *Likeness)}) == 1


def _told(likeness: Likeness | None) -> list[object]:
    visit, first = advance(CITIZEN, laid().state, ev.FaceTaken(FaceShot(b"jpeg", 1.0, 0.5, likeness)))
    _, second = advance(CITIZEN, visit, seen())
    asked = [one.question.face_jpeg for one in first if isinstance(one, do.Verify)]
    noted = [one.fields for one in (*first, *second) if isinstance(one, do.Note)]
    assert asked and noted
    return [*asked, *noted, *(type(one) for one in (*first, *second))]
