"""The form before it is submitted: kept as it is, begun anew from an ended case."""

import hashlib
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa

from kiosk.contracts import platform_api as api
from kiosk.contracts.platform_api import turns as wire

from . import case_views, chains, companies, completeness, reach, signatures, verifications
from . import tables as t
from .call import Call, Caller, Reply
from .casework import CaseWork
from .handling import Handlers
from .platform import Platform
from .refusal import Refused, invalid
from .transaction import Tx

OPEN_DRAFT = ("DRAFT", "SIGNING")


@dataclass(frozen=True, slots=True)
class New:
    """A case that is begun."""

    case_id: str
    slip_code: str
    form: api.Form
    digest: str = ""
    kind: str = "opening"
    previous: str | None = None
    uscc: str | None = None
    name: str = ""  # of a company that is there already


def put_draft(platform: Platform, call: Call, tx: Tx) -> Reply:
    """Keep the form as it is. The same draft once more is answered as before: a lost answer is no conflict."""
    draft, case_id = call.body(api.Draft), call.path["case_id"]
    print_ = hashlib.sha256(call.raw).hexdigest()
    row = tx.c.execute(sa.select(t.case).where(t.case.c.id == case_id).with_for_update()).first()
    if row is None:
        if call.if_match is not None:
            raise Refused("not-found")
        return _first_draft(platform, call, tx, draft, print_)
    if reach.site_of(tx, call.caller, case_id) not in (None, row.site_id):
        raise Refused("not-found")
    if not case_views.sees_all(tx, call.caller, row):
        raise Refused("not-found")
    if row.draft_digest == print_:
        return _kept(tx, row, row.version, draft, 200, row.state)
    if call.if_match is None:
        raise Refused("version-mismatch", etag=f"v{row.version}")
    call.expect(row.version)
    if row.state not in OPEN_DRAFT:
        raise Refused("too-late", state=row.state)
    if draft.form.edition < case_views.form_of(row).edition:
        raise Refused("draft-newer")  # whoever does not know its answers would drop them
    _same_case(row, draft)
    work = CaseWork(tx, row)
    work.set(form=msgspec.json.encode(draft.form), draft_digest=print_)
    if row.kind == "opening":
        work.set(name_full=completeness.name_full(draft.form))
    _know_people(platform, tx, case_id, draft.form)
    signatures.look_out(tx, work, draft.form, call.caller.role)
    version = work.save()
    return _kept(tx, row, version, draft, 200, work.state)


def _first_draft(platform: Platform, call: Call, tx: Tx, draft: api.Draft, print_: str) -> Reply:
    if draft.kind != "opening":
        raise invalid("/kind", "begun by startPhasedCase")
    new = New(call.path["case_id"], draft.slip_code, draft.form, print_, previous=draft.previous_case_id)
    row = begin(platform, tx, call.caller, new)
    return _kept(tx, row, row.version, draft, 201, row.state)


def begin(platform: Platform, tx: Tx, caller: Caller, new: New) -> "sa.Row[tuple[object, ...]]":
    """The first version of a case; an ended case before it is locked, asked and linked."""
    earlier = None if new.previous is None else chains.take_up(tx, caller, new.previous)
    if tx.c.execute(sa.select(t.case.c.id).where(t.case.c.slip_code == new.slip_code)).first() is not None:
        raise Refused("slip-taken")
    tx.c.execute(
        t.case.insert().values(
            id=new.case_id, slip_code=new.slip_code, site_id=caller.site_id, terminal_id=caller.terminal_id,
            state="DRAFT", version=1, form=msgspec.json.encode(new.form), draft_digest=new.digest, kind=new.kind,
            name_full=new.name or completeness.name_full(new.form), made_at=tx.now, changed_at=tx.now,
            previous_case_id=new.previous, uscc=new.uscc, notices=0, handled_by=caller.staff_ref or None,
        )
    )  # fmt: skip
    entry = {"case_id": new.case_id, "at": tx.now, "what": "CASE", "state": "DRAFT", "by": caller.role}
    tx.c.execute(t.timeline.insert().values(**entry))
    _know_people(platform, tx, new.case_id, new.form)
    tx.changed(caller.site_id, "case", new.case_id, 1)
    if earlier is not None:
        chains.link(tx, earlier, new.case_id)
    return tx.c.execute(sa.select(t.case).where(t.case.c.id == new.case_id)).one()


def carried(platform: Platform, tx: Tx, form: api.Form) -> api.Form:
    """A form for the next case: everything that was typed, every verification that still holds, no signature (it was
    given under another application)."""
    people = []
    for one in form.people:
        person = platform.person(*completeness.hand_of(one))
        holds = one.verification_id is not None and verifications.holds(tx, one.verification_id, person) is None
        kept = msgspec.structs.replace(one, signature_blob=None, signed_at=None)
        people.append(kept if holds else msgspec.structs.replace(kept, verification_id=None, verified_until=None))
    return msgspec.structs.replace(form, people=tuple(people))


def start_reapplication(platform: Platform, call: Call, tx: Tx) -> Reply:
    """A new case in the place of an ended one; asked again for the same pair, the case that is there already."""
    asked, before = call.body(wire.StartReapplication), call.path["case_id"]
    earlier = CaseWork.open(tx, before, call.caller.site_id)
    there = tx.c.execute(sa.select(t.case).where(t.case.c.id == asked.new_case_id)).first()
    if there is not None:
        mine = there.previous_case_id == before and there.site_id == call.caller.site_id
        if not mine or not case_views.sees_all(tx, call.caller, there):
            raise Refused("id-taken")
        return Reply(200, case_views.whole(tx, there, masked=False), f"v{there.version}")
    form = carried(platform, tx, case_views.form_of(earlier.row))
    row = begin(platform, tx, call.caller, New(asked.new_case_id, asked.slip_code, form, previous=before))
    return Reply(201, case_views.whole(tx, row, masked=False), f"v{row.version}")


def _same_case(row: "sa.Row[tuple[object, ...]]", draft: api.Draft) -> None:
    # What a case is was settled with its first draft.
    if draft.kind == "phased" and row.kind != "phased":
        raise invalid("/kind", "another kind of case")
    if draft.previous_case_id is not None and draft.previous_case_id != row.previous_case_id:
        raise invalid("/previous_case_id", "settled by the first draft")
    if row.kind == "phased":
        companies.refuse_other_data(case_views.form_of(row), draft.form)


def _kept(tx: Tx, row: Any, version: int, draft: api.Draft, status: int, state: Any) -> Reply:
    issues = case_views.issues_of(tx, row, draft.form)
    return Reply(status, api.DraftKept(row.id, state, version, issues), f"v{version}")


def _know_people(platform: Platform, tx: Tx, case_id: str, form: api.Form) -> None:
    tx.c.execute(sa.delete(t.case_person).where(t.case_person.c.case_id == case_id))
    for person in sorted({platform.person(one.cert_type, one.cert_no) for one in form.people if one.cert_no}):
        tx.c.execute(t.case_person.insert().values(case_id=case_id, person=person))


HANDLERS: Handlers = {"putDraft": put_draft, "startReapplication": start_reapplication}
