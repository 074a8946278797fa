"""A name in characters of the extensions (䶮 𠮷 㼆) comes back from wire, database and terminal as it went."""

import pytest

from offline_cache import wire

from .hands import Hands, Story

pytestmark = pytest.mark.processes
NAME, PERSON, PLACE = "䶮𠮷㼆", "㼆𠮷·䶮", "𠮷㼆路1号䶮大厦"


def test_rare_characters_come_back_as_they_went(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk, trade_name=NAME)
    verified = kiosk.verify(PERSON).json()
    story.verification_id = verified["id"]
    story.form["people"][0] |= {"name": PERSON, "verification_id": story.verification_id}
    story.form["fields"]["domicile_address"] = PLACE
    declared = story.reserve_name()
    assert declared.status_code == 201 and declared.json()["reserve_no"], declared.text
    assert story.keep().status_code == 201
    assert story.submit().status_code == 200
    for hands in (kiosk, window):
        answer = hands.call("GET", f"/v1/cases/{story.case_id}")
        form = answer.json()["form"]
        told = form["fields"]["name_trade"], form["people"][0]["name"], form["fields"]["domicile_address"]
        assert told == (NAME, PERSON, PLACE)
        assert NAME.encode() in answer.content, "as characters, not escaped: what travels can be read"
        kept = wire.mirrored(answer.content)
        assert kept is not None
        case = kept.case
        assert (case.form.name.trade, case.form.people[0].name, case.form.domicile.line) == (NAME, PERSON, PLACE)
        assert case.form.name.full == f"重庆{NAME}餐饮有限公司"
    masked = Hands(kiosk.url, "kiosk-02 demo-kiosk-02")
    person = masked.call("POST", "/v1/cases/search", {"slip_code": story.slip}).json()["items"][0]["form"]["people"][
        0
    ]
    assert person["name"] == "㼆**䶮"  # whole characters, never half of one
    masked.close()
    again = Story(kiosk, trade_name=NAME).reserve_name()
    assert (again.status_code, again.json()["code"]) == (409, "name-taken")
