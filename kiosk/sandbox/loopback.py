"""Who may use /sandbox: this machine only, by its own name, and no page of another site through its browser."""

import ipaddress
from urllib.parse import urlsplit

from starlette.requests import Request

_LOCAL = ("127.0.0.1", "::1", "testclient")
_READS = ("GET", "HEAD")


def allowed(request: Request) -> bool:
    """Whether the request comes from here. A foreign name that points here (DNS rebinding) is not here."""
    if request.client is None or request.client.host not in _LOCAL:
        return False
    host = request.headers.get("host", "")
    if not _is_here(urlsplit(f"//{host}").hostname):
        return False
    return request.method in _READS or _own_page(request, host)


def _own_page(request: Request, host: str) -> bool:
    # A browser says where a form was; whoever says nothing is a program of this machine.
    origin = request.headers.get("origin")
    if origin is not None:
        return origin == f"{request.url.scheme}://{host}"
    return request.headers.get("sec-fetch-site", "none") in ("none", "same-origin")


def _is_here(name: str | None) -> bool:
    if name in ("localhost", "testserver"):
        return True
    try:
        return ipaddress.ip_address(name or "").is_loopback
    except ValueError:
        return False
