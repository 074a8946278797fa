"""The one generic handler: who asks, the checks in order, the transaction with its idempotency row, the answer."""

import asyncio
import collections
import logging
import re
import secrets
import time
from dataclasses import replace
from typing import Any

import msgspec
import sqlalchemy as sa
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from kiosk.contracts import platform_api as api
from kiosk.contracts.platform_api import batch as wire
from kiosk.domain.ids import new_ulid
from kiosk.faults import bug_report

from . import assistance, batch, checks, citizen_sessions, idempotency
from .call import Call, Heard, Reply
from .handlers import HANDLERS
from .idempotency import Kept
from .identity import caller_of, with_second
from .moments import at
from .platform import Platform
from .refusal import Refused, invalid
from .tls import shown_by

log = logging.getLogger(__name__)

_LARGEST_JSON = 1024 * 1024
_LARGEST_PIECE = 4 * 1024 * 1024
_TRACE = re.compile("[0-9A-HJKMNP-TV-Z]{26}")
_DOUBLES = {  # column in the driver's words → what it means that it would have been doubled
    "handover.case_id": "handover-open", "one_open_handover": "handover-open",
    "handover.site_id": "window-has-open-handover", "one_open_window": "window-has-open-handover",
    "handover_line.article_id": "handover-open", "article_once": "handover-open",
    "ticket.window": "window-has-open-ticket", "one_ticket_window": "window-has-open-ticket",
    "stock_unit.id": "serial-exists", "stock_unit_pkey": "serial-exists",
    "stock_batch.": "range-overlap", "stock_batch_pkey": "range-overlap", "batch_begins_once": "range-overlap",
    "batch_ends_once": "range-overlap",
    "device_issue.case_id": "device-issue-open", "one_issue_case": "device-issue-open",
    "device_issue.unit_id": "stock-unit-unavailable", "one_issue_unit": "stock-unit-unavailable",
    "assistance.terminal_id": "too-late", "one_joined_visit": "too-late",
    "opening_case.slip_code": "slip-taken", "opening_case_slip_code_key": "slip-taken",
    "opening_case.previous_case_id": "not-ended", "opening_case_previous_case_id_key": "not-ended",
}  # fmt: skip


