"""The cases, and one case with everything that happens to it."""

from typing import Any

import msgspec
import sqlalchemy as sa

from kiosk.contracts import platform_api as api
from kiosk.domain.private import mask_name
from kiosk.sandbox import office_book
from kiosk.sandbox import tables as t
from kiosk.sandbox.case_views import form_of
from kiosk.sandbox.transaction import Tx

from . import words
from .html import code, day, esc, facts, link, soft, state, table, when
from .inside import Inside

_NEWEST = 200
_RUNNING = ("ACCEPTED", "IN_REVIEW", "SUSPENDED", "APPROVED", "PREPARING")


def listed(inside: Inside) -> str:
    """Every case, newest change first."""
    column = t.case.c
    with inside.platform.look() as tx:
        rows = tx.c.execute(sa.select(t.case).order_by(column.changed_at.desc(), column.id).limit(_NEWEST)).all()
        sites = {r.id: r.name for r in tx.c.execute(sa.select(t.site))}
        lines = [_line(tx, row, sites) for row in rows]
    lead = '<p class="lead">最近有变化的在最上面。点企业名称看经过、事项、发放物和时限。</p>'
    heads = ("企业名称", "凭条", "状态", "事项", "承诺时限", "大厅", "变化")
    empty = "还没有办件。从自助终端提交一件，或到“演练”里选一个已备好办件的场景。"
    return lead + table(heads, lines, empty)


def _line(tx: Tx, row: Any, sites: dict[str, str]) -> tuple[str, ...]:
    items = tx.c.execute(sa.select(t.item.c.item, t.item.c.state).where(t.item.c.case_id == row.id)).all()
    done = sum(one.state in ("DONE", "PREPARED", "COLLECTED") for one in items)
    return (
        link(f"/cases/{row.id}", row.name_full or "（未填名称）"), code(row.slip_code),
        state(row.state, words.CASE_STATES), soft(f"{done}/{len(items)} 备好" if items else "未提交"),
        _due(row.due_at, row.state, tx.now), soft(sites.get(row.site_id, row.site_id)), when(row.changed_at),
    )  # fmt: skip


def _due(due_at: int | None, value: str, now: int) -> str:
    if due_at is None:
        return ""
    over = value not in words.OFFICIAL and value not in ("READY", "PREPARED") and due_at <= now
    return day(due_at) + (" <b>已超时</b>" if over else "")


def terms(inside: Inside) -> str:
    """Promises that are running, the next to end first."""
    case, item = t.case.c, t.item.c
    with inside.platform.look() as tx:
        running = sa.select(t.case).where(case.state.in_(_RUNNING), case.due_at.is_not(None))
        rows = [(r.due_at, r.id, r.name_full, "一个工作日办结") for r in tx.c.execute(running)]
        hour = (
            sa.select(t.item, case.name_full)
            .join(t.case, case.id == item.case_id)
            .where(item.item == "INVOICE", item.state == "PREPARING", item.due_at.is_not(None))
        )
        rows += [(r.due_at, r.case_id, r.name_full, "备票和发行一小时") for r in tx.c.execute(hour)]
        lines = [
            (link(f"/cases/{case_id}", name or case_id), esc(what), _due(due_at, "", tx.now))
            for due_at, case_id, name, what in sorted(rows)[:_NEWEST]
        ]
    return table(("企业", "承诺", "到期（按工作时间）"), lines, "没有正在走的时限。")


def one(inside: Inside, case_id: str) -> tuple[str, str]:
    """Title and body of one case; LookupError when there is none."""
    with inside.platform.look() as tx:
        row = tx.c.execute(sa.select(t.case).where(t.case.c.id == case_id)).first()
        if row is None:
            raise LookupError(case_id)
        body = [
            _head(tx, row), "<h2>事项</h2>", _items(tx, row), "<h2>发放物</h2>", _articles(tx, row),
            "<h2>部门接下来</h2>", _jobs(tx, row), _decisions(tx, row), _notices(tx, row), "<h2>经过</h2>",
            _timeline(tx, row),
        ]  # fmt: skip
    return row.name_full or "（未填名称）", "".join(body)


def _head(tx: Tx, row: Any) -> str:
    people = "、".join(
        f"{mask_name(one.name)}（{'，'.join(words.ROLES.get(role, role) for role in one.roles)}）"
        for one in form_of(row).people
    )
    unsigned = [mask_name(one.name) for one in form_of(row).people if one.signature_blob is None]
    return facts([
        ("状态", state(row.state, words.CASE_STATES)), ("凭条", code(row.slip_code)),
        ("办件编号", code(row.case_no) if row.case_no else ""), ("信用代码", code(row.uscc) if row.uscc else ""),
        ("提交", when(row.submitted_at)), ("受理", when(row.accepted_at)),
        ("承诺时限", _due(row.due_at, row.state, tx.now)), ("人员", esc(people)),
        ("未签名", esc("、".join(unsigned))), ("货位", esc(" ".join(x for x in (row.pickup_window, row.place) if x))),
        ("交接中", code(row.open_handover) if row.open_handover else ""),
        ("前次办件", link(f"/cases/{row.previous_case_id}", row.previous_case_id) if row.previous_case_id else ""),
    ])  # fmt: skip


