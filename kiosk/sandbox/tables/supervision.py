"""Tables of supervision: what kind of hall it is, and who is on duty on which day."""

import sqlalchemy as sa

from .base import id_, md, ms, version

hall_setting = sa.Table("hall_setting", md, id_("site_id", primary_key=True), id_("tier", 8, nullable=False))
roster = sa.Table(
    "roster", md, id_("site_id", primary_key=True), id_("day", 10, primary_key=True), version(), ms("at"),
    id_("by_ref", 16),
)  # fmt: skip
roster_line = sa.Table(
    "roster_line", md, id_("site_id", primary_key=True), id_("day", 10, primary_key=True),
    id_("staff_ref", 16, primary_key=True), id_("duty", 10, nullable=False), id_("window"),
)  # fmt: skip
