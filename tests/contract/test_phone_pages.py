"""What a phone sees: pages that know only their token, load nothing from elsewhere, take a file by its content."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from .hands import LI, WANG, Hands, Story, advance, ulid
from .papers import LI_NAME, jpeg, messages, pdf, png
from .running import Running
from .test_signatures import invite, kept

pytestmark = pytest.mark.processes


@pytest.fixture
def phone(platform: Running) -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


def link(hands: Hands, story: Story, kind: str = "lease_contract") -> dict[str, Any]:
    answer = hands.post(f"/v1/cases/{story.case_id}/upload-links", {"id": ulid(), "type": kind})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def now(hands: Hands, made: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = hands.call("GET", f"/v1/upload-links/{made['id']}").json()
    return found


def drafted(kiosk: Hands) -> Story:
    story = Story(kiosk)
    story.keep()
    return story


def send(phone: requests.Session, url: str, data: bytes) -> requests.Response:
    return phone.post(url, data=data, headers={"Content-Type": "application/octet-stream"}, timeout=20)


def test_pages_are_closed_to_the_world(kiosk: Hands, phone: requests.Session) -> None:
    story = kept(kiosk)
    pages = [invite(kiosk, story).json()["path"], link(kiosk, story)["path"], "/phone/sign/" + "A" * 43]
    for path in pages:
        answer = phone.get(kiosk.url + path, timeout=10)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "*" not in policy
        assert (answer.headers["Referrer-Policy"], answer.headers["Cache-Control"]) == ("no-referrer", "no-store")
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        text = answer.text
        assert "演示环境" in text
        assert 'name="viewport"' in text
        assert not re.findall(r"(?:src|href)=\"(?!/phone/)", text)
        assert " style=" not in text
        assert not re.findall(r"\son[a-z]+=", text)
        assert not re.findall("<script(?! src)", text)
    for name in ("page.css", "sign.js", "upload.js"):
        text = phone.get(f"{kiosk.url}/phone/{name}", timeout=10).text
        assert "http" not in text
        assert "@import" not in text
        assert "url(" not in text


def test_the_signing_page_masks_everybody(kiosk: Hands, phone: requests.Session) -> None:
    story = kept(kiosk)
    text = phone.get(kiosk.url + invite(kiosk, story).json()["path"], timeout=10).text
    assert story.trade in text
    assert "李*名" in text
    assert "王*试" in text
    for secret in (WANG, LI, LI_NAME, "王测试", "13800000", "13900000"):
        assert secret not in text


def test_what_comes_from_a_form_is_no_markup(kiosk: Hands, phone: requests.Session) -> None:
    story = kept(kiosk)
    story.form["fields"]["domicile_address"] = '<script>alert(1)</script>"><img src=x>'
    story.form["people"][1]["name"] = "<b>李</b>"
    story.keep()
    text = phone.get(kiosk.url + invite(kiosk, story).json()["path"], timeout=10).text
    assert "<script>alert" not in text
    assert "<img" not in text
    assert "&lt;script&gt;alert" in text


@pytest.mark.parametrize(
    ("data", "media_type", "pages"),
    [(jpeg("a"), "image/jpeg", 1), (png(), "image/png", 1), (pdf(3), "application/pdf", 3)],
)
def test_one_file_becomes_a_material(
    kiosk: Hands, window: Hands, phone: requests.Session, data: bytes, media_type: str, pages: int
) -> None:
    story = drafted(kiosk)
    made = link(kiosk, story)
    assert now(kiosk, made)["state"] == "WAITING"
    cursor = kiosk.call("GET", "/v1/snapshots/cq-demo-01").json()["cursor"]
    sent = send(phone, kiosk.url + made["path"], data)
    assert (sent.status_code, sent.headers["Kiosk-Contract"]) == (201, "1.0")
    done = now(kiosk, made)
    assert done["state"] == "RECEIVED"
    (held,) = window.call("GET", f"/v1/cases/{story.case_id}/materials").json()["items"]
    assert (held["id"], held["source"], held["type"]) == (done["material_id"], "phone", "lease_contract")
    assert (held["media_type"], held["pages"]) == (media_type, pages)
    told = kiosk.call("GET", f"/v1/feeds/cq-demo-01?since={cursor}").json()["items"]
    expected = [("material", held["id"]), ("case", story.case_id)]  # the case tells whoever waits at the terminal
    assert [(one["kind"], one["id"]) for one in told] == expected
    again = send(phone, kiosk.url + made["path"], data)
    assert (again.status_code, again.json()["code"]) == (409, "code-used")
    page = phone.get(kiosk.url + made["path"], timeout=10)
    assert (page.status_code, "已完成" in page.text) == (409, True)


def test_a_form_without_scripts_does_the_same(kiosk: Hands, phone: requests.Session) -> None:
    made = link(kiosk, drafted(kiosk))
    disguised = {"file": ("contract.exe", jpeg("b"), "application/x-msdownload")}
    sent = phone.post(kiosk.url + made["path"], files=disguised, timeout=20)
    assert (sent.status_code, "已收到" in sent.text) == (201, True)
    assert now(kiosk, made)["state"] == "RECEIVED"


def test_names_and_claims_count_for_nothing(kiosk: Hands, phone: requests.Session) -> None:
    made = link(kiosk, drafted(kiosk))
    url = kiosk.url + made["path"]
    for data in (b"", b"MZ\x90\x00", b"<html>", b"GIF89a", png()[:60], b"%PDF-1.7 and no end", b"\xff\xd8\xff"):
        refused = phone.post(url, data=data, headers={"Content-Type": "image/jpeg"}, timeout=20)
        assert (refused.status_code, refused.json()["code"]) == (415, "unsupported-media-type"), data
    liar = {"file": ("scan.pdf", b"MZ\x90\x00", "application/pdf")}
    refused = phone.post(url, files=liar, timeout=20)
    assert (refused.status_code, "PDF" in refused.text) == (415, True)
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x"):
        assert phone.post(url, data=b"--y\r\n", headers={"Content-Type": kind}, timeout=20).status_code == 400
    large = jpeg("x" * 10 * 1024 * 1024)
    assert send(phone, url, large).json()["code"] == "too-large"
    assert phone.post(url, files={"file": ("big.jpg", large)}, timeout=20).status_code == 413
    assert now(kiosk, made)["state"] == "WAITING"  # none of that used it up
    just = jpeg("x" * (10 * 1024 * 1024 - 6))
    assert send(phone, url, just).status_code == 201


def test_a_link_grows_old_and_belongs_to_its_terminal(
    kiosk: Hands, window: Hands, phone: requests.Session, platform: Running
) -> None:
    story = drafted(kiosk)
    made = link(kiosk, story)
    other = Hands(platform.url, "kiosk-02 demo-kiosk-02")
    assert other.call("GET", f"/v1/upload-links/{made['id']}").status_code == 404
    path = f"/v1/cases/{story.case_id}/upload-links"
    assert other.post(path, {"id": ulid(), "type": "articles"}).status_code == 404
    other.close()
    assert kiosk.post(path, {"id": made["id"], "type": "articles"}).json()["code"] == "id-taken"
    assert kiosk.post(path, {"id": ulid(), "type": "nonsense"}).status_code == 422
    advance(kiosk, 15 * 60 + 1)
    assert now(kiosk, made)["state"] == "EXPIRED"
    page = phone.get(kiosk.url + made["path"], timeout=10)
    assert (page.status_code, "已失效" in page.text) == (410, True)
    assert send(phone, kiosk.url + made["path"], jpeg()).json()["code"] == "code-expired"


def test_wrong_addresses(kiosk: Hands, phone: requests.Session) -> None:
    for path in ("sign/x", "upload/x", "sign/" + "A" * 43, "upload/" + "A" * 43, "sign/" + "%2e" * 43):
        page = phone.get(f"{kiosk.url}/phone/{path}", timeout=10)
        assert (page.status_code, "链接无效" in page.text) == (404, True)
    refused = send(phone, f"{kiosk.url}/phone/upload/{'A' * 43}", jpeg())
    assert (refused.status_code, refused.json()["code"]) == (404, "not-found")
    assert "A" * 43 not in refused.text


def test_the_message_leads_to_the_page(kiosk: Hands, phone: requests.Session) -> None:
    story = kept(kiosk)
    path = invite(kiosk, story).json()["path"]
    (message,) = messages(kiosk, story.case_id, "sign_invitation")
    assert path in message["text"]
    assert LI_NAME not in message["text"]
    assert phone.get(kiosk.url + path, timeout=10).status_code == 200
