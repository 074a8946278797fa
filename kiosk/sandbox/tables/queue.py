"""Tables of the queue: numbers of a day, what became of them, and windows that pause."""

import sqlalchemy as sa

from .base import id_, md, ms, row_id, version

ticket = sa.Table(
    # drawn_at never moves; queued_at is the place in the queue, and does when a missed number comes back
    "ticket", md, id_("id", 26, primary_key=True), id_("site_id", nullable=False), id_("day", 10, nullable=False),
    id_("number", 12, nullable=False), id_("state", 10, nullable=False), version(),
    sa.Column("priority", sa.Boolean, nullable=False), id_("priority_reason", 20), id_("case_id", 26),
    id_("terminal_id"), ms("taken_at"), ms("drawn_at", nullable=False), ms("queued_at", nullable=False),
    id_("window"), id_("for_window"), ms("first_called_at"), ms("called_at"), ms("started_at"), ms("finished_at"),
    sa.Column("calls", sa.Integer), sa.Column("returns", sa.Integer),
)  # fmt: skip
sa.Index("ticket_number", ticket.c.site_id, ticket.c.day, ticket.c.number, unique=True)
sa.Index("ticket_by_state", ticket.c.state, ticket.c.site_id, ticket.c.day)
_at_window = ticket.c.state.in_(("CALLED", "SERVING"))
sa.Index("one_ticket_window", ticket.c.site_id, ticket.c.window, unique=True, sqlite_where=_at_window,
         postgresql_where=_at_window)  # fmt: skip
ticket_move = sa.Table(
    "ticket_move", md, sa.Column("id", row_id, primary_key=True, autoincrement=True), id_("ticket_id", 26),
    ms("at"), id_("event", 12), id_("state", 10), id_("window"), id_("by", 16), sa.Column("reason", sa.Text),
)  # fmt: skip
ticket_counter = sa.Table(
    "ticket_counter", md, id_("site_id", primary_key=True), id_("day", 10, primary_key=True),
    sa.Column("value", sa.Integer, nullable=False),
)  # fmt: skip
hall_window = sa.Table(
    "hall_window", md, id_("site_id", primary_key=True), id_("window_id", primary_key=True), version(),
    sa.Column("paused", sa.Boolean, nullable=False), id_("reason"), ms("since"), id_("by", 16),
)  # fmt: skip
