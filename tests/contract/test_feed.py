"""The feed loses nothing, wakes whoever waits, and says when its counting has begun anew."""

import concurrent.futures
from pathlib import Path

import pytest

from .hands import Hands, ulid
from .running import NewDatabase, Running

pytestmark = pytest.mark.processes


def changes(kiosk: Hands, since: str = "", wait: int = 0) -> dict[str, object]:
    query = f"?wait={wait}" + (f"&since={since}" if since else "")
    found: dict[str, object] = kiosk.call("GET", "/v1/feeds/cq-demo-01" + query).json()
    return found


def head(kiosk: Hands) -> str:
    snapshot = kiosk.call("GET", "/v1/snapshots/cq-demo-01").json()
    return str(snapshot["cursor"])


def test_nothing_is_lost_under_eight_writers(platform: Running, kiosk: Hands) -> None:
    start, per_writer = head(kiosk), 15

    def write(_: int) -> list[str]:
        hands, made = Hands(platform.url), []
        for _ in range(per_writer):
            made.append(ulid())
            assert hands.post("/v1/assistance-requests", {"id": made[-1], "screen": "home"}).status_code == 201
        hands.close()
        return made

    with concurrent.futures.ThreadPoolExecutor(9) as pool:
        writers = [pool.submit(write, n) for n in range(8)]
        seen: list[dict[str, object]] = []
        cursor = start
        while not all(one.done() for one in writers) or len(seen) < 8 * per_writer:
            finished = all(one.done() for one in writers)  # before asking: what is written by now must be there
            page = kiosk.call("GET", f"/v1/feeds/cq-demo-01?since={cursor}&wait=2&limit=7").json()
            assert page["items"] or not finished, "the feed lost something"
            seen += page["items"]
            cursor = page["cursor"]
        made = [one for writer in writers for one in writer.result()]
    assert sorted(str(item["id"]) for item in seen) == sorted(made)
    numbers = [int(str(item["seq"])) for item in seen]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_a_change_wakes_a_waiting_terminal(platform: Running, kiosk: Hands) -> None:
    cursor, other = head(kiosk), Hands(platform.url)
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(changes, kiosk, cursor, 20)
        call = ulid()
        other.post("/v1/assistance-requests", {"id": call, "screen": "home"})
        page = waiting.result(15)
    other.close()
    assert [item["id"] for item in page["items"]] == [call]  # type: ignore[attr-defined]


def test_one_change_wakes_everybody_and_lets_nobody_in(platform: Running, kiosk: Hands) -> None:
    """Those who wait at one place share one look; who may not look is sent away while they wait."""
    cursor, bell = head(kiosk), ulid()
    crowd, stranger = [Hands(platform.url) for _ in range(20)], Hands(platform.url, "kiosk-21 demo-kiosk-21")
    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        waiting = [pool.submit(changes, one, cursor, 25) for one in crowd]
        while kiosk.call("GET", "/sandbox/inspector.json").json()["waiting"] < 20:
            pass
        answer = stranger.call("GET", f"/v1/feeds/cq-demo-01?since={cursor}&wait=25")
        assert answer.status_code == 404
        kiosk.post("/v1/assistance-requests", {"id": bell, "screen": "home"})
        pages = [one.result(20) for one in waiting]
    assert [[item["id"] for item in page["items"]] for page in pages] == [[bell]] * 20  # type: ignore[attr-defined]
    assert len({str(page["cursor"]) for page in pages}) == 1
    for one in (*crowd, stranger):
        one.close()


def test_new_epoch_sends_everybody_to_the_snapshot(kiosk: Hands) -> None:
    cursor = head(kiosk)
    kiosk.call("PUT", "/sandbox/weather", {"feed_epoch_change": True})
    kiosk.call("PUT", "/sandbox/weather", {})
    answer = kiosk.call("GET", f"/v1/feeds/cq-demo-01?since={cursor}")
    assert (answer.status_code, answer.json()["code"]) == (410, "cursor-expired")
    assert kiosk.call("GET", answer.json()["snapshot"]).json()["cursor"] == head(kiosk)


def test_a_cursor_ahead_of_the_head_is_not_believed(kiosk: Hands) -> None:
    epoch, _, number = head(kiosk).partition(".")
    answer = kiosk.call("GET", f"/v1/feeds/cq-demo-01?since={epoch}.{int(number) + 1}")
    assert answer.status_code == 410


def test_another_hall_is_not_visible(kiosk: Hands) -> None:
    assert kiosk.call("GET", "/v1/feeds/cq-other-01").status_code == 404
    assert kiosk.call("GET", "/v1/snapshots/cq-other-01").status_code == 404


def test_a_stop_lets_the_waiting_go_with_a_whole_answer(tmp_path: Path, new_database: NewDatabase) -> None:
    with Running(tmp_path, database=new_database()) as running:
        kiosk, watcher = Hands(running.url), Hands(running.url)
        cursor = head(kiosk)
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(watcher.call, "GET", f"/v1/feeds/cq-demo-01?since={cursor}&wait=25")
            while kiosk.call("GET", "/sandbox/inspector.json").json()["waiting"] == 0:
                pass
            assert running.stop() == 0
            answer = waiting.result(10)
        assert (answer.status_code, answer.json()["items"], answer.json()["cursor"]) == (200, [], cursor)
        assert running.errors() == ""
        kiosk.close()
        watcher.close()
