"""Tables of what people say: ratings, what follows from bad ones, and matters they raise."""

import sqlalchemy as sa

from .base import id_, md, ms, version

evaluation = sa.Table(
    "evaluation", md, id_("case_id", 26, primary_key=True), id_("phase", 16, primary_key=True),
    sa.Column("level", sa.Integer), sa.Column("body", sa.LargeBinary), ms("at"), id_("site_id"), id_("terminal_id"),
    id_("channel", 2), ms("rated_at"), id_("window"), id_("staff_ref", 16),
)  # fmt: skip
sa.Index("evaluation_by_time", evaluation.c.site_id, evaluation.c.at)
bad_review = sa.Table(
    "bad_review", md, id_("id", 26, primary_key=True), id_("case_id", 26, nullable=False),
    id_("phase", 16, nullable=False), id_("site_id", nullable=False), sa.Column("level", sa.Integer),
    id_("state", 12, nullable=False), version(), ms("opened_at"), ms("due_at"),
    sa.Column("calls", sa.Integer, nullable=False), ms("last_call_at"), id_("outcome", 16),
    sa.Column("measures", sa.Text), ms("closed_at"), id_("closed_by", 16),
)  # fmt: skip
sa.Index("bad_review_once", bad_review.c.case_id, bad_review.c.phase, unique=True)
call_back = sa.Table(
    "call_back", md, id_("review_id", 26, primary_key=True), sa.Column("no", sa.Integer, primary_key=True),
    ms("called_at"), ms("at"), id_("by_ref", 16), sa.Column("reached", sa.Boolean), sa.Column("note", sa.Text),
)  # fmt: skip
feedback = sa.Table(
    "feedback", md, id_("id", 26, primary_key=True), id_("number", 16, unique=True, nullable=False),
    id_("site_id", nullable=False), id_("terminal_id"), id_("kind", 16), sa.Column("text", sa.Text),
    id_("case_id", 26), sa.Column("contact", sa.Text), id_("state", 10, nullable=False), version(),
    id_("owner", 16), id_("by_ref", 16), id_("outcome", 16), sa.Column("answer", sa.Text), ms("at"), ms("said_at"),
    ms("closed_at"), id_("closed_by", 16),
)  # fmt: skip  # contact is personal: gone when the matter is closed
sa.Index("feedback_by_time", feedback.c.site_id, feedback.c.at)
