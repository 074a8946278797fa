"""From the finished form to the decision at the window."""

import re
from typing import cast

import msgspec
import sqlalchemy as sa

from kiosk.contracts import platform_api as api

from . import (
    case_views,
    citizen_sessions,
    companies,
    completeness,
    departments,
    lookups,
    material_requests,
    names,
    notices,
    reach,
    signatures,
    verifications,
)
from . import tables as t
from .call import Call, Reply
from .casework import CaseWork
from .individuals import is_nameless
from .moments import at, maybe
from .platform import Platform
from .refusal import Refused, invalid
from .transaction import Tx

_PAGE = 50
_PERSONS_NUMBER = re.compile("[0-9]{17}[0-9Xx]|[0-9]{15}|1[0-9]{10}")  # identity cards, mobile phones


def get_case(platform: Platform, call: Call, tx: Tx) -> Reply:
    """One case, whole; masked for a terminal that has nothing to do with it. While it may be signed: by whom."""
    work = CaseWork.look(tx, call.path["case_id"], reach.site_of(tx, call.caller, call.path["case_id"]))
    masked = not case_views.sees_all(tx, call.caller, work.row)
    told = case_views.whole(tx, work.row, masked)
    if work.state in ("DRAFT", "SIGNING"):
        standing = signatures.standing(platform, tx, work.row, case_views.form_of(work.row))
        told = msgspec.structs.replace(told, signers=standing.signers)
    return Reply(200, told, f"v{work.version}")


def list_cases(call: Call, tx: Tx) -> Reply:
    """Cases of the hall, newest change first; the cursor is the last row's place in that order."""
    column, limit = t.case.c, int(call.query.get("limit", _PAGE))
    wanted = sa.select(t.case).where(column.site_id == call.caller.site_id)
    for name in ("state", "slip_code"):
        if name in call.query:
            wanted = wanted.where(column[name] == call.query[name])
    if "mine" in call.query:
        wanted = wanted.where(column.handled_by == call.caller.staff_ref)
    if "q" in call.query:
        wanted = wanted.where(_named(call.query["q"]))
    if "cursor" in call.query:
        changed, _, case_id = call.query["cursor"].partition(".")
        earlier = sa.or_(
            column.changed_at < int(changed), sa.and_(column.changed_at == int(changed), column.id < case_id)
        )
        wanted = wanted.where(earlier)
    rows = tx.c.execute(wanted.order_by(column.changed_at.desc(), column.id.desc()).limit(limit + 1)).all()
    more = f"{rows[limit - 1].changed_at}.{rows[limit - 1].id}" if len(rows) > limit else None
    return Reply(200, api.CasePage(tuple(case_views.line(row) for row in rows[:limit]), more))


def _named(text: str) -> "sa.ColumnElement[bool]":
    # An address is written down in many places: a person's number has no business in it.
    if _PERSONS_NUMBER.fullmatch(text):
        raise invalid("/query/q", "part of a name, or a case number")
    return sa.or_(t.case.c.name_full.contains(text, autoescape=True), t.case.c.case_no == text)


def search_cases(platform: Platform, call: Call, tx: Tx) -> Reply:
    """By card, slip or id. A citizen's card must lie there now; a slip alone shows a masked case."""
    asked, column = call.body(api.SearchCases), t.case.c
    if sum(value is not None for value in (asked.cert_no, asked.slip_code, asked.case_id)) != 1:
        raise invalid("", "exactly one of cert_no, slip_code, case_id")
    wanted = sa.select(t.case).where(column.site_id == call.caller.site_id)
    if asked.cert_no is not None:
        lookups.card_lies_here(call, tx, asked.card_read_at)
        wanted = wanted.where(column.id.in_(lookups.cases_of_card(platform, asked.cert_no)))
    elif asked.slip_code is not None:
        wanted = wanted.where(column.slip_code == asked.slip_code)
    else:
        wanted = wanted.where(column.id == asked.case_id)
    rows = tx.c.execute(wanted.order_by(column.changed_at.desc(), column.id.desc()).limit(20)).all()
    rows = [row for row in rows if citizen_sessions.is_own(tx, call.caller, row)]
    by_card = asked.cert_no is not None
    found = tuple(
        case_views.whole(tx, row, masked=not (by_card or case_views.sees_all(tx, call.caller, row))) for row in rows
    )
    return Reply(200, api.CasesFound(found))


