"""退回补正, and back again: at the window the returned case is taken up with one key, and nothing is typed again."""

from collections.abc import Iterator

import pytest

from kiosk.demo.stage import Stage, set_up
from tests.journeys.test_custody import sign_in
from tests.journeys.visiting import PATIENT, rows, said, seen, wait_for

pytestmark = pytest.mark.processes
_MOST = 12  # lines of the checklist


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A hall with a case that waits to be accepted."""
    with set_up(tmp_path_factory.mktemp("again"), screen=False, clock="real", exercise="correction") as stage:
        yield stage


@pytest.mark.timeout(300)
def test_a_returned_case_goes_on_where_it_was(stage: Stage) -> None:
    [(case_id, slip)] = rows(stage, "SELECT id, slip_code FROM opening_case WHERE state = 'SUBMITTED'")
    window = stage.open("window")
    sign_in(stage, window, "0317")
    window.do("type", str(slip))
    window.do("keys", "Enter")
    window.page("check_materials", PATIENT)
    for turn in range(_MOST):
        if said("check_materials.said.notice") in seen(window):
            break
        window.do("keys", "1" if turn else "2")
    window.do("keys", "F8")
    window.sees(said("check_materials.said.returned"), PATIENT)
    window.do("keys", "Enter")
    window.page("find_case", PATIENT)
    window.do("type", str(slip))
    window.do("keys", "Enter")
    window.page("see_case", PATIENT)
    window.sees(said("see_case.returned"))
    window.do("keys", "F8")
    window.page("fill_form", PATIENT)
    [(new, name)] = wait_for(
        lambda: rows(stage, "SELECT id, name_full FROM opening_case WHERE previous_case_id = ?", case_id),
        "the case that follows",
    )
    assert new != case_id
    window.sees(str(name), PATIENT)
    window.sees(said("entry.consent.earlier"))
    window.do("keys", "Enter")  # the name is looked up anew: the only thing that is left
    window.sees(said("entry.nothing_left"), PATIENT)
    stage.close(window)
