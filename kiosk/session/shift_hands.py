"""What a window has done for it while one clerk hands it to the next."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kiosk.audit import AuditKind
from kiosk.contracts.central_platform import GetChallenge, SignOut
from kiosk.contracts.device import DeviceKind
from kiosk.contracts.shifts import OfferShift, ReadStanding, TakeShift
from kiosk.contracts.smart_card import SignedChallenge, StaffCardReader
from kiosk.domain.shift import KeptShift, OpenKind, OpenLine, WindowStanding
from kiosk.faults import Fault
from kiosk.workflow import effects as do
from kiosk.workflow import shift_effects as handing
from kiosk.workflow.events import LedgerFailed
from kiosk.workflow.events import shift as ev
from kiosk.workflow.shift_sheets import handed_over

from .hands import CommonHands


class ShiftHands:
    """Works with the window's own hands; ``closed`` forgets who sat there, ``sign_in`` opens the next session."""

    def __init__(
        self, hands: CommonHands, closed: Callable[[], object], sign_in: Callable[[do.OpenStaffSession], object]
    ) -> None:
        self._hands, self._closed, self._sign_in = hands, closed, sign_in
        self.table: dict[type[Any], Callable[[Any], None]] = {
            handing.ReadStanding: self._read_standing,
            handing.OfferShift: self._offer,
            handing.UnlockIncoming: self._unlock,
            handing.TakeShift: self._take,
            handing.ChangeClerk: self._change,
            handing.KeepShift: self._keep,
            handing.LookForShift: self._look,
        }

    def _keep(self, effect: handing.KeepShift) -> None:
        self._kept(effect.kept, effect.fields)

    def _kept(self, kept: KeptShift, fields: tuple[tuple[str, str], ...]) -> bool:
        event = self._hands.event(AuditKind.SHIFT_HANDED_OVER, fields) if fields else None
        fault = self._hands.tools.ledger.keep_shift(kept, event)
        if fault is not None:
            self._hands.post(LedgerFailed(fault))
        return fault is None

    def _look(self, effect: handing.LookForShift) -> None:
        """A count whose end this machine did not hear is the last hand-over if the platform says that it was taken:
        its answer was lost with the power."""
        ledger, platform = self._hands.tools.ledger, self._hands.tools.platform
        counted = ledger.offered_shift()
        if not self._hands.wishes.waits("sheet"):  # one that is just being printed is not owed
            self._hands.post(ev.ShiftLooked(ledger.last_shift()))

        def told(standing: WindowStanding | Fault) -> None:
            last = None if isinstance(standing, Fault) else standing.last
            if counted is None or last is None or last.id != counted.shift.id:
                return
            taken = replace(counted.shift, incoming=last.incoming, taken_at=last.taken_at)
            if self._kept(replace(counted, shift=taken), handed_over(taken)):
                self._hands.post(ev.ShiftLooked(ledger.last_shift()))

        if counted is not None and platform.online():
            self._hands.put(ReadStanding(effect.window), told)

    def _read_standing(self, effect: handing.ReadStanding) -> None:
        if self._hands.tools.platform.online():  # without it the page says so, and nothing can be signed
            self._hands.ask(ReadStanding(effect.window), ev.StandingTold)

    def _offer(self, effect: handing.OfferShift) -> None:
        unsent = self._hands.tools.ledger.state().waiting
        lines = (*effect.open, OpenLine(OpenKind.UNSENT, unsent)) if unsent else effect.open
        signed = effect.signed
        question = OfferShift(
            self._hands.ulid(), effect.window, effect.at, effect.units, effect.batches, lines, signed.challenge,
            signed.signature,
        )  # fmt: skip
        self._hands.ask(question, ev.ShiftOffered)

    def _unlock(self, effect: handing.UnlockIncoming) -> None:
        """One PIN, two signatures: the second opens the session when the window is taken, a moment later."""

        def first(taking: bytes) -> None:
            def second(signing_in: bytes) -> None:
                def sign(reader: StaffCardReader) -> tuple[SignedChallenge, SignedChallenge]:
                    return reader.sign(effect.pin, taking), reader.sign(effect.pin, signing_in)

                reader = self._hands.tools.devices.staff_card_reader
                self._hands.wishes.want(
                    "staff_card", reader, DeviceKind.STAFF_CARD_READER, sign, lambda both: ev.IncomingSigned(*both)
                )

            self._hands.ask(GetChallenge(effect.staff_ref), second)

        self._hands.ask(GetChallenge(effect.staff_ref), first)

    def _take(self, effect: handing.TakeShift) -> None:
        self._hands.ask(TakeShift(effect.shift_id, effect.window, effect.incoming), ev.ShiftTaken)

    def _change(self, effect: handing.ChangeClerk) -> None:
        """The old token goes first: forgotten after the new one came, it would take that along."""
        self._closed()
        signed = effect.signed

        def signed_out(_: Any) -> None:
            self._sign_in(do.OpenStaffSession(signed.staff_ref, signed.challenge, signed.signature))

        self._hands.tools.platform.ask(SignOut(), signed_out)
