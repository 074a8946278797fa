"""What the proof's program does: whole visits, act by act, through the real ledger on a real store.

Every act is one transaction of the store (the last of a visit also empties the write-ahead log), so that between any
two acts there is exactly one right content. The part of the platform is played by writing its verdicts the way the
sync loop writes them. All people are invented.
"""

import enum
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from kiosk.audit import AuditEvent, AuditKind
from kiosk.contracts.ledger import (
    AbortHandover,
    DecideAcceptance,
    Deed,
    KeepMaterial,
    RateVisit,
    RecordHandover,
    ReportIssued,
    ReportReadBack,
    SaveDraft,
    SetDeviceAside,
    SubmitCase,
)
from kiosk.contracts.tax_device import TaxDeviceReadout, TaxDeviceStatus
from kiosk.domain.case import CompanyName, CompanyType, Domicile, DomicileGetWay, OpeningForm, PermitDuty, ScopePick
from kiosk.domain.handover import Handover, HandoverLine, HandoverState, Permit
from kiosk.domain.identity_card import CertType
from kiosk.domain.ids import (
    ArticleId,
    BlobId,
    CaseId,
    DeviceIssueId,
    DivisionCode,
    HandoverId,
    MaterialId,
    PermitId,
    PersonRef,
    ScopeCode,
    SiteId,
    SlipCode,
    StaffRef,
    UnitId,
    new_slip_code,
    new_ulid,
)
from kiosk.domain.item import Item
from kiosk.domain.person import Person, Role
from kiosk.faults import Fault, FaultCode
from offline_cache import blobs, mirror, outbox
from offline_cache.clock import SHANGHAI, PlatformClock
from offline_cache.database import open_store
from offline_cache.ledger import CacheLedger, Keeper
from offline_cache.mirror import MirroredCase
from offline_cache.news import News

RESERVE_BYTES = 64 * 1024
_START = datetime(2026, 3, 12, 10, 0, tzinfo=SHANGHAI)
_SIGNATURE_BYTES, _SCAN_BYTES = 9_000, 50_000
_LANES = 3


class ActKind(enum.Enum):
    """What is done in one step."""

    BEGIN = "begin"
    SIGN = "sign"
    SCAN = "scan"
    DRAFT = "draft"
    KEEP = "keep"
    DRAFT_ANEW = "draft-anew"
    SUBMIT = "submit"
    SUBMIT_ANEW = "submit-anew"
    RATE = "rate"
    DECIDE = "decide"
    PREPARE = "prepare"
    HAND_OVER = "hand-over"
    ABORT = "abort"
    ISSUED = "issued"
    READ_BACK = "read-back"
    SET_ASIDE = "set-aside"
    LEASE = "lease"
    SETTLE = "settle"
    REFUSE = "refuse"
    RECOVER = "recover"
    FORGET = "forget"
    RESTART = "restart"


