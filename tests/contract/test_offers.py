"""What the platform offers before anything is wished for, and that it makes what was wished for."""

import pytest

from .hands import Hands, Story
from .running import Running
from .turns import KIOSK_2, OTHER_KIOSK, accepted, at

pytestmark = pytest.mark.processes


def offer(hands: Hands, story: Story) -> tuple[int, str]:
    answer = hands.call("GET", f"/v1/cases/{story.case_id}/invoice-offer")
    return answer.status_code, answer.json().get("mode", "")


def test_how_invoices_are_given_out_follows_the_tax_offices_own_rule(kiosk: Hands, platform: Running) -> None:
    with_device, digital = Story(kiosk), Story(kiosk, trade_name="数电")
    assert offer(kiosk, with_device)[0] == 404  # nothing is known of it yet
    for story in (with_device, digital):
        assert story.keep().status_code == 201
    assert offer(kiosk, with_device) == (200, "DEVICE")
    assert offer(kiosk, digital) == (200, "DIGITAL")
    with at(platform, KIOSK_2) as stranger:
        assert offer(stranger, digital)[0] == 404


def test_things_are_collected_where_they_were_applied_for(kiosk: Hands, platform: Running) -> None:
    [here] = kiosk.call("GET", "/v1/halls").json()["items"]
    assert (here["site_id"], here["name"], here["window"]) == ("cq-demo-01", "示例区政务服务中心", "3 号窗口")
    with at(platform, OTHER_KIOSK) as elsewhere:
        [there] = elsewhere.call("GET", "/v1/halls").json()["items"]
    assert there["site_id"] == "cq-demo-02"


def test_the_seals_that_were_wished_for_are_made(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk)
    story.form["seal_plan"] = {"way": "own_shop", "shop": "示例印章店", "uses": ["seal_company", "seal_contract"]}
    story.form["invoice"] = {"requests": [{"kind": "026"}]}  # made with the device, nothing on paper
    accepted(story.submitted(), window)
    things = [(one["kind"], one.get("use")) for one in story.case(window)["articles"]]
    assert [use for kind, use in things if kind == "seal"] == ["seal_company", "seal_contract"]
    assert "invoice_volume" not in dict(things) and "tax_device" in dict(things)
