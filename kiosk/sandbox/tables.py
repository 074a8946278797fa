"""The tables, in a form that SQLite and PostgreSQL both run. Constraints, not application checks, forbid doubles."""

import sqlalchemy as sa

md = sa.MetaData()


def _id(name: str, length: int = 40, **more: bool) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length), **more)  # type: ignore[arg-type]


def _ms(name: str, nullable: bool = True) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger, nullable=nullable)


_row_id = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # SQLite counts by itself only in INTEGER keys

meta = sa.Table("meta", md, _id("key", primary_key=True), sa.Column("value", sa.Text, nullable=False))
counter = sa.Table("counter", md, _id("name", primary_key=True), sa.Column("value", sa.BigInteger, nullable=False))

site = sa.Table(
    "site", md, _id("id", primary_key=True), sa.Column("name", sa.Text), _id("division", 6),
    sa.Column("pickup_window", sa.Text), _id("store"),
)  # fmt: skip
terminal = sa.Table(
    "terminal", md, _id("id", primary_key=True), _id("site_id", nullable=False), _id("kind", 16), _id("window_id"),
    _id("credential", 64), _id("state", 16), _id("mode", 16), _ms("seen_at"), sa.Column("heartbeat", sa.LargeBinary),
    sa.Column("audit_seq", sa.BigInteger), _id("audit_head", 64),
)  # fmt: skip
staff = sa.Table(
    "staff", md, _id("ref", 16, primary_key=True), sa.Column("name", sa.Text), sa.Column("roles", sa.Text),
    sa.Column("public_key", sa.LargeBinary), sa.Column("failures", sa.Integer), _ms("locked_until"),
)  # fmt: skip
challenge = sa.Table(
    "challenge", md, _id("value", 64, primary_key=True), _id("staff_ref", 16), _id("terminal_id"), _ms("expires_at"),
)  # fmt: skip
staff_session = sa.Table(
    "staff_session", md, _id("token", 64, primary_key=True), _id("staff_ref", 16), _id("terminal_id"),
    _ms("expires_at"), _ms("refresh_until"),
)  # fmt: skip

idempotency = sa.Table(
    "idempotency", md, _id("terminal_id", primary_key=True), _id("key", 40, primary_key=True),
    _id("fingerprint", 64, nullable=False), sa.Column("status", sa.Integer), _id("etag", 80),
    sa.Column("body", sa.LargeBinary), _ms("made_at", nullable=False),
)  # fmt: skip

verification = sa.Table(
    "verification", md, _id("id", 26, primary_key=True), _id("terminal_id"), _id("site_id"),
    _id("person", 64, nullable=False), _id("result", 16), _id("method", 16), _id("reason"), _id("by_ref", 16),
    _ms("expires_at"), _ms("made_at"),
)  # fmt: skip
reservation = sa.Table(
    "reservation", md, _id("id", 26, primary_key=True), _id("reserve_no", unique=True), _id("case_id", 26),
    sa.Column("name", sa.Text), sa.Column("trade", sa.Text), sa.Column("industry", sa.Text), _ms("until"),
    sa.Column("live", sa.Boolean, nullable=False),
)  # fmt: skip
_live_name = reservation.c.live.is_(True)
sa.Index("one_live_name", reservation.c.trade, reservation.c.industry, unique=True, sqlite_where=_live_name,
         postgresql_where=_live_name)  # fmt: skip

