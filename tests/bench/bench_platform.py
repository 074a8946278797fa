"""How the reference platform stands against floors of the same machine, in the same run.

python -m tests.bench.bench_platform [CASES]

Judge by the ratios: clients, server and database share this machine's cores. On PostgreSQL too where Debian's package
is installed. A keep-alive request that takes longer than ten milliseconds is the trap of a socket without
TCP_NODELAY: said as CAUGHT, and the bench ends with 1.
"""

import asyncio
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import requests
import sqlalchemy as sa

from kiosk.contracts import platform_api as api
from kiosk.sandbox.app import Sandbox
from kiosk.sandbox.call import Heard, Shown
from kiosk.sandbox.dispatch import Dispatcher
from kiosk.sandbox.settings import SandboxSettings
from tests.contract.hands import KIOSK, WINDOW, Hands, handed_over, key, ulid
from tests.contract.postgres import Postgres, engine, programs
from tests.contract.racer import Crowd
from tests.contract.running import Running
from tests.contract.shelves import ReadyCase, copies, issues, more_windows, pattern

CLIENTS, POLLS, ROUNDS, ASKED = 8, 500, 5, 300
TRAP_MS = 10.0
SITE = "cq-demo-01"

_BARE = """
import asyncio, json, socket, sys
from pathlib import Path
import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route
async def now(request): return JSONResponse({"now_ms": 0})
config = uvicorn.Config(Starlette(routes=[Route("/v1/time", now)]), host="127.0.0.1", port=0, loop="asyncio",
                        http="h11", ws="none", lifespan="off", log_config=None, access_log=False)
class Server(uvicorn.Server):
    async def startup(self, sockets=None):
        await super().startup(sockets)
        port = (sockets or self.servers[0].sockets)[0].getsockname()[1]
        part = Path(sys.argv[1] + ".part")
        part.write_text(json.dumps({"url": f"http://127.0.0.1:{port}"}))
        part.replace(sys.argv[1])
hand_made = None
if sys.argv[2:] == ["hand-made"]:
    hand_made = [socket.socket()]
    hand_made[0].bind(("127.0.0.1", 0))
Server(config).run(sockets=hand_made)
"""


@contextmanager
def bare(*arguments: str) -> Iterator[str]:
    """The least a server of this kind can be; its address."""
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.json"
        process = subprocess.Popen([sys.executable, "-c", _BARE, str(ready), *arguments])
        try:
            while not ready.exists():
                time.sleep(0.002)
            yield json.loads(ready.read_text("utf-8"))["url"]
        finally:
            process.kill()
            process.wait()


@contextmanager
def platform(database: str, clock: str = "manual") -> Iterator[Running]:
    """The platform as a process."""
    with tempfile.TemporaryDirectory() as folder, Running(Path(folder), database=database, clock=clock) as running:
        yield running
        running.stop()


def start_up(databases: dict[str, str]) -> None:
    """From the start of the process to the first answer."""
    figures: dict[str, list[float]] = {}

    def measured(name: str, start: Callable[[], Any], path: str) -> None:
        begun = time.perf_counter()
        with start() as server:
            requests.get((server if isinstance(server, str) else server.url) + path, timeout=10).raise_for_status()
            figures.setdefault(name, []).append(time.perf_counter() - begun)

    for _ in range(ROUNDS):
        measured("bare Starlette + uvicorn", bare, "/v1/time")
        for name, database in databases.items():
            measured(f"platform, {name}", lambda database=database: platform(database), "/v1/time")
    best = {name: min(found) for name, found in figures.items()}
    floor = best["bare Starlette + uvicorn"]
    print(f"process start to first answer, best of {ROUNDS}")
    for name, seconds in best.items():
        print(f"  {name:34} {seconds * 1000:8.0f} ms {seconds / floor:8.1f} x")


