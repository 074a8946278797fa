"""Who may see whose numbers, who is verified, who is signed in."""

import base64
import hashlib
import json

import pytest

from .hands import KIOSK, LI, WANG, WINDOW, Hands, Story, advance, answer_to_challenge, ulid
from .running import Running

pytestmark = pytest.mark.processes


def test_a_slip_alone_shows_a_masked_case_elsewhere(kiosk: Hands, window: Hands, platform: Running) -> None:
    story = Story(kiosk).submitted()
    slip = {"slip_code": story.slip}
    here = kiosk.call("POST", "/v1/cases/search", slip).json()["items"][0]
    assert here["masked"] is False
    clerk = window.call("POST", "/v1/cases/search", slip).json()["items"][0]
    assert clerk["form"]["people"][0]["cert_no"] == WANG
    elsewhere = Hands(platform.url, "kiosk-02 demo-kiosk-02")
    for masked in (
        elsewhere.call("POST", "/v1/cases/search", slip).json()["items"][0],
        elsewhere.call("GET", f"/v1/cases/{story.case_id}").json(),
    ):
        person = masked["form"]["people"][0]
        assert (masked["masked"], masked["state"]) == (True, "SUBMITTED")
        assert (person["name"], person["cert_no"]) == ("王*试", "500103********0021")
        assert not {"birth", "verification_id", "signature_blob"} & set(person)
        assert person["phone"] == "138****0000"
    draft = {"slip_code": story.slip, "form": {}}
    foreign = elsewhere.call("PUT", f"/v1/cases/{story.case_id}/draft", draft, If_Match='"v2"')
    assert foreign.status_code == 404
    elsewhere.verify()  # the person lays the card there: now the case is theirs to see
    assert elsewhere.call("GET", f"/v1/cases/{story.case_id}").json()["masked"] is False
    elsewhere.close()


def test_found_by_the_card_that_lies_there(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk, LI).submitted()
    missing = kiosk.call("POST", "/v1/cases/search", {"cert_no": LI})
    assert missing.json()["errors"][0]["pointer"] == "/card_read_at"
    found = kiosk.call("POST", "/v1/cases/search", {"cert_no": LI, "card_read_at": kiosk.now()}).json()["items"]
    assert story.case_id in {case["case_id"] for case in found}
    by_clerk = window.call("POST", "/v1/cases/search", {"cert_no": LI.lower()}).json()["items"]
    assert {case["case_id"] for case in by_clerk} == {case["case_id"] for case in found}
    assert kiosk.call("POST", "/v1/cases/search", {}).status_code == 422
    both = {"slip_code": story.slip, "case_id": story.case_id}
    assert kiosk.call("POST", "/v1/cases/search", both).status_code == 422


def test_list_is_paged_and_shows_no_person(kiosk: Hands, window: Hands) -> None:
    stories = [Story(kiosk).submitted() for _ in range(3)]
    seen: list[str] = []
    cursor = ""
    while True:
        text = window.call("GET", "/v1/cases?limit=2&state=SUBMITTED" + (f"&cursor={cursor}" if cursor else ""))
        assert WANG not in text.text
        page = text.json()
        seen += [line["case_id"] for line in page["items"]]
        cursor = page["next"] or ""
        if not cursor:
            break
    assert len(seen) == len(set(seen))
    assert {story.case_id for story in stories} <= set(seen)


def test_no_number_reaches_a_control_page(kiosk: Hands) -> None:
    Story(kiosk).submitted()
    for page in ("inspector.json", "sms-outbox", "clock", "goods", "record", "devices-to-issue"):
        text = kiosk.call("GET", f"/sandbox/{page}").text
        assert WANG not in text
        assert "王测试" not in text


def test_picture_only_with_consent_and_only_a_picture(kiosk: Hands) -> None:
    jpeg = base64.b64encode(b"\xff\xd8\xff\xe0 a picture").decode()
    face = {"method": "card_face", "face_jpeg": jpeg}
    assert kiosk.verify(**face).json()["code"] == "consent-required"
    consent = {"face": True, "at": kiosk.now()}
    assert kiosk.verify(**face, consent=consent).json()["result"] == "PASSED"
    other = {"method": "card_face", "face_jpeg": base64.b64encode(b"GIF89a").decode()}
    assert kiosk.verify(**other, consent=consent).json()["reason"] == "picture-unreadable"
    assert kiosk.verify(method="card_face", consent=consent).json()["errors"][0]["pointer"] == "/face_jpeg"
    assert kiosk.verify("李不符", **face, consent=consent).json()["reason"] == "face-mismatch"


