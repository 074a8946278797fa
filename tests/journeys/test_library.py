"""The library of certificates at a real window: found before anybody is asked, used when the citizen has agreed on
the screen on that side of the counter, and in the platform's books with the moment of the consent."""

from collections.abc import Iterator

import pytest

from kiosk.demo.stage import Stage, set_up
from tests.journeys.test_custody import sign_in
from tests.journeys.visiting import PATIENT, rows, said, seen, wait_for

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A hall with a case of 王测试 that waits to be accepted; the library has a certificate of that person."""
    folder = tmp_path_factory.mktemp("library")
    with set_up(folder, screen=False, clock="real", exercise="refusal", customer=True) as stage:
        yield stage


@pytest.mark.timeout(300)
def test_a_certificate_of_the_library_is_used_with_consent(stage: Stage) -> None:
    window = stage.open("window")
    sign_in(stage, window, "0317")
    slip = rows(stage, "SELECT slip_code FROM opening_case WHERE state = 'SUBMITTED'")[0][0]
    window.do("type", str(slip))
    window.do("keys", "Enter")
    window.page("check_materials", PATIENT)
    window.sees(said("library.source"), PATIENT)
    assert "示例不动产登记中心" in seen(window), "whose word it is"
    window.do("keys", "2")
    assert said("mark.2") not in seen(window), "what is held is not asked for"
    window.do("keys", "F6")
    wait_for(lambda: said("library.said_yes") in seen(window), "the question")
    assert rows(stage, "SELECT id FROM material") == []
    window.customer_sees("agree_library")
    window.customers("tap", "agree")
    window.sees(f"5 {said('mark.1')}　1 {said('mark.0')}", PATIENT)  # of the name, which nobody reserved here
    wait_for(lambda: len(rows(stage, "SELECT id FROM material")) == 1, "in the books")
    [(source, state, agreed, by)] = rows(
        stage, "SELECT source, state, consented_at, recognised_by FROM material"
    )  # fmt: skip
    assert (source, state, by) == ("e_cert_library", "RECOGNISED", "0317") and agreed
    window.do("keys", "1")
    window.sees(said("check_materials.said.ready"))
    window.do("keys", "F9")
    window.sees(said("check_materials.said.accepted"), PATIENT)
    stage.close(window)
