"""Burden figures wait in memory: the newest five hundred, gone when the platform has decided."""

from datetime import UTC, datetime

from kiosk.domain.burden import BurdenFigure, BurdenName
from offline_cache.figures import BATCH, MOST, FigureBox


def figures(first: int, last: int) -> tuple[BurdenFigure, ...]:
    at = datetime(2026, 11, 27, tzinfo=UTC)
    return tuple(BurdenFigure(f"{n:026d}", at, BurdenName.TAPS, 1.0) for n in range(first, last))


def test_a_batch_stays_until_it_was_decided_on() -> None:
    box = FigureBox()
    assert box.oldest() == ()
    box.put(figures(0, BATCH + 5))
    first = box.oldest()
    assert first == figures(0, BATCH) == box.oldest()
    box.put(figures(900, 901))  # comes while the batch is on its way
    box.sent(first)
    assert box.oldest() == (*figures(BATCH, BATCH + 5), *figures(900, 901))


def test_without_a_line_the_oldest_are_dropped() -> None:
    box = FigureBox()
    box.put(figures(0, MOST + 10))
    assert box.oldest()[0].id == f"{10:026d}"
