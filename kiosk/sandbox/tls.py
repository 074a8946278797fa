"""The door: https with the terminals' own certificates, and what a request shows of its terminal.

Nobody is sent away in the handshake for having no certificate: who is there, what time it is and enrolment are for
everybody. What shows a certificate must show a good one.
"""

import base64
import binascii
import hashlib
import ipaddress
import ssl
import tempfile
from asyncio import Transport
from pathlib import Path
from typing import Any

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from .call import Shown
from .certificates import Authority
from .settings import SandboxSettings

SCOPE_KEY = "kiosk.client_certificate"  # SHA-256 of the certificate with which the connection was made


def context(authority: Authority, host: str) -> ssl.SSLContext:
    """For a server of this authority: its certificate is made here and known to nobody else."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.verify_mode = ssl.CERT_OPTIONAL
    made.load_verify_locations(cadata=authority.pem)
    certificate, key = authority.for_server(host)
    with tempfile.TemporaryDirectory() as folder:  # the library reads files only
        path = Path(folder) / "server.pem"
        path.touch(mode=0o600)
        path.write_text(certificate + key, "ascii")
        made.load_cert_chain(path)
    return made


def marked(app: Any, transport: Transport) -> Any:
    """The application for one connection: every request of it carries the certificate's digest in its scope."""
    secure = transport.get_extra_info("ssl_object")
    certificate = None if secure is None else secure.getpeercert(binary_form=True)
    if not certificate:
        return app
    return _Marked(app, hashlib.sha256(certificate).hexdigest())


class _Marked:
    def __init__(self, app: ASGIApp, sha256: str) -> None:
        self._app, self._sha256 = app, sha256

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app({**scope, SCOPE_KEY: self._sha256}, receive, send)


def shown_by(settings: SandboxSettings, request: Request) -> Shown:
    """What may be believed of a request. Each way of listening has one proof, and is deaf to the others."""
    if settings.tls:
        return Shown(certificate=request.scope.get(SCOPE_KEY, ""))
    if settings.trust_proxy_header:
        return Shown(certificate=_from_proxy(request.headers))
    if request.client is None or not _is_loopback(request.client.host):
        return Shown()
    return Shown(stand_in=request.headers.get("kiosk-terminal", ""))


def _from_proxy(headers: Headers) -> str:
    # RFC 9440: one header, a byte sequence between colons. Two of them mean that one came from outside.
    given = headers.getlist("client-cert")
    if len(given) != 1 or len(given[0]) < 2 or not given[0].startswith(":") or not given[0].endswith(":"):
        return ""
    try:
        return hashlib.sha256(base64.b64decode(given[0][1:-1], validate=True)).hexdigest()
    except binascii.Error:
        return ""


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
