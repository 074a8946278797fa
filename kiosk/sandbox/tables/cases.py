"""Tables of cases: people verified, names held, items, things to hand over, jobs of the departments."""

import sqlalchemy as sa

from .base import id_, md, ms, row_id

verification = sa.Table(
    "verification", md, id_("id", 26, primary_key=True), id_("terminal_id"), id_("site_id"),
    id_("person", 64, nullable=False), id_("result", 16), id_("method", 16), id_("reason"), id_("by_ref", 16),
    ms("expires_at"), ms("made_at"), ms("revoked_at"),
)  # fmt: skip
reservation = sa.Table(
    "reservation", md, id_("id", 26, primary_key=True), id_("reserve_no", unique=True), id_("case_id", 26),
    id_("terminal_id"), id_("site_id"),
    sa.Column("name", sa.Text), sa.Column("trade", sa.Text), sa.Column("industry", sa.Text), ms("until"),
    sa.Column("live", sa.Boolean, nullable=False),
)  # fmt: skip
_live_name = reservation.c.live.is_(True)
sa.Index("one_live_name", reservation.c.trade, reservation.c.industry, unique=True, sqlite_where=_live_name,
         postgresql_where=_live_name)  # fmt: skip
case = sa.Table(
    "opening_case", md, id_("id", 26, primary_key=True), id_("slip_code", 8, unique=True, nullable=False),
    id_("site_id", nullable=False), id_("terminal_id"), id_("state", 20, nullable=False),
    sa.Column("version", sa.Integer, nullable=False), sa.Column("form", sa.LargeBinary, nullable=False),
    id_("draft_digest", 64), sa.Column("name_full", sa.Text), id_("case_no", 64, unique=True),
    id_("uscc", 18), ms("made_at"), ms("changed_at"), ms("submitted_at"), ms("accepted_at"),
    ms("due_at"), id_("open_handover", 26), sa.Column("pickup_window", sa.Text), id_("place", 16),
    id_("previous_case_id", 26, unique=True), id_("next_case_id", 26), sa.Column("notices", sa.Integer),
    sa.Column("kind", sa.String(10), nullable=False, default="opening"), id_("handled_by", 16),
)  # fmt: skip
_opening = case.c.kind == "opening"  # a company is opened once; later items come in cases of their own
sa.Index("one_company", case.c.uscc, unique=True, sqlite_where=_opening, postgresql_where=_opening)
sa.Index("case_by_company", case.c.uscc)
sa.Index("case_by_change", case.c.site_id, case.c.changed_at)
sa.Index("case_by_state", case.c.state, case.c.changed_at)
case_person = sa.Table(
    "case_person", md, id_("case_id", 26, primary_key=True), id_("person", 64, primary_key=True),
)  # fmt: skip
sa.Index("case_by_person", case_person.c.person)
item = sa.Table(
    "case_item", md, id_("case_id", 26, primary_key=True), id_("item", 10, primary_key=True), id_("state", 20),
    sa.Column("version", sa.Integer), id_("mode", 10), ms("accepted_at"), ms("due_at"), ms("changed_at"),
)  # fmt: skip
article = sa.Table(
    "article", md, id_("id", 26, primary_key=True), id_("case_id", 26, nullable=False),
    sa.Column("position", sa.Integer), id_("kind", 20), id_("item", 10), id_("state", 16), id_("serial"),
    id_("use", 20), id_("unit_id"), id_("batch_id"), sa.Column("first_no", sa.BigInteger),
    sa.Column("quantity", sa.Integer), id_("place", 16),
)  # fmt: skip
sa.Index("article_of_case", article.c.case_id)
timeline = sa.Table(
    "timeline", md, sa.Column("id", row_id, primary_key=True, autoincrement=True), id_("case_id", 26),
    ms("at"), id_("what", 10), id_("state", 20), id_("by", 16),
)  # fmt: skip
sa.Index("timeline_of_case", timeline.c.case_id)
notice = sa.Table(
    "notice", md, id_("case_id", 26, primary_key=True), sa.Column("no", sa.Integer, primary_key=True), ms("at"),
    id_("by", 16), sa.Column("requirements", sa.LargeBinary), sa.Column("number", sa.Text), id_("site_id"),
    id_("window"), sa.Column("second", sa.Boolean, nullable=False), sa.Column("repeated", sa.Integer),
    id_("second_ref", 16), sa.Column("second_reason", sa.Text),
)  # fmt: skip
job = sa.Table(
    "job", md, sa.Column("id", row_id, primary_key=True, autoincrement=True), id_("case_id", 26), id_("kind", 60),
    ms("due", nullable=False), sa.Column("done", sa.Boolean, nullable=False), id_("dept", 8), id_("decides", 10),
)  # fmt: skip
sa.Index("job_by_due", job.c.done, job.c.due)