K = ActKind
_SENT = (K.LEASE, K.SETTLE)
_VISITS = (
    # A citizen: fills in, has a paper photographed, signs, submits, rates; everything arrives, the visit is wiped.
    (K.BEGIN, K.SIGN, K.SCAN, K.DRAFT, K.KEEP, K.SUBMIT, K.RATE, *_SENT, *_SENT, *_SENT, *_SENT, K.FORGET),
    # The window: decides, prepares, hands over against a signature.
    (K.BEGIN, K.DECIDE, *_SENT, K.PREPARE, K.SIGN, K.HAND_OVER, *_SENT, K.FORGET),
    # The platform refuses; the person changes the form and submits anew; the terminal goes down meanwhile.
    (K.BEGIN, K.SIGN, K.DRAFT, K.SUBMIT, K.LEASE, K.REFUSE, K.DRAFT_ANEW, K.SUBMIT_ANEW, K.LEASE, K.RESTART,
     K.RECOVER, K.RATE, K.FORGET),
    # The window again; this time the bundle goes back, for its tax device is not this company's.
    (K.BEGIN, K.DECIDE, K.ISSUED, K.READ_BACK, K.PREPARE, K.SCAN, K.ABORT, K.SET_ASIDE, *_SENT, K.RESTART, K.RECOVER,
     *_SENT, K.FORGET),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Act:
    """One step of one visit."""

    kind: ActKind
    visit: int


def acts(visits: int) -> tuple[Act, ...]:
    """Everything that happens in so many visits, in order; the same every time."""
    return tuple(Act(kind, visit) for visit in range(visits) for kind in _VISITS[visit % len(_VISITS)])


class Desk:
    """The store of one start with the ledger before it. StoreError when the store cannot be opened."""

    def __init__(self, path: Path) -> None:
        self.store = open_store(path, "file", RESERVE_BYTES)
        self._clock = PlatformClock()
        self._ledger = CacheLedger(
            self.store, Keeper("kiosk-01", ""), self._clock, News(), lambda: None, lambda: False
        )
        self._leased: tuple[outbox.Leased, ...] = ()

    def close(self) -> None:
        """In order."""
        self.store.close()

    def perform(self, act: Act) -> Fault | None:
        """Do it. None: it is promised; from now on it must be there, whatever happens to the machine."""
        if act.kind in _DEEDS:
            kind, deed = _DEEDS[act.kind]
            event = AuditEvent(kind, self._clock.now(), _case(act.visit)[0], "citizen")
            done = self._ledger.record(deed(act.visit), event)
            return done if isinstance(done, Fault) else None
        match act.kind:
            case ActKind.BEGIN:
                return self._ledger.note(AuditEvent(AuditKind.VISIT_BEGUN, self._clock.now(), "", "citizen"))
            case ActKind.SIGN | ActKind.SCAN:
                data, name = _picture(act), "signature" if act.kind is ActKind.SIGN else "scan"
                kept = self._ledger.keep_blob(data, name)
                return kept if isinstance(kept, Fault) else None
            case ActKind.PREPARE:
                return self._ledger.keep_handover(_handover(act.visit))
            case ActKind.FORGET:
                self._ledger.forget_visit(None)
        self._speak_for_the_platform(act.kind)
        return None

    def _speak_for_the_platform(self, kind: ActKind) -> None:
        with self.store.write() as db:
            now = self._clock.now()
            if kind is ActKind.LEASE:
                self._leased = outbox.lease(db, _LANES)
            elif kind is ActKind.RECOVER:
                outbox.recover(db)
            for row in self._leased if kind in (ActKind.SETTLE, ActKind.REFUSE) else ():
                if kind is ActKind.REFUSE:
                    outbox.park(db, row, Fault(FaultCode.PLATFORM_REFUSED, {"slug": "name-taken"}), now)
                    continue
                for blob_id in row.sealed.blobs:
                    blobs.drop(db, blob_id)
                outbox.acknowledge(db, row, now, replayed=False)
                said = MirroredCase(row.sealed.case_id, row.sealed.slip_code, "ACCEPTED", row.id, b"{}", now)
                mirror.keep_case(db, said)


def _case(visit: int) -> tuple[CaseId, SlipCode]:
    return CaseId(new_ulid(1_800_000_000_000 + visit, bytes(10))), new_slip_code(visit.to_bytes(8, "big"))


def _handover_id(visit: int) -> HandoverId:
    return HandoverId(new_ulid(1_810_000_000_000 + visit, bytes(10)))


def _handover(visit: int) -> Handover:
    number, case_id = _handover_id(visit), _case(visit)[0]
    permit = Permit(PermitId(number), b"{}" * 500, bytes(64), _START + timedelta(minutes=20))
    lines = (HandoverLine(ArticleId(number), UnitId(f"licence_paper-{visit:08d}")),)
    return Handover(number, case_id, HandoverState.PREPARED, 1, lines, permit)


def _picture(act: Act) -> bytes:
    """Bytes that are like no others; so much as a small signature or a page has."""
    size = _SIGNATURE_BYTES if act.kind is ActKind.SIGN else _SCAN_BYTES
    return hashlib.shake_128(f"{act.kind.value} {act.visit}".encode()).digest(size)


def _signature(visit: int) -> BlobId:
    return BlobId(hashlib.sha256(_picture(Act(ActKind.SIGN, visit))).hexdigest())


def _form(visit: int, *, anew: bool = False) -> OpeningForm:
    person = Person(
        ref=PersonRef("p1"),
        name="示例甲",
        cert_type=CertType.RESIDENT_ID,
        cert_no="11010119900307889X",
        birth=date(1990, 3, 7),
        address="示例路1号",
        phone="13800000000",
        roles=frozenset({Role.LEGAL_REP, Role.SHAREHOLDER, Role.LIAISON}),
        subscribed=Decimal(50),
        signature=_signature(visit),
        signed_at=_START,
    )
    form = OpeningForm(
        company_type=CompanyType.LLC_SOLE,
        items=(Item.SETUP, Item.SEAL),
        name=CompanyName("重庆", "示例", "信息技术"),
        scope=(ScopePick(ScopeCode("SAMPLE-0001"), "正餐服务", PermitDuty.AFTER, "食品经营许可证", "6210"),),
        domicile=Domicile(DivisionCode("500103"), "渝中区", f"示例路{visit}号", DomicileGetWay.RENTED),
        registered_capital=Decimal(50),
        people=(person,),
        applicant=PersonRef("p1"),
        pickup_site=SiteId("proof"),
    )
    return replace(form, name=CompanyName("重庆", "另示例", "信息技术")) if anew else form


def _draft(visit: int, *, anew: bool = False) -> Deed:
    return SaveDraft(*_case(visit), _form(visit, anew=anew))


def _submission(visit: int, *, anew: bool = False) -> Deed:
    return SubmitCase(*_case(visit), _form(visit, anew=anew), _START)


def _paper(visit: int) -> Deed:
    number = MaterialId(new_ulid(1_820_000_000_000 + visit, bytes(10)))
    blob = BlobId(hashlib.sha256(_picture(Act(ActKind.SCAN, visit))).hexdigest())
    return KeepMaterial(_case(visit)[0], number, "lease_contract", blob, "image/jpeg", 1, _START)


def _readout(visit: int) -> TaxDeviceReadout:
    return TaxDeviceReadout(f"{visit:012d}", TaxDeviceStatus.ISSUED, "91500103MA5U00003N", "重庆示例信息技术有限公司")


def _handed_over(visit: int) -> Deed:
    number = _handover_id(visit)
    articles = (ArticleId(number),)
    return RecordHandover(
        number, _case(visit)[0], PermitId(number), articles, _signature(visit), f"R-{visit}", _START
    )


_DEEDS: dict[ActKind, tuple[AuditKind, Callable[[int], Deed]]] = {
    K.DRAFT: (AuditKind.DRAFT_SAVED, _draft),
    K.DRAFT_ANEW: (AuditKind.DRAFT_SAVED, lambda visit: _draft(visit, anew=True)),
    K.KEEP: (AuditKind.MATERIAL_KEPT, _paper),
    K.SUBMIT: (AuditKind.SUBMITTED, _submission),
    K.SUBMIT_ANEW: (AuditKind.SUBMITTED, lambda visit: _submission(visit, anew=True)),
    K.RATE: (AuditKind.RATED, lambda visit: RateVisit(_case(visit)[0], "accepted", 5, _START)),
    K.DECIDE: (
        AuditKind.ACCEPTANCE_DECIDED,
        lambda visit: DecideAcceptance(_case(visit)[0], 1, "accept", StaffRef("0317"), _START),
    ),
    K.HAND_OVER: (AuditKind.HANDED_OVER, _handed_over),
    K.ABORT: (
        AuditKind.HANDOVER_ABORTED,
        lambda visit: AbortHandover(_handover_id(visit), _case(visit)[0], "not-collected", _START),
    ),
    K.ISSUED: (
        AuditKind.DEVICE_ISSUED,
        lambda visit: ReportIssued(DeviceIssueId(_handover_id(visit)), _case(visit)[0], f"FX-{visit}", _START),
    ),
    K.READ_BACK: (
        AuditKind.DEVICE_READ_BACK,
        lambda visit: ReportReadBack(DeviceIssueId(_handover_id(visit)), _case(visit)[0], _readout(visit), _START),
    ),
    K.SET_ASIDE: (
        AuditKind.DEVICE_SET_ASIDE,
        lambda visit: SetDeviceAside(
            UnitId(f"tax_device-{visit:012d}"), _case(visit)[0], "tax_device_stranger", _START
        ),
    ),
}

# A person whose act was in the air when the power went does it again. Drafts are acts of their own every time.
REPEATED: Sequence[ActKind] = (
    K.KEEP, K.SUBMIT, K.SUBMIT_ANEW, K.RATE, K.DECIDE, K.HAND_OVER, K.ABORT, K.ISSUED, K.READ_BACK, K.SET_ASIDE,
)  # fmt: skip
