"""What lies in the stores, and the devices being written."""

import sqlalchemy as sa

from kiosk.sandbox import tables as t
from kiosk.sandbox.devices import WRITING

from . import words
from .html import code, day, esc, link, soft, state, table, when
from .inside import Inside

_NEWEST = 100


def stock(inside: Inside) -> str:
    """Units by store, kind and state; number ranges; the newest movements."""
    unit, batch, moved = t.unit.c, t.batch.c, t.movement.c
    with inside.platform.look() as tx:
        counted = tx.c.execute(
            sa.select(unit.custodian, unit.kind, unit.state, sa.func.count().label("count"))
            .group_by(unit.custodian, unit.kind, unit.state)
            .order_by(unit.custodian, unit.kind, unit.state)
        ).all()
        batches = tx.c.execute(sa.select(t.batch).order_by(batch.id)).all()
        newest = (moved.at.desc(), moved.site_id, moved.seq.desc())
        moves = tx.c.execute(sa.select(t.movement).order_by(*newest).limit(_NEWEST)).all()
        odd = tx.c.execute(sa.select(t.discrepancy).order_by(t.discrepancy.c.at.desc()).limit(_NEWEST)).all()
    units = [
        (
            code(r.custodian),
            esc(words.ARTICLES.get(r.kind, r.kind)),
            state(r.state, words.UNIT_STATES),
            f"{r.count:,}",
        )
        for r in counted
    ]
    ranges = [
        (
            code(r.id),
            code(r.custodian),
            f"{r.first_no:08d}",
            f"{r.next_no:08d}",
            f"{r.last_no:08d}",
            f"{r.last_no - r.next_no + 1:,}",
        )
        for r in batches
    ]
    ledger = [
        (
            when(r.at), esc(_MOVES.get(r.kind, r.kind)),
            code(r.unit_id or f"{r.batch_id} {r.first_no:08d} ×{r.quantity}"),
            link(f"/cases/{r.case_id}", "办件") if r.case_id else "", esc(words.BY.get(r.by or "", r.by or "")),
        )
        for r in moves
    ]  # fmt: skip
    wrong = [(when(r.at), code(r.kind), code(r.subject_id), code(r.id)) for r in odd]
    return (
        '<p class="lead">每一件东西在哪里、归谁。库房账只增不改。</p>'
        + "<h2>实物</h2>" + table(("保管处", "物品", "状态", "数量"), units, "库里没有东西。", frozenset({3}))
        + "<h2>发票号段</h2>"
        + table(("批次", "保管处", "起号", "下一个", "止号", "剩余"), ranges, "没有号段。", frozenset({2, 3, 4, 5}))
        + "<h2>差异</h2>" + table(("时间", "差异", "关于", "编号"), wrong, "账实相符，没有差异。")
        + "<h2>最近的出入库</h2>" + table(("时间", "动作", "什么", "为谁", "由谁"), ledger, "还没有出入库。")
    )  # fmt: skip


def devices(inside: Inside) -> str:
    """Every issue of a tax device, newest first."""
    column = t.device_issue.c
    with inside.platform.look() as tx:
        rows = tx.c.execute(
            sa.select(t.device_issue, t.case.c.name_full)
            .join(t.case, t.case.c.id == column.case_id)
            .order_by(column.requested_at.desc(), column.id.desc())
            .limit(_NEWEST)
        ).all()
        now = tx.now
    lines = [
        (
            link(f"/cases/{r.case_id}", r.name_full or r.case_id), code(r.unit_id.partition("-")[2]),
            state(r.state, words.ISSUE_STATES), f"第 {r.attempt} 次", when(r.requested_at), when(r.issued_at),
            day(r.due_at) + (" <b>已超时</b>" if r.state in WRITING and r.due_at and r.due_at <= now else ""),
            _remark(r.answers, r.fail_reason, r.written_name),
        )
        for r in rows
    ]  # fmt: skip
    lead = (
        '<p class="lead">税控设备由税务系统写入；大厅只申请、等待、回读比对。'
        "由谁取空白设备（税务自动或保管员申请）在“部门”页的税务部门里改。</p>"
    )
    heads = ("企业", "设备编号", "状态", "次数", "申请", "写好", "一小时到期", "说明")
    return lead + table(heads, lines, "还没有设备在发行。")


def _remark(answers: int, reason: str | None, stranger: str | None) -> str:
    said = []
    if answers > 1:
        said.append(f"税务答复了 {answers} 次")
    if reason:
        said.append(f"退回理由 {reason}")
    if stranger:
        said.append(f"写入了“{stranger}”")
    return soft("；".join(said))


_MOVES = {
    "RECEIVE": "入库", "TRANSFER": "调拨", "RESERVE": "预留", "ISSUE": "发行", "HAND_OVER": "发放", "RETURN": "退回",
    "SPOIL": "隔离", "COUNT": "盘点",
}  # fmt: skip
