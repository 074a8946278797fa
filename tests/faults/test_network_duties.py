"""The calls that a terminal makes as a machine, in every weather."""

import contextlib
import http.server
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.audit import AuditEvent, AuditKind
from kiosk.config import Platform, Store
from kiosk.contracts.ledger import SaveDraft
from kiosk.domain.burden import BurdenFigure, BurdenName
from kiosk.domain.ids import new_ulid
from kiosk.faults import Fault
from offline_cache.cache import OfflineCache
from offline_cache.clock import PlatformClock
from offline_cache.uplink import Address, Cancel, Lane
from offline_cache.uploading import FIRST, SMALLEST, Uploader
from tests.contract.hands import Hands
from tests.contract.machines import act

from .hall import SITE, Hall, event, form, fresh_case, running, wait_for
from .proxy import REACHES, Proxy, Weather
from .weathers import SHORT, cells

pytestmark = pytest.mark.processes

Done = Callable[[OfflineCache, Hall], bool]


def _trail_is_there(cache: OfflineCache, hall: Hall) -> bool:
    rows = hall.rows("SELECT max(last_seq) FROM audit_segment WHERE terminal_id = ?", cache.orders.place.terminal_id)
    return bool(rows and rows[0][0] == cache.ledger.state().audit_entries)


def _figure(cache: OfflineCache) -> BurdenFigure:
    """How long the first step took; its id is the terminal's own start, so that each test finds its own."""
    moment = cache.clock.now()
    return BurdenFigure(_figure_id(cache), moment, BurdenName.SECONDS, 12.5, "give_consent")


def _figure_id(cache: OfflineCache) -> str:
    return new_ulid(1_800_000_000_000, bytes.fromhex(cache.boot) + b"br")


def _figure_is_there(cache: OfflineCache, hall: Hall) -> bool:
    return hall.rows("SELECT name, step, value FROM telemetry WHERE id = ?", _figure_id(cache)) == [
        ("seconds", "give_consent", 12.5)
    ]


DUTIES: dict[str, tuple[str, Done]] = {
    "putHeartbeat": ("/v1/terminals/self/heartbeat", lambda cache, _: cache.orders.version > 0),
    "getDirectives": ("/v1/terminals/self/directives", lambda cache, _: cache.orders.seq > 0),
    "getConfig": ("/v1/terminals/self/config", lambda cache, _: cache.orders.version > 0),
    "listPacks": ("/v1/packs", lambda cache, _: bool(cache.ledger.scope_items("餐饮", 5))),
    "getPack": ("/v1/packs/business_scope", lambda cache, _: bool(cache.ledger.scope_items("餐饮", 5))),
    "postTelemetry": ("/v1/terminals/self/telemetry", _figure_is_there),
    "postAuditSegment": ("/v1/audit/segments", _trail_is_there),
}
TOLD = ("postTelemetry", "postAuditSegment")  # done as soon as the platform has it, whatever becomes of its answer


