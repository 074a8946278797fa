"""The kit passes an honest platform, and catches one that only pretends."""

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.contracts import platform_api as api
from kiosk.sandbox.conformance.kit import CHECKS, Outcome, Tried, examine, ground_of, one

from .running import Running

pytestmark = pytest.mark.processes


def test_the_reference_platform_keeps_its_own_contract(tmp_path: Path) -> None:
    with Running(tmp_path) as running:
        lines: list[str] = []
        kept = examine(Tried(url=running.url, permit_key=running.permit_key), lines.append)
        assert kept, "\n".join(line for line in lines if line.startswith("BROKEN"))
        assert lines[-1] == f"{len(CHECKS)} kept, 0 BROKEN, 0 skipped"
        assert running.stop() == 0
        assert running.errors() == ""


def test_departments_that_cannot_be_hurried_are_no_fault(tmp_path: Path) -> None:
    with Running(tmp_path, clock="real") as running:
        lines: list[str] = []
        assert examine(Tried(url=running.url), lines.append)
        assert any(line.startswith("skipped  handing_over") for line in lines)


def test_a_wrong_permit_key_is_noticed(tmp_path: Path) -> None:
    with Running(tmp_path) as running:
        lines: list[str] = []
        assert not examine(Tried(url=running.url, permit_key="11" * 32), lines.append)
        broken = [line for line in lines if line.startswith("BROKEN")]
        assert len(broken) == 1
        assert "signature" in broken[0]


def test_nobody_there() -> None:
    lines: list[str] = []
    assert not examine(Tried(url="http://127.0.0.1:9"), lines.append)
    assert lines[-1] == f"0 kept, {len(CHECKS)} BROKEN, 0 skipped"


class Forgetful(http.server.BaseHTTPRequestHandler):
    """A platform in good manners that never remembers a key: every request is new to it."""

    protocol_version = "HTTP/1.1"
    made = 0

    def _answer(self, status: int, body: object) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Kiosk-Contract", "1.0")
        self.send_header("Content-Type", "application/json" if status < 400 else api.PROBLEM_JSON)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self) -> None:
        self._answer(200, {
            "contract_version": "1.0", "min_client": "0", "environment": "test", "epoch": "k1",
            "idempotency_days": 30, "capabilities": ["idempotency"],
        })  # fmt: skip

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        type(self).made += 1
        self._answer(201, {"id": f"{asked['id']}-{type(self).made}", "state": "OPEN"})

    def log_message(self, *_args: object) -> None:
        """Silent."""


@pytest.fixture
def forgetful() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Forgetful)
    server.daemon_threads = False
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    "name",
    [
        "answers_a_repeat_alike",
        "takes_a_key_in_quotes",
        "refuses_a_key_for_something_else",
        "counts_eight_at_once_as_one",
    ],
)
def test_a_platform_that_forgets_keys_is_caught(forgetful: str, name: str) -> None:
    check = next(found for found in CHECKS if found.__name__ == name)
    stage = ground_of(Tried(url=forgetful))
    try:
        line = one(stage, check)
        assert line.outcome is Outcome.BROKEN, line
        assert "no answer" not in line.why
    finally:
        stage.close()


def test_every_promise_is_said_in_words() -> None:
    assert all((check.__doc__ or "").strip().endswith(".") for check in CHECKS)
