"""Addresses of the inspector: what is looked at, what is done. A form that did something shows its page again."""

from collections.abc import Awaitable, Callable, Mapping
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from . import cases, controls, goods, traffic, words
from .html import BASE, PAGES, Strip, page
from .inside import Inside

_LARGEST_FORM = 64 * 1024
_HEADERS = {
    "Sandbox": "true", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'",
}  # fmt: skip
_BODIES: Mapping[str, Callable[[Inside], str]] = {
    "": cases.listed, "stock": goods.stock, "devices": goods.devices, "messages": traffic.messages,
    "offices": controls.offices, "scenarios": controls.scenarios, "clock": controls.clock,
    "weather": controls.weather,
    "requests": traffic.requests,
}  # fmt: skip
Handler = Callable[[Request], Awaitable[Response]]


def routes(inside: Inside) -> list[tuple[str, str, Callable[[Request], Any]]]:
    """Method, address under /sandbox, handler."""
    site = Site(inside)
    return [
        ("GET", "/inspector", site.overview), ("GET", "/inspector/style.css", site.style),
        ("GET", "/inspector/cases/{case_id}", site.case), ("GET", "/inspector/{page}", site.named),
        ("POST", "/inspector/do/{what}", site.do),
    ]  # fmt: skip


class Site:
    """Pages are made on a thread; what is done is done before the page is shown again."""

    def __init__(self, inside: Inside) -> None:
        self._inside = inside

    async def style(self, _request: Request) -> Response:
        """How it looks."""
        sheet = files("kiosk.sandbox.inspector").joinpath("style.css").read_text("utf-8")
        return Response(sheet, 200, _HEADERS, "text/css")

    async def overview(self, request: Request) -> Response:
        """The cases."""
        return await self._shown(request, "")

    async def named(self, request: Request) -> Response:
        """Any other page by its name."""
        name = request.path_params["page"]
        return await self._shown(request, name) if name in _BODIES else self._page(request, "没有这一页", "", "", 404)

    async def case(self, request: Request) -> Response:
        """One case."""
        case_id = request.path_params["case_id"]
        try:
            title, body = await run_in_threadpool(cases.one, self._inside, case_id)
        except LookupError:
            return self._page(request, "没有这件办件", "", "", 404)
        return self._page(request, title, "", body, back=f"{BASE}/cases/{case_id}")

    async def do(self, request: Request) -> Response:
        """One form."""
        raw = await request.body()
        if len(raw) > _LARGEST_FORM:
            return Response(status_code=413)
        form = dict(parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True))
        back = form.pop("back", BASE)
        if back != BASE and not back.startswith(BASE + "/"):
            back = BASE
        try:
            said = await self._done(request.path_params["what"], form)
        except (LookupError, ValueError, msgspec.ValidationError) as error:
            said = "没有改：没有这一项。" if isinstance(error, LookupError) else f"没有改：填的不对（{error}）。"
        path, _, place = back.partition("?")[0].partition("#")
        return RedirectResponse(f"{path}?said={quote(said)}" + (f"#{place}" if place else ""), 303, _HEADERS)

    async def _done(self, what: str, form: dict[str, str]) -> str:
        inside = self._inside
        if what == "advance":
            seconds = float(form.get("seconds", "0"))
            if not 0 <= seconds <= 366 * 86400:
                raise ValueError("一次最多拨快一年")
            inside.platform.clock.advance(seconds)
            done = await run_in_threadpool(inside.offices.run_due)
            return f"部门时间拨快了，各部门办了 {done} 件事。"
        if what == "clock":
            if form.get("mode") not in words.CLOCKS:
                raise LookupError(what)
            factor = float(form.get("factor", "60"))
            if not 0 < factor <= 100_000:
                raise ValueError("倍数不对")
            inside.platform.clock.change(form["mode"], factor)  # type: ignore[arg-type]
            inside.offices.look_up()
            return "时钟已改。"
        if what == "weather":
            forecast = controls.switched(inside.weather.forecast, form.get("switch", ""))
            inside.platform.clock.skew(forecast.clock_skew)
            inside.weather.change(forecast)  # here, on the loop: it may cut connections
            return f"现在的天气：{controls.weather_words(forecast)}。"
        if what == "scenario":
            await run_in_threadpool(inside.training.begin, form.get("name", ""))
            return "演练开始了，终端会自己重新同步。"
        return await run_in_threadpool(controls.change_office, inside, what, form)

    async def _shown(self, request: Request, name: str) -> Response:
        body = await run_in_threadpool(_BODIES[name], self._inside)
        return self._page(request, PAGES[name], name, body)

    def _page(
        self, request: Request, title: str, name: str, body: str, status: int = 200, back: str = ""
    ) -> Response:
        said = unquote(request.query_params.get("said", ""))[:200]
        text = page(title, name, self._strip(), body, said, back)
        return Response(text, status, _HEADERS, "text/html; charset=utf-8")

    def _strip(self) -> Strip:
        known = self._inside.training.scenarios()
        title = next((one["title"] for one in known["items"] if one["name"] == known["current"]), "")
        said = self._inside.platform.clock.text()
        mode = str(said["mode"])
        how = words.CLOCKS.get(mode, mode) + (f"{said['factor']:g} 倍" if mode == "scaled" else "")
        return Strip(
            title,
            str(said["office"])[5:19].replace("T", " "),
            how,
            controls.weather_words(self._inside.weather.forecast),
        )
