"""Who of a case has signed: at a terminal, in the form, or from a phone, bound to what was signed (R19).

A signature from a phone counts as long as the form says what it said then. The form itself is never touched by it,
so that the terminal where somebody is writing meets no conflict.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa

from kiosk.contracts import platform_api as api
from kiosk.contracts.platform_api import case_parts
from kiosk.contracts.platform_api import signatures as wire

from . import completeness, reach
from . import tables as t
from .call import Call, Reply
from .case_views import form_of, issues_of
from .casework import CaseWork
from .handling import Handlers
from .moments import at, maybe
from .platform import Platform
from .transaction import Tx


def signed_content(form: api.Form) -> str:
    """The digest of what is signed: the form without signatures, phones and verifications, and without the verdict
    on the name, which comes from the platform and not from the signers."""
    people = tuple(
        msgspec.structs.replace(
            one, phone="", verification_id=None, verified_until=None, signature_blob=None, signed_at=None
        )
        for one in form.people
    )
    content = msgspec.structs.replace(form, people=people, name_verdict=None)
    return hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()


@dataclass(frozen=True, slots=True)
class Standing:
    """Everybody who has to sign, and how it stands."""

    signers: tuple[case_parts.Signer, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Who has still to sign."""
        return tuple(one.ref for one in self.signers if one.state != "SIGNED")

    @property
    def changed(self) -> tuple[str, ...]:
        """Who signed something that has changed since."""
        return tuple(one.ref for one in self.signers if one.state == "CHANGED")

    @property
    def verified_by_phone(self) -> frozenset[str]:
        """Whose identity was checked with the signature; and who, unsigned, is asked to do both on a phone: they are
        missing as signers and need not be named as unverified as well."""
        return frozenset(
            one.ref
            for one in self.signers
            if one.way == "phone" or (one.state != "SIGNED" and one.link_expires_at is not None)
        )


def standing(platform: Platform, tx: Tx, case: Any, form: api.Form) -> Standing:
    """How it stands with this form of a case; of a company that is there only the applicant signs. For a shareholder
    that is a company somebody signs at a terminal: links are for persons."""
    content = signed_content(form)
    signed, links = _signed(tx, case.id), _links(tx, case.id)
    found = []
    for one in completeness.acting(form, case.kind):
        if one.cert_type == "uscc":  # what its representative signed on a phone was for himself
            found.append(_signer(tx, one, content, [], None))
            continue
        person = platform.person(one.cert_type, one.cert_no)
        found.append(_signer(tx, one, content, signed.get(person, []), links.get(person)))
    return Standing(tuple(found))


def _signer(tx: Tx, one: api.PersonForm, content: str, signed: list[Any], link: Any) -> case_parts.Signer:
    until = None if link is None else maybe(link.expires_at)
    fitting = next((row for row in reversed(signed) if row.content == content), None)
    if fitting is not None:
        return case_parts.Signer(one.ref, "SIGNED", "phone", at(fitting.signed_at))
    if one.signature_blob is not None:
        return case_parts.Signer(one.ref, "SIGNED", "terminal", one.signed_at)
    if signed:
        return case_parts.Signer(one.ref, "CHANGED", "phone", at(signed[-1].signed_at), until)
    if link is None:
        return case_parts.Signer(one.ref, "WAITING")
    return case_parts.Signer(one.ref, "INVITED" if link.expires_at > tx.now else "EXPIRED", link_expires_at=until)


def _signed(tx: Tx, case_id: str) -> dict[str, list[Any]]:
    """The signatures of each person, oldest first, whose identity check of then was not taken back."""
    column, check = t.remote_signature.c, t.verification.c
    rows = tx.c.execute(
        sa.select(t.remote_signature)
        .join(t.verification, check.id == column.verification_id)
        .where(column.case_id == case_id, check.revoked_at.is_(None))
        .order_by(column.signed_at, column.id)
    )
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.person, []).append(row)
    return found


def _links(tx: Tx, case_id: str) -> dict[str, Any]:
    column = t.signing_link.c
    opened = sa.and_(column.case_id == case_id, column.state == "OPEN")
    return {row.person: row for row in tx.c.execute(sa.select(t.signing_link).where(opened))}


def look_out(tx: Tx, work: CaseWork, form: api.Form, by: str) -> None:
    """Nothing but signatures is missing and somebody was asked for one: the case waits for signatures."""
    if work.may("await_signatures") and _links(tx, work.id) and not issues_of(tx, work.row, form):
        work.move("await_signatures", by)


def tell_hall(tx: Tx, work: CaseWork, ref: str, person: str) -> None:
    """What the feed says of one signer: where to look. The version grows with every link and every end of one."""
    column = t.signing_link.c
    states = tx.c.execute(sa.select(column.state).where(column.case_id == work.id, column.person == person)).scalars()
    version = sum(1 if state == "OPEN" else 2 for state in states)
    tx.changed(work.row.site_id, "signature", f"{work.id}/{ref}", version)


def list_signatures(platform: Platform, call: Call, tx: Tx) -> Reply:
    """Everybody who has to sign, without names."""
    work = reach.look_at(tx, call.caller, call.path["case_id"])
    return Reply(200, wire.Signers(work.id, standing(platform, tx, work.row, form_of(work.row)).signers))


HANDLERS: Handlers = {"listSignatures": list_signatures}
