"""How a machine becomes a terminal: a technician draws a code on site, the machine applies with its own key, somebody
else compares the key and lets it in. No private key ever travels, and no one person can let a machine in."""

import secrets
from functools import partial
from typing import Any

import sqlalchemy as sa

from kiosk.contracts.platform_api import enrolment as wire

from . import inventory, states, terminals
from . import tables as t
from .call import Call, Reply
from .certificates import Asked, Authority, Issued, read_request
from .handling import Handlers, of_rows
from .identity import digest
from .moments import DAY, MINUTE, at, maybe
from .platform import Platform
from .refusal import Refused, invalid
from .signing import Signer
from .transaction import Tx

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_CODE_MS = DAY
_POLL_S = 5
_WRONG, _WITHIN_MS = 20, 15 * MINUTE  # so many wrong codes in so long a time, and nobody may try for the rest of it
_WRONG_CODES = "wrong_enrolment_codes"  # in meta: how many, since when
_PAGE = 50
_IDS = {"SELF_SERVICE": "kiosk", "WINDOW": "window", "BACK_OFFICE": "office"}


def draw_enrolment_code(call: Call, tx: Tx) -> Reply:
    """A code for one machine of this hall. Only its digest is kept."""
    asked = call.body(wire.DrawEnrolmentCode)
    if asked.site_id != call.caller.site_id:
        raise Refused("not-found")
    if (asked.kind == "WINDOW") != (asked.window_id is not None):
        raise invalid("/window_id", "for a terminal of kind WINDOW, and only for one")
    if asked.window_id is not None:
        terminals.refuse_taken_window(tx, asked.site_id, asked.window_id)
    word = "".join(secrets.choice(_LETTERS) for _ in range(8))
    code, expires = f"{word[:4]}-{word[4:]}", tx.now + _CODE_MS
    tx.c.execute(
        t.enrolment_code.insert().values(
            digest=digest(code), site_id=asked.site_id, kind=asked.kind, window_id=asked.window_id, note=asked.note,
            drawn_by=call.caller.staff_ref, drawn_at=tx.now, expires_at=expires,
        )
    )  # fmt: skip
    return Reply(201, wire.EnrolmentCodeDrawn(code, at(expires)))


def apply_for_enrolment(platform: Platform, call: Call, tx: Tx) -> Reply:
    """The code is used up, the terminal exists and waits for a second person."""
    asked = call.body(wire.ApplyForEnrolment)
    _refuse_guessing(tx)
    code = _use_code(platform, tx, asked.code)
    key = read_request(asked.csr_pem)
    _refuse_known_key(tx, key.sha256, "")
    terminal_id = f"{_IDS[code.kind]}-{tx.next_number('terminal'):04d}"
    tx.c.execute(
        t.terminal.insert().values(
            id=terminal_id, site_id=code.site_id, kind=code.kind, window_id=code.window_id, mode="NORMAL",
            state=states.TERMINAL.after(states.TERMINAL.initial, "apply"), serial=asked.serial, note=code.note,
        )
    )  # fmt: skip
    enrolment_id, nonce = tx.new_id(), secrets.token_urlsafe(32)
    tx.c.execute(
        t.enrolment.insert().values(
            id=enrolment_id, site_id=code.site_id, terminal_id=terminal_id, state="PENDING", version=1,
            nonce=digest(nonce), drawn_by=code.drawn_by, public_key=key.der, key_sha256=key.sha256,
            serial=asked.serial, vendor=asked.hardware.vendor, model=asked.hardware.model,
            software=f"{asked.software.name} {asked.software.version}", applied_at=tx.now,
        )
    )  # fmt: skip
    tx.changed(code.site_id, "terminal", terminal_id, 1)
    tx.changed(code.site_id, "enrolment", enrolment_id, 1)
    return Reply(202, wire.EnrolmentApplied(enrolment_id, nonce, _POLL_S, key.sha256))