def keep_alive(databases: dict[str, str]) -> bool:
    """One terminal asking again and again on one connection; False when the trap is there."""

    def p50(url: str) -> float:
        session, took = requests.Session(), []
        session.trust_env = False
        for _ in range(ASKED):
            begun = time.perf_counter()
            session.get(url + "/v1/time", timeout=10).raise_for_status()
            took.append((time.perf_counter() - begun) * 1000)
        session.close()
        return statistics.median(took)

    print(f"\nkeep-alive request, p50 of {ASKED}")
    with bare("hand-made") as url:
        print(f"  {'the trap itself, for comparison':34} {p50(url):8.1f} ms")
    with bare() as url:
        print(f"  {'bare Starlette + uvicorn':34} {p50(url):8.1f} ms")
    caught = False
    for name, database in databases.items():
        with platform(database) as running:
            took = p50(running.url)
            caught = caught or took > TRAP_MS
            print(f"  {'platform, ' + name:34} {took:8.1f} ms {'  CAUGHT' if took > TRAP_MS else '  fine'}")
    return not caught


class Direct:
    """The same acts without HTTP: eight threads call the platform in this process."""

    def __init__(self, database: str, windows: list[tuple[str, str]], tokens: list[str], now: str) -> None:
        self._sandbox = Sandbox(SandboxSettings(database=database, clock="manual", seed="test"))
        self._dispatcher = Dispatcher(self._sandbox.platform)
        self._windows, self._tokens, self._now = windows, tokens, now

    def act(self, n: int, op_id: str, path: str, body: Any, idem: str, **parameters: str) -> dict[str, Any]:
        """One act at the n-th window."""
        headers = {
            "authorization": f"Bearer {self._tokens[n]}",
            "content-type": "application/json", "idempotency-key": idem,
        }  # fmt: skip
        raw = json.dumps(body).encode()
        shown = Shown(stand_in=self._windows[n][0])
        answer = self._dispatcher._run(Heard(api.BY_ID[op_id], path, parameters, [], headers, shown, raw))
        assert answer.status_code in (200, 201), answer.body
        return dict(json.loads(answer.body))

    def issue(self, n: int, work: list[dict[str, Any]]) -> None:
        """What a racer does over HTTP."""
        for one in work:
            prepared = self.act(n, "prepareHandover", "/v1/handovers", one["bundle"], one["key"])
            path = f"/v1/handovers/{prepared['id']}/handed-over"
            fact = handed_over(prepared, self._now)
            self.act(n, "recordHandedOver", path, fact, one["key2"], handover_id=prepared["id"])

    def close(self) -> None:
        """Let go."""
        self._sandbox.store.close()


def commits_per_second(of: sa.Engine, count: int = 300) -> float:
    """The floor below: one row, one durable commit, one after the other on one connection."""
    with of.connect() as c:
        c.exec_driver_sql("CREATE TABLE floor (n INTEGER)")
        c.commit()
        if of.dialect.name == "sqlite":
            c.exec_driver_sql("PRAGMA synchronous=FULL")
            c.commit()
        begun = time.perf_counter()
        for n in range(count):
            c.exec_driver_sql(f"INSERT INTO floor VALUES ({n})")
            c.commit()
        rate = count / (time.perf_counter() - begun)
        c.exec_driver_sql("DROP TABLE floor")
        c.commit()
        return rate


