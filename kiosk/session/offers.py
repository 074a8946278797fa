"""What the platform offers for the items beside the registration: asked while the person reads, never waited for."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kiosk.contracts import central_platform as ask
from kiosk.domain.ids import SiteId
from kiosk.domain.offer import PickupHall
from kiosk.faults import Fault
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Effect, Event

if TYPE_CHECKING:
    from .hands import CommonHands


class OfferHands:
    """Part of the citizen's hands."""

    def __init__(self, hands: "CommonHands") -> None:
        self._hands = hands
        self.table: dict[type[Effect], Callable[[Any], None]] = {
            do.AskInvoiceMode: self._ask_invoice_mode,
            do.FindBranches: self._find_branches,
            do.FindHours: self._find_hours,
            do.FindHalls: self._find_halls,
            do.AskAppointment: self._ask_appointment,
            do.FindCollectionHours: self._find_collection_hours,
            do.BookCollection: self._book_collection,
        }

    def _ask_invoice_mode(self, effect: do.AskInvoiceMode) -> None:
        self._if_told(ask.AskInvoiceMode(effect.case_id), ev.InvoiceModeTold)

    def _find_branches(self, effect: do.FindBranches) -> None:  # noqa: ARG002
        self._hands.ask(ask.ListBranches(), ev.BranchesFound)

    def _find_hours(self, effect: do.FindHours) -> None:
        self._hands.ask(ask.ListHours(effect.branch), lambda hours: ev.HoursFound(effect.branch, hours))

    def _find_halls(self, effect: do.FindHalls) -> None:  # noqa: ARG002
        """This hall is known without anybody; the platform adds the others."""
        site = self._hands.tools.config.site
        here = PickupHall(SiteId(site.id), site.name)
        self._hands.post(ev.HallsFound((here,)))

        def found(halls: tuple[PickupHall, ...]) -> Event:
            own = next((one for one in halls if one.site_id == here.site_id), here)
            return ev.HallsFound((own, *(one for one in halls if one.site_id != here.site_id)))

        self._if_told(ask.ListHalls(), found)

    def _ask_appointment(self, effect: do.AskAppointment) -> None:
        self._if_told(ask.AskAppointment(effect.case_id), ev.AppointmentTold)

    def _find_collection_hours(self, effect: do.FindCollectionHours) -> None:
        self._hands.ask(ask.ListCollectionHours(effect.case_id), ev.CollectionHoursFound)

    def _book_collection(self, effect: do.BookCollection) -> None:
        question = ask.BookCollection(effect.case_id, effect.slot)
        self._hands.ask(question, lambda told: ev.CollectionTold(told.slot))

    def _if_told(self, question: "ask.Ask[Any]", answered: Callable[[Any], Event]) -> None:
        """A question that the visit does without: a fault says nothing."""

        def done(answer: Any) -> None:
            if not isinstance(answer, Fault):
                self._hands.post(answered(answer))

        self._hands.put(question, done)
