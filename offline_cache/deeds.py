"""From what a person did to what is sent: the exact bytes and the key, made once, in the moment of the act."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from kiosk.contracts import custody
from kiosk.contracts.ledger import (
    AbortHandover,
    DecideAcceptance,
    Deed,
    DrawLocalNumber,
    FinishTicket,
    GiveFeedback,
    KeepMaterial,
    RateVisit,
    RecordHandover,
    ReportIssued,
    ReportReadBack,
    SaveDraft,
    SetDeviceAside,
    SettleDraft,
    SubmitCase,
)
from kiosk.domain.case import OpeningForm
from kiosk.domain.ids import CaseId, SlipCode, idempotency_key

from . import mirror, outbox, outcomes, wire
from .driver import Database
from .outbox import Sealed
from .wire import sent, stock

# Acts about something else than a case, by what their path is filled with.
_ABOUT = {"recordHandedOver": "handover_id", "abortHandover": "handover_id", "reportIssued": "id",
          "reportReadBack": "id",
          "quarantineUnit": "unit_id", "finishTicket": "id"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Maker:
    """Who seals: the terminal, the window it stands at (empty at a self-service terminal), and the clerk there."""

    terminal_id: str
    window: str
    clerk: str
    now: datetime
    entropy: bytes


def seal(db: Database, deed: Deed, maker: Maker) -> tuple[Sealed, ...]:
    """The messages of one deed, in the order in which they are sent. Already recorded messages may be among them.

    The key of a message is the hash of terminal, operation and the act itself (a submission, a decision on one
    version, a hand-over, a rating of one phase), and the number of times it was refused before: who presses twice has
    acted once, who decides anew after a refusal has acted again. Drafts are acts of their own every time.
    """
    if isinstance(deed, DrawLocalNumber | FinishTicket):
        return (_of_queue(db, deed, maker),)
    if isinstance(deed, ReportIssued | ReportReadBack | SetDeviceAside):
        return (_of_device(db, deed, maker),)
    match deed:
        case SaveDraft():
            return (_draft(db, deed.case_id, deed.slip_code, deed.form, maker),)
        case SettleDraft():
            act = (maker.now.isoformat(), maker.entropy.hex())
            body, blobs = sent.draft(deed.slip_code, deed.form), _signatures(deed.form)
            slip, version = deed.slip_code, deed.version
            return (_sealed(db, "putDraft", deed.case_id, body, act, maker, version, slip, blobs),)
        case SubmitCase():
            return _submission(db, deed, maker)
        case KeepMaterial():
            act, body = (deed.material_id, deed.blob), sent.material(deed)
            about = {"id": deed.material_id}
            return (_sealed(db, "putMaterial", deed.case_id, body, act, maker, blobs=(deed.blob,), about=about),)
        case DecideAcceptance():
            version, body = deed.case_version, sent.acceptance(deed)
            act = (str(version), deed.decision)
            return (_sealed(db, "decideAcceptance", deed.case_id, body, act, maker, version=version),)
        case RecordHandover():
            body, goods = sent.handed_over(deed), deed.handover_id
            return (_sealed(db, "recordHandedOver", deed.case_id, body, (goods,), maker, blobs=(deed.signature,)),)
        case AbortHandover():
            return (_sealed(db, "abortHandover", deed.case_id, sent.aborted(deed), (deed.handover_id,), maker),)
        case RateVisit():
            body = sent.evaluation(deed, maker.window)
            return (_sealed(db, "postEvaluation", deed.case_id, body, (deed.phase,), maker),)
        case GiveFeedback():
            said = deed.said
            return (_sealed(db, "postFeedback", CaseId(said.id), sent.feedback(said), (said.id,), maker),)
        case _:
            return (_of_stock(deed, maker),)


def _of_device(db: Database, deed: ReportIssued | ReportReadBack | SetDeviceAside, maker: Maker) -> Sealed:
    """A tax device goes its way in the chain of the case that it is written for."""
    if isinstance(deed, SetDeviceAside):
        aside = (deed.unit_id, deed.at.isoformat())
        return _sealed(db, "quarantineUnit", deed.case_id, wire.set_aside(deed), aside, maker, version=1)
    if isinstance(deed, ReportIssued):
        act = (deed.issue_id, deed.receipt_no)
        return _sealed(db, "reportIssued", deed.case_id, wire.issued_there(deed), act, maker)
    act = (deed.issue_id, deed.at.isoformat())
    return _sealed(db, "reportReadBack", deed.case_id, wire.read_back(deed), act, maker)


def _of_queue(db: Database, deed: DrawLocalNumber | FinishTicket, maker: Maker) -> Sealed:
    """A number is a chain of its own, like a feedback."""
    chain, act = CaseId(deed.ticket_id), (deed.ticket_id,)
    if isinstance(deed, DrawLocalNumber):
        return _sealed(db, "takeTicket", chain, wire.local_ticket(deed), act, maker)
    return _sealed(db, "finishTicket", chain, wire.ticket_finished(deed), act, maker)


def _submission(db: Database, deed: SubmitCase, maker: Maker) -> tuple[Sealed, ...]:
    """The submission goes behind the very form that was signed; a draft of it that is there already is enough."""
    draft = _draft(db, deed.case_id, deed.slip_code, deed.form, maker)
    submission = _sealed(
        db, "submitCase", deed.case_id, sent.submission(deed.form, deed.at), (), maker, slip_code=deed.slip_code
    )
    if outcomes.status(db, deed.case_id, submission.key) is not None:
        return (submission,)
    return (draft, submission) if _is_new(db, deed, draft) else (submission,)


def _is_new(db: Database, deed: SubmitCase, draft: Sealed) -> bool:
    waiting = [one for one in outbox.owed(db, deed.case_id) if one.operation == "putDraft"]
    if waiting:
        return draft.key != waiting[-1].key
    known = mirror.body(db, deed.case_id)
    said = None if known is None else wire.mirrored(known)
    return said is None or said.masked or not wire.same_form(said.case.form, deed.form)


def _draft(db: Database, case_id: CaseId, slip_code: SlipCode, form: OpeningForm, maker: Maker) -> Sealed:
    """The newest waiting draft itself when it says exactly this."""
    body = sent.draft(slip_code, form)
    waiting = [one for one in outbox.live(db, case_id) if one.operation in ("putDraft", "submitCase")]
    if waiting and waiting[-1].operation == "putDraft" and waiting[-1].body == body:
        return waiting[-1]
    act = (maker.now.isoformat(), maker.entropy.hex())
    return _sealed(db, "putDraft", case_id, body, act, maker, slip_code=slip_code, blobs=_signatures(form))


def joined_draft(row: Sealed, form: OpeningForm, version: int) -> Sealed:
    """A draft put together with what another terminal answered, at that version of the platform: the message of
    ``row`` once more, with its own bytes and therefore its own key."""
    return replace(
        row,
        body=sent.draft(SlipCode(row.slip_code), form),
        key=idempotency_key(row.key, "joined", str(version)),
        version=version,
        blobs=_signatures(form),
    )


def _sealed(
    db: Database,
    operation: str,
    case_id: CaseId,
    body: bytes,
    act: tuple[str, ...],
    maker: Maker,
    version: int | None = None,
    slip_code: str = "",
    blobs: tuple[str, ...] = (),
    about: Mapping[str, str] = MappingProxyType({}),
) -> Sealed:
    named = {_ABOUT[operation]: act[0]} if operation in _ABOUT else {"case_id": str(case_id), **about}
    way = wire.route(operation, **named)
    refused = 0 if way.fact else outbox.refused_before(db, case_id, operation)
    return Sealed(
        operation=operation,
        case_id=case_id,
        slip_code=slip_code,
        path=way.path,
        body=body,
        key=idempotency_key(maker.terminal_id, operation, case_id, *act, str(refused)),
        fact=way.fact,
        staff_ref="" if way.terminal or (way.citizen and not maker.window) else maker.clerk,
        version=version,
        blobs=blobs,
    )


def _of_stock(deed: Deed, maker: Maker) -> Sealed:
    match deed:
        case custody.MoveUnit():
            operation = stock.UNIT_OPERATIONS[deed.act]
            return _movement(operation, deed.id, stock.moved_unit(deed), maker, deed.version, unit_id=deed.unit_id)
        case custody.QuarantineUnit():
            body = stock.moved_unit(deed)
            return _movement("quarantineUnit", deed.id, body, maker, deed.version, unit_id=deed.unit_id)
        case custody.CountPlace():
            return _movement("countStock", deed.id, stock.counted(deed), maker)
        case custody.SendGoods():
            return _movement("sendStock", deed.id, stock.sent_goods(deed), maker)
        case custody.TakeInGoods():
            body = stock.taken_in(deed)
            return _movement("receiveTransfer", deed.id, body, maker, deed.version, id=deed.transfer_id)
    raise TypeError(f"no such deed: {type(deed).__name__}")


def _movement(operation: str, act: str, body: bytes, maker: Maker, version: int | None = None, **ids: str) -> Sealed:
    """A movement in the custody store is a chain of its own: one that is refused holds up no other."""
    way = wire.route(operation, **ids)
    key = idempotency_key(maker.terminal_id, operation, act)
    return Sealed(operation, CaseId(act), "", way.path, body, key, way.fact, maker.clerk, version)


def _signatures(form: OpeningForm) -> tuple[str, ...]:
    return tuple(dict.fromkeys(p.signature for p in form.people if p.signature is not None))
