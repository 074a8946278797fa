"""A company that comes again: found on the platform, and given a draft that is this visit's own."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kiosk.contracts.central_platform import LaterItems, OpenELicence
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Effect, Event

if TYPE_CHECKING:
    from .hands import CommonHands


class LaterHands:
    """Part of the citizen's hands."""

    def __init__(self, hands: "CommonHands") -> None:
        self._hands = hands
        self.table: dict[type[Effect], Callable[[Any], None]] = {
            do.OpenELicence: self._open,
            do.FindCompany: self._find,
            do.BeginLaterItems: self._begin,
        }

    def _open(self, effect: do.OpenELicence) -> None:
        self._hands.ask(OpenELicence(effect.code), ev.ELicenceOpened)

    def _find(self, effect: do.FindCompany) -> None:
        self._hands.ask(effect.question, ev.CompaniesFound)

    def _begin(self, effect: do.BeginLaterItems) -> None:
        """What the platform began is in the mirror; from here on it is kept like every draft of this machine."""

        def answered(begun: LaterItems) -> Event:
            fault = self._hands.tools.ledger.take_up(begun.case.id)
            return ev.LaterItemsBegun(begun.case, begun.needs_seal) if fault is None else ev.LedgerFailed(fault)

        self._hands.ask(effect.question, answered)