def _items(tx: Tx, row: Any) -> str:
    column = t.item.c
    order = list(words.ITEMS)
    rows = sorted(
        tx.c.execute(sa.select(t.item).where(column.case_id == row.id)),
        key=lambda one: order.index(one.item) if one.item in order else len(order),
    )
    lines = [
        (
            esc(words.ITEMS.get(one.item, one.item)), state(one.state, words.ITEM_STATES),
            esc(words.MODES.get(one.mode or "", "")), when(one.accepted_at), _due(one.due_at, one.state, tx.now),
            when(one.changed_at),
        )
        for one in rows
    ]  # fmt: skip
    return table(("事项", "状态", "方式", "受理", "时限", "变化"), lines, "还没有提交，事项尚未开始。") + _steps(
        tx, row
    )


def _steps(tx: Tx, row: Any) -> str:
    column = t.preparation_step.c
    done = {one.step: one.at for one in tx.c.execute(sa.select(t.preparation_step).where(column.case_id == row.id))}
    if not done:
        return ""
    said = "　".join(f"{text} {when(done[step]) if step in done else '未完成'}" for step, text in words.STEPS.items())
    return f'<p class="after">备票一小时：{said}</p>'


def _articles(tx: Tx, row: Any) -> str:
    column = t.article.c
    rows = tx.c.execute(sa.select(t.article).where(column.case_id == row.id).order_by(column.position))
    lines = [
        (
            esc(words.SEALS.get(one.use or "", "") or words.ARTICLES.get(one.kind, one.kind)),
            state(one.state, words.ARTICLE_STATES), code(one.serial or ""),
            esc(f"{one.quantity} 份" if one.first_no is not None else ""), esc(one.place or ""),
        )
        for one in rows
    ]  # fmt: skip
    return table(("发放物", "状态", "编号", "数量", "货位"), lines, "没有要发放的东西。")


def _jobs(tx: Tx, row: Any) -> str:
    column = t.job.c
    rows = tx.c.execute(
        sa.select(t.job).where(column.case_id == row.id, column.done.is_(False)).order_by(column.due, column.id)
    ).all()
    offices = office_book.offices(tx)
    lines = []
    for one in rows:
        name, _, rest = one.kind.partition(":")
        about = words.ITEMS.get(rest.partition(":")[0], "")
        waits = offices[one.dept].waits(name, one.decides)
        lines.append((
            esc(words.DEPARTMENTS.get(one.dept, one.dept)),
            esc(words.JOBS.get(name, name) + (f"（{about}）" if about else "")),
            when(one.due), esc("等人来办" if waits and not offices[one.dept].stall else "停办" if waits else ""),
        ))  # fmt: skip
    return table(("部门", "要做的事", "部门时间", "等待"), lines, "各部门手头没有这件办件的事。")


def _decisions(tx: Tx, row: Any) -> str:
    column = t.decision.c
    rows = tx.c.execute(sa.select(t.decision).where(column.case_id == row.id).order_by(column.at, column.id)).all()
    if not rows:
        return ""
    lines = [
        (
            when(one.at), esc(words.ITEMS.get(one.item, one.item)),
            esc(words.DECISIONS.get(one.decision, one.decision)),
            code(one.reason_code or ""), esc(words.BY.get(one.by, one.by)),
        )
        for one in rows
    ]  # fmt: skip
    return "<h2>审批决定</h2>" + table(("时间", "事项", "决定", "理由代码", "由谁"), lines, "")


def _notices(tx: Tx, row: Any) -> str:
    column = t.notice.c
    rows = tx.c.execute(sa.select(t.notice).where(column.case_id == row.id).order_by(column.no)).all()
    parts = []
    for one in rows:
        wanted = msgspec.json.decode(one.requirements, type=tuple[api.Requirement, ...])
        listed_ = "".join(f"<li>{esc(r.text)} {soft(r.basis)}</li>" for r in wanted)
        parts.append(f"<h2>一次性告知 第 {one.no} 次</h2><p>{when(one.at)}</p><ol>{listed_}</ol>")
    return "".join(parts)


def _timeline(tx: Tx, row: Any) -> str:
    column = t.timeline.c
    rows = tx.c.execute(sa.select(t.timeline).where(column.case_id == row.id).order_by(column.id))
    lines = [
        (
            when(one.at), esc("办件" if one.what == "CASE" else words.ITEMS.get(one.what, one.what)),
            state(one.state, words.CASE_STATES if one.what == "CASE" else words.ITEM_STATES),
            esc(words.BY.get(one.by, one.by)),
        )
        for one in rows
    ]  # fmt: skip
    return table(("时间", "什么", "变成", "由谁"), lines, "还没有发生什么。")
