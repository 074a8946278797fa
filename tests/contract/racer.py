"""One of eight clients, a process of its own: takes a line of JSON, does what it says, answers with a line of JSON.

``python -m tests.contract.racer``. Whoever is patient repeats the same bytes under the same key, wherever the server
is by then, until something else than a broken connection or "come again" is answered.
"""

import contextlib
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import requests

from .hands import handed_over

_COME_AGAIN = ("store-unavailable", "idempotency-in-progress")
_PATIENCE = 120.0


class Racer:
    """Requests of one terminal."""

    def __init__(self) -> None:
        self.session = requests.Session()
        self.session.trust_env = False

    def do(self, order: dict[str, Any]) -> Any:
        """One order."""
        self.session.headers.update(order["headers"])
        work = {"post": self.post_all, "issue": self.issue_all, "feed": self.read_feed}[order["what"]]
        return work(order)

    def post_all(self, order: dict[str, Any]) -> list[dict[str, Any]]:
        """Each request once, or patiently."""
        return [self.post(order, **one) for one in order["requests"]]

    def issue_all(self, order: dict[str, Any]) -> list[dict[str, Any]]:
        """Prepare each bundle and hand it over."""
        done = []
        for one in order["bundles"]:
            prepared = self.post(order, "/v1/handovers", one["bundle"], one["key"])
            entry = {"id": one["bundle"]["id"], "prepared": prepared, "handed": None}
            if prepared["status"] == 201:
                fact = handed_over(json.loads(prepared["body"]), order["now"])
                entry["handed"] = self.post(
                    order, f"/v1/handovers/{one['bundle']['id']}/handed-over", fact, one["key2"]
                )
            done.append(entry)
        return done

    def post(self, order: dict[str, Any], path: str, body: Any, key: str, match: str = "") -> dict[str, Any]:
        """What was answered, how often it was asked, and every other status on the way."""
        headers = {"Idempotency-Key": key} | ({"If-Match": match} if match else {})
        tries, came, end = 0, [], time.monotonic() + _PATIENCE
        while True:
            tries += 1
            try:
                answer = self.session.post(_url(order) + path, json=body, headers=headers, timeout=30)
            except requests.RequestException:
                answer = None
            if answer is not None:
                again = not answer.ok and answer.json().get("code") in _COME_AGAIN
                if not (order["patient"] and again):
                    return {
                        "status": answer.status_code, "body": answer.text, "tries": tries, "came": came,
                        "replayed": "Idempotent-Replayed" in answer.headers, "key": key,
                    }  # fmt: skip
                came.append(answer.status_code)
            elif not order["patient"]:
                raise AssertionError("the connection broke")
            if time.monotonic() > end:
                raise AssertionError(f"not answered in {_PATIENCE} s")
            time.sleep(0.05)

    def read_feed(self, order: dict[str, Any]) -> list[dict[str, Any]]:
        """Every change behind a cursor until so many have been seen, or nothing comes any more."""
        seen: list[dict[str, Any]] = []
        cursor, end = order["since"], time.monotonic() + _PATIENCE
        while len(seen) < order["count"] and time.monotonic() < end:
            with contextlib.suppress(requests.RequestException):
                path = f"/v1/feeds/{order['site']}?since={cursor}&wait={order.get('wait', 2)}&limit={order['limit']}"
                answer = self.session.get(_url(order) + path, timeout=30)
                if answer.status_code == 200:
                    page = answer.json()
                    seen += page["items"]
                    cursor = page["cursor"]
        return seen


def _url(order: dict[str, Any]) -> str:
    while True:
        with contextlib.suppress(OSError, ValueError):
            found: str = json.loads(Path(order["ready"]).read_text("utf-8"))["url"]
            return found
        time.sleep(0.01)  # the server is being started again


class Crowd:
    """Eight racers, let go together."""

    def __init__(self, size: int = 8) -> None:
        command = [sys.executable, "-m", "tests.contract.racer"]
        self._racers = [
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(size)
        ]

    def __len__(self) -> int:
        return len(self._racers)

    def go(self, orders: list[dict[str, Any]]) -> None:
        """Off."""
        lines = [json.dumps(order) + "\n" for order in orders]
        for racer, line in zip(self._racers, lines, strict=False):
            assert racer.stdin is not None
            racer.stdin.write(line)
            racer.stdin.flush()

    def results(self, count: int | None = None) -> list[Any]:
        """What the first ``count`` have to say, in order."""
        found = []
        for racer in self._racers[:count]:
            assert racer.stdout is not None
            line = racer.stdout.readline()
            assert line, "a racer died"
            found.append(json.loads(line))
        complaints = [one["failed"] for one in found if isinstance(one, dict) and "failed" in one]
        assert not complaints, complaints
        return found

    def run(self, orders: list[dict[str, Any]]) -> list[Any]:
        """Off, and back."""
        self.go(orders)
        return self.results(len(orders))

    def close(self) -> None:
        """Home."""
        for racer in self._racers:
            assert racer.stdin is not None
            assert racer.stdout is not None
            racer.stdin.close()
            racer.wait(10)
            racer.stdout.close()


def main() -> None:
    """Until nobody orders any more."""
    racer = Racer()
    for line in sys.stdin:
        try:
            result = racer.do(json.loads(line))
        except Exception as error:
            result = {"failed": repr(error)}
        sys.stdout.write(json.dumps(result) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
