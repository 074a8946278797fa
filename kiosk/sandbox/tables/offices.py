"""Tables of the departments: how each works now, what was decided, what is prepared, which devices are written."""

import sqlalchemy as sa

from .base import id_, md, ms, version

office = sa.Table("office", md, id_("dept", 8, primary_key=True), sa.Column("body", sa.LargeBinary, nullable=False))
decision = sa.Table(
    "decision", md, id_("id", 26, primary_key=True), id_("case_id", 26, nullable=False), id_("item", 10),
    id_("decision", 12), id_("reason_code"), id_("by", 16), ms("at"), sa.Column("requirements", sa.LargeBinary),
)  # fmt: skip
sa.Index("decision_of_case", decision.c.case_id)
preparation_step = sa.Table(
    "preparation_step", md, id_("case_id", 26, primary_key=True), id_("step", 20, primary_key=True), ms("at"),
    id_("by", 16),
)  # fmt: skip
device_issue = sa.Table(
    "device_issue", md, id_("id", 26, primary_key=True), id_("case_id", 26, nullable=False), id_("site_id"),
    id_("article_id", 26), id_("unit_id", nullable=False), id_("state", 12, nullable=False), version(),
    sa.Column("attempt", sa.Integer), sa.Column("live", sa.Boolean, nullable=False), id_("by", 16),
    ms("requested_at"), ms("due_at"), ms("issued_at"), ms("read_at"), id_("receipt_no"), id_("fail_reason"),
    sa.Column("answers", sa.Integer), id_("written_uscc", 18), sa.Column("written_name", sa.Text),
    id_("read_digest", 64), id_("discrepancy_id", 26),
)  # fmt: skip
# One device is written for one company at a time, and one company's device is written once.
_live = device_issue.c.live.is_(True)
sa.Index("one_issue_case", device_issue.c.case_id, unique=True, sqlite_where=_live, postgresql_where=_live)
sa.Index("one_issue_unit", device_issue.c.unit_id, unique=True, sqlite_where=_live, postgresql_where=_live)
sa.Index("device_issue_by_request", device_issue.c.site_id, device_issue.c.requested_at)
