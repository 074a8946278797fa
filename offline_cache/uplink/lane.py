"""The only door to the network: one lane per thread, each with its own connection that another thread can break off.

A call has one deadline over everything, follows no redirect, trusts no environment, and knows the platform by the
contract's header. ``requests.Session.close`` cancels nothing; shutting the socket down does, in about a millisecond.
"""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import MaxRetryError, NewConnectionError

from kiosk.domain.ids import new_ulid
from kiosk.faults import Fault, FaultCode
from offline_cache import identity
from offline_cache.clock import PlatformClock
from offline_cache.exchange import CONTRACT, CONTRACT_HEADER, Call, Reply, Then, Trouble, judged, trouble

CONNECT_SECONDS = 3.05
LARGEST_ANSWER = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True, repr=False)
class Address:
    """Where the platform is and who calls: by a certificate, or by the ``credential`` that stands in for one.

    ``authority``, ``certificate`` and ``private_key`` are PEM files; the key may lie in the certificate's file.
    """

    url: str
    terminal_id: str
    credential: str = ""
    authority: str = ""
    certificate: str = ""
    private_key: str = ""


class Cancel:
    """Breaks off what waits for it, from any thread, now or before it begins. ``why`` is the first reason given."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._actions: list[Callable[[], None]] = []
        self.why = ""

    def __call__(self, why: str = "cancelled") -> None:
        with self._lock:
            if self.why:
                return
            self.why = why
            actions = tuple(self._actions)
        for action in actions:
            action()

    @contextlib.contextmanager
    def breaks(self, action: Callable[[], None]) -> Iterator[None]:
        """While the block runs, cancelling calls ``action``; at once when it is cancelled already."""
        with self._lock:
            self._actions.append(action)
            late = bool(self.why)
        if late:
            action()
        try:
            yield
        finally:
            with self._lock:
                self._actions.remove(action)


class _LiveSockets:
    """The sockets of one lane, from before the first TLS byte on."""

    def __init__(self) -> None:
        self._handles: dict[int, socket.socket] = {}
        self._lock = threading.Lock()
        self._broken = False

    def begin(self) -> None:
        """A new call: connections may be made again."""
        with self._lock:
            self._broken = False

    def break_off(self) -> None:
        """Shut everything down; connections made until the next ``begin`` are shut at once."""
        with self._lock:
            self._broken = True
            for handle in self._handles.values():
                with contextlib.suppress(OSError):
                    handle.shutdown(socket.SHUT_RDWR)

    def tracked(self, base: type[HTTPConnection]) -> type[HTTPConnection]:
        """The connection class with its sockets registered here."""
        registry = self

        class Tracked(base):  # type: ignore[valid-type,misc]
            def _new_conn(self) -> socket.socket:
                made: socket.socket = super()._new_conn()
                # A duplicate outlives the TLS wrapper's taking over of the original.
                registry._add(id(self), made.dup())
                return made

            def close(self) -> None:
                registry._drop(id(self))
                super().close()

        return Tracked

    def _add(self, number: int, handle: socket.socket) -> None:
        self._drop(number)
        with self._lock:
            self._handles[number] = handle
            if self._broken:
                with contextlib.suppress(OSError):
                    handle.shutdown(socket.SHUT_RDWR)

    def _drop(self, number: int) -> None:
        with self._lock:
            handle = self._handles.pop(number, None)
        if handle is not None:
            handle.close()


class _Adapter(HTTPAdapter):
    def __init__(self, live: _LiveSockets) -> None:
        self._live = live
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        plain = type("Plain", (urllib3.HTTPConnectionPool,), {"ConnectionCls": self._live.tracked(HTTPConnection)})
        tls = type("Tls", (urllib3.HTTPSConnectionPool,), {"ConnectionCls": self._live.tracked(HTTPSConnection)})
        self.poolmanager.pool_classes_by_scheme = {"http": plain, "https": tls}


class Lane:
    """Calls of one thread, one after the other. ``told`` hears after each whether the platform answered."""

    def __init__(self, address: Address, clock: PlatformClock, told: Callable[[bool], None]) -> None:
        self._address, self._clock, self._told = address, clock, told
        self._live = _LiveSockets()
        self._session = requests.Session()
        self._session.trust_env = False  # REQUESTS_CA_BUNDLE and proxies of the environment would win silently
        self._session.verify = address.authority or True
        if address.certificate:
            self._session.cert = (address.certificate, address.private_key or address.certificate)
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, _Adapter(self._live))
        self._certificate_of = self._certificate_stamp()

    def send(self, call: Call, seconds: float, cancel: Cancel) -> Reply | Trouble:
        """One call, all in all within ``seconds``. Never raises for what a network can do."""
        if cancel.why:
            return _cancelled()
        if (stamp := self._certificate_stamp()) != self._certificate_of:
            self._certificate_of = stamp  # renewed: the next connection shows the new one
            self._session.close()
        deadline = Cancel()
        timer = threading.Timer(seconds, deadline, ["deadline"])
        self._live.begin()
        timer.start()
        try:
            with cancel.breaks(self._live.break_off), deadline.breaks(self._live.break_off):
                outcome = self._exchange(call, seconds)
                if isinstance(outcome, Trouble) and not outcome.heard and not (cancel.why or deadline.why):
                    outcome = self._own_certificate(outcome, seconds, cancel)
        finally:
            timer.cancel()
            timer.join()
        if cancel.why and isinstance(outcome, Trouble):
            return _cancelled()
        if deadline.why and isinstance(outcome, Trouble):
            outcome = trouble(FaultCode.PLATFORM_OFFLINE, "deadline", reached=outcome.reached)
        self._told(isinstance(outcome, Reply) or outcome.heard)
        return outcome

    def close(self) -> None:
        """Let the connections go."""
        self._session.close()

    def _certificate_stamp(self) -> tuple[int, int]:
        try:
            stat = Path(self._address.certificate).stat() if self._address.certificate else None
        except OSError:
            stat = None
        return (0, 0) if stat is None else (stat.st_mtime_ns, stat.st_ino)

    def _own_certificate(self, outcome: Trouble, seconds: float, cancel: Cancel) -> Trouble:
        """Whether it is this terminal's certificate that is not taken, although it looks like a cut line.

        Under TLS 1.3 a refused certificate is only a connection that ends. Who is there may be asked without one:
        when that is answered, and with the certificate it is not, the certificate is what is wrong.
        """
        if not self._address.certificate or not self._address.url.startswith("https:"):
            return outcome
        nobody_there = outcome.fault.code is FaultCode.PLATFORM_OFFLINE and not outcome.reached
        if nobody_there or outcome.fault.code not in (FaultCode.PLATFORM_OFFLINE, FaultCode.NOT_THE_PLATFORM):
            return outcome
        life = identity.life(self._address.certificate)
        if life is None:
            return outcome  # it is not there, or is none
        if not life.holds(self._clock.now()):
            return trouble(FaultCode.CERTIFICATE_EXPIRED, "certificate-expired", reached=False)
        who = Call("GET", "/v1/meta")
        if not isinstance(self._exchange(who, seconds), Trouble) or self._stranger(who, seconds, cancel):
            return outcome
        return trouble(FaultCode.CERTIFICATE_REFUSED, "certificate-refused", reached=False)

    def _stranger(self, who: Call, seconds: float, cancel: Cancel) -> bool:
        """Whether the platform does not answer somebody without a certificate either."""
        bare = replace(self._address, certificate="", private_key="")
        lane = Lane(bare, self._clock, lambda _: None)
        try:
            return isinstance(lane.send(who, min(seconds, CONNECT_SECONDS), cancel), Trouble)
        finally:
            lane.close()

    def _exchange(self, call: Call, seconds: float) -> Reply | Trouble:
        asked = self._clock.monotonic()
        try:
            with self._session.request(
                call.method,
                self._address.url.rstrip("/") + call.path,
                data=call.body or None,
                headers=self._headers(call),
                timeout=(min(CONNECT_SECONDS, seconds), seconds),
                allow_redirects=False,
                stream=True,
            ) as response:
                answered = self._clock.monotonic()
                body = response.raw.read(LARGEST_ANSWER + 1, decode_content=True)
                if len(body) > LARGEST_ANSWER:
                    return trouble(FaultCode.BROKEN_ANSWER, "too-large")
                outcome = judged(response.status_code, response.headers, body, head=call.method == "HEAD")
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            return _network_trouble(error)
        if isinstance(outcome, Reply) or outcome.heard:
            self._clock.observe(response.headers.get("Date", ""), asked, answered)
        return outcome

    def _headers(self, call: Call) -> dict[str, str]:
        clock = self._clock
        headers = {
            CONTRACT_HEADER: CONTRACT,
            "Kiosk-Trace": new_ulid(int(clock.now().timestamp() * 1000), clock.entropy(10)),
            "User-Agent": "qiban-kiosk",
            **call.headers,
        }
        if self._address.credential:
            headers["Kiosk-Terminal"] = f"{self._address.terminal_id} {self._address.credential}"
        if call.body:
            headers["Content-Type"] = call.content_type
        if call.key:
            headers["Idempotency-Key"] = call.key
        if call.first:
            headers["If-None-Match"] = "*"
        elif call.version is not None:
            headers["If-Match"] = f'"v{call.version}"'
        if call.token:
            headers["Authorization"] = f"Bearer {call.token}"
        return headers


def _cancelled() -> Trouble:
    return Trouble(Fault(FaultCode.CANCELLED, {"slug": "cancelled"}), Then.AGAIN)


def _network_trouble(error: Exception) -> Trouble:
    """What the network did, from the exception that says it; its text may hold an address and is not kept."""
    missing_file = type(error) is OSError and error.errno is None  # a certificate that is named but not there
    if missing_file or isinstance(error, requests.exceptions.SSLError):
        return trouble(FaultCode.NOT_THE_PLATFORM, "certificate-problem", reached=False)
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return trouble(FaultCode.PLATFORM_OFFLINE, "offline", reached=False)
    if isinstance(error, requests.exceptions.ReadTimeout | urllib3.exceptions.ReadTimeoutError):  # head, body
        return trouble(FaultCode.PLATFORM_OFFLINE, "deadline")
    cause = error.args[0] if error.args else None
    if isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError):
        return trouble(FaultCode.PLATFORM_OFFLINE, "offline", reached=False)
    if isinstance(error, requests.exceptions.ConnectionError) or (
        isinstance(error, OSError) and not isinstance(error, requests.RequestException)
    ):
        return trouble(FaultCode.PLATFORM_OFFLINE, "offline")
    return trouble(FaultCode.BROKEN_ANSWER, "broken-answer")
