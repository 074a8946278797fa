"""From the first draft to the decision at the window."""

import hashlib
from typing import cast

import msgspec
import sqlalchemy as sa

from kiosk.contracts import platform_api as api

from . import (
    case_views,
    citizen_sessions,
    completeness,
    departments,
    material_requests,
    names,
    reach,
    signatures,
    verifications,
)
from . import tables as t
from .call import Call, Reply
from .casework import CaseWork
from .moments import at, maybe, ms_of
from .platform import Platform
from .promises import case_due
from .refusal import Refused, invalid
from .transaction import Tx

_PAGE = 50
_OPEN_DRAFT = ("DRAFT", "SIGNING")


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
        return _kept(row.id, row.state, row.version, draft, 200)
    if call.if_match is None:
        raise Refused("version-mismatch", etag=f"v{row.version}")
    call.expect(row.version)
    if row.state not in _OPEN_DRAFT:
        raise Refused("too-late", state=row.state)
    work = CaseWork(tx, row)
    work.set(form=msgspec.json.encode(draft.form), draft_digest=print_, name_full=completeness.name_full(draft.form))
    _know_people(platform, tx, case_id, draft.form)
    signatures.look_out(tx, work, draft.form, call.caller.role)
    version = work.save()
    return _kept(case_id, work.state, version, draft, 200)


def _first_draft(platform: Platform, call: Call, tx: Tx, draft: api.Draft, print_: str) -> Reply:
    if tx.c.execute(sa.select(t.case.c.id).where(t.case.c.slip_code == draft.slip_code)).first() is not None:
        raise Refused("slip-taken")
    tx.c.execute(
        t.case.insert().values(
            id=call.path["case_id"], slip_code=draft.slip_code, site_id=call.caller.site_id,
            terminal_id=call.caller.terminal_id, state="DRAFT", version=1, form=msgspec.json.encode(draft.form),
            draft_digest=print_, name_full=completeness.name_full(draft.form), made_at=tx.now, changed_at=tx.now,
            previous_case_id=draft.previous_case_id, notices=0,
        )
    )  # fmt: skip
    entry = {"case_id": call.path["case_id"], "at": tx.now, "what": "CASE", "state": "DRAFT", "by": call.caller.role}
    tx.c.execute(t.timeline.insert().values(**entry))
    _know_people(platform, tx, call.path["case_id"], draft.form)
    tx.changed(call.caller.site_id, "case", call.path["case_id"], 1)
    return _kept(call.path["case_id"], "DRAFT", 1, draft, 201)


def _kept(case_id: str, state: str, version: int, draft: api.Draft, status: int) -> Reply:
    issues = completeness.issues_of(draft.form)
    return Reply(status, api.DraftKept(case_id, state, version, issues), f"v{version}")  # type: ignore[arg-type]


def _know_people(platform: Platform, tx: Tx, case_id: str, form: api.Form) -> None:
    tx.c.execute(sa.delete(t.case_person).where(t.case_person.c.case_id == case_id))
    for person in sorted({platform.person(one.cert_type, one.cert_no) for one in form.people if one.cert_no}):
        tx.c.execute(t.case_person.insert().values(case_id=case_id, person=person))


def get_case(call: Call, tx: Tx) -> Reply:
    """One case, whole; masked for a terminal that has nothing to do with it."""
    work = CaseWork.look(tx, call.path["case_id"], reach.site_of(tx, call.caller, call.path["case_id"]))
    masked = not case_views.sees_all(tx, call.caller, work.row)
    return Reply(200, case_views.whole(tx, work.row, masked), f"v{work.version}")


def list_cases(call: Call, tx: Tx) -> Reply:
    """Cases of the hall, newest change first; the cursor is the last row's place in that order."""
    column, limit = t.case.c, int(call.query.get("limit", _PAGE))
    wanted = sa.select(t.case).where(column.site_id == call.caller.site_id)
    for name in ("state", "slip_code"):
        if name in call.query:
            wanted = wanted.where(column[name] == call.query[name])
    if "cursor" in call.query:
        changed, _, case_id = call.query["cursor"].partition(".")
        earlier = sa.or_(
            column.changed_at < int(changed), sa.and_(column.changed_at == int(changed), column.id < case_id)
        )
        wanted = wanted.where(earlier)
    rows = tx.c.execute(wanted.order_by(column.changed_at.desc(), column.id.desc()).limit(limit + 1)).all()
    more = f"{rows[limit - 1].changed_at}.{rows[limit - 1].id}" if len(rows) > limit else None
    return Reply(200, api.CasePage(tuple(case_views.line(row) for row in rows[:limit]), more))


