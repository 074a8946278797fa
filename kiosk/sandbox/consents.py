"""The ledger of consents (N8): what was agreed to, when, over which text, where; and what a withdrawal deletes.

A withdrawal really deletes what it names. What the law wants kept is kept, and the receipt says why.
"""

from typing import Any

import msgspec
import sqlalchemy as sa

from kiosk.contracts.platform_api import visits as wire

from . import case_views, citizen_sessions
from . import tables as t
from .call import Call, Reply
from .casework import CaseWork
from .handling import Handlers, of_rows
from .moments import at, maybe
from .refusal import Refused
from .transaction import Tx

_STILL_OPEN = ("DRAFT", "SIGNING")


def list_consents(call: Call, tx: Tx) -> Reply:
    """Everything the person in front of this terminal has agreed to, anywhere."""
    asked = call.body(wire.SearchConsents)
    person = citizen_sessions.open_person(tx, call, asked.verification_id)
    column = t.consent.c
    rows = tx.c.execute(
        sa.select(t.consent).where(column.person == person).order_by(column.given_at.desc(), column.id.desc())
    )
    return Reply(200, wire.Consents(tuple(_told(row) for row in rows)))


def _told(row: Any) -> wire.Consent:
    return wire.Consent(
        row.id, row.kind, at(row.given_at), row.text_version, row.terminal_id, row.verification_id,
        maybe(row.withdrawn_at),
    )  # fmt: skip


def withdraw_consent(call: Call, tx: Tx) -> Reply:
    """Once; whoever asks again gets the same receipt."""
    asked = call.body(wire.WithdrawConsent)
    row = tx.c.execute(sa.select(t.consent).where(t.consent.c.id == call.path["id"]).with_for_update()).first()
    if row is None or not _may(call, tx, asked, row):
        raise Refused("not-found")
    if row.withdrawn_at is not None:
        return Reply(200, msgspec.json.decode(row.receipt, type=wire.DeletionReceipt))
    deleted, kept = _delete_signature(tx, row)
    if row.kind != "signature":
        more, why = _delete_verification(tx, row)
        deleted, kept = deleted + more, kept + why
    receipt = wire.DeletionReceipt(
        row.id, row.kind, at(tx.now), tuple(dict.fromkeys(deleted)), tuple(dict.fromkeys(kept)),
        _never_kept(row.kind),
    )  # fmt: skip
    for one in _with_it(tx, row):
        own = msgspec.structs.replace(receipt, id=one.id, kind=one.kind, never_kept=_never_kept(one.kind))
        done = sa.update(t.consent).where(t.consent.c.id == one.id)
        tx.c.execute(done.values(withdrawn_at=tx.now, receipt=msgspec.json.encode(own)))
    return Reply(200, receipt)


def _never_kept(kind: str) -> tuple[str, ...]:
    return ("face_picture",) if kind == "face" else ()


def _with_it(tx: Tx, row: Any) -> list[Any]:
    """Without the check of the person nothing that was agreed to beside it can stand."""
    column = t.consent.c
    same = column.id == row.id
    if row.kind == "identity":
        same = sa.and_(column.verification_id == row.verification_id, column.withdrawn_at.is_(None))
    return list(tx.c.execute(sa.select(t.consent).where(same).order_by(column.id)))


def _may(call: Call, tx: Tx, asked: wire.WithdrawConsent, row: Any) -> bool:
    if call.caller.on_duty:
        return bool(row.site_id == call.caller.site_id)
    if asked.verification_id is None:
        return False
    return bool(citizen_sessions.open_person(tx, call, asked.verification_id) == row.person)


def _delete_signature(tx: Tx, row: Any) -> tuple[list[str], list[str]]:
    """The signature given from a phone under this verification, while its case is still open."""
    column = t.remote_signature.c
    deleted: list[str] = []
    kept: list[str] = []
    signed = sa.select(column.id, column.case_id).where(column.verification_id == row.verification_id)
    for one in tx.c.execute(signed).all():
        work = CaseWork.open(tx, one.case_id)
        if work.state not in _STILL_OPEN:
            kept.append("submitted_case")
            continue
        tx.c.execute(sa.delete(t.remote_signature).where(column.id == one.id))
        tx.changed(work.row.site_id, "signature", work.id, work.version)
        deleted.append("signature")
    return deleted, kept


def _delete_verification(tx: Tx, row: Any) -> tuple[list[str], list[str]]:
    """The check of the person: gone, or kept as evidence of an act that is done but good for nothing any more."""
    deleted = ["session"] if citizen_sessions.end_of(tx, row.verification_id) else []
    column = t.verification.c
    evidence = _evidence(tx, row)
    if evidence:
        revoked = sa.update(t.verification).where(column.id == row.verification_id, column.revoked_at.is_(None))
        tx.c.execute(revoked.values(revoked_at=tx.now))
        return deleted, evidence
    if tx.c.execute(sa.delete(t.verification).where(column.id == row.verification_id)).rowcount:
        deleted.append("verification")
    return deleted, []


def _evidence(tx: Tx, row: Any) -> list[str]:
    mine, person = t.case.c, t.case_person.c
    submitted = (
        sa.select(t.case)
        .join(t.case_person, person.case_id == mine.id)
        .where(person.person == row.person, mine.submitted_at.is_not(None))
    )
    kept = [
        "submitted_case"
        for case in tx.c.execute(submitted)
        if any(one.verification_id == row.verification_id for one in case_views.form_of(case).people)
    ]
    hand = t.handover.c
    if tx.c.execute(sa.select(hand.id).where(hand.verification_id == row.verification_id)).first() is not None:
        kept.append("handover")
    signed = t.remote_signature.c
    if tx.c.execute(sa.select(signed.id).where(signed.verification_id == row.verification_id)).first() is not None:
        kept.append("submitted_case")  # what is left of signatures belongs to submitted cases
    return kept


HANDLERS: Handlers = {"listConsents": of_rows(list_consents), "withdrawConsent": of_rows(withdraw_consent)}
