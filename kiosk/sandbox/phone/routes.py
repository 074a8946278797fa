"""Where the phone pages are, and the upload they post to."""

import logging
import re
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import sqlalchemy as sa
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.sandbox import remote_signing, upload_links
from kiosk.sandbox import tables as t
from kiosk.sandbox.dispatch import Dispatcher
from kiosk.sandbox.material_rules import rules
from kiosk.sandbox.platform import Platform
from kiosk.sandbox.refusal import Refused

from . import pages

log = logging.getLogger(__name__)

_TOKEN = re.compile("[0-9A-Za-z_-]{43}")
_BOUNDARY = re.compile('multipart/form-data;.*boundary="?([0-9A-Za-z\'()+_,./:=?-]{1,70})"?', re.IGNORECASE)
_ENVELOPE = 8 * 1024  # what a form adds to its file
_PATIENCE = 64 * 1024 * 1024  # read and thrown away, so that the phone hears why it is refused
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",  # the address is the key
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
_FILES = {"page.css": "text/css", "sign.js": "text/javascript", "upload.js": "text/javascript"}


class PhonePages:
    """Everything under /phone."""

    def __init__(self, platform: Platform, dispatcher: Dispatcher) -> None:
        self._platform = platform
        self._dispatcher = dispatcher

    def routes(self) -> list[Route]:
        """Pages, the upload, and the files they need."""
        return [
            Route("/phone/sign/{token}", self._page(self._sign), methods=["GET"]),
            Route("/phone/upload/{token}", self._page(self._upload), methods=["GET"]),
            Route("/phone/upload/{token}", self._receive, methods=["POST"]),
            *(Route(f"/phone/{name}", self._file(name), methods=["GET"]) for name in _FILES),
        ]

    def _page(self, make: Callable[[str], str]) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            try:
                return self._html(await run_in_threadpool(make, _token(request)))
            except Refused as refused:
                return self._html(pages.refusal(refused.slug), refused.rule.status)
            except (sa.exc.OperationalError, sa.exc.TimeoutError):
                return self._html(pages.refusal("store-unavailable"), 503)

        return answer

    def _sign(self, token: str) -> str:
        with self._platform.look() as tx:
            return pages.sign(remote_signing.page(tx, token))

    def _upload(self, token: str) -> str:
        with self._platform.look() as tx:
            row = upload_links.wanted(tx, token)
            of_case = sa.select(t.site.c.name).join(t.case, t.case.c.site_id == t.site.c.id)
            hall = tx.c.execute(of_case.where(t.case.c.id == row.case_id)).scalar_one()
        return pages.upload(rules().titles[row.type], hall)

    async def _receive(self, request: Request) -> Response:
        kind = request.headers.get("content-type", "")
        plain_form = kind.lower().startswith("multipart/")
        try:
            data = await _read(request, upload_links.LARGEST + (_ENVELOPE if plain_form else 0))
            if plain_form:
                data = file_in(kind, data)
            await run_in_threadpool(self._keep, _token(request), data)
        except Refused as refused:
            if plain_form:
                return self._html(pages.refusal(refused.slug), refused.rule.status)
            return self._dispatcher.problem(refused, "/phone/upload")  # the address is the key, so not told again
        except (sa.exc.OperationalError, sa.exc.TimeoutError):
            return self._dispatcher.problem(Refused("store-unavailable", retry_after=1), "/phone/upload")
        if plain_form:
            return self._html(pages.received(), 201)
        return self._dispatcher.dress(Response(b"{}", 201, {**_HEADERS, "Content-Type": "application/json"}))

    def _keep(self, token: str, data: bytes) -> None:
        with self._platform.transaction() as tx:
            upload_links.receive(self._platform, tx, token, data)

    def _html(self, text: str, status: int = 200) -> Response:
        headers = {**_HEADERS, "Content-Type": "text/html; charset=utf-8"}
        return self._dispatcher.dress(Response(text, status, headers))

    def _file(self, name: str) -> Callable[[Request], Any]:
        content = files("kiosk.sandbox.phone").joinpath(name).read_bytes()

        async def answer(_request: Request) -> Response:
            return self._dispatcher.dress(Response(content, 200, {**_HEADERS, "Content-Type": _FILES[name]}))

        return answer


def file_in(content_type: str, body: bytes) -> bytes:
    """The one file of a posted form."""
    found = _BOUNDARY.match(content_type)
    if found is None:
        raise Refused("malformed")
    for part in (b"\r\n" + body).split(b"\r\n--" + found[1].encode())[1:]:
        head, blank, content = part.partition(b"\r\n\r\n")
        if blank and b'name="file"' in head:
            return content
    raise Refused("malformed")


def _token(request: Request) -> str:
    token: str = request.path_params["token"]
    if not _TOKEN.fullmatch(token):
        raise Refused("not-found")
    return token


async def _read(request: Request, limit: int) -> bytes:
    pieces, size = [], 0
    async for piece in request.stream():
        size += len(piece)
        if size > _PATIENCE:
            break
        if size <= limit:
            pieces.append(piece)
    if size > limit:
        raise Refused("too-large")
    return b"".join(pieces)
