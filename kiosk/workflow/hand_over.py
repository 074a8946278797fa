"""hand_over: the whole bundle at one window, each article scanned and compared, one signature, all or nothing."""

from dataclasses import replace

from kiosk.audit import AuditKind
from kiosk.contracts.central_platform import PrepareHandover, VerifyPerson
from kiosk.contracts.ledger import AbortHandover, RecordHandover
from kiosk.domain.article import Article, ArticleKind, ArticleState
from kiosk.domain.handover import HandoverLine, HandoverState, Match
from kiosk.domain.ids import HandoverId, PersonRef, VerificationId, WindowId
from kiosk.domain.person import Role
from kiosk.faults import Fault, FaultCode
from kiosk.rules.goods_numbers import goods_problem
from kiosk.rules.permits import MARGIN

from . import effects as do
from . import events as ev
from .customer import AGREES, SIGNS_ANEW
from .desk import Check, Desk, DeskBusy, all_equal, expected, recipient, with_check
from .device_desk import ReadBack, fault_of
from .handed_over import HANDED
from .machine import Effect, Event, Journey, Row, Step
from .set_aside import device_of, from_bundle, record, verdict_on


# who receives -------------------------------------------------------------------------------------------------------
def _card(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.CardRead)
    return _looked_at(replace(d, customer=e.card))


def _looked_at(d: Desk) -> Desk:
    if d.customer is None:
        return d
    if not d.customer.valid_on(d.now.date()):
        return replace(d, fault=Fault(FaultCode.CARD_EXPIRED))
    return replace(d, fault=None if recipient(d) else Fault(FaultCode.NOT_RECIPIENT))


def may_confirm(d: Desk) -> bool:
    """Whether the person at the window may receive this bundle, going by the card."""
    return d.customer is not None and d.customer.valid_on(d.now.date()) and recipient(d) is not None


def _may_confirm(d: Desk, e: Event) -> bool:
    return may_confirm(d)


def _verifying(d: Desk, e: Event) -> Desk:
    return replace(d, busy=DeskBusy.VERIFYING, fault=None)


