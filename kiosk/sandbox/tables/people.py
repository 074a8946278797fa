"""Tables of the people before the counter: sessions, links, signatures, materials, consents, messages to phones."""

import sqlalchemy as sa

from .base import id_, md, ms, row_id, version

citizen_session = sa.Table(
    "citizen_session", md, id_("token", 64, primary_key=True), id_("terminal_id", nullable=False),
    id_("person", 64, nullable=False), id_("verification_id", 26, nullable=False), ms("opened_at"), ms("expires_at"),
    ms("latest"),
)  # fmt: skip
sight = sa.Table(
    "sight", md, id_("terminal_id", primary_key=True), id_("case_id", 26, primary_key=True), ms("granted_at"),
    ms("until"),
)  # fmt: skip
resume_code = sa.Table(
    "resume_code", md, id_("slip_code", 8, primary_key=True), id_("case_id", 26), id_("code", 64), ms("sent_at"),
    ms("expires_at"), sa.Column("tries", sa.Integer, nullable=False), ms("locked_until"),
)  # fmt: skip
signing_link = sa.Table(
    "signing_link", md, id_("id", 26, primary_key=True), id_("token", 64, unique=True, nullable=False),
    id_("case_id", 26, nullable=False), id_("ref", 8), id_("person", 64, nullable=False),
    id_("state", 12, nullable=False), sa.Column("tries", sa.Integer, nullable=False), ms("made_at"), ms("expires_at"),
    id_("terminal_id"), id_("by", 16),
)  # fmt: skip
_open_link = signing_link.c.state == "OPEN"
sa.Index("one_open_link", signing_link.c.case_id, signing_link.c.person, unique=True, sqlite_where=_open_link,
         postgresql_where=_open_link)  # fmt: skip
remote_signature = sa.Table(
    "remote_signature", md, id_("id", 26, primary_key=True), id_("link_id", 26, unique=True, nullable=False),
    id_("case_id", 26, nullable=False), id_("person", 64, nullable=False), id_("verification_id", 26),
    id_("content", 64, nullable=False), sa.Column("png", sa.LargeBinary, nullable=False), ms("signed_at"),
)  # fmt: skip
sa.Index("signature_of_case", remote_signature.c.case_id)
upload_link = sa.Table(
    "upload_link", md, id_("id", 26, primary_key=True), id_("token", 64, unique=True, nullable=False),
    id_("case_id", 26, nullable=False), id_("type"), id_("state", 12, nullable=False), id_("material_id", 26),
    ms("made_at"), ms("expires_at"), id_("terminal_id"), id_("by", 16),
)  # fmt: skip
material = sa.Table(
    "material", md, id_("id", 26, primary_key=True), id_("case_id", 26, nullable=False), id_("type", nullable=False),
    id_("state", 12, nullable=False), version(), id_("sha256", 64, nullable=False), id_("holder"),
    id_("media_type"), sa.Column("pages", sa.Integer), id_("source", 16), ms("captured_at"), ms("made_at"),
    ms("recognised_at"), id_("recognised_by", 16), sa.Column("reason", sa.Text), ms("consented_at"),
)  # fmt: skip
sa.Index("material_of_case", material.c.case_id)
sa.Index("material_by_content", material.c.sha256)
material_request = sa.Table(
    "material_request", md, id_("id", 26, primary_key=True), id_("case_id", 26, nullable=False), id_("type"),
    id_("item", 10), sa.Column("text", sa.Text), sa.Column("basis", sa.Text), id_("state", 12, nullable=False),
    id_("by", 16), ms("at"),
)  # fmt: skip
_open_request = material_request.c.state == "OPEN"
sa.Index("one_open_request", material_request.c.case_id, material_request.c.type, unique=True,
         sqlite_where=_open_request, postgresql_where=_open_request)  # fmt: skip
duplicate_demand = sa.Table(  # somebody tried to ask again for what is held: refused, and counted (R71)
    "duplicate_demand", md, id_("id", 80, primary_key=True), id_("site_id"), id_("case_id", 26), id_("item", 10),
    id_("type"), id_("by", 16), id_("material_id", 26), ms("at"),
)  # fmt: skip
library_document = sa.Table(  # the simulated library of electronic certificates (电子证照库)
    "library_document", md, id_("id", 26, primary_key=True), id_("uscc", 18, nullable=False), id_("type"),
    id_("sha256", 64), id_("issuer", 64), ms("issued_at"), ms("valid_until"), id_("cert_no", 40),
    sa.Column("holder_name", sa.Text), sa.Column("about", sa.Text),
)  # fmt: skip
sa.Index("library_by_company", library_document.c.uscc)
sa.Index("library_by_person", library_document.c.cert_no)
consent = sa.Table(
    "consent", md, id_("id", 26, primary_key=True), id_("person", 64, nullable=False), id_("kind", 12),
    id_("verification_id", 26, nullable=False), id_("site_id"), id_("terminal_id"),
    sa.Column("text_version", sa.Integer), ms("given_at"), ms("withdrawn_at"), sa.Column("receipt", sa.LargeBinary),
)  # fmt: skip
sa.Index("consent_by_person", consent.c.person)
personal_message = sa.Table(
    "personal_message", md, sa.Column("id", row_id, primary_key=True, autoincrement=True), ms("at"),
    id_("case_id", 26), id_("template"), id_("person", 64), id_("phone", 16), sa.Column("value", sa.Text),
)  # fmt: skip
helper_act = sa.Table(
    "helper_act", md, sa.Column("id", row_id, primary_key=True, autoincrement=True), ms("at"), id_("staff_ref", 16),
    id_("terminal_id"), id_("op"), id_("case_id", 26), id_("assistance_id", 26),
)  # fmt: skip
