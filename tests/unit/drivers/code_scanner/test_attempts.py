"""Badly seen codes that the first look misses are read by a further one; nothing is read that was not printed."""

import random

import numpy as np
import pytest

from drivers.code_scanner.attempts import ATTEMPTS, Spot, around
from drivers.code_scanner.decode import look
from kiosk.contracts.code_scanner import Symbology
from tests.bench.degraded_codes import TROUBLES, seen

PAYLOAD = b"QB1.01JD8M4Q5W0000000000000000.K7P-428.0a1b2c3d"
HARD = {"blurred very much", "very faint", "small and blurred", "shaded much"}  # the first look sees few or none


@pytest.mark.parametrize("trouble", [one for one in TROUBLES if one.name in HARD], ids=lambda one: one.name)
def test_further_attempts_read_what_the_first_look_misses(trouble: object) -> None:
    pictures = [seen(PAYLOAD, trouble, random.Random(n)) for n in range(4)]  # type: ignore[arg-type]
    first = sum(bool(look(one, (), zbar_too=False).found) for one in pictures)
    found = [look(one).found for one in pictures]
    assert {one.data for codes in found for one in codes} == {PAYLOAD}
    assert sum(map(bool, found)) > first


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda one: one.name)
def test_an_attempt_leaves_the_picture_as_it_is_and_a_clean_code_readable(attempt: object) -> None:
    picture = seen(PAYLOAD, TROUBLES[0], random.Random(1))
    before = picture.copy()
    made = attempt.make(picture)  # type: ignore[attr-defined]
    assert (picture == before).all()
    assert [(one.data, one.symbology) for one in look(made, ()).found] == [(PAYLOAD, Symbology.QR)]


def test_around_a_spot_is_the_spot_with_its_margin_inside_the_picture() -> None:
    picture = np.arange(100 * 80, dtype=np.uint32).astype(np.uint8).reshape(80, 100)
    assert around(picture, None) is picture
    assert around(picture, Spot(40, 40, 60, 60)).shape == (36, 36)
    assert around(picture, Spot(-5, -5, 10, 10)).shape == (18, 18)
    assert around(picture, Spot(500, 500, 600, 600)).shape == picture.shape
