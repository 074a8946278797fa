"""One check of a person, good for every department. The simulated authority's rules are data that anybody can see."""

import sqlalchemy as sa

from kiosk.contracts import platform_api as api

from . import consent_ledger
from . import tables as t
from .call import Call, Reply
from .moments import HOUR, MINUTE, maybe, ms_of
from .platform import Platform
from .refusal import Refused, invalid
from .transaction import Tx

VALID_MS = 8 * HOUR
RECOGNISED_BY = ("samr", "police", "tax", "hrss")
CARD_FRESH_MS = 15 * MINUTE

# A word in the name → result and reason: how a training case is made to fail.
RULES = {
    "不符": ("FAILED", "face-mismatch"),
    "待核": ("REVIEW", "authority-review"),
    "查无": ("FAILED", "unknown-person"),
}
_JPEG = b"\xff\xd8\xff"


def post_verification(platform: Platform, call: Call, tx: Tx) -> Reply:
    """Verify; the picture is looked at in memory and never kept."""
    asked = call.body(api.VerifyPerson)
    if call.caller.on_duty and "clerk" not in call.caller.roles and asked.method != "in_person":
        raise Refused("forbidden")  # a helper may vouch for a person, never lay the card or the face for one (R56)
    _check_method(call, tx, asked)
    result, reason = _judge(asked)
    expires = tx.now + VALID_MS if result == "PASSED" else None
    person = platform.person(asked.person.cert_type, asked.person.cert_no)
    row = {
        "id": asked.id, "terminal_id": call.caller.terminal_id, "site_id": call.caller.site_id,
        "person": person, "result": result,
        "method": asked.method, "reason": reason, "by_ref": asked.by, "expires_at": expires, "made_at": tx.now,
    }  # fmt: skip
    if not platform.store.insert_new(tx.c, t.verification, row):
        raise Refused("id-taken")
    _record_consents(call, tx, asked, person)
    return Reply(201, answer(tx, asked.id))


def _record_consents(call: Call, tx: Tx, asked: api.VerifyPerson, person: str) -> None:
    for kind in ("identity", *(["face"] if asked.consent.face else [])):
        consent_ledger.record(
            tx, kind, asked.consent.at, person=person, verification_id=asked.id, site_id=call.caller.site_id,
            terminal_id=call.caller.terminal_id, text_version=asked.consent.text_version,
        )  # fmt: skip


def get_verification(call: Call, tx: Tx) -> Reply:
    """An earlier verification: for its own terminal, and for people on duty in the same hall."""
    row = _row(tx, call.path["verification_id"])
    mine = row is not None and row.terminal_id == call.caller.terminal_id
    ours = row is not None and call.caller.on_duty and row.site_id == call.caller.site_id
    if row is None or not (mine or ours):
        raise Refused("not-found")
    return Reply(200, answer(tx, row.id))


def answer(tx: Tx, verification_id: str) -> api.Verification:
    """The authority's word on the wire."""
    row = _row(tx, verification_id)
    if row is None:
        raise Refused("not-found")
    recognised = RECOGNISED_BY if row.result == "PASSED" else ()
    return api.Verification(
        row.id, row.result, row.method, "reference authority", maybe(row.expires_at), row.reason, recognised
    )


def holds(tx: Tx, verification_id: str | None, person: str) -> str | None:
    """None when this verification stands for this person now, else the problem's slug."""
    row = None if verification_id is None else _row(tx, verification_id)
    if row is None or row.result != "PASSED" or row.person != person or row.revoked_at is not None:
        return "verification-required"
    return None if row.expires_at > tx.now else "verification-expired"


def person_of(tx: Tx, verification_id: str) -> str | None:
    """The digest of the person a passed verification speaks of."""
    row = _row(tx, verification_id)
    return row.person if row is not None and row.result == "PASSED" and row.revoked_at is None else None


def person_here(tx: Tx, terminal_id: str, verification_id: str) -> str | None:
    """The same, where this terminal made the verification and it still holds."""
    row = _row(tx, verification_id)
    if row is None or row.terminal_id != terminal_id or row.expires_at is None or row.expires_at <= tx.now:
        return None
    return person_of(tx, verification_id)


def _row(tx: Tx, verification_id: str) -> "sa.Row[tuple[str, ...]] | None":
    return tx.c.execute(sa.select(t.verification).where(t.verification.c.id == verification_id)).first()


def _check_method(call: Call, tx: Tx, asked: api.VerifyPerson) -> None:
    if asked.face_jpeg is not None and not asked.consent.face:
        raise Refused("consent-required")
    if asked.method == "in_person":
        if asked.by is None or asked.by != call.caller.staff_ref or _of_that_name(tx, asked.by, asked.person.name):
            raise Refused("forbidden")  # nobody stands for the own person
        return
    if asked.card is None:
        raise invalid("/card", "required")
    if abs(tx.now - ms_of(asked.card.read_at)) > CARD_FRESH_MS:
        raise invalid("/card/read_at", "card must have been read just now")
    if asked.method == "card_face":
        if not asked.consent.face:
            raise Refused("consent-required")
        if asked.face_jpeg is None:
            raise invalid("/face_jpeg", "required")


def _of_that_name(tx: Tx, staff_ref: str, name: str) -> bool:
    own = tx.c.execute(sa.select(t.staff.c.name).where(t.staff.c.ref == staff_ref)).scalar()
    return "".join((own or "").split()).casefold() == "".join(name.split()).casefold()


def _judge(asked: api.VerifyPerson) -> tuple[str, str]:
    if asked.method == "card_face" and not (asked.face_jpeg or b"").startswith(_JPEG):
        return "FAILED", "picture-unreadable"
    return judge_person(asked.person.name)


def judge_person(name: str) -> tuple[str, str]:
    """The simulated authority's word on a person, where no picture is compared."""
    for word, judged in RULES.items():
        if word in name:
            return judged
    return "PASSED", ""
