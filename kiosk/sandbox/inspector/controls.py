"""The pages on which a trainer changes something: departments, exercises, clock, weather."""

from collections.abc import Mapping
from typing import Any

import msgspec

from kiosk.sandbox import back_offices
from kiosk.sandbox.office_book import POSSIBLE, Missing, Office, OfficeSet, Rule
from kiosk.sandbox.weather import Forecast

from . import cases, words
from .html import BASE, advance, button, code, esc, facts, post, soft, table, when
from .inside import Inside

WEATHER: Mapping[str, tuple[str, str, Mapping[str, Any]]] = {
    "offline": ("断网", "每个请求都连不上；正在等待的也断开", {"offline": True}),
    "slow": ("很慢", "每个请求多等两秒", {"latency_ms": 2000}),
    "lose_requests": ("丢请求", "三成请求到不了平台", {"drop_before_commit": 0.3}),
    "lose_answers": ("丢答复", "三成请求办成了但答复丢失：终端应重发而不重办", {"drop_after_commit": 0.3}),
    "errors": ("平台出错", "三成请求得到 503", {"error_rate": 0.3}),
    "portal": ("假网页", "像酒店无线网一样，拿登录页面冒充答复", {"captive_portal": True}),
    "nonsense": ("乱码", "答复读不出来", {"nonsense": True}),
    "wrong_clock": ("平台时钟偏差", "平台的钟快十分钟", {"clock_skew": 600.0}),
}
_SWITCHES = (
    ("stall", "停办：什么都不做，直到恢复"), ("working_hours", "只在大厅工作时间办"),
)  # fmt: skip
_WAYS = {
    "decisions": "审批决定", "preparation": "发票到库", "device_issue": "取空白设备发行",
}  # fmt: skip
_MANUAL = {"decisions": "等审批人在后台办", "preparation": "等保管员报告", "device_issue": "等保管员申请"}


def offices(inside: Inside) -> str:
    """Every department: what it does by itself, how long, by which rules."""
    lead = (
        '<p class="lead">各部门由程序扮演，规则都写在这里：企业名称里有某个词，就按某条规则办；空词对每一件都适用。'
        "改动马上生效，换演练时恢复。</p>"
    )
    return lead + "".join(_office(dept, one) for dept, one in inside.training.offices().items())


def _office(dept: str, one: Office) -> str:
    ways = ["decisions"] + (["preparation", "device_issue"] if dept == "tax" else [])
    switches = [
        (esc(text), "是" if on else soft("否"), _set(dept, name, not on, "改为否" if on else "改为是"))
        for name, text, on in ((name, text, getattr(one, name)) for name, text in _SWITCHES)
    ]
    for name in ways:
        manual = getattr(one, name) == "manual"
        after, text = ("automatic", "改为自动") if manual else ("manual", "改为等人来办")
        switches.append(
            (esc(_WAYS[name]), esc(_MANUAL[name]) if manual else soft("自动"), _set(dept, name, after, text))
        )
    return (
        f'<section id="{esc(dept)}"><div class="head"><h2>{esc(one.title)} '
        f"{soft('、'.join(words.ITEMS.get(name, name) for name in one.items))}</h2>"
        + post("office-as-shipped", _back(dept), button("恢复原样", dept=dept))
        + "</div>" + table(("怎样办", "现在", ""), switches, "", acts=True)
        + "<h3>名称规则</h3>" + _rules(dept, one) + "<h3>各步用时（秒，最短–最长）</h3>" + _delays(dept, one)
        + "</section>"
    )  # fmt: skip


def _back(dept: str) -> str:
    return f"{BASE}/offices#{dept}"


def _set(dept: str, name: str, after: object, text: str) -> str:
    value = str(after).lower() if isinstance(after, bool) else str(after)
    hidden = (
        f'<input type="hidden" name="dept" value="{esc(dept)}"><input type="hidden" name="field" value="{esc(name)}">'
    )
    return post("office-set", _back(dept), hidden + button(text, value=value))


def _rules(dept: str, one: Office) -> str:
    back = _back(dept)
    hidden = f'<input type="hidden" name="dept" value="{esc(dept)}">'
    lines = [
        (
            f"“{esc(rule.word)}”" if rule.word else "每一件", esc(words.OUTCOMES.get(rule.outcome, rule.outcome)),
            esc(rule.text), post("rule-drop", back, hidden + button("删去", index=str(n))),
        )
        for n, rule in enumerate(one.outcome_rules)
    ]  # fmt: skip
    options = "".join(f'<option value="{o}">{esc(words.OUTCOMES[o])}</option>' for o in POSSIBLE[dept])
    add = (
        f'{hidden}<div class="row below"><label>词<input name="word" maxlength="40"></label>'
        f'<label>结果<select name="outcome">{options}</select></label>'
        f'<label>说明<input class="wide" name="text" maxlength="200"></label>{button("加一条规则")}</div>'
    )
    none = "没有规则，每一件都顺利。"
    return table(("名称里的词", "结果", "说明", ""), lines, none, acts=True) + post("rule-add", back, add)


def _delays(dept: str, one: Office) -> str:
    hidden = f'<input type="hidden" name="dept" value="{esc(dept)}">'
    cells = "".join(
        f"<label>{esc(words.JOBS.get(job, job))} "
        f"<span>{_seconds(job, 0, low)} – {_seconds(job, 1, high)}</span></label>"
        for job, (low, high) in one.delay.items()
    )
    return post("office-delay", _back(dept), f'{hidden}<div class="spans">{cells}</div>{button("改用时")}')


