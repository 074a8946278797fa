"""What this terminal sends: addresses from the operation table, bodies from domain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec

from kiosk.contracts import beside, custody
from kiosk.contracts import central_platform as ask
from kiosk.contracts import platform_api as api
from kiosk.contracts.device import DeviceReport
from kiosk.contracts.ledger import AbortHandover, DecideAcceptance, KeepMaterial, RateVisit, RecordHandover
from kiosk.contracts.platform_api import feedback as feedback_wire
from kiosk.contracts.platform_api import hall, materials, notices, signatures, visits
from kiosk.contracts.platform_api import terminals as figures_wire
from kiosk.domain.burden import BurdenFigure
from kiosk.domain.case import OpeningForm
from kiosk.domain.case_story import ToldAs
from kiosk.domain.feedback import SaidFeedback
from kiosk.domain.handover import HandoverLine
from kiosk.domain.help_call import HelpCall
from kiosk.domain.ids import SlipCode
from kiosk.domain.material import NoticeLine
from kiosk.domain.orders import Mode

from . import form as forms

_TEXT = 200  # characters that a requirement has room for


@dataclass(frozen=True, slots=True)
class Route:
    """Where an operation goes and which headers it needs."""

    operation: str
    method: str
    path: str
    keyed: bool  # Idempotency-Key
    versioned: bool  # If-Match
    first: bool  # If-None-Match: * before the platform knows the thing
    fact: bool
    terminal: bool  # the terminal itself may
    citizen: bool  # a citizen at a self-service terminal may


def route(operation: str, **ids: str) -> Route:
    """The way to one operation of the contract; ``ids`` fill its path."""
    return route_to(operation, api.BY_ID[operation].path.format(**ids))


def route_to(operation: str, path: str) -> Route:
    """The same, along a path that was filled in before."""
    op = api.BY_ID[operation]
    return Route(
        operation=op.id,
        method=op.method,
        path=path,
        keyed=op.idem,
        versioned=op.if_match,
        first=op.first,
        fact=op.offline in (api.Offline.FACT, api.Offline.PERMIT),
        terminal="T" in op.who or not op.who,
        citizen="C" in op.who,
    )


def draft(slip_code: SlipCode, form: OpeningForm) -> bytes:
    """putDraft."""
    return encoded(api.Draft(slip_code=slip_code, form=forms.sent(form)))


def kept_form(form: OpeningForm) -> bytes:
    """A form alone, as this machine keeps it beside its drafts; read back by ``form_of``."""
    return msgspec.json.encode({"form": forms.sent(form)})


def submission(form: OpeningForm, at: datetime) -> bytes:
    """submitCase: who acts is proved by the verifications of the people in the form."""
    ids = dict.fromkeys(p.verification_id for p in form.people if p.verification_id is not None)
    return encoded(api.SubmitCase(submitted_at=at, verification_ids=tuple(ids)))


def material(deed: KeepMaterial) -> bytes:
    """putMaterial."""
    return encoded(
        materials.PutMaterial(
            type=deed.code,
            blob_sha256=deed.blob,
            source=deed.source.value,  # type: ignore[arg-type]
            captured_at=deed.at,
            media_type=deed.media_type,  # type: ignore[arg-type]
            pages=deed.pages,
        )
    )


def upload_link(question: ask.MakeUploadLink, number: str) -> bytes:
    """createUploadLink."""
    return encoded(materials.CreateUploadLink(id=number, type=question.material))


def invitation(question: ask.InviteSigner, number: str) -> bytes:
    """inviteSigner."""
    return encoded(signatures.InviteSigner(id=number, ref=question.ref))


def acceptance(deed: DecideAcceptance) -> bytes:
    """decideAcceptance."""
    return encoded(
        api.DecideAcceptance(
            decision=deed.decision,  # type: ignore[arg-type]
            decided_at=deed.at,
            by=deed.by,
            requirements=tuple(_requirement(one) for one in deed.requirements),
        )
    )


def _requirement(line: NoticeLine) -> api.Requirement:
    """A line of the one-time notice, cut to what the message has room for."""
    return api.Requirement(
        code=line.code, text=line.text[:_TEXT], item=line.item.value, basis="；".join(line.basis)[:_TEXT]
    )


def handed_over(deed: RecordHandover) -> bytes:
    """recordHandedOver."""
    return encoded(
        api.HandedOver(
            permit_id=deed.permit_id,
            handed_at=deed.at,
            signature_blob=deed.signature,
            receipt_no=deed.receipt_no,
            lines_confirmed=tuple(deed.articles),
        )
    )


def aborted(deed: AbortHandover) -> bytes:
    """abortHandover."""
    return encoded(api.AbortHandover(reason=deed.reason, aborted_at=deed.at, physically_checked=True))


def evaluation(deed: RateVisit, window: str) -> bytes:
    """postEvaluation; ``window`` is empty at a self-service terminal."""
    return encoded(
        api.Evaluate(
            case_id=deed.case_id,
            phase=deed.phase,  # type: ignore[arg-type]
            level=deed.level,
            rated_at=deed.at,
            channel="window" if window else "self_service",
            window=window or None,
        )
    )


def feedback(said: SaidFeedback) -> bytes:
    """postFeedback."""
    return encoded(
        feedback_wire.PostFeedback(
            id=said.id, kind=said.kind.value, text=said.text, said_at=said.said_at, contact=said.contact
        )
    )


@dataclass(frozen=True, slots=True)
class Pulse:
    """How a terminal is, for its heartbeat. ``offset``: platform minus this clock in seconds, None: not measured."""

    at: datetime
    seq: int
    version: str
    mode: Mode
    config_version: int
    waiting: int
    parked: int
    devices: tuple[DeviceReport, ...]
    offset: float | None
    free_mb: int
    cursor: str
    boot: str


def burden(figures: Iterable[BurdenFigure]) -> bytes:
    """postTelemetry."""
    return encoded(
        figures_wire.PostTelemetry(
            tuple(
                figures_wire.BurdenEvent(one.id, one.at, one.name.value, one.value, one.step or None, one.case_id)
                for one in figures
            )
        )
    )


def heartbeat(pulse: Pulse) -> bytes:
    """putHeartbeat."""
    return encoded(
        api.Heartbeat(
            at=pulse.at,
            seq=pulse.seq,
            app_version=pulse.version[:40],
            outbox=api.Outbox(depth=pulse.waiting, parked=pulse.parked),
            mode=pulse.mode.value,
            config_version=pulse.config_version,
            devices=tuple(
                api.DeviceLine(one.name[:64], one.kind.value, one.state.value, one.supply.value)
                for one in pulse.devices[:40]
            ),
            clock_offset_ms=None if pulse.offset is None else round(pulse.offset * 1000),
            disk_free_mb=pulse.free_mb,
            feed_cursor=pulse.cursor,
            boot=pulse.boot,
        )
    )


def audit_segment(first_seq: int, last_seq: int, prev_head: str, head: str, blob: str) -> bytes:
    """postAuditSegment; ``blob`` is the sha256 of the uploaded entries."""
    return encoded(
        api.AuditSegment(first_seq=first_seq, last_seq=last_seq, prev_head=prev_head, head=head, blob_sha256=blob)
    )


def person_check(question: ask.VerifyPerson) -> bytes:
    """postVerification; the picture travels only with its own consent."""
    face = question.face_jpeg if question.face_consent and question.face_jpeg else None
    method: Literal["card_face", "card_only", "in_person"] = "card_face" if face else "card_only"
    return encoded(
        api.VerifyPerson(
            id=question.id,
            person=api.VerifiedPerson(
                name=question.name, cert_type=question.cert_type.value, cert_no=question.cert_no
            ),
            method="in_person" if question.in_person_by else method,
            consent=api.ConsentGiven(face=question.face_consent, at=question.consent_at),
            card=api.CardSeen(read_at=question.card_read_at),
            face_jpeg=face,
            by=question.in_person_by,
        )
    )


def name_check(question: ask.CheckName) -> bytes:
    """postNameCheck."""
    return encoded(
        api.NameCheck(
            case_id=question.case_id,
            name=question.name,
            trade=question.trade,
            industry=question.industry,
            division_code=question.division,
        )
    )


def name_declaration(question: ask.CheckName, number: str) -> bytes:
    """postNameDeclaration; ``number`` is the id of this declaration."""
    return encoded(
        api.DeclareName(
            id=number,
            case_id=question.case_id,
            name=question.name,
            trade=question.trade,
            industry=question.industry,
            division_code=question.division,
        )
    )


def search(question: ask.FindCase, card_read_at: datetime | None = None) -> bytes:
    """searchCases: one way of finding, the most exact that is there. Never in an address."""
    if question.case_id is not None:
        return encoded(api.SearchCases(case_id=question.case_id))
    if question.slip_code is not None:
        return encoded(api.SearchCases(slip_code=question.slip_code))
    return encoded(api.SearchCases(cert_no=question.cert_no, card_read_at=card_read_at))


def resume_code(question: ask.SendResumeCode) -> bytes:
    """sendResumeCode."""
    return encoded(visits.SendResumeCode(slip_code=question.slip_code))


def resumption(question: ask.ResumeCase) -> bytes:
    """resumeCase."""
    return encoded(visits.ResumeCase(slip_code=question.slip_code, code=question.code))


def challenge(question: ask.GetChallenge) -> bytes:
    """getChallenge."""
    return encoded(api.ChallengeAsked(staff_ref=question.staff_ref))


def sign_in(question: ask.SignIn, boot: str) -> bytes:
    """openStaffSession; ``boot`` is this run of the terminal."""
    return encoded(
        api.OpenStaffSession(
            staff_ref=question.staff_ref, challenge=question.challenge, signature=question.signature, boot=boot
        )
    )


def join(question: beside.JoinVisit) -> bytes:
    """joinVisit."""
    return encoded(visits.JoinVisit(by=question.by))


def leave(call: HelpCall) -> bytes:
    """leaveVisit, by whoever joined."""
    return encoded(visits.LeaveVisit(by=call.by))


def second_person(question: custody.ConfirmSecond) -> bytes:
    """openSecondPerson."""
    return encoded(
        hall.OpenSecondPerson(
            staff_ref=question.staff_ref, challenge=question.challenge, signature=question.signature
        )
    )


def preparation(question: ask.PrepareHandover, boot: str) -> bytes:
    """prepareHandover; ``boot`` is this run of the terminal."""
    return encoded(
        api.PrepareHandover(
            id=question.id,
            case_id=question.case_id,
            case_version=question.case_version,
            window=question.window,
            verification_id=question.verification_id,
            recipient=api.Recipient(role=question.recipient_role),  # type: ignore[arg-type]
            lines=tuple(_line(line) for line in question.lines),
            partial_reason=question.partial_reason or None,
            boot=boot,
        )
    )


def help_call(question: beside.AskForHelp, number: str) -> bytes:
    """postAssistanceRequest."""
    return encoded(api.CallHelp(id=number, screen=question.step, case_id=question.case_id))


def feedback_asked(question: ask.ReadFeedback) -> bytes:
    """getFeedback."""
    return encoded(feedback_wire.FeedbackAsked(number=question.number))


def _line(line: HandoverLine) -> api.HandoverLineSent:
    return api.HandoverLineSent(
        article_id=line.article_id,
        unit_id=line.unit_id,
        batch_id=line.batch_id,
        first_no=line.first_no,
        count=line.count,
    )


def message_closed(told_as: ToldAs) -> bytes:
    """closeFailedMessage."""
    return encoded(notices.CloseFailedMessage(told_as=told_as.value))


def encoded(message: api.Sent) -> bytes:
    """The bytes of a message."""
    return msgspec.json.encode(message)
