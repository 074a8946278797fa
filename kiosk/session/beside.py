"""What the reader for staff cards does at a citizen's terminal: a helper or clerk confirms a person, and goes."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kiosk.contracts.beside import JoinVisit, LeaveVisit
from kiosk.contracts.central_platform import GetChallenge, SignIn, StaffSession
from kiosk.contracts.device import DeviceKind
from kiosk.contracts.smart_card import SignedChallenge, StaffCard, StaffCardReader
from kiosk.domain.help_call import HelpCall
from kiosk.faults import Fault
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.lock import WaitAnotherCard
from kiosk.workflow.machine import Effect, Event

if TYPE_CHECKING:
    from .hands import CommonHands

_WAIT_SECONDS = 20.0  # one wait of the reader; asked again while the page lasts
_SWAP_SECONDS = 1.0  # for pulling a card that will not do


class BesideHands:
    """Part of the citizen's hands. The sign-in is open between a right PIN and the end of the page, no longer."""

    def __init__(self, hands: "CommonHands") -> None:
        self._hands = hands
        self._open = False
        self.table: dict[type[Effect], Callable[[Any], None]] = {
            do.WaitStaffCard: lambda _: self._wait(_first),
            WaitAnotherCard: lambda _: self._wait(_another),
            do.WatchStaffCard: self._watch,
            do.UnlockStaffCard: self._unlock,
            do.OpenStaffSession: self._sign_in,
            do.JoinVisit: self._join,
            do.LeaveVisit: lambda effect: self.leave(effect.joined),
            do.NoteBeside: self._note,
        }

    def _want(
        self, job: Callable[[StaffCardReader], Any], answer: Callable[[Any], Event | None], *, anew: bool = False
    ) -> None:
        """One wish at a time: the reader does one thing at a time."""
        reader = self._hands.tools.devices.staff_card_reader
        again = _swapped if anew else None
        self._hands.wishes.want("staff_card", reader, DeviceKind.STAFF_CARD_READER, job, answer, again)

    def _wait(self, wait: Callable[[StaffCardReader], StaffCard]) -> None:
        self._want(wait, ev.StaffCardPut, anew=True)

    def _watch(self, effect: do.WatchStaffCard) -> None:
        def seen(gone: bool) -> Event | None:
            if gone:
                return ev.StaffLeft()
            self._watch(effect)
            return None

        self._want(lambda reader: reader.wait_removed(_WAIT_SECONDS), seen)

    def _unlock(self, effect: do.UnlockStaffCard) -> None:
        self._hands.wishes.drop("staff_card")

        def challenged(challenge: bytes) -> None:
            def sign(reader: StaffCardReader) -> SignedChallenge:
                return reader.sign(effect.pin, challenge)

            self._want(sign, ev.ChallengeSigned)

        self._hands.ask(GetChallenge(effect.staff_ref), challenged)

    def _sign_in(self, effect: do.OpenStaffSession) -> None:
        self._open = True

        def opened(answer: StaffSession | Fault) -> None:
            if isinstance(answer, Fault):
                self._hands.post(ev.PlatformFailed(answer))
            elif self._open:
                self._hands.post(ev.StaffSignedIn(answer))
            else:  # the page was left meanwhile
                self._go(None)

        self._hands.put(SignIn(effect.staff_ref, effect.challenge, effect.signature, beside=True), opened)

    def _join(self, effect: do.JoinVisit) -> None:
        self._hands.put(JoinVisit(effect.call, effect.by), self._hands.bell.told)

    def leave(self, joined: HelpCall | None = None) -> None:
        """The page is left: whoever was signed in is so no longer, and has left the call that was joined."""
        self._hands.wishes.drop("staff_card")
        if self._open:
            self._open = False
            self._go(joined)

    def _go(self, joined: HelpCall | None) -> None:
        """Not dropped with the visit: it has to be said to the end."""
        self._hands.tools.platform.ask(LeaveVisit(joined), self._hands.bell.told)

    def _note(self, effect: do.NoteBeside) -> None:
        event = replace(self._hands.event(effect.audit, effect.fields), actor=effect.by)
        fault = self._hands.tools.ledger.note(event)
        if fault is not None:
            self._hands.post(ev.LedgerFailed(fault))


def _first(reader: StaffCardReader) -> StaffCard:
    return reader.wait_card(_WAIT_SECONDS)


def _another(reader: StaffCardReader) -> StaffCard:
    """A card that was refused a moment ago has to go first."""
    while not reader.wait_removed(_WAIT_SECONDS):
        pass
    return reader.wait_card(_WAIT_SECONDS)


def _swapped(reader: StaffCardReader) -> StaffCard:
    reader.wait_removed(_SWAP_SECONDS)
    return reader.wait_card(_WAIT_SECONDS)
