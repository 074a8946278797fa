"""The same act twice is done once; two acts for one thing have one winner; a lost answer is a replay."""

import concurrent.futures
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from .hands import KIOSK, LI, OTHER_WINDOW, WINDOW, Hands, Story, advance, handed_over, key, ulid
from .running import Running

pytestmark = pytest.mark.processes


@pytest.fixture
def crowd(platform: Running) -> Iterator[list[Hands]]:
    """Eight pairs of hands, four at each window."""
    hands = [Hands(platform.url, WINDOW if n % 2 else OTHER_WINDOW) for n in range(8)]
    for one in hands:
        one.sign_in()
    yield hands
    for one in hands:
        one.close()


def together(
    hands: list[Hands], path: str, bodies: list[Any], keys: list[str], **headers: str
) -> list[requests.Response]:
    with concurrent.futures.ThreadPoolExecutor(len(hands)) as pool:
        work = [
            pool.submit(one.post, path, body, idem, **headers)
            for one, body, idem in zip(hands, bodies, keys, strict=True)
        ]
        return [one.result() for one in work]


def test_same_key_same_bytes(kiosk: Hands) -> None:
    story, idem = Story(kiosk), key()
    story.reserve_name()
    story.keep()
    body = {"submitted_at": kiosk.now(), "verification_ids": [story.verification_id]}
    path, version = f"/v1/cases/{story.case_id}/submit", f'"v{story.version}"'
    first = kiosk.post(path, body, idem, If_Match=version)
    again = kiosk.post(path, body, f'"{idem}"', If_Match=version)
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert first.headers["ETag"] == again.headers["ETag"]
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    other = kiosk.post(path, {**body, "verification_ids": []}, idem, If_Match=version)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")


def test_answers_are_kept_for_thirty_days(tmp_path: Path) -> None:
    with Running(tmp_path) as running:
        kiosk = Hands(running.url, KIOSK)

        def kept() -> int:
            found: int = kiosk.call("GET", "/sandbox/inspector.json").json()["rows"]["idempotency"]
            return found

        said = {"id": ulid(), "kind": "unclear", "text": "不知道经营范围该怎么选", "said_at": kiosk.now()}
        assert kiosk.post("/v1/feedback", said).status_code == 201
        assert kept() == 1
        with sqlite3.connect(
            tmp_path / "platform.db", timeout=20
        ) as book:  # and as if 2,500 more came in that moment
            rest = ", ".join(row[1] for row in book.execute("PRAGMA table_info(idempotency)") if row[1] != "key")
            more = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)"
            book.execute(f"{more} INSERT INTO idempotency (key, {rest}) SELECT 'k' || i, {rest} FROM n, idempotency")
        advance(kiosk, 29 * 86_400)
        assert kept() == 2501
        advance(kiosk, 2 * 86_400)
        assert kept() == 0
        kiosk.close()
        assert running.stop() == 0
        assert running.errors() == ""


def test_nobody_makes_up_for_looks_into_an_empty_store(tmp_path: Path) -> None:
    with Running(tmp_path) as running:
        kiosk, window = Hands(running.url, "kiosk-21 demo-kiosk-21"), Hands(running.url, "window-21 demo-window-21")
        window.sign_in()
        story = Story(kiosk)
        story.form["pickup"]["site_id"] = "cq-demo-02"
        story.submitted()
        assert story.accept(window).status_code == 201
        advance(window, 30 * 86_400)  # 43,200 minutes without licence paper in the store
        assert window.call("GET", "/sandbox/inspector.json").json()["rows"]["job"] < 50
        window.sign_in()
        assert story.case(window)["state"] == "PREPARING"
        for hands in (kiosk, window):
            hands.close()
        assert running.stop() == 0
        assert running.errors() == ""


def test_a_refusal_is_judged_again(kiosk: Hands) -> None:
    story, idem = Story(kiosk), key()
    story.keep()
    body = {"submitted_at": kiosk.now(), "verification_ids": [story.verification_id]}
    path = f"/v1/cases/{story.case_id}/submit"
    assert kiosk.post(path, body, idem, If_Match='"v1"').json()["code"] == "name-not-reserved"
    story.reserve_name()
    assert kiosk.post(path, body, idem, If_Match='"v1"').status_code == 200