def test_in_person_needs_the_one_who_looked(kiosk: Hands, window: Hands) -> None:
    assert kiosk.verify(method="in_person", by="0317").status_code == 403
    assert window.verify(method="in_person", by="0001").status_code == 403
    passed = window.verify(method="in_person", by="0317").json()
    assert (passed["result"], passed["method"]) == ("PASSED", "in_person")
    assert passed["recognised_by"] == ["samr", "police", "tax", "hrss"]


def test_verification_is_not_seen_elsewhere_without_duty(kiosk: Hands, window: Hands, platform: Running) -> None:
    verification_id = window.verify().json()["id"]
    assert window.call("GET", f"/v1/verifications/{verification_id}").json()["result"] == "PASSED"
    assert kiosk.call("GET", f"/v1/verifications/{verification_id}").status_code == 404


def test_sign_in_and_lock(platform: Running) -> None:
    hands = Hands(platform.url, WINDOW)
    session = hands.sign_in("0001")
    assert (session["status"], session["name"], session["roles"]) == (201, "吴主管", ["clerk", "supervisor"])
    for _ in range(5):
        challenge = hands.call("POST", "/v1/staff-challenges", {"staff_ref": "0001"}).json()["challenge"]
        wrong = {"staff_ref": "0001", "challenge": challenge, "signature": base64.b64encode(b"x" * 64).decode()}
        assert hands.call("POST", "/v1/staff-sessions", wrong).status_code == 401
    locked = hands.call("POST", "/v1/staff-challenges", {"staff_ref": "0001"})
    assert (locked.status_code, locked.json()["code"]) == (423, "staff-locked")
    assert int(locked.headers["Retry-After"]) > 0
    advance(hands, 901)
    assert hands.sign_in("0001")["status"] == 201
    hands.close()


def test_a_challenge_works_once_and_for_a_minute(platform: Running) -> None:
    hands = Hands(platform.url, WINDOW)
    asked = answer_to_challenge(hands, "0317")
    assert hands.call("POST", "/v1/staff-sessions", asked).status_code == 201
    assert hands.call("POST", "/v1/staff-sessions", asked).status_code == 401
    late = answer_to_challenge(hands, "0317")
    advance(hands, 61)
    assert hands.call("POST", "/v1/staff-sessions", late).status_code == 401
    anothers = {**answer_to_challenge(hands, "0317"), "staff_ref": "0001"}
    assert hands.call("POST", "/v1/staff-sessions", anothers).status_code == 401
    hands.close()


def test_refresh_and_sign_out(platform: Running) -> None:
    hands = Hands(platform.url, WINDOW)
    first = hands.sign_in()
    advance(hands, 901)
    assert hands.call("GET", "/v1/cases").json()["code"] == "token-expired"
    fresh = hands.call("POST", "/v1/staff-sessions/refresh").json()
    assert fresh["token"] != first["token"]
    hands.session.headers["Authorization"] = "Bearer " + fresh["token"]
    assert hands.call("GET", "/v1/cases").status_code == 200
    stolen = Hands(platform.url, KIOSK)
    stolen.session.headers["Authorization"] = "Bearer " + fresh["token"]
    assert stolen.call("POST", "/v1/staff-sessions/refresh").status_code == 401
    stolen.close()
    assert hands.call("DELETE", "/v1/staff-sessions/current").status_code == 204
    assert hands.call("GET", "/v1/cases").status_code == 401
    hands.close()


def test_a_renewal_whose_answer_got_lost_is_asked_again(platform: Running) -> None:
    hands = Hands(platform.url, WINDOW)
    first = hands.sign_in()
    unheard = hands.call("POST", "/v1/staff-sessions/refresh").json()
    assert hands.call("GET", "/v1/cases").status_code == 200
    heard = hands.call("POST", "/v1/staff-sessions/refresh").json()
    assert len({first["token"], unheard["token"], heard["token"]}) == 3
    assert heard["refresh_until"] == first["refresh_until"]  # the shift ends when it did
    advance(hands, 121)
    assert hands.call("GET", "/v1/cases").json()["code"] == "token-expired"
    assert hands.call("POST", "/v1/staff-sessions/refresh").json()["code"] == "token-expired"
    hands.session.headers["Authorization"] = "Bearer " + heard["token"]
    hands.call("POST", "/v1/staff-sessions/refresh")
    assert hands.call("DELETE", "/v1/staff-sessions/current").status_code == 204
    for token in (first, unheard, heard):
        hands.session.headers["Authorization"] = "Bearer " + token["token"]
        assert hands.call("POST", "/v1/staff-sessions/refresh").status_code == 401
    hands.close()


