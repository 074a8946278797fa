"""What a window has done for it while one clerk hands it to the next."""

from collections.abc import Callable
from typing import Any

from kiosk.contracts.central_platform import GetChallenge, SignOut
from kiosk.contracts.device import DeviceKind
from kiosk.contracts.shifts import OfferShift, ReadStanding, TakeShift
from kiosk.contracts.smart_card import SignedChallenge, StaffCardReader
from kiosk.domain.shift import OpenKind, OpenLine
from kiosk.workflow import effects as do
from kiosk.workflow import shift_effects as handing
from kiosk.workflow.events import shift as ev

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
        }

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
