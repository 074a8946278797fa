"""Tables of the terminals: how they got in, what they were told, what they report of the burden."""

import sqlalchemy as sa

from .base import id_, md, ms, version
from .hall import terminal

enrolment_code = sa.Table(
    "enrolment_code", md, id_("digest", 64, primary_key=True), id_("site_id", nullable=False), id_("kind", 16),
    id_("window_id"), sa.Column("note", sa.Text), id_("drawn_by", 16, nullable=False), ms("drawn_at"),
    ms("expires_at", nullable=False), ms("used_at"),
)  # fmt: skip
enrolment = sa.Table(
    "enrolment", md, id_("id", 26, primary_key=True), id_("site_id", nullable=False),
    id_("terminal_id", unique=True, nullable=False), id_("state", 12, nullable=False), version(),
    id_("nonce", 64, nullable=False), id_("drawn_by", 16, nullable=False),
    sa.Column("public_key", sa.LargeBinary, nullable=False), id_("key_sha256", 64, nullable=False), id_("serial", 64),
    sa.Column("vendor", sa.Text), sa.Column("model", sa.Text), sa.Column("software", sa.Text),
    id_("certificate", 64), ms("applied_at"), ms("decided_at"), id_("decided_by", 16), sa.Column("reason", sa.Text),
)  # fmt: skip
sa.Index("enrolment_of_site", enrolment.c.site_id, enrolment.c.applied_at)
# One key, one machine: what was turned away may try again with the same key.
_not_turned_away = enrolment.c.state != "REJECTED"
sa.Index("one_enrolment_key", enrolment.c.key_sha256, unique=True, sqlite_where=_not_turned_away,
         postgresql_where=_not_turned_away)  # fmt: skip
certificate = sa.Table(
    "certificate", md, id_("sha256", 64, primary_key=True), id_("terminal_id", nullable=False), id_("serial", 48),
    id_("key_sha256", 64, nullable=False), sa.Column("pem", sa.Text, nullable=False), ms("issued_at", nullable=False),
    ms("expires_at", nullable=False), ms("revoked_at"),
)  # fmt: skip
sa.Index("certificate_of_terminal", certificate.c.terminal_id, certificate.c.issued_at)
sa.Index("certificate_key", certificate.c.key_sha256)
directive = sa.Table(
    "directive", md, id_("terminal_id", primary_key=True), sa.Column("seq", sa.BigInteger, primary_key=True),
    id_("mode", 16, nullable=False), sa.Column("payload", sa.LargeBinary, nullable=False),
    sa.Column("signatures", sa.Integer, nullable=False), ms("at"), id_("by", 16), id_("second", 16),
)  # fmt: skip
config = sa.Table(
    "config", md, id_("site_id", primary_key=True), sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("payload", sa.LargeBinary, nullable=False), id_("sha256", 64, nullable=False), ms("issued_at"),
    ms("expires_at"), id_("by", 16),
)  # fmt: skip
telemetry = sa.Table(
    "telemetry", md, id_("terminal_id", primary_key=True), id_("id", 26, primary_key=True), id_("site_id"),
    ms("at", nullable=False), ms("received_at"), id_("name", 20, nullable=False), id_("step"),
    sa.Column("value", sa.Float(53), nullable=False), id_("case_id", 26),
)  # fmt: skip
sa.Index("telemetry_of_site", telemetry.c.site_id, telemetry.c.name, telemetry.c.at)
_in_use = sa.and_(terminal.c.window_id.is_not(None), terminal.c.state != "REVOKED")
sa.Index("one_terminal_window", terminal.c.site_id, terminal.c.window_id, unique=True, sqlite_where=_in_use,
         postgresql_where=_in_use)  # fmt: skip