def _verify(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert d.customer is not None and d.staff is not None
    card = d.customer
    question = VerifyPerson(
        VerificationId(""),
        card.name,
        card.cert_type,
        card.number,
        d.now,
        d.agreed_at or d.now,
        False,
        b"",
        d.staff.staff_ref,
    )
    return (do.Verify(question),)


def _passed(d: Desk, e: Event) -> bool:
    return isinstance(e, ev.PersonVerified) and e.verification.passed


def _verified(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.PersonVerified)
    return replace(d, verification_id=e.verification.id, busy=DeskBusy.PREPARING)


def _not_verified(d: Desk, e: Event) -> Desk:
    return replace(d, busy=None, fault=Fault(FaultCode.FACE_NOT_MATCHED))


def _verified_noted(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.PersonVerified)
    fields = (("verification", e.verification.id), ("method", "in_person"), ("passed", "yes"))
    return (do.Note(AuditKind.VERIFIED, fields),)


def _read_recipient(d: Desk) -> tuple[Effect, ...]:
    follow: tuple[Effect, ...] = (do.FollowCase(d.case.id),) if d.case else ()
    return follow if d.customer is not None else (*follow, do.ReadCard("recipient"))


def _read_again(d: Desk, e: Event) -> tuple[Effect, ...]:
    return (do.ReadCard("recipient"),)


def _forget_card(d: Desk, e: Event) -> Desk:
    return replace(d, customer=None, agreed_at=None, fault=None)


# the bundle ---------------------------------------------------------------------------------------------------------
def bundle(d: Desk) -> tuple[Article, ...]:
    """What is handed over in this transaction: everything that is prepared."""
    return tuple(a for a in d.case.articles if a.state is ArticleState.PREPARED) if d.case else ()


def _ask_permit(d: Desk) -> tuple[Effect, ...]:
    assert d.case is not None and d.verification_id is not None
    lines = tuple(
        HandoverLine(a.id, None if a.batch_id else a.unit_id, a.batch_id, a.first_no, a.count) for a in bundle(d)
    )
    question = PrepareHandover(
        HandoverId(""), d.case.id, d.case.version, WindowId(""), d.verification_id, Role.LEGAL_REP.value, lines
    )
    return (do.AskPermit(question),)


def _ask_again(d: Desk, e: Event) -> tuple[Effect, ...]:
    return _ask_permit(d)


def _no_permit_yet(d: Desk, e: Event) -> bool:
    return d.handover is None


def _has_permit(d: Desk, e: Event) -> bool:
    """Before the platform has said what is expected, a scan proves nothing."""
    return d.handover is not None


def _preparing(d: Desk, e: Event) -> Desk:
    return replace(d, busy=DeskBusy.PREPARING, fault=None)


def _prepared(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.HandoverPrepared)
    checks = tuple(Check(line.article_id) for line in e.handover.lines)
    return replace(d, handover=e.handover, busy=None, fault=None, checks=checks, active=checks[0].article_id)


def _prepared_do(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.HandoverPrepared)
    fields = (("handover", e.handover.id), ("lines", str(len(e.handover.lines))))
    return (do.Note(AuditKind.HANDOVER_PREPARED, fields), do.ScanCode(), *_read_device(d))


def _read_device(d: Desk) -> tuple[Effect, ...]:
    return (do.ReadTaxDevice(),) if any(a.kind is ArticleKind.TAX_DEVICE for a in bundle(d)) else ()


def _by_id(d: Desk, article_id: str) -> Article | None:
    return next((a for a in bundle(d) if a.id == article_id), None)


def _text_of(e: Event) -> str:
    assert isinstance(e, ev.CodeScanned | ev.CodeTyped)
    return (e.scan.text if isinstance(e, ev.CodeScanned) else e.text).strip().replace(" ", "")


def _scanned(d: Desk, e: Event) -> Desk:
    """A scan fits the article on the counter, or another one that waits, or it is the wrong thing."""
    text = _text_of(e)
    if not text:  # its bytes are no text, or it was not to be trusted: nothing that could be compared
        return replace(d, fault=Fault(FaultCode.CODE_UNREADABLE))
    goods = [a for a in bundle(d) if a.kind is not ArticleKind.TAX_DEVICE]
    fits = next((a for a in goods if expected(a) == text), None)
    if fits is not None:
        return with_check(replace(d, fault=None), Check(fits.id, Match.EQUAL, text))
    active = _by_id(d, d.active) if d.active else None
    if active is None or active.kind is ArticleKind.TAX_DEVICE:
        return replace(d, fault=Fault(FaultCode.ARTICLE_MISMATCH))
    wrong = Check(active.id, Match.DIFFERENT, text, goods_problem(active, text))
    return replace(with_check(d, wrong), fault=Fault(FaultCode.ARTICLE_MISMATCH))


def _scanned_do(d: Desk, e: Event) -> tuple[Effect, ...]:
    text = _text_of(e)
    check = next((c for c in d.checks if c.found == text), None)
    way = "scanned" if isinstance(e, ev.CodeScanned) else "typed"
    again: tuple[Effect, ...] = (do.ScanCode(),) if isinstance(e, ev.CodeScanned) else ()
    if check is None:
        return again
    fields = (("article", check.article_id), ("match", check.match.value), ("way", way))
    return (do.Note(AuditKind.ARTICLE_CHECKED, fields), *again)


def _read_back(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.DeviceReadBack)
    device = device_of(d)
    if device is None:
        return d
    verdict, number = verdict_on(d, e.readout, device.serial), e.readout.number
    problem = goods_problem(device, number) if verdict is ReadBack.OTHER else None
    check = Check(device.id, Match.EQUAL if verdict is ReadBack.FITS else Match.DIFFERENT, number, problem)
    return replace(with_check(d, check), readout=e.readout, fault=fault_of(verdict))


def _read_back_do(d: Desk, e: Event) -> tuple[Effect, ...]:
    check = next((c for c in d.checks if (device := device_of(d)) and c.article_id == device.id), None)
    if check is None:
        return ()
    fields = (("article", check.article_id), ("match", check.match.value), ("way", "read_back"))
    return (do.Note(AuditKind.ARTICLE_CHECKED, fields),)


def may_put_aside(d: Desk) -> bool:
    """Whether the device in the bundle was found to be wrong, or cannot be read at all."""
    device = device_of(d)
    if device is None or device.unit_id is None:
        return False
    unread = d.fault is not None and d.fault.code is FaultCode.TAX_DEVICE_UNREADABLE
    wrong = any(c.article_id == device.id and c.match is Match.DIFFERENT for c in d.checks)
    return wrong or (unread and d.readout is None)


def _may_put_aside(d: Desk, e: Event) -> bool:
    return may_put_aside(d)


def _retried(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.ArticleRetried)
    device = device_of(d)
    again = device is not None and device.id == e.article_id
    d = replace(d, fault=None, readout=None if again else d.readout)
    return replace(with_check(d, Check(e.article_id)), active=e.article_id)


def _retried_do(d: Desk, e: Event) -> tuple[Effect, ...]:
    article = _by_id(d, d.active) if d.active else None
    return (do.ReadTaxDevice(),) if article and article.kind is ArticleKind.TAX_DEVICE else ()


def _device_failed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.DeviceFailed)
    return replace(d, busy=None, fault=e.fault)


def _platform_failed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.PlatformFailed)
    return replace(d, busy=None, fault=e.fault)