def issuing(name: str, database: str, crowd: Crowd, cases: int) -> None:
    """Prepare and hand over, eight at once: over HTTP, and without."""
    of = engine(database)
    with platform(database) as running:
        kiosk, window = Hands(running.url, KIOSK), Hands(running.url, WINDOW)
        window.sign_in()
        windows = more_windows(of, CLIENTS)
        tokens = []
        for header, _ in windows:
            hands = Hands(running.url, header)
            tokens.append(str(hands.sign_in()["token"]))
            hands.close()
        model, now = pattern(kiosk, window), window.now()
        over_http, without = [], []
        direct = Direct(database, windows, tokens, now)
        for _ in range(ROUNDS):
            work = shares(of, model, windows, cases)
            orders = [
                {
                    "what": "issue", "patient": False, "ready": str(running.ready_file.absolute()), "now": now,
                    "bundles": mine,
                    "headers": {"Kiosk-Terminal": windows[n][0], "Authorization": f"Bearer {tokens[n]}"},
                }
                for n, mine in enumerate(work)
            ]  # fmt: skip
            begun = time.perf_counter()
            crowd.run(orders)
            over_http.append(2 * cases * CLIENTS / (time.perf_counter() - begun))
            work = shares(of, model, windows, cases)
            begun = time.perf_counter()
            with ThreadPoolExecutor(CLIENTS) as pool:
                list(pool.map(direct.issue, range(CLIENTS), work))
            without.append(2 * cases * CLIENTS / (time.perf_counter() - begun))
        direct.close()
        kiosk.close()
        window.close()
    commits = commits_per_second(of)
    http, floor = statistics.median(over_http), statistics.median(without)
    print(f"\nissue transactions (prepare, hand over), {CLIENTS} clients, {name}, median of {ROUNDS}")
    print(f"  {'floor: one row, one commit':34} {commits:8.0f}/s")
    print(f"  {'the same acts without HTTP':34} {floor:8.0f}/s {floor / commits:8.1%} of the floor")
    print(f"  {'over HTTP':34} {http:8.0f}/s {http / floor:8.1%} of those without")


def shares(of: sa.Engine, model: ReadyCase, windows: list[tuple[str, str]], cases: int) -> list[list[dict[str, Any]]]:
    """Fresh cases for everybody."""
    made = copies(of, model, cases * CLIENTS)
    return [issues(made[n * cases : (n + 1) * cases], windows[n][1]) for n in range(CLIENTS)]


def long_polls(name: str, database: str) -> None:
    """Every terminal of a city waits; one bell rings."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 4 * POLLS)), hard))
    with platform(database) as running:
        hands = Hands(running.url, KIOSK)
        cursor = hands.call("GET", f"/v1/snapshots/{SITE}").json()["cursor"]
        before = _resident_kb(running.pid)
        answered, held = asyncio.run(_hold(running, hands, cursor))
        hands.close()
    print(f"\n{POLLS} held long-polls, {name}")
    print(f"  memory {before / 1024:.1f} MiB before, {(held - before) / 1024:+.1f} MiB while they wait")
    print(f"  one change reached half in {statistics.median(answered):.0f} ms, all in {max(answered):.0f} ms")


async def _hold(running: Running, hands: Hands, cursor: str) -> tuple[list[float], int]:
    host, port = running.url.removeprefix("http://").split(":")
    ask = f"GET /v1/feeds/{SITE}?since={cursor}&wait=25 HTTP/1.1\r\nHost: {host}\r\nKiosk-Terminal: {KIOSK}\r\n\r\n"
    rung = 0.0

    async def wait() -> float:
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(ask.encode())
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        took = (time.perf_counter() - rung) * 1000
        writer.close()
        return took

    tasks = [asyncio.create_task(wait()) for _ in range(POLLS)]
    while (await asyncio.to_thread(hands.call, "GET", "/sandbox/inspector.json")).json()["waiting"] < POLLS:
        await asyncio.sleep(0.2)
    held = _resident_kb(running.pid)
    rung = time.perf_counter()
    await asyncio.to_thread(hands.post, "/v1/assistance-requests", {"id": ulid(), "screen": "home"}, key())
    return list(await asyncio.gather(*tasks)), held


def _resident_kb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))


def main() -> int:
    """Print the figures; 1 when the trap was caught."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        databases = {"SQLite": str(folder / "platform.db")}
        if (found := programs()) is not None:
            cluster = Postgres(found)
            stack.callback(cluster.close)
            databases["PostgreSQL"] = cluster.new_database()
        crowd = Crowd(CLIENTS)
        stack.callback(crowd.close)
        start_up(databases)
        fine = keep_alive(databases)
        for name, database in databases.items():
            issuing(name, database, crowd, cases)
        for name, database in databases.items():
            long_polls(name, database)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
