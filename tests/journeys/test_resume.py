"""A draft that was left at one terminal goes on at another: real processes, real lines, fingers on the glass."""

import json
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from kiosk.demo.stage import Stage, Window
from kiosk.faults import FaultCode
from tests.journeys.visiting import (
    CAMERA,
    PATIENT,
    READER,
    fair,
    fault,
    finish,
    from_the_business,
    gone,
    identified,
    leave_later,
    name_page,
    said,
    signed,
    stage_in,
    states,
    wait_for,
)

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Two self-service terminals of one hall; they stand at one set of devices, so one is open at a time."""
    with stage_in(tmp_path_factory.mktemp("hall")) as stage:
        first = stage.configs["kiosk"].read_text("utf-8")
        second = first.replace("kiosk-01", "kiosk-02")
        assert second.count("kiosk-02") >= 3, "terminal, credential and store are its own"
        stage.configs["other"] = stage.configs["kiosk"].with_name("kiosk-02.toml")
        stage.configs["other"].write_text(second, "utf-8")
        yield stage


def left(stage: Stage, *steps: Callable[[Window], None]) -> str:
    """Begun at the first terminal, taken so far, and left; the code of the slip."""
    fair(stage)
    kiosk = stage.open("kiosk")
    kiosk.page("home")
    identified(stage, kiosk)
    for step in steps:
        step(kiosk)
    code = leave_later(kiosk)
    assert stage.settled("kiosk", PATIENT)
    stage.close(kiosk)
    return code


def resumed(stage: Stage, name: str) -> Window:
    """At that terminal the applicant's card finds the draft."""
    kiosk = stage.open(name)
    kiosk.page("home", PATIENT)
    kiosk.tap("resume")
    kiosk.page("find_my_draft")
    stage.hall.do(READER, "lay_card", card="wang")
    kiosk.page("choose_draft")
    stage.hall.do(READER, "lift_card")
    return kiosk


def proven(stage: Stage, kiosk: Window) -> None:
    """It is the applicant's face."""
    kiosk.tap(_only_draft(kiosk))
    kiosk.page("give_consent")
    stage.hall.do(CAMERA, "show", scene="face")
    kiosk.tap("way_face", "consent")


def _only_draft(kiosk: Window) -> str:
    (one,) = [one["object"] for one in kiosk.do("tree") if one["object"].startswith("draft_")]
    return str(one)


def phone(stage: Stage) -> str:
    """What the applicant's phone shows."""

    def newest() -> str:
        with urllib.request.urlopen(f"{stage.platform['url']}/sandbox/sms-outbox", timeout=PATIENT) as answer:
            told = [one["text"] for one in json.load(answer) if "验证码" in one["text"]]
        return str(told[-1]).partition("验证码")[2] if told else ""

    return str(wait_for(newest, "the code on the phone"))[:6]


def submitted(stage: Stage, kiosk: Window, code: str) -> None:
    """Signed and submitted under the old slip, once."""
    signed(kiosk)
    kiosk.tap("submit")
    kiosk.sees(said("truth.sent"), PATIENT)
    kiosk.tap("next")
    kiosk.page("take_receipt")
    wait_for(lambda: code in kiosk.do("texts"), "the old code on the receipt's page")
    finish(kiosk)
    assert states(stage, code) == ["DRAFT", "SUBMITTED"]
    stage.close(kiosk)


def test_by_card_and_face_at_another_terminal(stage: Stage) -> None:
    """It goes on where it stopped, under its own slip, and what the second terminal saves is the same case."""
    code = left(stage)
    kiosk = resumed(stage, "other")
    proven(stage, kiosk)
    kiosk.page("choose_purpose", PATIENT)  # the first question that is open
    kiosk.tap("choice_alone", "way_company", "choice_catering", "way_all", "way_none", "choice_here", "purpose")
    kiosk.page("declare_name")
    assert leave_later(kiosk) == code
    assert stage.settled("other", PATIENT)
    assert states(stage, code) == ["DRAFT"]
    stage.close(kiosk)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_a_stranger_finds_nothing_and_the_applicant_goes_to_the_end(stage: Stage) -> None:
    code = left(stage, partial(name_page, trade="云上"), to_the_business)
    kiosk = stage.open("other")
    kiosk.page("home", PATIENT)
    kiosk.tap("resume")
    kiosk.page("find_my_draft")
    stage.hall.do(READER, "lay_card", card="li")
    kiosk.sees(fault(FaultCode.DRAFT_NOT_FOUND))
    stage.hall.do(READER, "lift_card")
    stage.close(kiosk)
    kiosk = resumed(stage, "other")
    kiosk.tap("leave")  # whoever only looked leaves nothing, and the draft is as it was
    gone(kiosk)
    stage.close(kiosk)
    kiosk = resumed(stage, "other")
    proven(stage, kiosk)
    kiosk.page("describe_business", PATIENT)
    from_the_business(kiosk)
    submitted(stage, kiosk, code)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_by_slip_and_phone_at_another_terminal(stage: Stage) -> None:
    code = left(stage, partial(name_page, trade="山城"), to_the_business, from_the_business)
    kiosk = stage.open("other")
    kiosk.page("home", PATIENT)
    kiosk.tap("resume")
    kiosk.page("find_my_draft")
    kiosk.tap("code_input")
    kiosk.do("pinyin", code)
    kiosk.tap("key_hide", "find")
    kiosk.page("enter_resume_code")
    digits = phone(stage)
    kiosk.tap("digits_input")
    kiosk.do("pinyin", f"{(int(digits) + 1) % 1_000_000:06d}")
    kiosk.tap("key_hide", "check")
    kiosk.sees(fault(FaultCode.RESUME_CODE_WRONG))
    kiosk.tap("digits_input")
    for _ in digits:
        kiosk.tap("key_back")
    kiosk.do("pinyin", digits)
    kiosk.tap("key_hide", "check")
    kiosk.page("choose_draft")
    kiosk.tap(_only_draft(kiosk))
    kiosk.page("check_answers")  # everything is answered, and the person was verified
    submitted(stage, kiosk, code)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_without_network_it_goes_on_where_it_was_left(stage: Stage) -> None:
    code = left(stage)
    stage.office.weather(offline=True)
    kiosk = stage.open("kiosk")
    kiosk.sees(said("chrome.offline_home.what"), PATIENT)
    stage.close(kiosk)
    kiosk = resumed(stage, "kiosk")
    kiosk.tap(_only_draft(kiosk))
    kiosk.page("choose_purpose")
    assert leave_later(kiosk) == code
    stage.close(kiosk)
    stage.office.weather()


def to_the_business(kiosk: Window) -> None:
    """The name is free, and reserved."""
    kiosk.tap("check")
    kiosk.sees(said("declare_name.reserved_until", at="").removesuffix("。").strip())
    kiosk.tap("next")
    kiosk.page("describe_business")
