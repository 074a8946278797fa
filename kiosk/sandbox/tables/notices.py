"""Tables of messages to applicants: which was told when, each way it went, and the code for collecting."""

import sqlalchemy as sa

from .base import id_, md, ms, row_id, version

notification = sa.Table(
    "notification", md, sa.Column("seq", row_id, primary_key=True, autoincrement=True),
    id_("id", 26, unique=True, nullable=False), id_("case_id", 26, nullable=False), id_("site_id", nullable=False),
    id_("template", nullable=False), ms("at", nullable=False), id_("by_ref", 16),
    version(),
)  # fmt: skip
sa.Index("notification_of_case", notification.c.case_id, notification.c.seq)
delivery = sa.Table(
    "delivery", md, id_("notification_id", 26, primary_key=True), id_("channel", 10, primary_key=True),
    id_("state", 10, nullable=False), ms("due"), ms("changed_at", nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False), id_("reason"), id_("recipient", 64),
)  # fmt: skip  # recipient: a keyed digest; the number itself stays in the form
sa.Index("delivery_by_due", delivery.c.state, delivery.c.due)
message_closing = sa.Table(
    "message_closing", md, id_("notification_id", 26, primary_key=True), id_("told_as", 16, nullable=False),
    sa.Column("words", sa.String(200), nullable=False), ms("at", nullable=False), id_("by_ref", 16, nullable=False),
)  # fmt: skip
pickup_code = sa.Table(
    "pickup_code", md, id_("case_id", 26, primary_key=True), id_("code", 8, nullable=False), ms("made_at"),
)  # fmt: skip
