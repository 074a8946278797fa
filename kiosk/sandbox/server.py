"""The reference platform as a process: listens, says where, serves until it is told to stop."""

import asyncio
import ipaddress
import json
import signal
import socket
import threading
from pathlib import Path

import uvicorn

from .app import Sandbox
from .migrations import StoreError
from .settings import SandboxSettings

__all__ = ["StoreError", "serve"]

_PATIENCE = 0.2  # seconds for the other end to close with us


def serve(settings: SandboxSettings) -> None:
    """Serve until SIGTERM or SIGINT (blocking).

    When it listens, ``settings.ready_file`` appears with ``{"url": …, "permit_key": hex, "tls": …, "ca_pem": …,
    "config_keys": "hex …", "directive_keys": "hex …"}``.
    ValueError: an address beyond this machine without ``allow_remote``, an unknown scenario, two ways of knowing a
    terminal. StoreError, which is one too: the database.
    """
    if settings.tls and settings.trust_proxy_header:
        raise ValueError("either tls, or a proxy that ends it: not both")
    if not settings.allow_remote and not _is_loopback(settings.host):
        raise ValueError("the reference platform listens on this machine only, unless allow_remote is set")
    sandbox = Sandbox(settings)
    config = uvicorn.Config(
        sandbox.asgi, host=settings.host, port=settings.port, loop="asyncio", http=sandbox.connections.protocol(),
        ws="none", lifespan="off", log_level="warning", log_config=None, access_log=False, date_header=False,
        server_header=False, timeout_graceful_shutdown=1, timeout_keep_alive=75,
        ssl_context_factory=(lambda *_: sandbox.tls_context(settings.host)) if settings.tls else None,
    )  # fmt: skip
    if threading.current_thread() is threading.main_thread():
        # The server raises the signal again when it is done; that must end in a return, not in death by signal.
        signal.signal(signal.SIGTERM, lambda *_: None)
        signal.signal(signal.SIGINT, lambda *_: None)
    try:
        _Server(config, sandbox, settings.ready_file).run()
    finally:
        sandbox.watch.stop()
        sandbox.offices.stop()
        sandbox.store.close()


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, sandbox: Sandbox, ready_file: Path | None) -> None:
        super().__init__(config)
        self._sandbox = sandbox
        self._ready_file = ready_file

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._sandbox.platform.hub.attach(asyncio.get_running_loop())
        await super().startup(sockets)
        if self.started:
            self._sandbox.watch.start()
            self._sandbox.offices.start()
            if self._ready_file is not None:
                sandbox, secure = self._sandbox, self.config.is_ssl
                told = {
                    "url": self._url(), "permit_key": sandbox.permit_key, "tls": secure, "ca_pem": sandbox.ca_pem,
                    **sandbox.order_keys,
                }  # fmt: skip
                _write_ready(self._ready_file, told)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._sandbox.platform.hub.stop()  # held long-polls would keep the server waiting
        parting = asyncio.create_task(self._part())
        await super().shutdown(sockets)
        parting.cancel()

    async def _part(self) -> None:
        while True:
            await asyncio.sleep(_PATIENCE)
            self._sandbox.connections.part()

    def _url(self) -> str:
        host, port = self.servers[0].sockets[0].getsockname()[:2]
        scheme = "https" if self.config.is_ssl else "http"
        return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


def _write_ready(path: Path, told: dict[str, object]) -> None:
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(told), "utf-8")
    part.replace(path)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
