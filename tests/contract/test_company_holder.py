"""A shareholder that is a company (企业股东): the platform wants somebody of flesh to be verified and sign for it."""

import json
from dataclasses import replace
from typing import Any

import pytest

from kiosk.domain.case import CompanyType
from kiosk.domain.ids import SlipCode, VerificationId
from offline_cache.wire import form_of
from offline_cache.wire import sent as wire
from tests.unit.rules.breakers import COMPANY, full, partner

from .hands import LI, WANG, Hands, Story, slip, ulid

pytestmark = pytest.mark.processes

CODE = "91500103MA5U00003N"
FULL = full()


def with_company(kiosk: Hands, number: str, name: str, **more: Any) -> Story:
    """1190: a person, and a company for which somebody acts."""
    story = Story(kiosk)
    story.form["fields"]["company_type"] = "1190"
    story.form["people"][0]["subscribed"] = "10"
    story.form["people"].append(
        {
            "ref": "p2", "name": "重庆示例投资控股有限公司", "cert_type": "uscc", "cert_no": CODE,
            "roles": ["shareholder"], "subscribed": "0.5",
            "holding": {"kind": "enterprise",
                        "represented_by": {"name": name, "cert_type": "111", "cert_no": number}},
            **more,
        }
    )  # fmt: skip
    assert story.reserve_name().status_code == 201
    return story


def test_whoever_acts_for_it_is_verified_and_signs(kiosk: Hands, window: Hands) -> None:
    story = with_company(kiosk, LI, "李示例")
    assert story.keep().json()["issues"] == []
    refused = story.submit()
    assert (refused.json()["code"], refused.json()["people"]) == ("verification-required", ["p2"])
    company = story.form["people"][1]
    company["verification_id"] = story.verification_id  # of somebody else
    assert story.keep().ok
    assert story.submit().json()["people"] == ["p2"]
    company["verification_id"] = kiosk.verify("李示例", LI).json()["id"]
    assert story.keep().ok
    refused = story.submit()
    assert (refused.json()["code"], refused.json()["signers"]) == ("signatures-missing", ["p2"])
    company["signature_blob"] = "1" * 64
    assert story.keep().ok
    assert story.submit().json()["state"] == "SUBMITTED"
    assert story.ready(window).case(window)["state"] == "READY"


def test_one_person_may_act_for_it_and_for_herself(kiosk: Hands) -> None:
    story = with_company(kiosk, WANG, "王测试", signature_blob="1" * 64)
    story.form["people"][1]["verification_id"] = story.verification_id
    assert story.keep().ok
    assert story.submit().json()["state"] == "SUBMITTED"


def test_links_are_for_persons(kiosk: Hands) -> None:
    story = with_company(kiosk, LI, "李示例", phone="13900000001")
    assert story.keep().ok
    refused = kiosk.post(f"/v1/cases/{story.case_id}/signing-links", {"id": story.case_id, "ref": "p2"})
    assert refused.status_code == 422, refused.text
    signers = kiosk.call("GET", f"/v1/cases/{story.case_id}/signatures").json()["items"]
    assert {one["ref"]: one["state"] for one in signers} == {"p1": "SIGNED", "p2": "WAITING"}


def test_the_terminals_form_is_what_the_platform_wants(kiosk: Hands) -> None:
    """As the terminal makes and sends it: nothing of its people is wanting, and it comes back as it went."""
    whole = replace(partner(COMPANY)(FULL), company_type=CompanyType.LLC_OTHER)
    proven = tuple(replace(one, verification_id=VerificationId(ulid())) for one in whole.people)
    filled = replace(whole, people=proven)
    sent = json.loads(wire.draft(SlipCode(slip()), filled))
    case_id = ulid()
    kept = kiosk.call("PUT", f"/v1/cases/{case_id}/draft", sent, If_None_Match="*")
    assert kept.status_code == 201, kept.text
    assert [one for one in kept.json()["issues"] if one["pointer"].startswith("/people")] == []
    back = kiosk.call("GET", f"/v1/cases/{case_id}").content
    read = form_of(back)
    assert read is not None and read.people == filled.people


def test_an_incomplete_company_is_said_at_once(kiosk: Hands) -> None:
    story = with_company(kiosk, LI, "李示例", cert_no=CODE[:-1] + "M")
    story.form["people"][1]["holding"]["represented_by"]["signs_as"] = "authorised"
    issues = {one["pointer"] for one in story.keep().json()["issues"]}
    assert issues == {"/people/1/cert_no", "/people/1/holding/represented_by/authorised_by"}