def test_upload_in_pieces(kiosk: Hands, window: Hands) -> None:
    data = b"signature" * 5000
    name = hashlib.sha256(data).hexdigest()

    def piece(hands: Hands, offset: int, part: bytes, sha: str = name) -> int:
        headers = {
            "Upload-Offset": str(offset), "Upload-Length": str(len(data)), "Content-Type": "application/octet-stream",
        }  # fmt: skip
        answer = hands.session.patch(f"{hands.url}/v1/blobs/{sha}", data=part, headers=headers, timeout=10)
        return answer.status_code

    assert kiosk.call("HEAD", f"/v1/blobs/{name}").status_code == 404
    assert piece(kiosk, 0, data[:10_000]) == 204
    assert piece(kiosk, 5_000, data[5_000:]) == 409
    assert kiosk.call("HEAD", f"/v1/blobs/{name}").headers["Upload-Offset"] == "10000"
    assert piece(kiosk, 10_000, data[10_000:]) == 201
    assert kiosk.call("HEAD", f"/v1/blobs/{name}").status_code == 200
    assert window.call("HEAD", f"/v1/blobs/{name}").status_code == 404  # another terminal learns nothing
    wrong = "ab" * 32
    assert piece(kiosk, 0, data, wrong) == 422
    assert kiosk.call("HEAD", f"/v1/blobs/{wrong}").headers["Upload-Offset"] == "0"


def test_audit_chain_has_no_gap(kiosk: Hands) -> None:
    first = {"first_seq": 1, "last_seq": 3, "prev_head": "0" * 64, "head": "1" * 64}
    assert kiosk.post("/v1/audit/segments", first).status_code == 201
    assert kiosk.post("/v1/audit/segments", first).status_code == 201  # the same once more is no break
    gap = {"first_seq": 5, "last_seq": 6, "prev_head": "1" * 64, "head": "2" * 64}
    refused = kiosk.post("/v1/audit/segments", gap)
    assert (refused.status_code, refused.json()["code"], refused.json()["last_seq"]) == (409, "audit-chain-broken", 3)
    forged = {"first_seq": 4, "last_seq": 6, "prev_head": "3" * 64, "head": "2" * 64}
    assert kiosk.post("/v1/audit/segments", forged).status_code == 409


def test_pack_is_what_its_hash_says(kiosk: Hands) -> None:
    lines = kiosk.call("GET", "/v1/packs").json()["items"]
    (line,) = (one for one in lines if one["name"] == "business_scope")
    answer = kiosk.call("GET", f"/v1/packs/{line['name']}")
    pack = answer.json()
    assert (pack["sample"], len(pack["rows"])) == (True, line["rows"])
    text = json.dumps(pack["rows"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == pack["sha256"] == line["sha256"]
    etag = answer.headers["ETag"]
    assert kiosk.call("GET", f"/v1/packs/{line['name']}", If_None_Match=etag).status_code == 304
    assert kiosk.call("GET", "/v1/packs/forbidden_words").status_code == 404


def test_name_verdicts(kiosk: Hands) -> None:
    def ask(trade: str, industry: str = "餐饮") -> dict[str, object]:
        body = {
            "case_id": ulid(), "name": f"重庆{trade}{industry}有限公司", "trade": trade, "industry": industry,
            "division_code": "500103",
        }  # fmt: skip
        found: dict[str, object] = kiosk.post("/v1/name-checks", body).json()
        return found

    assert ask("渝味示例")["verdict"] == "PROHIBITED"
    assert ask("渝味示例", "科技")["verdict"] == "AVAILABLE"
    similar = ask("渝味示范")
    assert (similar["verdict"], similar["similar"]) == ("SIMILAR", ["重庆渝味示例餐饮有限公司"])
    assert ask("中国好面")["reasons"] == ["trade-needs-state-leave"]
    assert "trade-too-short" in ask("面")["reasons"]  # type: ignore[operator]
    assert "trade-too-short" in ask("ABC")["reasons"]  # type: ignore[operator]


def test_suspended_terminal_is_told_so(kiosk: Hands, platform: Running) -> None:
    other = Hands(platform.url, "kiosk-02 demo-kiosk-02")
    assert kiosk.call("PUT", "/sandbox/terminals/kiosk-02", {"state": "SUSPENDED"}).json() == {"changed": 1}
    assert other.call("GET", "/v1/packs").json()["code"] == "terminal-suspended"
    kiosk.call("PUT", "/sandbox/terminals/kiosk-02", {})
    assert other.call("GET", "/v1/packs").status_code == 200
    other.close()


def test_heartbeat_answers_with_the_feeds_head(kiosk: Hands) -> None:
    beat = {"at": kiosk.now(), "seq": 1, "app_version": "0.1.0", "outbox": {"depth": 0, "parked": 0}}
    device = {"id": "idcard-1", "kind": "id_card_reader", "state": "NEEDS_HAND"}
    seen = kiosk.call("PUT", "/v1/terminals/self/heartbeat", {**beat, "devices": [device]}).json()
    assert seen["mode"] == "NORMAL"
    assert seen["feed_head"] == kiosk.call("GET", "/v1/snapshots/cq-demo-01").json()["cursor"]