class Dispatcher:
    """Answers every operation of the table."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._looks: dict[Any, asyncio.Future[Reply]] = {}
        self.recent: collections.deque[dict[str, Any]] = collections.deque(maxlen=200)

    async def answer(self, op: api.Op, request: Request) -> Response:
        """One request, whatever it is."""
        begun = time.perf_counter()
        trace, path = self._trace(request), request.url.path
        try:
            raw = await _read(request, _LARGEST_PIECE if op.body is api.Octets else _LARGEST_JSON)
            shown = shown_by(self._platform.settings, request)
        except Refused as refusal:
            response = self.problem(refusal, path, trace)
        except ClientDisconnect:  # a terminal was killed in the middle of a word: nobody waits for an answer
            response = self.problem(Refused("malformed"), path, trace)
        else:
            query = request.query_params.multi_items()
            heard = Heard(op, path, request.path_params, query, request.headers, shown, raw)
            response = await self._safely(heard, path, trace)
        took = round((time.perf_counter() - begun) * 1000, 1)
        seen = {"op": op.id, "status": response.status_code, "ms": took, "trace": trace}
        self.recent.append({**seen, "at": at(self._platform.clock.now()).isoformat(timespec="milliseconds")})
        return response

    async def _safely(self, heard: Heard, instance: str, trace: str) -> Response:
        # Whatever happens becomes an answer in the contract's shape.
        try:
            if heard.op.id == "getFeed":
                return await self._wait_for_feed(heard)
            if heard.op.id == "postEvents":
                return await self._take_batch(heard, trace)
            return await self._work(heard)
        except Refused as refusal:
            return self.problem(refusal, instance, trace)
        except sa.exc.IntegrityError as error:
            return self.problem(Refused(_double(error)), instance, trace)
        except sa.exc.DataError:  # the contract let something in that a column cannot hold
            log.error("operation %s, trace %s: a value does not fit its column", heard.op.id, trace)
            return self.problem(invalid("", "does not fit"), instance, trace)
        except Exception as error:
            log.error("operation %s failed, trace %s: %s", heard.op.id, trace, bug_report(error))
            return self.problem(Refused("internal"), instance, trace)

    async def _take_batch(self, heard: Heard, trace: str) -> Response:
        call = await run_in_threadpool(self._checked, heard)

        async def answer(one: Heard, path: str) -> Response:
            return await self._safely(one, path, trace)

        taken = await batch.take(call.body(wire.PostEvents), heard, answer)
        return self._dressed(heard, Reply(200, taken))

    def problem(self, refusal: Refused, instance: str, trace: str = "") -> Response:
        """The refusal on the wire."""
        body = {
            "type": api.PROBLEM_PREFIX + refusal.slug, "title": refusal.rule.title, "status": refusal.rule.status,
            "code": refusal.slug, "retry": refusal.rule.retry.value, "instance": instance, "trace": trace,
            **refusal.more,
        }  # fmt: skip
        headers = {"Content-Type": api.PROBLEM_JSON}
        if refusal.retry_after is not None:
            headers["Retry-After"] = str(refusal.retry_after)
        if refusal.etag is not None:
            headers["ETag"] = f'"{refusal.etag}"'
        return self.dress(Response(msgspec.json.encode(body), refusal.rule.status, headers))

    def dress(self, response: Response) -> Response:
        """The headers that make an answer the platform's."""
        now = at(self._platform.clock.now()).timestamp()
        response.headers["Kiosk-Contract"] = api.CONTRACT_VERSION
        response.headers["Sandbox"] = "true"
        response.headers["Cache-Control"] = "no-store"
        response.headers["Date"] = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(now))
        return response

    def _trace(self, request: Request) -> str:
        given = request.headers.get("kiosk-trace", "")
        if _TRACE.fullmatch(given):
            return given
        return new_ulid(self._platform.clock.now(), secrets.token_bytes(10))

    async def _work(self, heard: Heard) -> Response:
        return await run_in_threadpool(self._run, heard)

    async def _wait_for_feed(self, heard: Heard) -> Response:
        # Join before looking: a change between look and wait would be slept through otherwise.
        site_id, hub = heard.path["site_id"], self._platform.hub
        waiting = hub.join(site_id)
        end = time.monotonic() + _patience(heard.query)
        try:
            call = await run_in_threadpool(self._checked, heard)
            reply = await run_in_threadpool(self._page, call)
            while True:
                left = end - time.monotonic()
                if reply.answer.items or hub.stopping or left <= 0:
                    return self._dressed(heard, reply)
                try:
                    await asyncio.wait_for(waiting.wait(), left)
                except TimeoutError:
                    end = 0.0
                waiting.clear()
                reply = await self._shared_page(call)
        finally:
            hub.leave(site_id, waiting)

    def _page(self, call: Call) -> Reply:
        with self._platform.look() as tx:
            return HANDLERS[call.op.id](self._platform, call, tx)

    async def _shared_page(self, call: Call) -> Reply:
        """One look for all who are woken by one change at one place of the feed: a whole city wakes at once.

        Each of them was let in by its own first look. A look that began before the bell rang is nobody's answer.
        """
        site_id = call.path["site_id"]
        place = (site_id, tuple(sorted(call.query.items())), self._platform.hub.rung(site_id))
        look = self._looks.get(place)
        if look is None:
            look = self._looks[place] = asyncio.ensure_future(run_in_threadpool(self._page, call))
            look.add_done_callback(lambda _: self._looks.pop(place, None))
        return await asyncio.shield(look)

    def _run(self, heard: Heard) -> Response:
        return self._dressed(heard, self._transact(heard))

    def _transact(self, heard: Heard) -> Reply | Kept:
        call = self._checked(heard)
        handler, platform = HANDLERS[heard.op.id], self._platform
        if heard.op.reads:
            with platform.look() as tx:
                citizen_sessions.own_case_only(tx, call)
                return handler(platform, call, tx)
        try:
            with platform.transaction() as tx:
                if heard.op.idem:
                    before = idempotency.first_time(platform, tx, call, heard.url_path)
                    if before is not None:
                        return before
                if call.second:
                    call = replace(call, caller=with_second(tx, heard.op, call.caller, call.second))
                citizen_sessions.own_case_only(tx, call)
                reply = handler(platform, call, tx)
                assistance.attribute(tx, call)
                if heard.op.idem:
                    idempotency.keep(platform, tx, call, Kept(reply.status, reply.etag, _encoded(reply.answer)))
                return reply
        except Refused as refusal:
            if refusal.aftermath is not None:
                with platform.transaction() as tx:
                    refusal.aftermath(tx)
            raise

    def _checked(self, heard: Heard) -> Call:
        op, headers = heard.op, heard.headers
        token, citizen = headers.get("authorization", ""), headers.get("citizen-session", "")
        with self._platform.look() as tx:
            caller = caller_of(tx, op, heard.shown, token)
            if citizen and set(op.who) & set("CH"):
                caller = citizen_sessions.with_citizen(tx, caller, citizen)
        key = checks.key_of(op, headers)
        if_match, if_none = checks.preconditions(op, headers)
        message = checks.body_of(op, headers.get("content-type", ""), heard.raw)
        call = Call(
            op, caller, query=checks.query_of(op, heard.query), path=checks.path_of(heard.path),
            headers=checks.headers_of(op, headers), message=message, raw=heard.raw, key=key, if_match=if_match,
            if_none=if_none, token=token, second=checks.second_of(op, headers), citizen=citizen,
        )  # fmt: skip
        citizen_sessions.touch(self._platform, call)
        return call

    def _dressed(self, heard: Heard, reply: Reply | Kept) -> Response:
        headers = {"Content-Type": "application/json"}
        if reply.etag:
            headers["ETag"] = f'"{reply.etag}"'
        if isinstance(reply, Kept):
            return self.dress(Response(reply.body, reply.status, {**headers, "Idempotent-Replayed": "true"}))
        if heard.op.etag and heard.headers.get("if-none-match", "").strip('"') == reply.etag:
            return self.dress(Response(None, 304, {"ETag": headers["ETag"]}))
        if reply.answer is None:
            headers.pop("Content-Type")
        return self.dress(Response(_encoded(reply.answer), reply.status, {**headers, **reply.headers}))


def _encoded(answer: Any) -> bytes:
    return b"" if answer is None else msgspec.json.encode(answer)


def _patience(query: list[tuple[str, str]]) -> float:
    given = dict(query).get("wait", "0")
    return float(given) if re.fullmatch("[0-9]{1,2}", given) and int(given) <= 25 else 0.0


def _double(error: sa.exc.IntegrityError) -> str:
    words = str(error.orig)
    return next((slug for column, slug in _DOUBLES.items() if column in words), "id-taken")


async def _read(request: Request, limit: int) -> bytes:
    pieces, size = [], 0
    async for piece in request.stream():
        size += len(piece)
        if size > limit:
            raise Refused("too-large")
        pieces.append(piece)
    return b"".join(pieces)
