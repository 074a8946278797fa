"""Carries one leased row to the platform: its blobs first, then its bytes, and a second look when versions differ."""

from dataclasses import dataclass, field
from datetime import timedelta

from kiosk.domain.case import CaseState, OpeningForm
from kiosk.domain.draft_split import DraftSplit
from kiosk.domain.ids import CaseId
from kiosk.domain.private import Private
from kiosk.faults import Fault, FaultCode

from . import blobs, drafts, mirror, outbox, wire
from .clock import PlatformClock
from .database import StoreFile
from .deeds import joined_draft
from .drafts import Base, mine_of
from .exchange import Call, Reply, Then, Trouble, call_for, says
from .outbox import Leased, Sealed
from .uplink import Cancel, Lane, StaffDesk
from .uploading import Pieces, Uploader

TOO_OLD = timedelta(days=25)  # the platform remembers keys for thirty
_DRAFTING = (CaseState.DRAFT, CaseState.SIGNING)
_NEW = "putMaterial"  # a thing of its own each time, whose version is not the case's
# Their answers say nothing of a case, but for the paper that was taken; what else moved by them comes with the case.
_NOT_OF_A_CASE = (
    "postEvaluation", "postFeedback", "reportIssued", "reportReadBack", "quarantineUnit", "takeTicket",
    "finishTicket", _NEW,
    "returnUnit", "clearUnit", "findUnit", "countStock", "sendStock", "receiveTransfer",
)  # fmt: skip
_ON_A_BASE = ("putDraft", "submitCase")  # acts of the citizen, about the form as it was seen


@dataclass(frozen=True, slots=True, repr=False)
class Joined(Private):
    """A draft that was changed elsewhere too, in other answers: both put together, to be sent instead; and what this
    terminal's people answered alone."""

    draft: Sealed
    mine: OpeningForm


@dataclass(slots=True, repr=False)
class Delivery(Private):
    """What became of one row: the platform's reply or the trouble, uploaded blobs, and the case as it is now."""

    row: Leased
    outcome: Reply | Trouble
    uploaded: list[str] = field(default_factory=list)
    case: wire.CaseSaid | None = None
    gave_up: bool = False
    joined: Joined | None = None