def _seconds(job: str, end: int, value: float) -> str:
    # Both ends of one job share its label; a reader needs to hear which is which.
    said = ("最短", "最长")[end]
    return (
        f'<input class="n" name="{esc(job)}-{end}" value="{value:g}" inputmode="decimal" '
        f'aria-label="{esc(words.JOBS.get(job, job))}{said}秒数">'
    )


def change_office(inside: Inside, what: str, form: Mapping[str, str]) -> str:
    """Carry out a form of the departments' page; what to say. ValueError or LookupError when it cannot be."""
    dept = form.get("dept", "")
    now = inside.training.office(dept)
    if what == "office-as-shipped":
        inside.training.put_office_back(dept)
        return f"{now.title}恢复原样。"
    if what == "office-set":
        value: Any = {"true": True, "false": False}.get(form.get("value", ""), form.get("value", ""))
        wanted: dict[str, Any] = {form.get("field", ""): value}
    elif what == "office-delay":
        wanted = {"delay": {job: [float(form[f"{job}-0"]), float(form[f"{job}-1"])] for job in now.delay}}
    elif what == "rule-drop":
        index = int(form.get("index", "-1"))
        wanted = {"outcome_rules": [msgspec.to_builtins(r) for n, r in enumerate(now.outcome_rules) if n != index]}
    elif what == "rule-add":
        rule = Rule(form.get("word", "").strip(), form["outcome"], form.get("text", "").strip())  # type: ignore[arg-type]
        if rule.outcome == "correction":
            missing = Missing("material_incomplete", rule.text or "材料不齐，请补齐后另行申请")
            rule = msgspec.structs.replace(rule, reason_code="material_incomplete", requirements=(missing,))
        wanted = {"outcome_rules": [msgspec.to_builtins(one) for one in (rule, *now.outcome_rules)]}
    else:
        raise LookupError(what)
    inside.training.change_office(dept, msgspec.convert(wanted, OfficeSet))
    return f"{now.title}已改。"


def scenarios(inside: Inside) -> str:
    """Every exercise with what to see and what to do."""
    known = inside.training.scenarios()
    lead = '<p class="lead">开始一个演练，会清空现有办件，按演练重新备好大厅、部门和办件；终端会自己重新同步。</p>'
    parts = []
    for one in known["items"]:
        on = one["name"] == known["current"]
        tasks = "".join(f"<li>{esc(task)}</li>" for task in one["tasks"])
        start = post(
            "scenario", f"{BASE}/scenarios", button("重新开始" if on else "开始这个演练", not on, name=one["name"])
        )
        ready = f"开场有 {one['cases']} 件办件。" if one["cases"] else ""
        parts.append(
            f"<section{' class=on' if on else ''}><h2>{esc(one['title'])}</h2><p>{esc(one['sees'])} {soft(ready)}</p>"
            f'<ol>{tasks}</ol><div class="row below">{start}{code(one["name"])}</div></section>'
        )
    return lead + "".join(parts)


def clock(inside: Inside) -> str:
    """The two clocks, and what the departments do next."""
    said, due = inside.platform.clock.text(), back_offices.next_due(inside.platform)
    mode = str(said["mode"])
    now = facts([
        ("方式", esc(words.CLOCKS.get(mode, mode)) + (esc(f"，{said['factor']:g} 倍") if mode == "scaled" else "")),
        ("平台时间", esc(str(said["now"])[:19].replace("T", " "))),
        ("部门时间", esc(str(said["office"])[:19].replace("T", " "))),
        ("下一件事", when(due) or soft("没有，或都在等人来办")),
    ])  # fmt: skip
    back = f"{BASE}/clock"
    modes = "".join(
        post("clock", back, f'<input type="hidden" name="factor" value="{factor}">' + button(text, mode=name))
        for name, factor, text in (
            ("real", 1, "真实时间"), ("scaled", 10, "快 10 倍"), ("scaled", 60, "快 60 倍"),
            ("manual", 1, "停住，手动拨"),
        )
    )  # fmt: skip
    return (
        '<p class="lead">终端看平台时间，部门按部门时间办事。真实和加快时，拨快的只是部门；停住时两个钟一起走。</p>'
        + now + f'<h2>拨快</h2><div class="row">{advance(back)}</div><h2>怎样走</h2><div class="row">{modes}</div>'
        + "<h2>正在走的时限</h2>" + cases.terms(inside)
    )  # fmt: skip


def weather(inside: Inside) -> str:
    """What the network is like, one switch a line."""
    now, back = inside.weather.forecast, f"{BASE}/weather"
    lines = []
    for name, (title, text, values) in WEATHER.items():
        on = all(getattr(now, field) == value for field, value in values.items())
        lines.append((
            f"<b>{esc(title)}</b>", esc(text), "是" if on else soft("否"),
            post("weather", back, button("关掉" if on else "打开", switch=name)),
        ))  # fmt: skip
    lead = '<p class="lead">天气只影响终端的请求（/v1），这些页面不受影响。</p>'
    fair = post("weather", back, button("恢复晴天", True, switch="fair"))
    return lead + table(("天气", "会怎样", "现在", ""), lines, "", acts=True) + f'<div class="below">{fair}</div>'


def switched(now: Forecast, switch: str) -> Forecast:
    """The weather after one switch; LookupError for an unknown one."""
    if switch == "fair":
        return Forecast()
    values = WEATHER[switch][2]
    on = all(getattr(now, field) == value for field, value in values.items())
    calm = Forecast()
    return msgspec.structs.replace(now, **{f: getattr(calm, f) if on else value for f, value in values.items()})


def weather_words(now: Forecast) -> str:
    """The weather in a word."""
    on = [title for title, _, values in WEATHER.values() if all(getattr(now, f) == v for f, v in values.items())]
    return "、".join(on) if on else ("晴" if now == Forecast() else "自定")
