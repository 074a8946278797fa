"""/sandbox: the hands of whoever trains or tests. Not part of the contract, and only for this machine."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, Literal, TypeVar

import msgspec
import sqlalchemy as sa
from msgspec import Meta
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from . import (
    back_offices,
    directives,
    e_licences,
    enrolment,
    inspector,
    inventory,
    loopback,
    notifications,
    personal_messages,
    seed,
    states,
)
from . import tables as t
from .certificates import Authority, read_request
from .dispatch import Dispatcher
from .moments import at
from .offices import Offices
from .platform import Platform
from .refusal import Refused
from .training import Answering, Training, json_routes
from .weather import Forecast, Weather

B = TypeVar("B")


class ClockSet(msgspec.Struct, forbid_unknown_fields=True):
    """PUT /sandbox/clock."""

    mode: Literal["real", "scaled", "manual"]
    factor: Annotated[float, Meta(gt=0, le=100_000)] = 60.0


class Advance(msgspec.Struct, forbid_unknown_fields=True):
    """POST /sandbox/clock/advance."""

    seconds: Annotated[float, Meta(ge=0, le=366 * 86400)]


class TerminalSet(msgspec.Struct, forbid_unknown_fields=True):
    """PUT /sandbox/terminals/{terminal_id}: the directive of a terminal, or its suspension."""

    mode: Literal["NORMAL", "NO_HANDOVER", "READ_ONLY"] = "NORMAL"
    state: Literal["ACTIVE", "SUSPENDED"] = "ACTIVE"


class CertificateWanted(msgspec.Struct, forbid_unknown_fields=True):
    """POST /sandbox/terminals/{terminal_id}/certificate: the first terminals of a platform with TLS, which nobody is
    there yet to enrol."""

    csr_pem: str


class LicenceOf(msgspec.Struct, forbid_unknown_fields=True):
    """POST /sandbox/e-licences."""

    uscc: str


class Control:
    """The control endpoints."""

    def __init__(self, platform: Platform, offices: Offices, weather: Weather, dispatcher: Dispatcher) -> None:
        self._platform = platform
        self._offices = offices
        self._weather = weather
        self._dispatcher = dispatcher
        self._training = Training(platform, offices, weather)

    def routes(self) -> list[Route]:
        """Everything under /sandbox."""
        table: list[tuple[str, str, Callable[[Request], Any]]] = [
            ("GET", "/clock", self._get_clock), ("PUT", "/clock", self._put_clock),
            ("POST", "/clock/advance", self._advance), ("POST", "/reset", self._reset),
            ("GET", "/weather", self._get_weather), ("PUT", "/weather", self._put_weather),
            ("GET", "/inspector.json", self._inspect), ("GET", "/sms-outbox", self._messages),
            ("GET", "/devices-to-issue", self._devices), ("PUT", "/terminals/{terminal_id}", self._terminal),
            ("POST", "/terminals/{terminal_id}/certificate", self._certificate),
            ("GET", "/goods", self._goods), ("GET", "/record", self._record),
            ("POST", "/e-licences", self._e_licence),
        ]  # fmt: skip
        table += [(method, path, partial(_in_thread, what)) for method, path, what in json_routes(self._training)]
        inside = inspector.Inside(self._platform, self._offices, self._weather, self._dispatcher, self._training)
        table += inspector.routes(inside)
        return [Route(f"/sandbox{path}", self._local(what), methods=[method]) for method, path, what in table]

    def _local(self, what: Callable[[Request], Any]) -> Callable[[Request], Any]:
        async def guarded(request: Request) -> Response:
            if not loopback.allowed(request):
                return Response(status_code=403)
            try:
                found = await what(request)
            except LookupError:
                return Response(status_code=404)
            except (msgspec.DecodeError, ValueError) as error:
                return Response(str(error), 422)
            except Refused as refusal:
                return Response(refusal.slug, refusal.rule.status)
            return found if isinstance(found, Response) else _json(found)

        return guarded

    async def _get_clock(self, _request: Request) -> Any:
        return self._platform.clock.text()

    async def _put_clock(self, request: Request) -> Any:
        wanted = await _body(request, ClockSet)
        self._platform.clock.change(wanted.mode, wanted.factor)
        self._offices.look_up()
        return self._platform.clock.text()

    async def _advance(self, request: Request) -> Any:
        self._platform.clock.advance((await _body(request, Advance)).seconds)
        done = await run_in_threadpool(self._offices.run_due)
        return {**self._platform.clock.text(), "jobs_done": done}

    async def _reset(self, _request: Request) -> Any:
        await run_in_threadpool(self._training.start_over)
        return {"reset": True}

    async def _get_weather(self, _request: Request) -> Any:
        return self._weather.forecast

    async def _put_weather(self, request: Request) -> Any:
        forecast = await _body(request, Forecast)
        self._platform.clock.skew(forecast.clock_skew)
        self._platform.sms_failure = forecast.sms_failure
        if forecast.feed_epoch_change:
            await run_in_threadpool(self._change_epoch)
        self._weather.change(forecast)
        return forecast

    def _change_epoch(self) -> None:
        with self._platform.transaction() as tx:
            row = sa.update(t.meta).where(t.meta.c.key == "epoch")
            tx.c.execute(row.values(value=seed.new_epoch()))
        self._platform.hub.wake([seed.SITE_ID])

    async def _inspect(self, _request: Request) -> Any:
        return await run_in_threadpool(self._look_inside)

    def _look_inside(self) -> dict[str, Any]:
        with self._platform.look() as tx:
            rows = {
                name: tx.c.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
                for name, table in sorted(t.md.tables.items())
            }
            column = t.case.c
            cases = (
                tx.c.execute(sa.select(column.id, column.slip_code, column.state, column.version)).mappings().all()
            )
            units = sa.select(t.unit.c.kind, t.unit.c.state, sa.func.count().label("count"))
            stock = tx.c.execute(units.group_by(t.unit.c.kind, t.unit.c.state)).mappings().all()
            odd = tx.c.execute(sa.select(t.discrepancy.c.id, t.discrepancy.c.kind)).mappings().all()
        return {
            "rows": rows,
            "cases": [dict(one) for one in cases],
            "stock": [dict(one) for one in stock],
            "discrepancies": [dict(one) for one in odd],
            "next_job": back_offices.next_due(self._platform),
            "waiting": self._platform.hub.waiting,
            "recent": list(self._dispatcher.recent),
        }

    async def _messages(self, _request: Request) -> Any:
        return await run_in_threadpool(self._sms_outbox)

    def _sms_outbox(self) -> Any:
        with self._platform.look() as tx:
            told = [*notifications.outbox(tx), *personal_messages.outbox(tx)]
        return sorted(told, key=lambda one: str(one["at"]))

    async def _devices(self, _request: Request) -> Any:
        """What the tax office's own software would write now: bound devices and whose they are."""
        column, issue = t.unit.c, t.device_issue.c
        bound = (
            sa.select(t.unit, issue.written_uscc, issue.written_name)
            .outerjoin(t.device_issue, sa.and_(issue.unit_id == column.id, issue.live.is_(True)))
            .where(column.kind == "tax_device", column.state == "BOUND")
        )
        with self._platform.look() as tx:
            rows = tx.c.execute(bound.order_by(column.id)).all()
        return [
            {"number": r.serial, "uscc": r.written_uscc or r.holder_uscc, "holder": r.written_name or r.holder_name}
            for r in rows
        ]

    async def _goods(self, _request: Request) -> Any:
        """What lies on the shelf for every case that is ready: the bar code on each article, in handing order."""
        column, case = t.article.c, t.case.c
        ready = sa.select(case.id).where(case.state.in_(states.COLLECTABLE))
        shelf = sa.select(t.article).where(column.case_id.in_(ready), column.state == "PREPARED")
        with self._platform.look() as tx:
            rows = tx.c.execute(shelf.order_by(column.case_id, column.position)).all()
        return [
            {"case_id": r.case_id, "kind": r.kind, "code": r.serial if r.first_no is None else f"{r.first_no:08d}"}
            for r in rows
        ]

    async def _record(self, _request: Request) -> Any:
        """The newest case as facts without persons: number, states with their times, what was handed over."""
        with self._platform.look() as tx:
            case = tx.c.execute(sa.select(t.case).order_by(t.case.c.made_at.desc()).limit(1)).first()
            if case is None:
                return {}
            line, thing, hand = t.timeline.c, t.article.c, t.handover.c
            states = tx.c.execute(sa.select(t.timeline).where(line.case_id == case.id).order_by(line.id)).all()
            things = tx.c.execute(sa.select(t.article).where(thing.case_id == case.id).order_by(thing.position)).all()
            hands = tx.c.execute(sa.select(hand.state).where(hand.case_id == case.id)).all()
            odd = tx.c.execute(sa.select(sa.func.count()).select_from(t.discrepancy)).scalar_one()
        return {
            "case_no": case.case_no, "slip_code": case.slip_code, "case_state": case.state, "uscc": case.uscc,
            "states": [{"at": at(r.at).isoformat(), "what": r.what, "state": r.state} for r in states],
            "articles": [
                {"kind": r.kind, "use": r.use, "serial": r.serial, "first_no": r.first_no, "count": r.quantity,
                 "state": r.state} for r in things
            ],
            "handovers": [r.state for r in hands], "discrepancies": odd,
        }  # fmt: skip

    async def _e_licence(self, request: Request) -> Any:
        """The code on the phone of a company's legal representative."""
        return await run_in_threadpool(self._draw, (await _body(request, LicenceOf)).uscc)

    def _draw(self, uscc: str) -> dict[str, str]:
        with self._platform.transaction() as tx:
            code = e_licences.draw(tx, uscc)
        if code is None:
            raise msgspec.ValidationError("no such company")
        return {"code": code}

    async def _terminal(self, request: Request) -> Any:
        wanted = await _body(request, TerminalSet)
        return {"changed": await run_in_threadpool(self._direct, request.path_params["terminal_id"], wanted)}

    def _direct(self, terminal_id: str, wanted: TerminalSet) -> int:
        with self._platform.transaction() as tx:
            row = tx.c.execute(sa.select(t.terminal).where(t.terminal.c.id == terminal_id).with_for_update()).first()
            if row is None:
                return 0
            if row.mode != wanted.mode:
                row = directives.obey(tx, row, directives.Order(wanted.mode, "演练", "sandbox"))
            if wanted.state == "SUSPENDED" and row.state != "SUSPENDED":
                inventory.change(tx, row, state=inventory.moved(row, "suspend"))
            elif wanted.state == "ACTIVE" and row.state == "SUSPENDED":
                inventory.change(tx, row, state=inventory.back_in_service(row))
        return 1

    async def _certificate(self, request: Request) -> Any:
        wanted = await _body(request, CertificateWanted)
        return await run_in_threadpool(self._certify, request.path_params["terminal_id"], wanted.csr_pem)

    def _certify(self, terminal_id: str, csr_pem: str) -> dict[str, str]:
        with self._platform.transaction() as tx:
            row = tx.c.execute(sa.select(t.terminal).where(t.terminal.c.id == terminal_id)).first()
            if row is None:
                raise Refused("not-found")
            made = enrolment.certify(tx, row, read_request(csr_pem))
            return {"cert_pem": made.pem, "ca_pem": Authority.of(tx.c).pem}


async def _in_thread(what: Answering, request: Request) -> Any:
    return await run_in_threadpool(what, request.path_params, await request.body())


async def _body(request: Request, kind: type[B]) -> B:
    return msgspec.json.decode(await request.body() or b"{}", type=kind)


def _json(value: Any) -> Response:
    return Response(msgspec.json.encode(value), 200, {"Content-Type": "application/json", "Sandbox": "true"})