def submit_case(platform: Platform, call: Call, tx: Tx) -> Reply:
    """Once for all items: complete, everybody verified and signed, the name held."""
    asked = call.body(api.SubmitCase)
    work = reach.open_case(tx, call.caller, call.path["case_id"])
    event = "submit_at_window" if call.caller.on_duty else "submit_online"
    if not work.may(event):
        raise Refused("too-late", state=work.state)
    call.expect(work.version)
    form = case_views.form_of(work.row)
    if issues := case_views.issues_of(tx, work.row, form):
        raise Refused("incomplete", issues=msgspec.to_builtins(issues))
    signed = signatures.standing(platform, tx, work.row, form)
    acting = completeness.acting(form, work.row.kind)
    _everybody_verified(platform, tx, tuple(one for one in acting if one.ref not in signed.verified_by_phone))
    applicant = next(one for one in form.people if one.ref == form.applicant)
    if not call.caller.on_duty and applicant.verification_id not in asked.verification_ids:
        raise Refused("verification-required", people=[applicant.ref])
    if signed.missing:
        raise Refused("signatures-missing", signers=list(signed.missing), changed=list(signed.changed))
    if work.row.kind == "phased":
        companies.claim(platform.store, tx, work.row.uscc, form.items, work.row)
    elif not is_nameless(form) and not names.is_reserved(tx, work.id, work.row.name_full):
        raise Refused("name-not-reserved")
    division = tx.c.execute(sa.select(t.site.c.division).where(t.site.c.id == work.row.site_id)).scalar_one()
    case_no = f"{division}KQ{at(tx.now):%Y%m%d}{tx.next_number('case_no'):08d}"
    work.set(submitted_at=tx.now, case_no=case_no, **_by(call))
    work.move(event, call.caller.role)
    work.request_items(form.items, call.caller.role)
    version = work.save()
    departments.tell(tx, work.id, "submitted")
    return _moved(work, version, case_no)


def _everybody_verified(platform: Platform, tx: Tx, people: tuple[api.PersonForm, ...]) -> None:
    problems: dict[str, list[str]] = {}
    for one in people:
        slug = verifications.holds(tx, one.verification_id, platform.person(*completeness.hand_of(one)))
        if slug is not None:
            problems.setdefault(slug, []).append(one.ref)
    for slug in ("verification-required", "verification-expired"):
        if slug in problems:
            raise Refused(slug, people=problems[slug])


def _by(call: Call) -> dict[str, str]:
    return {"handled_by": call.caller.staff_ref} if call.caller.on_duty else {}


def _moved(work: CaseWork, version: int, case_no: str) -> Reply:
    moved = api.CaseMoved(
        work.id, _state(work), version, case_no, maybe(work.row.accepted_at), maybe(work.row.due_at)
    )
    return Reply(200, moved, f"v{version}")


def _state(work: CaseWork) -> api.CaseStateCode:
    return cast(api.CaseStateCode, work.state)


def decide_acceptance(platform: Platform, call: Call, tx: Tx) -> Reply:
    """受理, 补正 or 不予受理, by the clerk who is signed in, on the version that was seen."""
    asked = call.body(api.DecideAcceptance)
    work = CaseWork.open(tx, call.path["case_id"], call.caller.site_id)
    if asked.by != call.caller.staff_ref:
        raise Refused("forbidden")
    if not work.may(asked.decision):
        raise Refused("not-submitted", state=work.state)
    call.expect(work.version)
    notice_no = None
    if asked.decision == "accept":
        work.set(accepted_at=tx.now)
        for name in work.item_states:
            work.set_item(name, accepted_at=tx.now)
    elif asked.decision == "correction":
        material_requests.refuse_held(platform, call, tx, work.row, asked.requirements)
        notice_no = notices.give(tx, work, call.caller, asked)
    elif not asked.reason_code:
        raise invalid("/reason_code", "required")
    work.set(handled_by=call.caller.staff_ref)
    work.move(asked.decision, "clerk")
    if asked.decision == "accept":
        departments.begin(platform, work)
    version = work.save()
    departments.tell(tx, work.id, asked.decision)
    accepted, due = (tx.now, work.due_at) if asked.decision == "accept" else (None, None)
    decided = api.AcceptanceDecided(
        work.id, _state(work), version, work.row.case_no, maybe(accepted), maybe(due), notice_no
    )
    return Reply(201, decided, f"v{version}")


def get_timeline(call: Call, tx: Tx) -> Reply:
    """Every change of state; no personal data in it."""
    work = CaseWork.look(tx, call.path["case_id"], reach.site_of(tx, call.caller, call.path["case_id"]))
    return Reply(200, api.Timeline(work.id, case_views.lines_of(tx, work.id)))


def get_item(call: Call, tx: Tx) -> Reply:
    """One item."""
    work = CaseWork.look(tx, call.path["case_id"], reach.site_of(tx, call.caller, call.path["case_id"]))
    row = work.items.get(call.path["item"])
    if row is None:
        raise Refused("not-found")
    return Reply(200, case_views.item_answer(tx, work.id, row), f"v{row.version}")
