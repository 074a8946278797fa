"""Tables of the custody store's paper work: receipts, transfers, counts, levels, and the head of the ledger."""

import sqlalchemy as sa

from .base import id_, md, ms, version

receipt = sa.Table(
    "stock_receipt", md, id_("id", 26, primary_key=True), id_("site_id", nullable=False), id_("custodian"),
    id_("kind", 20), sa.Column("quantity", sa.Integer), id_("batch_id"), id_("document_ref", 64), id_("by", 16),
    id_("second_ref", 16), ms("at"),
)  # fmt: skip
# Ranges of one invoice code never overlap, in whichever hall. No key can say that of ranges, so whoever brings in
# numbers of a code holds the code's row until the commit: the second looks only when the first is through.
invoice_code = sa.Table("invoice_code", md, id_("code", 12, primary_key=True), sa.Column("receipts", sa.Integer))
transfer = sa.Table(
    "stock_transfer", md, id_("id", 26, primary_key=True), id_("site_id", nullable=False), id_("custodian"),
    id_("to_site_id", nullable=False), id_("to_custodian"), id_("state", 10, nullable=False), version(),
    id_("sent_by", 16), ms("sent_at"), id_("received_by", 16), ms("received_at"), id_("discrepancy_id", 26),
)  # fmt: skip
sa.Index("transfer_by_time", transfer.c.state, transfer.c.sent_at)
transfer_line = sa.Table(
    "stock_transfer_line", md, id_("transfer_id", 26, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True), id_("unit_id"), id_("batch_id"),
    sa.Column("first_no", sa.BigInteger), sa.Column("quantity", sa.Integer), sa.Column("received", sa.Integer),
)  # fmt: skip
count = sa.Table(
    "stock_count", md, id_("id", 26, primary_key=True), id_("site_id", nullable=False), id_("location"),
    id_("state", 10, nullable=False), version(), ms("counted_at"), ms("at"), id_("by", 16), id_("digest", 64),
    sa.Column("expected", sa.Integer), sa.Column("findings", sa.LargeBinary), ms("closed_at"), id_("closed_by", 16),
    id_("second_ref", 16), id_("outcome", 12), id_("discrepancy_id", 26),
)  # fmt: skip
sa.Index("count_by_time", count.c.site_id, count.c.at)
shift = sa.Table(
    "shift_handover", md, id_("id", 26, primary_key=True), id_("site_id", nullable=False),
    id_("window", nullable=False), id_("state", 10, nullable=False), version(), id_("outgoing", 16),
    id_("incoming", 16), ms("counted_at"), ms("offered_at"), ms("taken_at"), id_("digest", 64),
    sa.Column("expected", sa.Integer), sa.Column("findings", sa.LargeBinary), sa.Column("open_lines", sa.LargeBinary),
    sa.Column("quantity", sa.Integer), id_("count_id", 26), id_("discrepancy_id", 26),
)  # fmt: skip
_offered = shift.c.state == "OFFERED"
sa.Index("one_offered_shift", shift.c.site_id, shift.c.window, unique=True, sqlite_where=_offered,
         postgresql_where=_offered)  # fmt: skip
sa.Index("shift_by_window", shift.c.site_id, shift.c.window, shift.c.taken_at)
threshold = sa.Table(
    "stock_threshold", md, id_("site_id", primary_key=True), id_("kind", 20, primary_key=True),
    sa.Column("low_below", sa.Integer, nullable=False), sa.Column("low", sa.Boolean, nullable=False), version(),
)  # fmt: skip
ledger_head = sa.Table("stock_ledger_head", md, id_("site_id", primary_key=True), sa.Column("seq", sa.BigInteger))
