"""What applicants are told before they say what they want: how invoices are given out, and which halls there are."""

import sqlalchemy as sa

from kiosk.contracts.platform_api import offers as wire

from . import office_book, reach
from . import tables as t
from .call import Call, Reply
from .handling import Handlers, of_rows
from .transaction import Tx


def get_invoice_offer(call: Call, tx: Tx) -> Reply:
    """By the same rule by which the tax office decides later."""
    work = reach.look_at(tx, call.caller, call.path["case_id"])
    digital = "digital" in office_book.rules(tx, "tax", work.row.name_full)
    return Reply(200, wire.InvoiceOffer(work.id, "DIGITAL" if digital else "DEVICE"))


def list_halls(call: Call, tx: Tx) -> Reply:
    """Things are handed over where the case was accepted (R43), so this city has no choice to offer: a case that is
    wanted at another hall is taken over there by a clerk."""
    rows = tx.c.execute(sa.select(t.site).where(t.site.c.id == call.caller.site_id)).all()
    found = tuple(wire.HallPlace(row.id, row.name, row.division, row.pickup_window or "") for row in rows)
    return Reply(200, wire.HallPlaces(found))


HANDLERS: Handlers = {
    "getInvoiceOffer": of_rows(get_invoice_offer),
    "listHalls": of_rows(list_halls),
}