def test_keys_belong_to_their_terminal(kiosk: Hands, window: Hands) -> None:
    idem = key()
    body = {"id": ulid(), "screen": "home"}
    assert kiosk.post("/v1/assistance-requests", body, idem).status_code == 201
    body = {"id": ulid(), "screen": "home"}
    assert window.post("/v1/assistance-requests", body, idem).status_code == 201


def test_eight_at_once_with_one_key(kiosk: Hands, platform: Running) -> None:
    hands = [Hands(platform.url) for _ in range(8)]
    body, idem = {"id": ulid(), "screen": "home"}, key()
    answers = together(hands, "/v1/assistance-requests", [body] * 8, [idem] * 8)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotent-Replayed" in answer.headers for answer in answers) == 7
    for one in hands:
        one.close()


@pytest.mark.parametrize("_round", range(4))
def test_eight_prepare_the_same_bundle(kiosk: Hands, window: Hands, crowd: list[Hands], _round: int) -> None:
    story = Story(kiosk).submitted().ready(window)
    bodies = [story.bundle(one, "w-03" if n % 2 else "w-04") for n, one in enumerate(crowd)]
    answers = together(crowd, "/v1/handovers", bodies, [key() for _ in crowd])
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    winner = next(answer.json() for answer in answers if answer.status_code == 201)
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} <= {
        "handover-open", "window-has-open-handover",
    }  # fmt: skip
    fact = crowd[0].post(f"/v1/handovers/{winner['id']}/handed-over", handed_over(winner, window.now()))
    assert fact.json()["state"] == "HANDED_OVER"


def test_losers_leave_the_goods_untouched(kiosk: Hands, window: Hands, crowd: list[Hands]) -> None:
    story = Story(kiosk).submitted().ready(window)
    before = _stock(window)
    wrong = story.bundle(window)
    wrong["lines"][-1]["unit_id"] = "tax_device-661000000120"
    answer = window.post("/v1/handovers", wrong)
    assert (answer.status_code, answer.json()["code"]) == (409, "stock-unit-unavailable")
    range_line = next(line for line in story.bundle(window)["lines"] if "batch_id" in line)
    shifted = story.bundle(window)
    shifted["lines"] = [
        {**line, "first_no": line["first_no"] + 1} if "batch_id" in line else line for line in shifted["lines"]
    ]
    answer = window.post("/v1/handovers", shifted)
    assert (answer.status_code, answer.json()["code"]) == (409, "invoice-range-mismatch")
    assert answer.json()["expected_first_no"] == range_line["first_no"]
    assert _stock(window) == before


def test_another_companys_things_are_not_to_be_had(kiosk: Hands, window: Hands) -> None:
    mine, yours = Story(kiosk).submitted().ready(window), Story(kiosk, LI).submitted().ready(window)
    body, other = mine.bundle(window), yours.bundle(window)
    body["lines"][0]["unit_id"] = other["lines"][0]["unit_id"]
    assert window.post("/v1/handovers", body).json()["code"] == "stock-unit-unavailable"
    stranger = mine.bundle(window)
    stranger["verification_id"] = yours.verification_id
    assert window.post("/v1/handovers", stranger).json()["code"] == "verification-required"


def test_two_names_one_winner(kiosk: Hands, platform: Running) -> None:
    stories = [Story(kiosk, trade_name="争先恐后名") for _ in range(4)]
    hands = [Hands(platform.url) for _ in stories]
    bodies = [
        {
            "id": ulid(), "case_id": story.case_id, "name": "重庆争先恐后名餐饮有限公司", "trade": "争先恐后名",
            "industry": "餐饮", "division_code": "500103",
        }
        for story in stories
    ]  # fmt: skip
    answers = together(hands, "/v1/name-declarations", bodies, [key() for _ in hands])
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    for one in hands:
        one.close()


def test_one_rating_per_phase(kiosk: Hands) -> None:
    story = Story(kiosk).submitted()
    body = {"case_id": story.case_id, "phase": "accepted", "level": 4, "rated_at": kiosk.now()}
    assert kiosk.post("/v1/evaluations", body).status_code == 201
    again = kiosk.post("/v1/evaluations", {**body, "level": 1})
    assert (again.status_code, again.json()["level"]) == (200, 4)


def _stock(window: Hands) -> Any:
    return window.call("GET", "/sandbox/inspector.json").json()["stock"]