class Courier:
    """One courier per lane; reads the store, never writes it."""

    def __init__(
        self, store: StoreFile, lane: Lane, staff: StaffDesk, clock: PlatformClock, seconds: float,
        pieces: Pieces | None = None,
    ) -> None:  # fmt: skip
        self._store, self._lane, self._staff, self._clock, self._seconds = store, lane, staff, clock, seconds
        self._uploader = Uploader(lane, clock, seconds, pieces)

    def deliver(self, row: Leased, cancel: Cancel) -> Delivery:
        """Send one row. Its bytes and key are never changed; only the version in the header is today's."""
        # Whoever was never on the way cannot be there twice, whatever the clock said when it was made.
        if row.attempts and (outcome := self._aged(row, cancel)) is not None:
            return Delivery(row, outcome, gave_up=outcome.then is Then.PARK)
        delivery = Delivery(row, _nobody())
        token = ""
        if row.sealed.staff_ref:
            token = self._token(row.sealed.staff_ref, cancel)
            if not token:
                return delivery
        missing, trouble = self._upload_all(row.sealed, delivery, cancel)
        if trouble is not None:
            delivery.outcome = trouble
            return delivery
        delivery.outcome = self._send(row, delivery, token, cancel)
        self._forget_refused(token, delivery.outcome)
        if says(delivery.outcome, "blob-missing") and missing and isinstance(delivery.outcome, Trouble):
            # Neither side has it: no waiting mends that.
            delivery.outcome = Trouble(delivery.outcome.fault, Then.PARK, heard=True)
        return delivery

    def _aged(self, row: Leased, cancel: Cancel) -> Trouble | None:
        """Why a row that may have reached the platform before is not sent: its key may be forgotten there, or nobody
        knows what time it is. After a start the platform is asked for that first."""
        if self._clock.offset() is None:
            told = self._lane.send(call_for(wire.route("getTime")), self._seconds, cancel)
            if isinstance(told, Trouble) and not told.heard:
                return Trouble(told.fault, Then.AGAIN, reached=False, rest=told.rest)
        if self._clock.now() - row.made_at <= TOO_OLD:
            return None
        return Trouble(Fault(FaultCode.PLATFORM_REFUSED, {"slug": "too-old"}), Then.PARK, reached=False)

    def fetch(self, case_id: CaseId, cancel: Cancel) -> wire.CaseSaid | Trouble:
        """The platform's word about a case."""
        token = self._token("", cancel)
        outcome = self._lane.send(
            call_for(wire.route("getCase", case_id=case_id), token=token), self._seconds, cancel
        )
        if isinstance(outcome, Trouble):
            self._forget_refused(token, outcome)
            return outcome
        said = wire.mirrored(outcome.body)
        return _broken() if said is None else said

    def _forget_refused(self, token: str, outcome: Reply | Trouble) -> None:
        if token and isinstance(outcome, Trouble) and outcome.then is Then.SIGN_IN:
            self._staff.drop(token)

    def _send(self, row: Leased, delivery: Delivery, token: str, cancel: Cancel) -> Reply | Trouble:
        sealed = row.sealed
        way = wire.route_to(sealed.operation, sealed.path)
        known, base = self._known(sealed.case_id)
        version = sealed.version
        if sealed.operation in _ON_A_BASE and version is None and base is not None:
            version = base.version
            if version == 0:
                return self._look_again(row, delivery, base, call_for(way, sealed.body, sealed.key, 0, token), cancel)
        elif way.versioned and version is None and sealed.operation != _NEW:
            version = None if known is None else known.version
            if version is None and not way.first:
                said = self.fetch(sealed.case_id, cancel)
                if isinstance(said, Trouble):
                    return said
                delivery.case, version = said, said.case.version
        call = call_for(way, sealed.body, sealed.key, version, token)
        outcome = self._lane.send(call, self._seconds, cancel)
        todays = sealed.version is None and sealed.operation != _NEW
        if says(outcome, "version-mismatch") and (todays or sealed.operation == "putDraft"):
            outcome = self._look_again(row, delivery, base, call, cancel)
        elif isinstance(outcome, Reply) and not wire.acknowledges(sealed.operation, outcome.body):
            outcome = _broken()
        if isinstance(outcome, Reply):
            delivery.case = self._after(sealed, known, outcome) or delivery.case
        return outcome

    def _look_again(
        self, row: Leased, delivery: Delivery, base: Base | None, call: Call, cancel: Cancel
    ) -> Reply | Trouble:
        """The case moved on since this terminal's people saw it. Nothing that a person entered elsewhere is ever
        overwritten: what was answered in different places comes together, the rest is a question for a person."""
        said = self.fetch(row.sealed.case_id, cancel)
        if isinstance(said, Trouble):
            return said
        delivery.case = said
        if said.masked or said.case.state not in _DRAFTING:
            return _parked(FaultCode.PLATFORM_REFUSED, "version-mismatch")
        if wire.is_newer(said.body):
            return _parked(FaultCode.DRAFT_TOO_NEW, "newer-edition")
        if row.sealed.operation == "putDraft":
            return self._second_look(row, delivery, base, call, cancel)
        if base is None or not wire.same_form(base.form, said.case.form):
            return _parked(FaultCode.PLATFORM_REFUSED, "version-mismatch")
        return self._again(row.sealed, call, said.case.version, cancel)

    def _second_look(
        self, row: Leased, delivery: Delivery, base: Base | None, call: Call, cancel: Cancel
    ) -> Reply | Trouble:
        sealed, said = row.sealed, delivery.case
        ours, mine = wire.form_of(sealed.body), mine_of(sealed, base)
        if said is None or ours is None or mine is None:
            return _parked(FaultCode.PLATFORM_REFUSED, "version-mismatch")
        theirs, version = said.case.form, said.case.version
        if wire.same_form(ours, theirs):
            return Reply(200, b"", version, replayed=True)  # it arrived before, and only the answer was lost
        split = DraftSplit(None if base is None else base.form, mine, theirs, version)
        together = split.settled({})
        if split.conflicts:
            return _parked(FaultCode.DRAFT_SPLIT, "changed-elsewhere")
        if wire.same_form(together, ours):
            return self._again(sealed, call, version, cancel)
        if self._is_built_on(row):
            return _parked(FaultCode.DRAFT_SPLIT, "changed-elsewhere")  # what is submitted is what was signed
        delivery.joined = Joined(joined_draft(sealed, together, version), mine)
        return _parked(FaultCode.CANCELLED, "joined")

    def _again(self, sealed: Sealed, call: Call, version: int, cancel: Cancel) -> Reply | Trouble:
        again = Call(call.method, call.path, call.body, call.key, version, False, call.token)
        outcome = self._lane.send(again, self._seconds, cancel)
        if isinstance(outcome, Reply) and not wire.acknowledges(sealed.operation, outcome.body):
            return _broken()
        return outcome

    def _is_built_on(self, row: Leased) -> bool:
        with self._store.read() as db:
            waiting = outbox.live(db, row.sealed.case_id)
        return any(one.operation not in outbox.UNBORN and not one.fact for one in waiting)

    def _after(self, sealed: Sealed, known: mirror.MirroredCase | None, reply: Reply) -> wire.CaseSaid | None:
        if sealed.operation in _NOT_OF_A_CASE:
            return None
        draft = sealed.body if sealed.operation == "putDraft" else None
        return wire.moved(sealed.case_id, None if known is None else known.body, draft, reply.body)

    def _known(self, case_id: CaseId) -> tuple[mirror.MirroredCase | None, Base | None]:
        with self._store.read() as db:
            return mirror.case(db, case_id), drafts.base(db, case_id)

    def _token(self, staff_ref: str, cancel: Cancel) -> str:
        """The token of whoever is signed in; of ``staff_ref`` only, when named."""
        if staff_ref and self._staff.staff_ref() != staff_ref:
            return ""
        return self._staff.token(self._lane, self._clock.now(), self._seconds, cancel)

    def _upload_all(self, sealed: Sealed, delivery: Delivery, cancel: Cancel) -> tuple[bool, Trouble | None]:
        """Whether one of the blobs is not here any more (uploaded earlier, or lost), and what went wrong."""
        missing = False
        self._uploader.begin()
        for blob_id in sealed.blobs:
            with self._store.read() as db:
                data = blobs.data(db, blob_id)
            if data is None:
                missing = True
            elif (trouble := self._uploader.upload(blob_id, data, cancel)) is not None:
                return missing, trouble
            else:
                delivery.uploaded.append(blob_id)
        return missing, None


def _nobody() -> Trouble:
    fault = Fault(FaultCode.PLATFORM_REFUSED, {"slug": "unauthenticated"})
    return Trouble(fault, Then.SIGN_IN, reached=False, heard=True)


def _parked(code: FaultCode, slug: str) -> Trouble:
    return Trouble(Fault(code, {"slug": slug}), Then.PARK, heard=True)


def _broken() -> Trouble:
    return Trouble(Fault(FaultCode.BROKEN_ANSWER, {"slug": "broken-answer"}), Then.AGAIN)
