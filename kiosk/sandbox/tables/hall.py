"""Tables of the hall: who is there, what was said to whom, what changed."""

import sqlalchemy as sa

from .base import id_, md, ms

meta = sa.Table("meta", md, id_("key", primary_key=True), sa.Column("value", sa.Text, nullable=False))
counter = sa.Table("counter", md, id_("name", primary_key=True), sa.Column("value", sa.BigInteger, nullable=False))
site = sa.Table(
    "site", md, id_("id", primary_key=True), sa.Column("name", sa.Text), id_("division", 6),
    sa.Column("pickup_window", sa.Text), id_("store"),
)  # fmt: skip
terminal = sa.Table(
    "terminal", md, id_("id", primary_key=True), id_("site_id", nullable=False), id_("kind", 16), id_("window_id"),
    id_("credential", 64), id_("state", 16), id_("mode", 16), ms("seen_at"), sa.Column("heartbeat", sa.LargeBinary),
    sa.Column("audit_seq", sa.BigInteger), id_("audit_head", 64), id_("serial", 64), sa.Column("note", sa.Text),
    sa.Column("version", sa.Integer, nullable=False, default=1),
    sa.Column("directive_seq", sa.BigInteger, nullable=False, default=0), ms("mode_until"),
)  # fmt: skip
staff = sa.Table(
    "staff", md, id_("ref", 16, primary_key=True), sa.Column("name", sa.Text), sa.Column("roles", sa.Text),
    sa.Column("public_key", sa.LargeBinary), sa.Column("failures", sa.Integer), ms("locked_until"),
)  # fmt: skip
challenge = sa.Table(
    "challenge", md, id_("value", 64, primary_key=True), id_("staff_ref", 16), id_("terminal_id"), ms("expires_at"),
)  # fmt: skip
staff_session = sa.Table(
    "staff_session", md, id_("token", 64, primary_key=True), id_("staff_ref", 16), id_("terminal_id"),
    ms("expires_at"), ms("refresh_until"), id_("boot", 40),
)  # fmt: skip
second_person = sa.Table(
    "second_person", md, id_("token", 64, primary_key=True), id_("staff_ref", 16), id_("terminal_id"),
    ms("expires_at"),
)  # fmt: skip
idempotency = sa.Table(
    "idempotency", md, id_("terminal_id", primary_key=True), id_("key", 40, primary_key=True),
    id_("fingerprint", 64, nullable=False), sa.Column("status", sa.Integer), id_("etag", 80),
    sa.Column("body", sa.LargeBinary), ms("made_at", nullable=False),
)  # fmt: skip
assistance = sa.Table(
    "assistance", md, id_("id", 26, primary_key=True), id_("terminal_id"), id_("screen"), id_("case_id", 26),
    id_("state", 12), ms("at"), id_("site_id"), sa.Column("version", sa.Integer), id_("by", 16), ms("answered_at"),
    ms("joined_at"), ms("done_at"), sa.Column("minutes", sa.Integer),
)  # fmt: skip
_joined = assistance.c.state == "JOINED"
sa.Index("one_joined_visit", assistance.c.terminal_id, unique=True, sqlite_where=_joined, postgresql_where=_joined)
audit_segment = sa.Table(
    "audit_segment", md, id_("terminal_id", primary_key=True), sa.Column("last_seq", sa.BigInteger, primary_key=True),
    sa.Column("first_seq", sa.BigInteger), id_("prev_head", 64), id_("head", 64), ms("at"),
    id_("blob_sha256", 64),
)  # fmt: skip
blob = sa.Table(
    "blob", md, id_("terminal_id", primary_key=True), id_("sha256", 64, primary_key=True),
    sa.Column("length", sa.BigInteger), sa.Column("received", sa.BigInteger), sa.Column("whole", sa.Boolean),
)  # fmt: skip
blob_piece = sa.Table(
    "blob_piece", md, id_("terminal_id", primary_key=True), id_("sha256", 64, primary_key=True),
    sa.Column("start", sa.BigInteger, primary_key=True), sa.Column("data", sa.LargeBinary),
)  # fmt: skip
feed_head = sa.Table("feed_head", md, id_("site_id", primary_key=True), sa.Column("seq", sa.BigInteger))
feed = sa.Table(
    "feed", md, id_("site_id", primary_key=True), sa.Column("seq", sa.BigInteger, primary_key=True), id_("kind", 16),
    id_("object"), sa.Column("version", sa.Integer), id_("op", 8),
)  # fmt: skip
