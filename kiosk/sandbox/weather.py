"""Bad weather on purpose: slow, lost, refused, answered by somebody else. Only /v1 gets wet, /sandbox stays dry."""

import asyncio
import random
from typing import Annotated, Any

import msgspec
from msgspec import Meta
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from . import tls

Rate = Annotated[float, Meta(ge=0, le=1)]
_PORTAL = b"<html><title>Wi-Fi</title><body>Please sign in to use this network.</body></html>"


class Forecast(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What happens to requests. Rates are between 0 and 1; ``clock_skew`` is in seconds."""

    latency_ms: Annotated[int, Meta(ge=0, le=60_000)] = 0
    drop_before_commit: Rate = 0.0
    drop_after_commit: Rate = 0.0
    error_rate: Rate = 0.0
    offline: bool = False
    captive_portal: bool = False
    nonsense: bool = False
    clock_skew: float = 0.0
    sms_failure: Rate = 0.0  # text messages that never arrive
    feed_epoch_change: bool = False  # once, now


class Connections:
    """The live connections by the address of their other end, so that one can be cut."""

    def __init__(self) -> None:
        self._open: dict[Any, asyncio.Transport] = {}

    def cut(self, client: Any) -> None:
        """End one connection without a word."""
        transport = self._open.get(None if client is None else tuple(client))
        if transport is not None:
            transport.abort()

    def part(self) -> None:
        """End what is closing already. With TLS the other end would have to say goodbye first, and an idle one never
        does: nothing is owed to it any more."""
        for transport in tuple(self._open.values()):
            if transport.is_closing():
                transport.abort()

    def protocol(self) -> type[H11Protocol]:
        """The server's protocol, telling this object of every connection."""
        known = self._open

        class Droppable(H11Protocol):
            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
                super().connection_made(transport)
                known[self.client] = transport
                self.app = tls.marked(self.app, transport)  # the server keeps the certificate to itself

            def connection_lost(self, exc: Exception | None) -> None:
                known.pop(self.client, None)
                super().connection_lost(exc)

        return Droppable


class Weather:
    """An ASGI layer in front of the platform."""

    def __init__(self, inner: ASGIApp, connections: Connections, seed: str) -> None:
        self._inner = inner
        self._connections = connections
        self._dice = random.Random(f"weather:{seed}")
        self._held: set[Any] = set()
        self.forecast = Forecast()

    def change(self, forecast: Forecast) -> None:
        """From now on; going offline also cuts the requests that wait."""
        self.forecast = forecast
        if forecast.offline:
            for client in tuple(self._held):
                self._connections.cut(client)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request in this weather."""
        if scope["type"] != "http" or not scope["path"].startswith("/v1"):
            await self._inner(scope, receive, send)
            return
        now, client = self.forecast, scope.get("client")
        if now.latency_ms:
            await asyncio.sleep(now.latency_ms / 1000)
        if now.offline or self._falls(now.drop_before_commit):
            await self._drop(client, receive)
        elif now.captive_portal:
            await _say(send, 200, [(b"content-type", b"text/html")], _PORTAL)
        elif now.nonsense:
            await _say(
                send, 200, [(b"content-type", b"application/json"), (b"kiosk-contract", b"1.0")], b'{"items":[{"id"'
            )
        elif self._falls(now.error_rate):
            await _say(send, 503, [(b"retry-after", b"1")], b"")
        elif self._falls(now.drop_after_commit):
            await self._inner(scope, receive, _swallow)
            await self._drop(client, receive)
        else:
            self._held.add(client)
            try:
                await self._inner(scope, receive, send)
            finally:
                self._held.discard(client)

    def _falls(self, rate: float) -> bool:
        return rate > 0 and self._dice.random() < rate

    async def _drop(self, client: Any, receive: Receive) -> None:
        self._connections.cut(client)
        while (await receive())["type"] != "http.disconnect":  # until the server knows that nobody listens
            pass


async def _swallow(_message: Message) -> None:
    return None


async def _say(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    headers = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
