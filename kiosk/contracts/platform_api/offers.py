"""What the platform offers for the items beside the registration, before anything is wished for."""

from .base import Answered, DivisionText, Offline, Op
from .cases import ModeCode


class InvoiceOffer(Answered, frozen=True):
    """How the tax office would give out the invoices of a case as it is now; it decides when the case is approved."""

    case_id: str
    mode: ModeCode


class HallPlace(Answered, frozen=True):
    """One hall at whose windows a bundle can be collected."""

    site_id: str
    name: str
    division: DivisionText = ""
    window: str = ""


class HallPlaces(Answered, frozen=True):
    """Halls where what is applied for at this terminal can be collected, in the order of their ids."""

    items: tuple[HallPlace, ...]


OPERATIONS: tuple[Op, ...] = (
    Op("getInvoiceOffer", "GET", "/v1/cases/{case_id}/invoice-offer", 200, InvoiceOffer, "CW",
       "how invoices of this case would be given out", problems=("not-found",)),
    Op("listHalls", "GET", "/v1/halls", 200, HallPlaces, "TCW", "where what is applied for here can be collected",
       offline=Offline.CACHED),
)  # fmt: skip
