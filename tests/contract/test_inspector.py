"""The trainer's pages: whole, masked, on this machine only, and deaf to forms of other sites."""

import html
import re
from collections.abc import Iterator

import pytest
import requests

from .hands import WANG, Hands, Story, advance

pytestmark = pytest.mark.processes

PAGES = ("", "/stock", "/devices", "/messages", "/offices", "/scenarios", "/clock", "/weather", "/requests")
BASE = "/sandbox/inspector"


@pytest.fixture(autouse=True)
def as_it_was(kiosk: Hands) -> Iterator[None]:
    yield
    kiosk.call("PUT", "/sandbox/weather", {})
    do(kiosk, "office-as-shipped", dept="tax")


def page(hands: Hands, path: str) -> str:
    answer = hands.call("GET", BASE + path)
    assert answer.status_code == 200, (path, answer.status_code)
    assert answer.headers["Content-Type"].startswith("text/html")
    return answer.text


def do(hands: Hands, what: str, origin: str | None = None, **form: str) -> requests.Response:
    headers = {} if origin is None else {"Origin": origin}
    url = f"{hands.url}{BASE}/do/{what}"
    return hands.session.post(url, data=form, headers=headers, timeout=20, allow_redirects=False)


def test_every_page_is_whole_and_shows_no_person(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    for path in (*PAGES, f"/cases/{story.case_id}"):
        text = page(kiosk, path)
        assert "演示环境" in text
        assert WANG not in text
        assert "王测试" not in text
        assert "13800000000" not in text
        assert "<script" not in text
        opened, closed = (
            len(re.findall(r"<(?:table|section|form|dl|ol|div)\b", text)),
            len(re.findall(r"</(?:table|section|form|dl|ol|div)>", text)),
        )
        assert opened == closed, path
    assert "王*试" in page(kiosk, f"/cases/{story.case_id}")


def test_a_case_tells_its_story(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    case, text = story.case(window), page(kiosk, f"/cases/{story.case_id}")
    for known in (case["name_full"], case["slip_code"], case["case_no"], case["uscc"], "待领取", "税控设备", "公章"):
        assert known in text
    for article in case["articles"]:
        assert article["serial"] in text
    assert page(kiosk, "").index(case["name_full"]) > 0
    assert f"存根码 {case['slip_code']}" in page(kiosk, "/messages")
    assert next(a["serial"] for a in case["articles"] if a["kind"] == "tax_device") in page(kiosk, "/devices")
    assert "getCase" in page(kiosk, "/requests")


def test_what_people_type_is_text(kiosk: Hands) -> None:
    nasty = '<script>alert("x")</script>'
    story = Story(kiosk)
    story.form["fields"]["name_trade"] = nasty[:40]
    story.keep()
    text = page(kiosk, f"/cases/{story.case_id}") + page(kiosk, "")
    assert "<script" not in text
    assert html.escape(nasty[:40], quote=True) in text
    do(kiosk, "rule-add", dept="tax", word=nasty, outcome="refuse", text=nasty)
    assert "<script" not in page(kiosk, "/offices")
    assert "<script" not in kiosk.call("GET", f"{BASE}?said={nasty}").text


def test_unknown_pages_and_cases(kiosk: Hands) -> None:
    for path in ("/tea", "/cases/01ARZ3NDEKTSV4RRFFQ69G5FAV", "/cases/x"):
        assert kiosk.call("GET", BASE + path).status_code == 404


def test_forms_act_and_come_back(kiosk: Hands, window: Hands) -> None:
    before = kiosk.call("GET", "/sandbox/clock").json()["office"]
    answer = do(kiosk, "advance", seconds="60", back=f"{BASE}/stock")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith(f"{BASE}/stock?said=")
    assert kiosk.call("GET", "/sandbox/clock").json()["office"] > before
    do(kiosk, "weather", switch="errors")
    assert kiosk.call("GET", "/sandbox/weather").json()["error_rate"] == 0.3
    do(kiosk, "weather", switch="errors")
    assert kiosk.call("GET", "/sandbox/weather").json()["error_rate"] == 0.0
    do(kiosk, "office-set", dept="tax", field="stall", value="true")
    do(kiosk, "office-set", dept="tax", field="device_issue", value="manual")
    delay = {
        f"{job}-{end}": "3"
        for job in kiosk.call("GET", "/sandbox/back-offices/tax").json()["delay"]
        for end in (0, 1)
    }
    do(kiosk, "office-delay", dept="tax", **delay)
    do(kiosk, "rule-add", dept="tax", word="山城", outcome="digital", text="试")
    tax = kiosk.call("GET", "/sandbox/back-offices/tax").json()
    assert (tax["stall"], tax["device_issue"], tax["delay"]["issued"]) == (True, "manual", [3.0, 3.0])
    assert tax["outcome_rules"][0]["word"] == "山城"
    do(kiosk, "rule-drop", dept="tax", index="0")
    assert kiosk.call("GET", "/sandbox/back-offices/tax").json()["outcome_rules"][0]["word"] == "数电"
    do(kiosk, "clock", mode="manual", factor="1")
    do(kiosk, "scenario", name="smooth")
    assert kiosk.call("GET", "/sandbox/scenarios").json()["current"] == "smooth"
    assert "山茶示例" in page(kiosk, "")
    do(kiosk, "scenario", name="plain")


@pytest.mark.parametrize(("what", "form"), [
    ("advance", {"seconds": "-1"}), ("advance", {"seconds": "nan"}), ("advance", {"seconds": "tea"}),
    ("clock", {"mode": "backwards"}), ("clock", {"mode": "scaled", "factor": "0"}), ("weather", {"switch": "frogs"}),
    ("scenario", {"name": "../../etc"}), ("office-set", {"dept": "army", "field": "stall", "value": "true"}),
    ("office-set", {"dept": "tax", "field": "title", "value": "x"}), ("office-delay", {"dept": "tax"}),
    ("rule-add", {"dept": "tax", "outcome": "correction"}), ("tea", {"dept": "tax"}),
])  # fmt: skip
def test_forms_that_make_no_sense_change_nothing(kiosk: Hands, what: str, form: dict[str, str]) -> None:
    def all_of_it() -> list[object]:
        pages = ("back-offices", "weather", "scenarios", "clock")
        return [kiosk.call("GET", f"/sandbox/{one}").json() for one in pages]

    before = all_of_it()
    answer = do(kiosk, what, **form)
    assert answer.status_code == 303
    assert "%E6%B2%A1%E6%9C%89%E6%94%B9" in answer.headers["Location"]  # 没有改
    assert all_of_it() == before


def test_comes_back_to_its_own_pages_only(kiosk: Hands) -> None:
    for back in ("https://evil.example/", "//evil.example", f"{BASE}.evil.example/", "/v1/meta"):
        assert do(kiosk, "advance", seconds="0", back=back).headers["Location"].startswith(f"{BASE}?said=")


def test_other_sites_cannot_press_the_buttons(kiosk: Hands) -> None:
    before = kiosk.call("GET", "/sandbox/clock").json()
    port = kiosk.url.rpartition(":")[2]
    for origin in ("http://evil.example", "null", "http://127.0.0.1:1", f"http://localhost:{port}"):
        assert do(kiosk, "advance", origin=origin, seconds="60").status_code == 403, origin
    assert kiosk.call("POST", "/sandbox/reset", {}, Origin="http://evil.example").status_code == 403
    assert kiosk.call("POST", "/sandbox/reset", {}, Sec_Fetch_Site="cross-site").status_code == 403
    assert kiosk.call("GET", "/sandbox/clock").json() == before
    assert do(kiosk, "advance", origin=kiosk.url, seconds="0").status_code == 303


def test_a_foreign_name_for_this_machine_is_not_this_machine(kiosk: Hands) -> None:
    for path in (BASE, "/sandbox/inspector.json", "/sandbox/record"):
        assert kiosk.call("GET", path, Host="evil.example").status_code == 403
        assert kiosk.call("GET", path, Host="localhost:8700").status_code == 200


def test_headers_keep_the_pages_to_themselves(kiosk: Hands) -> None:
    headers = kiosk.call("GET", BASE).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert (headers["Sandbox"], headers["Cache-Control"]) == ("true", "no-store")
    style = kiosk.call("GET", f"{BASE}/style.css")
    assert style.headers["Content-Type"].startswith("text/css")


def test_waiting_for_somebody_is_shown(kiosk: Hands, window: Hands) -> None:
    do(kiosk, "office-set", dept="tax", field="device_issue", value="manual")
    story = Story(kiosk).submitted()
    story.accept(window)
    advance(window, 120)
    assert "等人来办" in page(kiosk, f"/cases/{story.case_id}")
    assert "备票和发行一小时" in page(kiosk, "/clock")
