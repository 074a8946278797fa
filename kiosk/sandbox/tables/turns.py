"""Tables of what a case may come to: later items of a company, sight by e-licence, take-over, the post, the bank."""

import sqlalchemy as sa

from .base import id_, md, ms, version

company_item = sa.Table(  # which case has an item of a company in hand; one at a time
    "company_item", md, id_("uscc", 18, primary_key=True), id_("item", 10, primary_key=True),
    id_("case_id", 26, nullable=False),
)  # fmt: skip
e_licence = sa.Table(  # codes drawn by the e-licence authority; only their digests are kept
    "e_licence", md, id_("code", 64, primary_key=True), id_("uscc", 18, nullable=False), ms("expires_at", False),
    ms("used_at"),
)  # fmt: skip
company_sight = sa.Table(  # a terminal may see a company's cases for a while
    "company_sight", md, id_("id", 26, primary_key=True), id_("terminal_id", nullable=False),
    id_("uscc", 18, nullable=False), ms("expires_at", False),
)  # fmt: skip
sa.Index("sight_of_terminal", company_sight.c.terminal_id, company_sight.c.uscc)
take_over = sa.Table(
    "take_over", md, id_("id", 26, primary_key=True), id_("case_id", 26, nullable=False), id_("from_site"),
    id_("to_site"), id_("by", 16), sa.Column("reason", sa.Text), ms("at"),
)  # fmt: skip
ending = sa.Table(  # why a case ended before its time
    "ending", md, id_("case_id", 26, primary_key=True), id_("event", 16), id_("by", 16), sa.Column("reason", sa.Text),
    ms("at"),
)  # fmt: skip
mailing = sa.Table(
    "mailing", md, id_("handover_id", 26, primary_key=True), id_("case_id", 26, nullable=False),
    id_("state", 20, nullable=False), id_("waybill", 24), sa.Column("carrier", sa.Text), ms("posted_at"),
    ms("ended_at"), ms("reported_at"), id_("proof_blob", 64),
)  # fmt: skip
_posted = mailing.c.state == "POSTED"
sa.Index("one_mailing", mailing.c.case_id, unique=True, sqlite_where=_posted, postgresql_where=_posted)
bank_appointment = sa.Table(
    "bank_appointment", md, id_("case_id", 26, primary_key=True), id_("branch_id", nullable=False),
    ms("slot", False), id_("contact", 8), id_("state", 12, nullable=False), version(), ms("changed_at"),
)  # fmt: skip
collection = sa.Table(  # who comes when to collect; place: which of those that a hall takes in one half hour
    "collection", md, id_("case_id", 26, primary_key=True), id_("site_id", nullable=False), ms("slot", False),
    sa.Column("place", sa.Integer, nullable=False),
)  # fmt: skip
sa.Index("one_case_per_place", collection.c.site_id, collection.c.slot, collection.c.place, unique=True)
_held = bank_appointment.c.state.in_(("REQUESTED", "CONFIRMED"))
sa.Index("one_case_per_slot", bank_appointment.c.branch_id, bank_appointment.c.slot, unique=True, sqlite_where=_held,
         postgresql_where=_held)  # fmt: skip