def _stop(d: Desk) -> tuple[Effect, ...]:
    return (do.StopDevices(),)


def _all_fit(d: Desk, e: Event) -> bool:
    return all_equal(d)


# the signature ------------------------------------------------------------------------------------------------------
def permit_holds(d: Desk) -> bool:
    """Whether there is still time, as the screen counts it down; whether the permit may be used the rule says."""
    permit = d.handover.permit if d.handover else None
    return permit is not None and d.now < permit.expires_at - MARGIN


def _signature(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.SignatureDrawn)
    return replace(d, busy=DeskBusy.SIGNATURE, signature_png=e.png)


def _keep_signature(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.SignatureDrawn)
    return (do.KeepSignature(PersonRef("recipient"), e.png),)


def _signed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.SignatureKept)
    return replace(d, signature=e.blob, busy=None)


def _may_ask(d: Desk, e: Event) -> bool:
    return d.handover is not None and d.signature is not None and d.deed is None and d.busy is None


def receipt_no(d: Desk) -> str:
    """Number of the hand-over on sheet and platform."""
    return f"{d.case.slip_code}-{d.now:%Y%m%d%H%M}" if d.case else ""


def _no_fault(d: Desk, e: Event) -> Desk:
    return replace(d, fault=None)


def _barred(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.HandoverBarred)
    return replace(d, fault=e.fault)


def _hand_over(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert d.case is not None and d.handover is not None and d.handover.permit is not None
    assert d.signature is not None
    articles = tuple(c.article_id for c in d.checks)
    deed = RecordHandover(d.handover.id, d.case.id, d.handover.permit.id, articles, d.signature, receipt_no(d), d.now)
    fields = (("handover", d.handover.id), ("articles", str(len(articles))), ("receipt", receipt_no(d)))
    record = do.Record(deed, AuditKind.HANDED_OVER, fields)
    checks = tuple((c.article_id, c.match) for c in d.checks)
    return (do.FinishHandover(d.handover, checks, d.verification_id, d.signature, d.staff, record),)


def _handed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.DeedRecorded)
    done = replace(d.handover, state=HandoverState.HANDED_OVER) if d.handover else None
    truth = replace(d.truth, recorded=e.status.recorded_at)
    return replace(d, deed=e.status, truth=truth, handover=done, fault=None)


def _abort(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.AbortAsked)
    if d.handover is None or d.case is None:
        return ()
    deed = AbortHandover(d.handover.id, d.case.id, e.reason, d.now)
    return (do.Record(deed, AuditKind.HANDOVER_ABORTED, (("handover", d.handover.id), ("reason", e.reason))),)


HAND_OVER: Journey[Desk] = Journey(
    "hand_over",
    (
        Step("verify_recipient", (
            Row(ev.CardRead, None, _card),
            *AGREES,
            Row(ev.RecipientConfirmed, None, _verifying, _verify, _may_confirm),
            Row(ev.PersonVerified, "check_bundle", _verified, _verified_noted, _passed),
            Row(ev.PersonVerified, None, _not_verified),
            Row(ev.DeviceFailed, None, _device_failed),
            Row(ev.PlatformFailed, None, _platform_failed),
            Row(ev.RetryAsked, None, _forget_card, _read_again),
            Row(ev.BackAsked, "find_case"),
        ), enter=_read_recipient, leave=_stop),
        Step("check_bundle", (
            Row(ev.HandoverPrepared, None, _prepared, _prepared_do),
            Row(ev.PlatformFailed, None, _platform_failed),
            Row(ev.RetryAsked, None, _preparing, _ask_again, _no_permit_yet),
            Row(ev.CodeScanned, None, _scanned, _scanned_do, _has_permit),
            Row(ev.CodeTyped, None, _scanned, _scanned_do, _has_permit),
            Row(ev.DeviceReadBack, None, _read_back, _read_back_do, _has_permit),
            Row(ev.ArticleRetried, None, _retried, _retried_do),
            Row(ev.AsideAsked, "device_aside", from_bundle, record, _may_put_aside),
            Row(ev.DeviceFailed, None, _device_failed),
            Row(ev.NextAsked, "sign_handover", when=_all_fit),
            Row(ev.AbortAsked, "find_case", None, _abort),
        ), enter=_ask_permit, leave=_stop),
        Step("sign_handover", (
            Row(ev.SignatureDrawn, None, _signature, _keep_signature),
            Row(ev.SignatureKept, None, _signed),
            *SIGNS_ANEW,
            Row(ev.HandOverAsked, None, _no_fault, _hand_over, _may_ask),
            Row(ev.HandoverBarred, None, _barred),
            Row(ev.DeedRecorded, "handed_over", _handed),
            Row(ev.AbortAsked, "find_case", None, _abort),
        )),
        HANDED,
    ),
)  # fmt: skip
