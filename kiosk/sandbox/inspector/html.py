"""The sheet every page is written on. Everything that comes from outside goes through ``esc``."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from kiosk.sandbox.moments import at

from . import words

BASE = "/sandbox/inspector"
PAGES = {
    "": "办件", "stock": "库房", "devices": "设备发行", "messages": "短信", "offices": "部门", "scenarios": "演练",
    "clock": "时钟", "weather": "天气", "requests": "请求与终端",
}  # fmt: skip
_STEPS = ((60, "1 分钟"), (600, "10 分钟"), (3600, "1 小时"), (86400, "1 天"))


@dataclass(frozen=True, slots=True)
class Strip:
    """What stands on top of every page."""

    scenario: str
    office_time: str
    clock: str
    weather: str


def esc(value: object) -> str:
    """Text, never markup."""
    return escape(str(value), quote=True)


def soft(text: object) -> str:
    """Less important."""
    return f'<span class="soft">{esc(text)}</span>'


def code(text: object) -> str:
    """A number or an id."""
    return f'<span class="code">{esc(text)}</span>'


def when(ms: int | None) -> str:
    """A moment."""
    return "" if ms is None else f'<span class="nowrap">{at(ms):%m-%d %H:%M:%S}</span>'


def day(ms: int | None) -> str:
    """A term: nobody counts its seconds."""
    return "" if ms is None else f'<span class="nowrap">{at(ms):%m-%d %H:%M}</span>'


def state(value: str, names: Mapping[str, str]) -> str:
    """A state by its name; what an authority has decided stands in vermilion."""
    kind = "state official" if value in words.OFFICIAL else "state"
    return f'<span class="{kind}">{esc(names.get(value, value))}</span>'


def link(path: str, text: str) -> str:
    """To another page of the inspector."""
    return f'<a href="{BASE}{esc(path)}">{esc(text)}</a>'


def table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], empty: str, numbers: frozenset[int] = frozenset(),
    acts: bool = False,
) -> str:  # fmt: skip
    """Cells are markup already; ``numbers`` are columns that stand to the right, ``acts``: the last has buttons."""
    lines = list(rows)
    if not lines:
        return f'<p class="empty">{esc(empty)}</p>'

    def cells(tag: str, row: Sequence[str]) -> str:
        return "".join(f"<{tag}{' class=n' if n in numbers else ''}>{cell}</{tag}>" for n, cell in enumerate(row))

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in lines)
    kind = " class=acts" if acts else ""
    top = cells("th", [esc(h) for h in heads])
    return f"<table{kind}><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """A list of what is known; values are markup already."""
    return "<dl>" + "".join(f"<dt>{esc(name)}</dt><dd>{value}</dd>" for name, value in pairs if value) + "</dl>"


def post(what: str, back: str, inner: str) -> str:
    """A form that does something and comes back to the page."""
    return (
        f'<form method="post" action="{BASE}/do/{esc(what)}"><input type="hidden" name="back" value="{esc(back)}">'
        f"{inner}</form>"
    )


def button(text: str, main: bool = False, **values: str) -> str:
    """A button; at most one value rides on it."""
    carried = "".join(f' name="{esc(name)}" value="{esc(value)}"' for name, value in values.items())
    return f"<button{' class=main' if main else ''}{carried}>{esc(text)}</button>"


def advance(back: str) -> str:
    """The buttons that move time on."""
    inner = "".join(button(f"＋{text}", seconds=str(seconds)) for seconds, text in _STEPS)
    return post("advance", back, f'<span class="row">{inner}</span>')


def page(title: str, where: str, strip: Strip, body: str, said: str = "", back: str = "") -> str:
    """The whole document. ``where`` is the page's name in the navigation."""
    nav = "".join(
        f'<a href="{BASE}{"/" + name if name else ""}"{" aria-current=page" if name == where else ""}>{text}</a>'
        for name, text in PAGES.items()
    )
    told = f'<p class="said" role="status">{esc(said)}</p>' if said else ""
    own = back or (f"{BASE}/{where}" if where else BASE)
    return f"""<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{esc(title)} · 演练台</title><link rel="stylesheet" href="{BASE}/style.css"></head>
<body><header><div class="mast"><p class="name">企业开办演练台<small>参考平台的内部，给培训员看</small></p>
<span class="mark">演示环境</span></div><nav aria-label="页面">{nav}</nav>
<div class="strip"><span>演练 <b>{esc(strip.scenario)}</b>　部门时间 <b>{esc(strip.office_time)}</b>
（{esc(strip.clock)}）　天气 <b>{esc(strip.weather)}</b></span>{advance(own)}</div>
</header><main>{told}<h1>{esc(title)}</h1>{body}</main>
<footer><p>这里的人、企业和编号都是虚构的；没有真实机关参与，办理结果没有法律效力。页面只在本机打开，人名已遮盖。</p></footer>
</body></html>
"""