def _refuse_guessing(tx: Tx) -> None:
    # Whoever applies has no name yet, so all who guess are counted together.
    count, since = _wrong_codes(tx)
    if count >= _WRONG and (left := since + _WITHIN_MS - tx.now) > 0:
        raise Refused("rate-limited", retry_after=left // 1000 + 1)


def _wrong_codes(tx: Tx) -> tuple[int, int]:
    kept = tx.c.execute(sa.select(t.meta.c.value).where(t.meta.c.key == _WRONG_CODES).with_for_update()).scalar()
    count, _, since = (kept or "0 0").partition(" ")
    return (int(count), int(since)) if int(since) > tx.now - _WITHIN_MS else (0, tx.now)


def _count_wrong(platform: Platform, tx: Tx) -> None:
    platform.store.insert_new(tx.c, t.meta, {"key": _WRONG_CODES, "value": "0 0"})
    count, since = _wrong_codes(tx)
    tx.c.execute(sa.update(t.meta).where(t.meta.c.key == _WRONG_CODES).values(value=f"{count + 1} {since}"))


def _use_code(platform: Platform, tx: Tx, given: str) -> Any:
    column = t.enrolment_code.c
    mine = column.digest == digest(given)
    row = tx.c.execute(sa.select(t.enrolment_code).where(mine)).first()
    if row is None:
        raise Refused("not-found", aftermath=partial(_count_wrong, platform))
    if row.used_at is None and row.expires_at <= tx.now:
        raise Refused("code-expired")
    used = sa.update(t.enrolment_code).where(mine, column.used_at.is_(None)).values(used_at=tx.now)
    if tx.c.execute(used).rowcount != 1:
        raise Refused("code-used")
    return row


def _refuse_known_key(tx: Tx, key_sha256: str, terminal_id: str) -> None:
    # Two terminals with one key could not be told apart once one of them is revoked.
    held, asked = t.certificate.c, t.enrolment.c
    others = (
        sa.select(held.terminal_id).where(held.key_sha256 == key_sha256, held.terminal_id != terminal_id),
        sa.select(asked.terminal_id).where(
            asked.key_sha256 == key_sha256, asked.terminal_id != terminal_id, asked.state != "REJECTED"
        ),
    )
    if any(tx.c.execute(one).first() is not None for one in others):
        raise Refused("id-taken")


def get_enrolment(platform: Platform, call: Call, tx: Tx) -> Reply:
    """For who knows the nonce; for anybody else there is no such application."""
    row = tx.c.execute(sa.select(t.enrolment).where(t.enrolment.c.id == call.path["id"])).first()
    if row is None or not secrets.compare_digest(row.nonce, digest(call.headers["Enrolment-Nonce"])):
        raise Refused("not-found")
    if row.state != "APPROVED":
        return Reply(200, wire.Enrolment(row.id, row.state, _POLL_S if row.state == "PENDING" else 0))
    terminal = tx.c.execute(sa.select(t.terminal).where(t.terminal.c.id == row.terminal_id)).one()
    own = t.certificate.c.sha256 == row.certificate
    keys = (*platform.config_signers, *platform.directive_signers, Signer("permit", platform.permit_key))
    answer = wire.Enrolment(
        row.id, "APPROVED", 0, terminal.id, terminal.site_id, terminal.kind, terminal.window_id,
        cert_pem=tx.c.execute(sa.select(t.certificate.c.pem).where(own)).scalar_one(), ca_pem=Authority.of(tx.c).pem,
        config_keys=tuple(key.known() for key in keys),
    )  # fmt: skip
    return Reply(200, answer)


def list_enrolments(call: Call, tx: Tx) -> Reply:
    """Newest first."""
    column, limit = t.enrolment.c, int(call.query.get("limit", _PAGE))
    wanted = _with_terminal().where(column.site_id == call.caller.site_id)
    if "state" in call.query:
        wanted = wanted.where(column.state == call.query["state"])
    if "cursor" in call.query:
        applied, _, enrolment_id = call.query["cursor"].partition(".")
        earlier = sa.and_(column.applied_at == int(applied), column.id < enrolment_id)
        wanted = wanted.where(sa.or_(column.applied_at < int(applied), earlier))
    rows = tx.c.execute(wanted.order_by(column.applied_at.desc(), column.id.desc()).limit(limit + 1)).all()
    more = f"{rows[limit - 1].applied_at}.{rows[limit - 1].id}" if len(rows) > limit else None
    return Reply(200, wire.Enrolments(tuple(_line(row) for row in rows[:limit]), more))


def approve_enrolment(call: Call, tx: Tx) -> Reply:
    """The certificate is made now, for the key that was compared."""
    row = _undecided(call, tx)
    if call.body(wire.ApproveEnrolment).key_sha256 != row.key_sha256:
        raise invalid("/key_sha256", "the digest of another key")
    terminal = inventory.opened(tx, row.terminal_id, row.site_id)
    state = inventory.moved(terminal, "approve")
    made = certify(tx, terminal, Asked(row.public_key, row.key_sha256))
    inventory.change(tx, terminal, state=state)
    return _decided(call, tx, row, state="APPROVED", certificate=made.sha256)


def reject_enrolment(call: Call, tx: Tx) -> Reply:
    """Turned away: the window is free again, the key may come back with another code."""
    row = _undecided(call, tx)
    terminal = inventory.opened(tx, row.terminal_id, row.site_id)
    inventory.change(tx, terminal, state=inventory.moved(terminal, "reject"))
    return _decided(call, tx, row, state="REJECTED", reason=call.body(wire.RejectEnrolment).reason)


def certify(tx: Tx, terminal: Any, key: Asked) -> Issued:
    """A certificate for a terminal, known here from now on."""
    made = Authority.of(tx.c).for_terminal(key.der, terminal.id, terminal.site_id, terminal.kind, tx.now)
    tx.c.execute(
        t.certificate.insert().values(
            sha256=made.sha256, terminal_id=terminal.id, serial=made.serial, key_sha256=key.sha256, pem=made.pem,
            issued_at=made.issued_at, expires_at=made.expires_at,
        )
    )  # fmt: skip
    return made


def renew_certificate(call: Call, tx: Tx) -> Reply:
    """From two thirds of the newest certificate's life on, so that a terminal has a month to do it."""
    column, me = t.certificate.c, call.caller.terminal_id
    mine = sa.select(t.certificate).where(column.terminal_id == me, column.revoked_at.is_(None))
    newest = tx.c.execute(mine.order_by(column.issued_at.desc()).limit(1)).first()
    if newest is None:
        raise Refused("forbidden")  # what never had one is enrolled
    begin = newest.issued_at + (newest.expires_at - newest.issued_at) * 2 // 3
    if tx.now < begin:
        raise Refused("too-early", retry_after=-(-(begin - tx.now) // 1000), renew_from=at(begin).isoformat())
    key = read_request(call.body(wire.RenewCertificate).csr_pem)
    _refuse_known_key(tx, key.sha256, me)
    terminal = tx.c.execute(sa.select(t.terminal).where(t.terminal.c.id == me)).one()
    made = certify(tx, terminal, key)
    answer = wire.CertificateIssued(made.pem, Authority.of(tx.c).pem, made.serial, at(made.expires_at))
    return Reply(201, answer)


def _undecided(call: Call, tx: Tx) -> Any:
    column = t.enrolment.c
    mine = sa.select(t.enrolment).where(column.id == call.path["id"], column.site_id == call.caller.site_id)
    row = tx.c.execute(mine.with_for_update()).first()
    if row is None:
        raise Refused("not-found")
    if row.drawn_by == call.caller.staff_ref:
        raise Refused("second-person-required")
    if row.state != "PENDING":
        raise Refused("too-late", state=row.state)
    call.expect(row.version)
    return row


def _decided(call: Call, tx: Tx, row: Any, **values: Any) -> Reply:
    mine = t.enrolment.c.id == row.id
    said = {"version": row.version + 1, "decided_at": tx.now, "decided_by": call.caller.staff_ref}
    tx.c.execute(sa.update(t.enrolment).where(mine).values(**said, **values))
    tx.changed(row.site_id, "enrolment", row.id, row.version + 1)
    now = tx.c.execute(_with_terminal().where(mine)).one()
    return Reply(200, _line(now), f"v{now.version}")


def _with_terminal() -> Any:
    terminal = t.terminal.c
    return sa.select(t.enrolment, terminal.kind, terminal.window_id, terminal.note).join(
        t.terminal, terminal.id == t.enrolment.c.terminal_id
    )


def _line(row: Any) -> wire.EnrolmentLine:
    return wire.EnrolmentLine(
        row.id, row.state, row.version, row.terminal_id, row.kind, row.drawn_by, row.key_sha256, row.serial,
        at(row.applied_at), row.window_id, row.note or "", row.vendor, row.model, row.software, row.decided_by,
        maybe(row.decided_at),
    )  # fmt: skip


HANDLERS: Handlers = {
    "drawEnrolmentCode": of_rows(draw_enrolment_code),
    "applyForEnrolment": apply_for_enrolment,
    "getEnrolment": get_enrolment,
    "listEnrolments": of_rows(list_enrolments),
    "approveEnrolment": of_rows(approve_enrolment),
    "rejectEnrolment": of_rows(reject_enrolment),
    "renewCertificate": of_rows(renew_certificate),
}
