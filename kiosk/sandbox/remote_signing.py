"""Signing on a phone of one's own: the invitation, what the holder of the link sees, and the signature (R19)."""

import secrets
from functools import partial
from typing import Any

import sqlalchemy as sa

from kiosk.contracts import platform_api as api
from kiosk.contracts.platform_api import signatures as wire
from kiosk.domain.private import mask_name

from . import consent_ledger, contents, departments, personal_messages, reach, signatures, verifications
from . import tables as t
from .call import Call, Reply
from .case_views import form_of
from .casework import CaseWork
from .handling import Handlers, of_rows
from .identity import digest
from .moments import DAY, HOUR, at
from .platform import Platform
from .refusal import Refused, invalid
from .states import SIGNING_LINK
from .transaction import Tx

GOOD_MS = 72 * HOUR
BY_PHONE = "phone"  # stands for the terminal where there is none
_WRONG = 5
_PER_DAY = 5  # messages to one person about one case
_TO_BE_SIGNED = ("DRAFT", "SIGNING")


def invite_signer(platform: Platform, call: Call, tx: Tx) -> Reply:
    """A link for one person, who gets it by message; the one before is good no more."""
    asked = call.body(wire.InviteSigner)
    work = reach.open_case(tx, call.caller, call.path["case_id"])
    if work.state not in _TO_BE_SIGNED:
        raise Refused("too-late", state=work.state)
    form = form_of(work.row)
    one = next((p for p in form.people if p.ref == asked.ref and p.cert_type != "uscc"), None)
    if one is None or not (one.name and one.cert_no and one.phone):
        raise invalid("/ref", "a person of the case with name, number and phone")
    person = platform.person(one.cert_type, one.cert_no)
    column = t.signing_link.c
    of_person = sa.and_(column.case_id == work.id, column.person == person)
    lately = sa.select(sa.func.count()).where(of_person, column.made_at > tx.now - DAY)
    if tx.c.execute(lately).scalar_one() >= _PER_DAY:
        raise Refused("rate-limited", retry_after=HOUR // 1000)
    replaced = sa.update(t.signing_link).where(of_person, column.state == "OPEN")
    tx.c.execute(replaced.values(state=SIGNING_LINK.after("OPEN", "replace")))
    token, until = secrets.token_urlsafe(32), tx.now + GOOD_MS
    row = {
        "id": asked.id, "token": digest(token), "case_id": work.id, "ref": one.ref, "person": person,
        "state": SIGNING_LINK.initial, "tries": 0, "made_at": tx.now, "expires_at": until,
        "terminal_id": call.caller.terminal_id, "by": call.caller.staff_ref,
    }  # fmt: skip
    if not platform.store.insert_new(tx.c, t.signing_link, row):
        raise Refused("id-taken")
    path = f"/phone/sign/{token}"
    personal_messages.send(tx, work.id, "sign_invitation", person, one.phone, path)
    before = work.state
    signatures.look_out(tx, work, form, call.caller.role)
    if work.state != before:
        work.save()
    signatures.tell_hall(tx, work, one.ref, person)
    state: Any = work.state
    return Reply(201, wire.SigningLink(asked.id, one.ref, path, at(until), state, work.version))


def get_signing_page(call: Call, tx: Tx) -> Reply:
    """For whoever holds the link: what would be signed, everybody in it masked."""
    return Reply(200, page(tx, call.path["token"]))


def page(tx: Tx, token: str) -> wire.SigningPage:
    """The same, for the page on the phone."""
    link = _link(tx, token)
    work = CaseWork.look(tx, link.case_id)
    if work.state not in _TO_BE_SIGNED:
        raise Refused("too-late")
    form = form_of(work.row)
    one = form.fields
    hall = tx.c.execute(sa.select(t.site.c.name).where(t.site.c.id == work.row.site_id)).scalar_one()
    people = tuple(
        wire.SigningPerson(
            p.name if p.cert_type == "uscc" else mask_name(p.name), p.roles, p.subscribed, p.ref == link.ref
        )
        for p in form.people
    )
    return wire.SigningPage(
        work.row.name_full or "", one.company_type or "", one.registered_capital or "", one.domicile_address,
        form.items, tuple(line.name for line in form.business_scope), people, hall, at(link.expires_at),
    )  # fmt: skip


def _link(tx: Tx, token: str) -> Any:
    row = tx.c.execute(sa.select(t.signing_link).where(t.signing_link.c.token == digest(token))).first()
    if row is None or row.state == "CLOSED":
        raise Refused("not-found")
    if row.state == "USED":
        raise Refused("code-used")
    if row.state == "REPLACED" or row.expires_at <= tx.now:
        raise Refused("code-expired")
    return row


def sign_remotely(platform: Platform, call: Call, tx: Tx) -> Reply:
    """The invited person signs. Anybody else gets the answer of a wrong link, and the fifth such try closes it."""
    asked, link = call.body(wire.SignRemotely), _link(tx, call.path["token"])
    work = CaseWork.open(tx, link.case_id)
    link = _link(tx, call.path["token"])  # again behind the case's lock
    if work.state not in _TO_BE_SIGNED:
        raise Refused("too-late")
    if not asked.consent.agreed:
        raise Refused("consent-required")
    if not contents.is_signature(asked.signature_png):
        raise invalid("/signature_png", "a PNG with a signature on it")
    form = form_of(work.row)
    me = next((p for p in form.people if platform.person(p.cert_type, p.cert_no) == link.person), None)
    given = platform.person(asked.person.cert_type, asked.person.cert_no)
    if me is None or given != link.person or asked.person.name.strip() != me.name.strip():
        raise Refused("not-found", aftermath=partial(_count_wrong, link_id=link.id))
    result, reason = verifications.judge_person(asked.person.name)
    if result != "PASSED":
        raise Refused("verification-required", reason=reason)
    content = _keep(tx, work, link, asked, form)
    signatures.tell_hall(tx, work, me.ref, link.person)
    if not signatures.standing(platform, tx, work.row, form).missing:
        departments.tell(tx, work.id, "all_signed")
    return Reply(201, wire.SignedRemotely(at(tx.now), content, work.row.name_full or ""))


def _keep(tx: Tx, work: CaseWork, link: Any, asked: wire.SignRemotely, form: api.Form) -> str:
    column = t.signing_link.c
    used = sa.update(t.signing_link).where(column.id == link.id, column.state == "OPEN")
    if tx.c.execute(used.values(state=SIGNING_LINK.after(link.state, "sign"))).rowcount != 1:
        raise Refused("code-used")
    check, content = tx.new_id(), signatures.signed_content(form)
    tx.c.execute(
        t.verification.insert().values(
            id=check, terminal_id=BY_PHONE, site_id=work.row.site_id, person=link.person, result="PASSED",
            method="phone", reason="", made_at=tx.now, expires_at=tx.now + verifications.VALID_MS,
        )
    )  # fmt: skip
    tx.c.execute(
        t.remote_signature.insert().values(
            id=tx.new_id(), link_id=link.id, case_id=work.id, person=link.person, verification_id=check,
            content=content, png=asked.signature_png, signed_at=tx.now,
        )
    )  # fmt: skip
    for kind in ("identity", "signature"):
        consent_ledger.record(
            tx, kind, asked.consent.at, person=link.person, verification_id=check, site_id=work.row.site_id,
            terminal_id=BY_PHONE, text_version=asked.consent.text_version,
        )  # fmt: skip
    return content


def _count_wrong(tx: Tx, link_id: str) -> None:
    column = t.signing_link.c
    mine = sa.and_(column.id == link_id, column.state == "OPEN")
    tx.c.execute(sa.update(t.signing_link).where(mine).values(tries=column.tries + 1))
    closing = sa.update(t.signing_link).where(mine, column.tries >= _WRONG)
    if tx.c.execute(closing.values(state=SIGNING_LINK.after("OPEN", "close"))).rowcount == 1:
        row = tx.c.execute(sa.select(t.signing_link).where(column.id == link_id)).one()
        signatures.tell_hall(tx, CaseWork.look(tx, row.case_id), row.ref, row.person)


HANDLERS: Handlers = {
    "inviteSigner": invite_signer,
    "getSigningPage": of_rows(get_signing_page),
    "signRemotely": sign_remotely,
}
