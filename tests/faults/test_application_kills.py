"""The whole application killed in the middle of visits: at rest, at the card, at the form, at the signature and right
after 提交. The next start is clean, shows nothing of the person before, and what was promised arrives exactly once.
"""

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.demo.acts import SIGNATURES
from kiosk.demo.stage import Stage, Window
from tests.journeys.visiting import (
    described,
    fair,
    identified,
    kill,
    lay,
    name_page,
    rows,
    said,
    seen,
    slip_code,
    stage_in,
    to_card,
)

pytestmark = pytest.mark.processes

_AFTER_SUBMIT = 2  # of five kills


def _names() -> Iterator[str]:
    """A hundred 字号 of two characters, none of which is another one, whole, in part or read backwards."""
    return (first + second for first in "晨海星云春秋江山林松" for second in "光棠辉帆雨月岚泉竹鹤")


def _at_rest(stage: Stage, kiosk: Window, name: str) -> None:
    pass


def _at_the_card(stage: Stage, kiosk: Window, name: str) -> None:
    to_card(kiosk)
    lay(stage, kiosk)


def _at_the_name(stage: Stage, kiosk: Window, name: str) -> None:
    identified(stage, kiosk)
    name_page(kiosk, name)
    kiosk.tap("check")


def _at_the_signature(stage: Stage, kiosk: Window, name: str) -> None:
    _at_the_name(stage, kiosk, name)
    described(kiosk)
    kiosk.tap("next")
    kiosk.page("sign")
    kiosk.do("draw", "signature_pad", SIGNATURES["wang"])
    kiosk.tap("sign")


_EARLY: tuple[Callable[[Stage, Window, str], None], ...] = (_at_rest, _at_the_card, _at_the_name, _at_the_signature)


def _submitted(stage: Stage, kiosk: Window, name: str) -> str:
    """Touch 提交 and look no further; the slip code."""
    _at_the_signature(stage, kiosk, name)
    kiosk.sees(said("sign.done_title"))
    kiosk.tap("next")
    kiosk.page("submit")
    code = slip_code(kiosk)
    kiosk.tap("submit")
    return code


def _promised(kiosk: Window) -> bool:
    """Whether the screen says that the act is kept."""
    texts = kiosk.do("texts")
    return any(said(key) in texts for key in ("truth.recorded", "truth.sent", "truth.accepted"))


def _kill_in_visits(folder: Path, kills: int, seed: int) -> None:
    chance, names = random.Random(seed), _names()
    touched: dict[str, bool] = {}
    with stage_in(folder) as stage:
        for number in range(kills):
            fair(stage)
            kiosk = stage.open("kiosk")
            kiosk.page("home")
            assert not [one for one in (*touched, "王") if one in seen(kiosk)]
            if number % 5 < _AFTER_SUBMIT:
                code = _submitted(stage, kiosk, next(names))
                time.sleep(chance.random() / 3)
                touched[code] = chance.random() < 0.5 and _promised(kiosk)
            else:
                chance.choice(_EARLY)(stage, kiosk, next(names))
                time.sleep(chance.random() / 3)
            kill(stage, kiosk)
        kiosk = stage.open("kiosk")
        kiosk.page("home")
        assert stage.settled("kiosk", 60)
        stage.close(kiosk)
        assert stage.verify_audit("kiosk") == "verified"
        cases = rows(stage, "SELECT slip_code, count(*), min(state) FROM opening_case GROUP BY slip_code")
        submitted = rows(
            stage,
            "SELECT slip_code, count(*) FROM timeline JOIN opening_case ON timeline.case_id = opening_case.id"
            " WHERE timeline.state = 'SUBMITTED' AND timeline.what = 'CASE' GROUP BY slip_code",
        )
    assert {count for _, count, _ in cases} == {1} and {count for _, count in submitted} <= {1}
    arrived = {code for code, _ in submitted}
    assert {code for code, promised in touched.items() if promised} <= arrived <= set(touched)
    assert {state for code, _, state in cases if code not in arrived} <= {"DRAFT", "SIGNING"}
    print(
        f"{kills} kills, {len(touched)} right after the submission: {sum(touched.values())} promised on the screen,"
    )
    print(f"{len(arrived)} arrived, each once; {len(cases)} cases in all")


@pytest.mark.long
@pytest.mark.timeout(2 * 3600)
@pytest.mark.parametrize("seed", range(4))
def test_a_hundred_kills_in_visits(tmp_path: Path, seed: int) -> None:
    _kill_in_visits(tmp_path, 25, seed)