@pytest.mark.parametrize(("weather", "operation"), cells(DUTIES))
def test_duty(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """It is not done, nobody's draft waits behind it for ever, and in fair weather it is done by itself."""
    path, done = DUTIES[operation]
    _order_something(hall)
    keys = {"config_keys": hall.config_keys, "directive_keys": hall.directive_keys}
    store = Store(path=str(tmp_path / "store.db"))
    cache = OfflineCache(store, Platform(url=proxy.url, key="demo-kiosk-02", timeout=SHORT, **keys), "kiosk-02", SITE)
    proxy.set(weather, lambda _, where: where.partition("?")[0] == path)
    with _clean_trail(hall), running(cache):
        cache.ledger.note(AuditEvent(AuditKind.STARTED, cache.clock.now(), "", "terminal"))
        cache.tell_burden((_figure(cache),))
        proxy.wait_hit()
        assert (operation in TOLD and weather in REACHES) or not done(cache, hall)
        proxy.set(Weather.FAIR)
        cache.hurry()
        wait_for(lambda: done(cache, hall))


def _order_something(hall: Hall) -> None:
    """One directive that is there to be fetched; it changes nothing."""
    if hall.rows("SELECT directive_seq FROM terminal WHERE id = 'kiosk-02'") == [(0,)]:
        technician = Hands(hall.url, "store-desk-01 demo-store-desk-01")
        assert technician.sign_in("0500")["status"] == 201
        assert act(technician, "kiosk-02", "directives", {"mode": "NORMAL", "reason": "练习"}).status_code == 201
        technician.close()


@contextlib.contextmanager
def _clean_trail(hall: Hall) -> Iterator[None]:
    """Each test is a new machine under an old name: the platform forgets the trail of the one before."""
    with contextlib.closing(sqlite3.connect(hall.database, timeout=30)) as books:
        books.execute("UPDATE terminal SET audit_seq = NULL, audit_head = NULL WHERE id = 'kiosk-02'")
        books.execute("DELETE FROM audit_segment WHERE terminal_id = 'kiosk-02'")
        books.commit()
    yield


def test_a_large_scan_goes_on_where_it_was_cut(tmp_path: Path, hall: Hall, proxy: Proxy) -> None:
    """Answers are lost in the middle, four times; no byte that the platform has is sent twice."""
    platform = Platform(url=proxy.url, key="demo-kiosk-01", timeout=5.0)
    with running(OfflineCache(Store(path=str(tmp_path / "s.db")), platform, "kiosk-01", SITE)) as cache:
        scan = cache.clock.entropy(3 * 1024 * 1024)
        blob = cache.ledger.keep_blob(scan, "scan")
        case_id, slip = fresh_case(cache)
        assert not isinstance(blob, Fault)
        made = replace(form(), people=(replace(form().people[0], signature=blob),))
        proxy.set(Weather.CLOSE_AFTER, lambda method, _: method == "PATCH", times=4)
        cache.ledger.record(SaveDraft(case_id, slip, made), event(cache))
        wait_for(lambda: hall.rows("SELECT whole FROM blob WHERE sha256 = ?", blob) == [(1,)])
    pieces = hall.rows("SELECT start, length(data) FROM blob_piece WHERE sha256 = ? ORDER BY start", blob)
    assert len(pieces) > 4 and sum(length for _, length in pieces) == len(scan)
    assert [start for start, _ in pieces] == [sum(length for _, length in pieces[:n]) for n in range(len(pieces))]


class _Slow(http.server.BaseHTTPRequestHandler):
    """A platform behind a line of 64 KiB a second."""

    protocol_version = "HTTP/1.1"
    have = 0

    def do_HEAD(self) -> None:
        self._answer(404, _Slow.have)

    def do_PATCH(self) -> None:
        length, read = int(self.headers["Content-Length"]), 0
        while read < length:
            piece = self.rfile.read(min(4096, length - read))
            if not piece:
                return
            read += len(piece)
            time.sleep(len(piece) / 65536)
        _Slow.have += read
        whole = _Slow.have == int(self.headers["Upload-Length"])
        with contextlib.suppress(OSError):
            self._answer(201 if whole else 204, _Slow.have)

    def _answer(self, status: int, offset: int) -> None:
        self.send_response(status)
        self.send_header("Kiosk-Contract", "1.0")
        self.send_header("Upload-Offset", str(offset))
        if status != 204:
            self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


def test_a_slow_line_is_not_a_dead_one() -> None:
    """No whole piece passes within the deadline at first: the pieces shrink until they do."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Slow) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        clock = PlatformClock()
        lane = Lane(Address(f"http://127.0.0.1:{server.server_port}", "kiosk-01"), clock, lambda _: None)
        try:
            uploader, data = Uploader(lane, clock, 0.7), bytes(64 * 1024)
            tries = 0
            while uploader.upload("a" * 64, data, Cancel()) is not None:
                tries += 1
                assert tries < 40
            assert tries >= 1 and SMALLEST <= uploader.piece < FIRST
        finally:
            lane.close()
            server.shutdown()
            thread.join()
