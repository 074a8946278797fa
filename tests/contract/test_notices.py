"""一次性告知 (R44): what was there to be seen the first time is not asked for a second time."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.contracts import platform_api as api
from kiosk.sandbox.notices import was_there_to_see

from .hands import Hands, Story, form, second_person, ulid
from .running import Running
from .turns import KIOSK_2, OTHER_HALL, again, at, correction, next_story

pytestmark = pytest.mark.processes
ADDRESS = {"code": "address_vague", "text": "住所应写到门牌号", "pointer": "/fields/domicile_address"}
CAPITAL = {"code": "capital_high", "text": "注册资本说明", "pointer": "/fields/registered_capital"}


def second_time(kiosk: Hands, window: Hands, **changed: str) -> Story:
    """A case that was returned once for its address and comes again with some fields changed."""
    story = Story(kiosk).submitted()
    assert correction(window, story, [ADDRESS]).status_code == 201
    new = next_story(story, again(kiosk, story))
    new.form["fields"].update(changed)
    assert new.keep().status_code == 200
    assert new.submit().status_code == 200
    return new


def test_what_was_there_the_first_time_is_refused(kiosk: Hands, window: Hands) -> None:
    story = second_time(kiosk, window, domicile_address="示例路2号")
    answer = correction(window, story, [CAPITAL])
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["requirements"]) == (
        409, "notice-already-given", ["capital_high"],
    )  # fmt: skip
    assert problem["first"]["no"] == 1
    without_place = correction(window, story, [{"code": "lease_missing", "text": "住所使用证明"}])
    assert without_place.json()["code"] == "notice-already-given"


def test_what_arose_from_the_change_is_allowed(kiosk: Hands, window: Hands) -> None:
    story = second_time(kiosk, window, domicile_address="某处")
    decided = correction(window, story, [ADDRESS]).json()
    assert (decided["state"], decided["notice_no"]) == ("RETURNED", 2)
    notice = window.call("GET", f"/v1/cases/{story.case_id}/notices/2").json()
    assert (notice["second"], notice["second_ref"]) == (True, "")  # a second notice, and no defect
    both = second_time(kiosk, window, domicile_address="某处")
    mixed = correction(window, both, [ADDRESS, CAPITAL]).json()
    assert mixed["requirements"] == ["capital_high"]


def test_a_supervisor_countersigns_and_says_why(kiosk: Hands, window: Hands) -> None:
    story = second_time(kiosk, window)
    keeper = correction(window, story, [ADDRESS], second=second_person(window, "0402"))
    assert (keeper.status_code, keeper.json()["code"]) == (403, "second-person-required")
    silent = correction(window, story, [ADDRESS], second=second_person(window, "0001"))
    assert silent.json()["errors"][0]["pointer"] == "/second_reason"
    token = second_person(window, "0001")
    decided = correction(window, story, [ADDRESS], second=token, second_reason="首次漏看").json()
    assert (decided["state"], decided["notice_no"]) == ("RETURNED", 2)
    notice = window.call("GET", f"/v1/cases/{story.case_id}/notices/2").json()
    assert (notice["second"], notice["second_ref"], notice["second_reason"]) == (True, "0001", "首次漏看")
    assert window.call("GET", f"/v1/cases/{story.case_id}/notices/3").status_code == 404


def test_the_clerk_who_is_a_supervisor_too_needs_another(kiosk: Hands, window: Hands, platform: Running) -> None:
    story = second_time(kiosk, window)
    with at(platform, "window-04 demo-window-04", "0001") as boss:
        body = {"decision": "correction", "decided_at": boss.now(), "by": "0001", "requirements": [ADDRESS]}
        version = f'"v{story.version}"'
        refused = boss.post(f"/v1/cases/{story.case_id}/acceptances", body, If_Match=version)
        assert refused.json()["code"] == "notice-already-given"


def test_the_notice_can_be_printed(kiosk: Hands, window: Hands, platform: Running) -> None:
    story = Story(kiosk).submitted()
    requirements = [{**ADDRESS, "item": "SETUP", "basis": "登记管理条例实施细则"}, CAPITAL]
    assert correction(window, story, requirements).status_code == 201
    path = f"/v1/cases/{story.case_id}/notices/1"
    notice = window.call("GET", path).json()
    assert "告知〔" in notice["number"]
    assert (notice["hall"], notice["window"], notice["by"]) == ("示例区政务服务中心", "w-03", "0317")
    assert notice["requirements"][0] == {"item": "SETUP", **requirements[0]} | {"basis": "登记管理条例实施细则"}
    assert {"name": "身份核验记录", "count": 1} in notice["received"]
    assert notice["hours"] == "09:00–12:00，13:00–18:00"
    assert len(notice["steps"]) == 3
    assert kiosk.call("GET", path).json() == notice
    new = next_story(story, again(kiosk, story))
    assert (
        kiosk.call("GET", f"/v1/cases/{new.case_id}/notices/1").json() == notice
    )  # the chain's notices stay at hand
    with at(platform, KIOSK_2) as stranger, at(platform, OTHER_HALL, "0317") as elsewhere:
        assert stranger.call("GET", path).status_code == 404
        assert elsewhere.call("GET", path).status_code == 404
    assert window.call("GET", f"/v1/cases/{story.case_id}/notices/０").status_code in (404, 422)


FIELDS = ("name_trade", "domicile_address", "registered_capital", "domicile_get_way")


def made(changes: dict[str, Any]) -> api.Form:
    body = form(ulid(), "测试字号")
    body["fields"] = {**body["fields"], **changes}
    return msgspec.convert(body, api.Form)


@given(
    st.dictionaries(st.sampled_from(FIELDS[:2]), st.sampled_from(("甲路1号", "乙路2号"))),
    st.dictionaries(st.sampled_from(FIELDS[:2]), st.sampled_from(("甲路1号", "乙路2号"))),
    st.sampled_from(FIELDS),
)
def test_only_a_changed_field_brings_a_new_requirement(then: Any, now: Any, name: str) -> None:
    before, after = made(then), made(now)
    same = getattr(before.fields, name) == getattr(after.fields, name)
    assert was_there_to_see(f"/fields/{name}", after, before) == same
    assert was_there_to_see("", after, before)


def test_people_go_by_name_and_a_new_signature_is_no_change() -> None:
    one = made({})
    second = msgspec.structs.replace(one.people[0], ref="p2", cert_no="2", address="甲路")
    before = msgspec.structs.replace(one, people=(one.people[0], second))
    signed = msgspec.structs.replace(one.people[0], signature_blob="a" * 64, verification_id=ulid())
    after = msgspec.structs.replace(before, people=(second, signed))
    for place in ("/people/0", "/people/1", "/people/0/address", "/people/p1", "/people/7", "/people/0/roles/0"):
        assert was_there_to_see(place, after, before), place
    moved = msgspec.structs.replace(before, people=(msgspec.structs.replace(second, address="乙路"), signed))
    assert not was_there_to_see("/people/0/address", moved, before)
    assert was_there_to_see("/people/1", moved, before)