case = sa.Table(
    "opening_case", md, _id("id", 26, primary_key=True), _id("slip_code", 8, unique=True, nullable=False),
    _id("site_id", nullable=False), _id("terminal_id"), _id("state", 20, nullable=False),
    sa.Column("version", sa.Integer, nullable=False), sa.Column("form", sa.LargeBinary, nullable=False),
    _id("draft_digest", 64), sa.Column("name_full", sa.Text), _id("case_no", 64, unique=True),
    _id("uscc", 18, unique=True), _ms("made_at"), _ms("changed_at"), _ms("submitted_at"), _ms("accepted_at"),
    _ms("due_at"), _id("open_handover", 26), sa.Column("pickup_window", sa.Text), _id("place", 16),
    _id("previous_case_id", 26), sa.Column("notices", sa.Integer),
)  # fmt: skip
sa.Index("case_by_change", case.c.site_id, case.c.changed_at)
case_person = sa.Table(
    "case_person", md, _id("case_id", 26, primary_key=True), _id("person", 64, primary_key=True),
)  # fmt: skip
sa.Index("case_by_person", case_person.c.person)
item = sa.Table(
    "case_item", md, _id("case_id", 26, primary_key=True), _id("item", 10, primary_key=True), _id("state", 20),
    sa.Column("version", sa.Integer), _id("mode", 10), _ms("accepted_at"), _ms("due_at"), _ms("changed_at"),
)  # fmt: skip
article = sa.Table(
    "article", md, _id("id", 26, primary_key=True), _id("case_id", 26, nullable=False),
    sa.Column("position", sa.Integer), _id("kind", 20), _id("item", 10), _id("state", 16), _id("serial"),
    _id("use", 20), _id("unit_id"), _id("batch_id"), sa.Column("first_no", sa.BigInteger),
    sa.Column("quantity", sa.Integer), _id("place", 16),
)  # fmt: skip
sa.Index("article_of_case", article.c.case_id)
timeline = sa.Table(
    "timeline", md, sa.Column("id", _row_id, primary_key=True, autoincrement=True), _id("case_id", 26),
    _ms("at"), _id("what", 10), _id("state", 20), _id("by", 16),
)  # fmt: skip
sa.Index("timeline_of_case", timeline.c.case_id)
notice = sa.Table(
    "notice", md, _id("case_id", 26, primary_key=True), sa.Column("no", sa.Integer, primary_key=True), _ms("at"),
    _id("by", 16), sa.Column("requirements", sa.LargeBinary),
)  # fmt: skip
job = sa.Table(
    "job", md, sa.Column("id", _row_id, primary_key=True, autoincrement=True), _id("case_id", 26), _id("kind", 60),
    _ms("due", nullable=False), sa.Column("done", sa.Boolean, nullable=False),
)  # fmt: skip
sa.Index("job_by_due", job.c.done, job.c.due)

unit = sa.Table(
    "stock_unit", md, _id("id", primary_key=True), _id("kind", 20), _id("serial"), _id("custodian"), _id("state", 16),
    _id("case_id", 26), sa.Column("version", sa.Integer), _id("holder_uscc", 18), sa.Column("holder_name", sa.Text),
)  # fmt: skip
batch = sa.Table(
    "stock_batch", md, _id("id", primary_key=True), _id("custodian"), sa.Column("first_no", sa.BigInteger),
    sa.Column("last_no", sa.BigInteger), sa.Column("next_no", sa.BigInteger), sa.Column("volume", sa.Integer),
    sa.CheckConstraint("next_no >= first_no and next_no <= last_no + 1", name="next_in_range"),
)  # fmt: skip
number_range = sa.Table(
    "stock_range", md, _id("batch_id", primary_key=True), sa.Column("first_no", sa.BigInteger, primary_key=True),
    sa.Column("quantity", sa.Integer), _id("case_id", 26), _id("article_id", 26, unique=True), _id("state", 16),
)  # fmt: skip
movement = sa.Table(
    "stock_movement", md, sa.Column("id", _row_id, primary_key=True, autoincrement=True), _ms("at"), _id("kind", 12),
    _id("unit_id"), _id("batch_id"), sa.Column("first_no", sa.BigInteger), sa.Column("quantity", sa.Integer),
    _id("case_id", 26), _id("handover_id", 26), _id("by", 16),
)  # fmt: skip

