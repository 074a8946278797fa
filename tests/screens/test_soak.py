"""Page after page after page: memory stays flat, because QML never makes a Python type."""

from dataclasses import replace
from pathlib import Path

import pytest

from ui.moment import pass_by

from .conftest import KIOSK, Showing
from .test_design import PAGES, Sampled, scene

MEBIBYTE = 1024


def private_dirty() -> int:
    """KiB of this process that nobody shares."""
    lines = Path("/proc/self/smaps_rollup").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty"))


@pytest.mark.long
def test_nine_hundred_page_switches(showing: Showing) -> None:
    shown = showing(Sampled(), scene("card"), replace(KIOSK, reduced_motion=True), main=PAGES)
    at: list[int] = []
    for turn in range(900):
        shown.stand.show(scene(("describe", "card")[turn % 2]))
        pass_by(2)
        shown.pilot.settle()
        if turn in (149, 899):
            at.append(private_dirty())
    assert at[1] - at[0] <= 1.5 * MEBIBYTE, at
