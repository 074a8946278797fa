"""The application: routes from the operation table, control beside them, weather in front."""

import ssl
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from kiosk.contracts.platform_api import OPERATIONS, Op, make_ready

from . import certificates, scenarios, seed, tls
from . import tables as t
from .clock import SandboxClock
from .control import Control
from .database import Store
from .dispatch import Dispatcher
from .offices import Offices
from .phone.routes import PhonePages
from .platform import Platform
from .refusal import Refused
from .settings import SandboxSettings
from .watch import Watch
from .weather import Connections, Weather


class Sandbox:
    """Everything of one reference platform, built but not yet listening."""

    def __init__(self, settings: SandboxSettings) -> None:
        if settings.scenario and settings.scenario not in scenarios.known():
            raise ValueError(f"scenario must be one of: {', '.join(scenarios.known())}")
        make_ready()
        self.store = Store(settings.url)
        with self.store.opening():
            self.store.create()
            certificates.found(self.store)
            self.clock = SandboxClock(settings.clock, settings.factor, self._office_ms())
            self.platform = Platform(settings, self.store, self.clock)
            self._begin(settings)
        self.offices = Offices(self.platform)
        self.watch = Watch(self.platform)
        self.connections = Connections()
        self._dispatcher = Dispatcher(self.platform)
        self._inner = Starlette(exception_handlers={404: self._not_found, 405: self._not_allowed})
        self.weather = Weather(self._inner, self.connections, settings.seed)
        control = Control(self.platform, self.offices, self.weather, self._dispatcher)
        self._inner.router.routes.extend([*self._operations(), *control.routes()])
        self._inner.router.routes.extend(PhonePages(self.platform, self._dispatcher).routes())

    def _office_ms(self) -> int:
        with self.store.read() as c:
            return int(c.execute(sa.select(t.meta.c.value).where(t.meta.c.key == "office_ms")).scalar() or 0)

    def _begin(self, settings: SandboxSettings) -> None:
        held = scenarios.current(self.platform)
        if not held or (settings.scenario and settings.scenario != held):
            scenarios.start_over(self.platform, settings.scenario)
        elif settings.restored:
            with self.store.write() as c:
                c.execute(sa.update(t.meta).where(t.meta.c.key == "epoch").values(value=seed.new_epoch()))

    @property
    def asgi(self) -> ASGIApp:
        """What a server runs."""
        return self.weather

    @property
    def permit_key(self) -> str:
        """The public key of the permits, in hex: what a window's configuration needs."""
        return self.platform.permit_key.public_key().public_bytes_raw().hex()

    @property
    def order_keys(self) -> dict[str, str]:
        """The public keys of configurations and directives, in hex, as a terminal's configuration names them."""
        signers = {"config_keys": self.platform.config_signers, "directive_keys": self.platform.directive_signers}
        return {use: " ".join(one.public.hex() for one in each) for use, each in signers.items()}

    @property
    def ca_pem(self) -> str:
        """The authority that signs terminals' certificates, and this server's own."""
        with self.store.read() as c:
            return certificates.Authority.of(c).pem

    def tls_context(self, host: str) -> ssl.SSLContext:
        """For listening with TLS."""
        with self.store.read() as c:
            return tls.context(certificates.Authority.of(c), host)

    def _operations(self) -> list[Route]:
        # Fixed paths before those with a parameter, and one route per path: then the refusal of a method is right.
        by_path: dict[str, dict[str, Op]] = {}
        for op in sorted(OPERATIONS, key=lambda one: one.path.count("{")):
            by_path.setdefault(op.path, {})[op.method] = op
        return [Route(path, self._endpoint(ops), methods=list(ops)) for path, ops in by_path.items()]

    def _endpoint(self, ops: dict[str, Op]) -> Callable[[Request], Any]:
        async def endpoint(request: Request) -> Response:
            op = ops.get(request.method)
            if op is None:
                return await self._not_allowed(request, None, allowed=ops)
            return await self._dispatcher.answer(op, request)

        return endpoint

    async def _not_found(self, request: Request, _error: Any) -> Response:
        return self._dispatcher.problem(Refused("not-found"), request.url.path)

    async def _not_allowed(self, request: Request, error: Any, allowed: dict[str, Op] | None = None) -> Response:
        response = self._dispatcher.problem(Refused("method-not-allowed"), request.url.path)
        response.headers["Allow"] = ", ".join(allowed) if allowed else (error.headers or {}).get("Allow", "")
        return response
