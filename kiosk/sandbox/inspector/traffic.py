"""What was said: to applicants' phones, and between terminals and platform."""

from http import HTTPStatus

import sqlalchemy as sa

from kiosk.sandbox import tables as t

from . import words
from .html import code, esc, link, soft, table, when
from .inside import Inside

_NEWEST = 100


def messages(inside: Inside) -> str:
    """What would have been sent, newest first."""
    column = t.message.c
    with inside.platform.look() as tx:
        rows = tx.c.execute(
            sa.select(t.message, t.case.c.name_full, t.case.c.slip_code)
            .outerjoin(t.case, t.case.c.id == column.case_id)
            .order_by(column.id.desc())
            .limit(_NEWEST)
        ).all()
    lines = [
        (
            when(r.at), link(f"/cases/{r.case_id}", r.name_full or r.case_id), code(r.slip_code or ""),
            esc(words.MESSAGES.get(r.template, r.template)),
        )
        for r in rows
    ]  # fmt: skip
    lead = '<p class="lead">这些短信没有真的发出。号码和姓名不在这里。</p>'
    return lead + table(("时间", "企业", "凭条", "短信"), lines, "还没有短信。")


def requests(inside: Inside) -> str:
    """The terminals, who waits for news, and the newest requests."""
    with inside.platform.look() as tx:
        column = t.terminal.c
        terminals = tx.c.execute(sa.select(t.terminal).order_by(column.site_id, column.id)).all()
    waiting = inside.platform.hub.waiting_at
    held = "、".join(f"{site} {count} 个" for site, count in waiting.items()) or "没有"
    machines = [
        (
            code(r.id), esc(words.TERMINALS.get(r.kind, r.kind)), code(r.site_id), code(r.window_id or ""),
            soft("正常") if (r.state, r.mode) == ("ACTIVE", "NORMAL") else code(f"{r.state} {r.mode}"),
            when(r.seen_at) or soft("从未联系"),
        )
        for r in terminals
    ]  # fmt: skip
    recent = [
        (
            f'<span class="nowrap">{esc(str(one["at"])[11:23])}</span>', code(one["op"]), _status(one["status"]),
            f"{one['ms']:.1f}", code(one["trace"]),
        )
        for one in reversed(inside.dispatcher.recent)
    ]  # fmt: skip
    return (
        f'<p class="lead">正在等消息的终端：{esc(held)}</p>'
        + "<h2>终端</h2>" + table(("终端", "种类", "大厅", "窗口", "状态", "最近联系"), machines, "没有终端。")
        + "<h2>最近的请求</h2>"
        + table(("时间", "操作", "结果", "毫秒", "追踪号"), recent, "还没有请求。", frozenset({3}))
    )  # fmt: skip


def _status(status: int) -> str:
    phrase = HTTPStatus(status).phrase
    return f"<b>{status}</b> {soft(phrase)}" if status >= HTTPStatus.BAD_REQUEST else f"{status}"
