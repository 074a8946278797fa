"""What a fresh store holds: paper, devices, numbers, each with its line in the ledger; and the hall's thresholds."""

from typing import Any

import sqlalchemy as sa

from . import tables as t

_LICENCE_PAPERS, _FIRST_LICENCE = 400, 50010001
_TAX_DEVICES, _FIRST_DEVICE = 120, 661000000001
_VOLUMES, _FIRST_NUMBER, _VOLUME = 200, 41000126, 25
_BATCH, _CODE, _KIND = "B-0500019", "050001900104", "007"
_LOW_BELOW = {"licence_paper": 40, "tax_device": 12, "invoice_volume": 20}
_PAPER = "opening-balance"


def seed(c: sa.Connection, site_id: str, store: str, halls: tuple[str, ...]) -> None:
    """Fill the store of one hall, and give every hall its ledger and its thresholds."""
    things = [("licence_paper", _FIRST_LICENCE + n) for n in range(_LICENCE_PAPERS)]
    things += [("tax_device", _FIRST_DEVICE + n) for n in range(_TAX_DEVICES)]
    place = {"site_id": site_id, "custodian": store}
    units = [
        {
            "id": f"{kind}-{serial}", "kind": kind, "serial": str(serial), **place, "state": "IN_STOCK",
            "version": 1,
        }
        for kind, serial in things
    ]  # fmt: skip
    c.execute(t.unit.insert(), units)
    numbers = _VOLUMES * _VOLUME
    c.execute(t.invoice_code.insert().values(code=_CODE, receipts=1))
    c.execute(
        t.batch.insert().values(
            id=_BATCH, **place, code=_CODE, kind=_KIND, state="IN_STOCK", version=1, first_no=_FIRST_NUMBER,
            next_no=_FIRST_NUMBER, last_no=_FIRST_NUMBER + numbers - 1, volume=_VOLUME,
        )
    )  # fmt: skip
    lines: list[dict[str, Any]] = [{"unit_id": one["id"], "quantity": 1} for one in units]
    lines.append({"batch_id": _BATCH, "first_no": _FIRST_NUMBER, "quantity": numbers})
    bare = {"unit_id": None, "batch_id": None, "first_no": None, "at": 0, "kind": "RECEIVE", "move": "store"}
    said = {**bare, **place, "by": "opening", "document_ref": _PAPER}
    c.execute(t.movement.insert(), [{**said, **line, "seq": n} for n, line in enumerate(lines, 1)])
    heads = [{"site_id": one, "seq": len(lines) if one == site_id else 0} for one in halls]
    c.execute(t.ledger_head.insert(), heads)
    for one in halls:
        for kind, low_below in _LOW_BELOW.items():
            # A hall that begins with an empty store is low from the start.
            row = {"site_id": one, "kind": kind, "low_below": low_below, "low": one != site_id, "version": 1}
            c.execute(t.threshold.insert().values(**row))