def search_cases(platform: Platform, call: Call, tx: Tx) -> Reply:
    """By card, slip or id. A citizen's card must lie there now; a slip alone shows a masked case."""
    asked, column = call.body(api.SearchCases), t.case.c
    if sum(value is not None for value in (asked.cert_no, asked.slip_code, asked.case_id)) != 1:
        raise invalid("", "exactly one of cert_no, slip_code, case_id")
    wanted = sa.select(t.case).where(column.site_id == call.caller.site_id)
    if asked.cert_no is not None:
        _card_lies_here(call, tx, asked)
        kinds = ("111", "154", "553", "uscc")
        persons = [platform.person(kind, asked.cert_no) for kind in kinds]
        of_person = sa.select(t.case_person.c.case_id).where(t.case_person.c.person.in_(persons))
        wanted = wanted.where(column.id.in_(of_person))
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


def _card_lies_here(call: Call, tx: Tx, asked: api.SearchCases) -> None:
    if call.caller.on_duty:
        return
    if asked.card_read_at is None:
        raise invalid("/card_read_at", "required")
    if abs(tx.now - ms_of(asked.card_read_at)) > verifications.CARD_FRESH_MS:
        raise invalid("/card_read_at", "card must have been read just now")


def submit_case(platform: Platform, call: Call, tx: Tx) -> Reply:
    """Once for all items: complete, everybody verified and signed, the name held."""
    asked = call.body(api.SubmitCase)
    work = reach.open_case(tx, call.caller, call.path["case_id"])
    event = "submit_at_window" if call.caller.on_duty else "submit_online"
    if not work.may(event):
        raise Refused("too-late", state=work.state)
    call.expect(work.version)
    form = case_views.form_of(work.row)
    if issues := completeness.issues_of(form):
        raise Refused("incomplete", issues=msgspec.to_builtins(issues))
    signed = signatures.standing(platform, tx, work.id, form)
    _everybody_verified(platform, call, tx, form, asked.verification_ids, signed.verified_by_phone)
    if signed.missing:
        raise Refused("signatures-missing", signers=list(signed.missing), changed=list(signed.changed))
    if not names.is_reserved(tx, work.id, work.row.name_full):
        raise Refused("name-not-reserved")
    division = tx.c.execute(sa.select(t.site.c.division).where(t.site.c.id == work.row.site_id)).scalar_one()
    case_no = f"{division}KQ{at(tx.now):%Y%m%d}{tx.next_number('case_no'):08d}"
    work.set(submitted_at=tx.now, case_no=case_no)
    work.move(event, call.caller.role)
    work.request_items(form.items, call.caller.role)
    version = work.save()
    departments.tell(tx, work.id, "submitted")
    return _moved(work, version, case_no)


def _everybody_verified(
    platform: Platform, call: Call, tx: Tx, form: api.Form, verification_ids: tuple[str, ...],
    by_phone: frozenset[str],
) -> None:  # fmt: skip
    problems: dict[str, list[str]] = {}
    for one in form.people:
        if one.cert_type == "uscc" or one.ref in by_phone:
            continue
        slug = verifications.holds(tx, one.verification_id, platform.person(one.cert_type, one.cert_no))
        if slug is not None:
            problems.setdefault(slug, []).append(one.ref)
    for slug in ("verification-required", "verification-expired"):
        if slug in problems:
            raise Refused(slug, people=problems[slug])
    applicant = next(one for one in form.people if one.ref == form.applicant)
    if not call.caller.on_duty and applicant.verification_id not in verification_ids:
        raise Refused("verification-required", people=[applicant.ref])


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
        work.set(accepted_at=tx.now, due_at=case_due(tx.now))
        for name in work.item_states:
            work.set_item(name, accepted_at=tx.now, due_at=case_due(tx.now))
        departments.begin(platform, tx, work.id)
    elif asked.decision == "correction":
        material_requests.refuse_held(platform, call, tx, work.row, asked.requirements)
        notice_no = _give_notice(call, tx, work, asked)
    elif not asked.reason_code:
        raise invalid("/reason_code", "required")
    work.move(asked.decision, "clerk")
    version = work.save()
    departments.tell(tx, work.id, asked.decision)
    accepted, due = (tx.now, case_due(tx.now)) if asked.decision == "accept" else (None, None)
    decided = api.AcceptanceDecided(
        work.id, _state(work), version, work.row.case_no, maybe(accepted), maybe(due), notice_no
    )
    return Reply(201, decided, f"v{version}")


def _give_notice(call: Call, tx: Tx, work: CaseWork, asked: api.DecideAcceptance) -> int:
    if not asked.requirements:
        raise invalid("/requirements", "at least one")
    before = work.row.previous_case_id
    if before is not None and "supervisor" not in call.caller.roles:
        given = tx.c.execute(sa.select(t.notice.c.no).where(t.notice.c.case_id == before)).first()
        if given is not None:
            raise Refused("notice-already-given")
    number = (work.row.notices or 0) + 1
    body = msgspec.json.encode(asked.requirements)
    row = {"case_id": work.id, "no": number, "at": tx.now, "by": asked.by, "requirements": body}
    tx.c.execute(t.notice.insert().values(**row))
    work.set(notices=number)
    return number


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