handover = sa.Table(
    "handover", md, _id("id", 26, primary_key=True), _id("case_id", 26, nullable=False), _id("site_id"),
    _id("terminal_id"), _id("window", nullable=False), _id("state", 12, nullable=False),
    sa.Column("version", sa.Integer), _id("staff_ref", 16), _id("verification_id", 26), _id("recipient", 16),
    sa.Column("partial_reason", sa.Text), _id("permit_id", 26), sa.Column("permit", sa.LargeBinary),
    sa.Column("permit_sig", sa.LargeBinary), _ms("expires_at"), _ms("prepared_at"), _ms("handed_at"),
    _ms("received_at"), _id("signature_blob", 64), sa.Column("receipt_no", sa.Text), _id("discrepancy_id", 26),
)  # fmt: skip
handover_line = sa.Table(
    "handover_line", md, _id("handover_id", 26, primary_key=True), _id("article_id", 26, primary_key=True),
    sa.Column("position", sa.Integer), _id("unit_id"), _id("batch_id"), sa.Column("first_no", sa.BigInteger),
    sa.Column("quantity", sa.Integer), sa.Column("live", sa.Boolean, nullable=False),
)  # fmt: skip
_open, _live = handover.c.state == "PREPARED", handover_line.c.live.is_(True)
sa.Index("one_open_handover", handover.c.case_id, unique=True, sqlite_where=_open, postgresql_where=_open)
sa.Index("one_open_window", handover.c.site_id, handover.c.window, unique=True, sqlite_where=_open,
         postgresql_where=_open)  # fmt: skip
sa.Index("article_once", handover_line.c.article_id, unique=True, sqlite_where=_live, postgresql_where=_live)
discrepancy = sa.Table(
    "discrepancy", md, _id("id", 26, primary_key=True), _id("handover_id", 26), _id("kind", 80), _ms("at"),
    sa.Column("body", sa.LargeBinary),
)  # fmt: skip

evaluation = sa.Table(
    "evaluation", md, _id("case_id", 26, primary_key=True), _id("phase", 16, primary_key=True),
    sa.Column("level", sa.Integer), sa.Column("body", sa.LargeBinary), _ms("at"),
)  # fmt: skip
assistance = sa.Table(
    "assistance", md, _id("id", 26, primary_key=True), _id("terminal_id"), _id("screen"), _id("case_id", 26),
    _id("state", 12), _ms("at"),
)  # fmt: skip
audit_segment = sa.Table(
    "audit_segment", md, _id("terminal_id", primary_key=True), sa.Column("last_seq", sa.BigInteger, primary_key=True),
    sa.Column("first_seq", sa.BigInteger), _id("prev_head", 64), _id("head", 64), _ms("at"),
)  # fmt: skip
blob = sa.Table(
    "blob", md, _id("terminal_id", primary_key=True), _id("sha256", 64, primary_key=True),
    sa.Column("length", sa.BigInteger), sa.Column("received", sa.BigInteger), sa.Column("whole", sa.Boolean),
)  # fmt: skip
blob_piece = sa.Table(
    "blob_piece", md, _id("terminal_id", primary_key=True), _id("sha256", 64, primary_key=True),
    sa.Column("start", sa.BigInteger, primary_key=True), sa.Column("data", sa.LargeBinary),
)  # fmt: skip
message = sa.Table(
    "message", md, sa.Column("id", _row_id, primary_key=True, autoincrement=True), _ms("at"), _id("case_id", 26),
    _id("template"),
)  # fmt: skip

feed_head = sa.Table("feed_head", md, _id("site_id", primary_key=True), sa.Column("seq", sa.BigInteger))
feed = sa.Table(
    "feed", md, _id("site_id", primary_key=True), sa.Column("seq", sa.BigInteger, primary_key=True), _id("kind", 16),
    _id("object"), sa.Column("version", sa.Integer), _id("op", 8),
)  # fmt: skip
