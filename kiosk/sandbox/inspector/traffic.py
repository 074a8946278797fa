"""What was said: to applicants' phones, and between terminals and platform."""

from http import HTTPStatus

import sqlalchemy as sa

from kiosk.domain.private import mask_phone
from kiosk.sandbox import notifications
from kiosk.sandbox import tables as t

from . import words
from .html import code, esc, soft, table, when
from .inside import Inside

_NEWEST = 100


def messages(inside: Inside) -> str:
    """What would have been sent, newest first."""
    with inside.platform.look() as tx:
        sent = notifications.outbox(tx)[-_NEWEST:]
    lines = [
        (
            esc(one["at"][11:19]), code(mask_phone(one["to"]) or "无号码"), esc(one["text"]),
            soft(words.DELIVERIES.get(one["state"], one["state"])),
        )
        for one in reversed(sent)
    ]  # fmt: skip
    lead = '<p class="lead">这些短信没有真的发出。每条通知同时进入平台消息。</p>'
    return lead + table(("时间", "号码", "短信", "送达"), lines, "还没有短信。")


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
