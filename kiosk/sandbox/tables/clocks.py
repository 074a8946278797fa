"""Tables of promises: the hours of the halls, clocks with their pauses, and promises that were broken."""

import sqlalchemy as sa

from .base import id_, md, ms, row_id, version

site_hours = sa.Table(
    "site_hours", md, id_("site_id", primary_key=True), version(), sa.Column("hours", sa.LargeBinary, nullable=False),
    ms("changed_at"), id_("changed_by", 16),
)  # fmt: skip
clock = sa.Table(
    "promise_clock", md, id_("case_id", 26, primary_key=True), id_("what", 10, primary_key=True),
    id_("kind", 24, primary_key=True), id_("measure", 8, nullable=False), ms("started_at", False),
    ms("due_at", False), ms("target_at"), ms("paused_at"), id_("pause_reason"), ms("stopped_at"), ms("breached_at"),
    ms("ahead_ms", False), id_("calendar_version", nullable=False), sa.Column("certain", sa.Boolean, nullable=False),
)  # fmt: skip
sa.Index("clock_by_due", clock.c.stopped_at, clock.c.breached_at, clock.c.due_at)
clock_pause = sa.Table(
    "promise_pause", md, sa.Column("id", row_id, primary_key=True, autoincrement=True), id_("case_id", 26),
    id_("what", 10), id_("kind", 24), ms("began_at", False), ms("ended_at", False), id_("reason"),
)  # fmt: skip
sa.Index("pause_of_case", clock_pause.c.case_id)
breach = sa.Table(
    "breach", md, id_("id", 26, primary_key=True), id_("site_id", nullable=False), id_("case_id", 26, nullable=False),
    id_("what", 10, nullable=False), id_("kind", 24, nullable=False), ms("breached_at", False),
    ms("noticed_at", False), sa.UniqueConstraint("case_id", "what", "kind", name="one_breach"),
)  # fmt: skip
sa.Index("breach_by_time", breach.c.site_id, breach.c.breached_at, breach.c.id)
