"""Tables of the counter: what lies in the custody store and what is handed over."""

import sqlalchemy as sa

from .base import id_, md, ms, version

unit = sa.Table(
    "stock_unit", md, id_("id", primary_key=True), id_("kind", 20), id_("serial"), id_("site_id"), id_("custodian"),
    id_("state", 16), id_("case_id", 26), sa.Column("version", sa.Integer), id_("holder_uscc", 18),
    sa.Column("holder_name", sa.Text),
)  # fmt: skip
sa.Index("unit_by_place", unit.c.site_id, unit.c.custodian)
batch = sa.Table(
    "stock_batch", md, id_("id", primary_key=True), id_("site_id"), id_("custodian"), id_("code", 12),
    id_("kind", 3), id_("state", 16), version(), sa.Column("first_no", sa.BigInteger),
    sa.Column("last_no", sa.BigInteger), sa.Column("next_no", sa.BigInteger), sa.Column("volume", sa.Integer),
    sa.CheckConstraint("next_no >= first_no and next_no <= last_no + 1", name="next_in_range"),
)  # fmt: skip
# The row of invoice_code keeps two receipts of one code apart; these stand behind it.
sa.Index("batch_begins_once", batch.c.code, batch.c.first_no, unique=True)
sa.Index("batch_ends_once", batch.c.code, batch.c.last_no, unique=True)
number_range = sa.Table(
    "stock_range", md, id_("batch_id", primary_key=True), sa.Column("first_no", sa.BigInteger, primary_key=True),
    sa.Column("quantity", sa.Integer), id_("case_id", 26), id_("article_id", 26, unique=True), id_("state", 16),
)  # fmt: skip
movement = sa.Table(
    "stock_movement", md, id_("site_id", primary_key=True), sa.Column("seq", sa.BigInteger, primary_key=True),
    ms("at"), id_("kind", 12), id_("move", 16), id_("unit_id"), id_("batch_id"),
    sa.Column("first_no", sa.BigInteger), sa.Column("quantity", sa.Integer), id_("custodian"), id_("case_id", 26),
    id_("handover_id", 26), id_("by", 16), id_("second_ref", 16), id_("document_ref", 64),
    sa.Column("reason", sa.Text), id_("photo_blob", 64),
)  # fmt: skip
sa.Index("movement_by_time", movement.c.site_id, movement.c.at)
handover = sa.Table(
    "handover", md, id_("id", 26, primary_key=True), id_("case_id", 26, nullable=False), id_("site_id"),
    id_("terminal_id"), id_("window", nullable=False), id_("state", 12, nullable=False),
    sa.Column("version", sa.Integer), id_("staff_ref", 16), id_("verification_id", 26), id_("recipient", 16),
    sa.Column("partial_reason", sa.Text), id_("permit_id", 26), sa.Column("permit", sa.LargeBinary),
    sa.Column("permit_sig", sa.LargeBinary), ms("expires_at"), ms("prepared_at"), ms("handed_at"),
    ms("received_at"), id_("signature_blob", 64), sa.Column("receipt_no", sa.Text), id_("discrepancy_id", 26),
    ms("reversed_at"), id_("reversed_by", 16), id_("reversed_second", 16), sa.Column("reversed_reason", sa.Text),
    sa.Column("assigned_window", sa.Text), sa.Column("waybill", sa.LargeBinary),
)  # fmt: skip
handover_line = sa.Table(
    "handover_line", md, id_("handover_id", 26, primary_key=True), id_("article_id", 26, primary_key=True),
    sa.Column("position", sa.Integer), id_("unit_id"), id_("batch_id"), sa.Column("first_no", sa.BigInteger),
    sa.Column("quantity", sa.Integer), sa.Column("live", sa.Boolean, nullable=False),
)  # fmt: skip
_open, _live = handover.c.state == "PREPARED", handover_line.c.live.is_(True)
sa.Index("one_open_handover", handover.c.case_id, unique=True, sqlite_where=_open, postgresql_where=_open)
sa.Index("one_open_window", handover.c.site_id, handover.c.window, unique=True, sqlite_where=_open,
         postgresql_where=_open)  # fmt: skip
sa.Index("article_once", handover_line.c.article_id, unique=True, sqlite_where=_live, postgresql_where=_live)
discrepancy = sa.Table(
    "discrepancy", md, id_("id", 26, primary_key=True), id_("site_id", nullable=False), id_("handover_id", 26),
    id_("subject", 16), id_("subject_id"), id_("kind", 120), id_("state", 10, nullable=False), version(),
    id_("owner", 16), ms("at"), sa.Column("body", sa.LargeBinary), sa.Column("goods", sa.LargeBinary),
    ms("settled_at"), id_("settled_by", 16), id_("second_ref", 16), id_("resolution", 20),
    sa.Column("words", sa.Text),
)  # fmt: skip
sa.Index("discrepancy_by_time", discrepancy.c.site_id, discrepancy.c.at)
