"""A draft that was left at one terminal goes on at another: real processes, real lines, fingers on the glass."""

import json
import urllib.request
from collections.abc import Iterator

import pytest

from kiosk.demo.stage import Stage, Window
from kiosk.faults import FaultCode
from tests.journeys.visiting import (
    CAMERA,
    PATIENT,
    READER,
    described,
    fair,
    fault,
    finish,
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


def left_at_the_business(stage: Stage, trade: str) -> str:
    """Begun at the first terminal, named, and left; the code of the slip."""
    fair(stage)
    kiosk = stage.open("kiosk")
    kiosk.page("home")
    identified(stage, kiosk)
    name_page(kiosk, trade)
    kiosk.tap("check")
    kiosk.sees(said("declare_name.reserved_until", at="").removesuffix("。").strip())
    kiosk.tap("next")
    kiosk.page("describe_business")
    code = leave_later(kiosk)
    assert stage.settled("kiosk", PATIENT)
    stage.close(kiosk)
    return code


def phone(stage: Stage) -> str:
    """What the applicant's phone shows."""

    def newest() -> str:
        with urllib.request.urlopen(f"{stage.platform['url']}/sandbox/sms-outbox", timeout=PATIENT) as answer:
            told = [one["text"] for one in json.load(answer) if "验证码" in one["text"]]
        return str(told[-1]).partition("验证码")[2] if told else ""

    return "".join(ch for ch in wait_for(newest, "the code on the phone")[:8] if ch.isdigit())


def to_the_end(stage: Stage, kiosk: Window, code: str) -> None:
    """From the business scope to the submission, under the old slip."""
    described(kiosk)
    signed(kiosk)
    kiosk.tap("submit")
    kiosk.sees(said("truth.sent"), PATIENT)
    kiosk.tap("next")
    kiosk.page("take_receipt")
    wait_for(lambda: code in kiosk.do("texts"), "the old code on the receipt's page")
    finish(kiosk)
    assert states(stage, code) == ["DRAFT", "SUBMITTED"]


def test_by_card_and_face_at_another_terminal(stage: Stage) -> None:
    code = left_at_the_business(stage, "云上")
    kiosk = stage.open("other")
    kiosk.page("home")
    kiosk.tap("resume")
    kiosk.page("find_my_draft")
    stage.hall.do(READER, "lay_card", card="li")
    kiosk.sees(fault(FaultCode.DRAFT_NOT_FOUND))  # somebody else's card finds nothing of it
    stage.hall.do(READER, "lift_card")
    kiosk.tap("retry")
    stage.hall.do(READER, "lay_card", card="wang")
    kiosk.page("choose_draft")
    stage.hall.do(READER, "lift_card")
    assert all(code not in text or "单号" in text for text in kiosk.do("texts"))
    kiosk.tap(_only_draft(kiosk))
    kiosk.page("give_consent")
    stage.hall.do(CAMERA, "show", scene="face")
    kiosk.tap("way_face", "consent")
    kiosk.page("describe_business", PATIENT)  # the first question that is open
    to_the_end(stage, kiosk, code)
    stage.close(kiosk)


def test_by_slip_and_phone_at_another_terminal(stage: Stage) -> None:
    code = left_with_a_phone(stage)
    kiosk = stage.open("other")
    kiosk.page("home")
    kiosk.tap("resume")
    kiosk.page("find_my_draft")
    kiosk.tap("code_input")
    kiosk.do("pinyin", code)
    kiosk.tap("key_hide", "find")
    kiosk.page("enter_resume_code")
    kiosk.tap("digits_input")
    digits = phone(stage)
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
    signed(kiosk)
    kiosk.tap("submit")
    kiosk.sees(said("truth.sent"), PATIENT)
    kiosk.tap("next")
    kiosk.page("take_receipt")
    finish(kiosk)
    assert states(stage, code) == ["DRAFT", "SUBMITTED"]
    stage.close(kiosk)


def test_without_network_only_where_it_was_left(stage: Stage) -> None:
    code = left_at_the_business(stage, "雾里")
    stage.office.weather(offline=True)
    kiosk = stage.open("kiosk")
    kiosk.page("home")
    kiosk.sees(said("chrome.offline_home.what"))
    kiosk.tap("resume")
    kiosk.page("find_my_draft")
    stage.hall.do(READER, "lay_card", card="wang")
    kiosk.page("choose_draft")
    stage.hall.do(READER, "lift_card")
    kiosk.tap(_only_draft(kiosk))
    kiosk.page("describe_business")
    assert leave_later(kiosk) == code
    stage.close(kiosk)
    stage.office.weather()


def left_with_a_phone(stage: Stage) -> str:
    """Everything answered at the first terminal, the telephone too, and left before signing."""
    fair(stage)
    kiosk = stage.open("kiosk")
    kiosk.page("home")
    identified(stage, kiosk)
    name_page(kiosk, "山城")
    kiosk.tap("check")
    described(kiosk)
    code = leave_later(kiosk)
    assert stage.settled("kiosk", PATIENT)
    stage.close(kiosk)
    return code


def _only_draft(kiosk: Window) -> str:
    (one,) = [one["object"] for one in kiosk.do("tree") if one["object"].startswith("draft_")]
    return str(one)


def test_nobody_is_left_on_the_glass(stage: Stage) -> None:
    """Whoever only looked leaves nothing, and the draft is as it was."""
    code = left_at_the_business(stage, "江畔")
    kiosk = stage.open("other")
    kiosk.page("home")
    kiosk.tap("resume")
    kiosk.page("find_my_draft")
    stage.hall.do(READER, "lay_card", card="wang")
    kiosk.page("choose_draft")
    stage.hall.do(READER, "lift_card")
    kiosk.tap("leave")
    gone(kiosk)
    assert states(stage, code) == ["DRAFT"]
    stage.close(kiosk)
