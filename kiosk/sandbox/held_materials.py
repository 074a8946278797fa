"""Look before asking (R70, R71): what the authorities hold of a case or a company already.

Three places: the case and the ones it goes on from, earlier cases of the same company, and the simulated library of
electronic certificates (电子证照库).
"""

import hashlib
import time
from typing import Any

import sqlalchemy as sa

from kiosk.contracts.platform_api import materials as wire

from . import tables as t
from .call import Call, Reply
from .handling import Handlers, of_rows
from .material_rules import rules
from .moments import DAY, at, maybe
from .predecessors import chain_of
from .transaction import Tx

LIBRARY = "library"
SAMPLE_USCC = "91500103MA0000000A"  # of no company: its check digit is wrong on purpose
_SAMPLES = (  # type, issuer, days since it was issued, days it is still good (None: without end)
    ("business_licence", "示例市场监管局", 400, None),
    ("lease_contract", "示例住房租赁备案平台", 300, 430),
    ("articles", "示例市场监管局", 400, None),
    ("property_certificate", "示例不动产登记中心", 900, -10),
)
_OF_PERSONS = (  # number and name on the paper, type, issuer, since, until, what it is about; all invented
    ("500103198504120022", "王测试", "property_certificate", "示例不动产登记中心", 700, None, "示例路 1 号 2-3"),
    ("500103199011030015", "李示例", "lease_contract", "示例住房租赁备案平台", 500, -10, "示例路 5 号 2-3"),
    ("500103195206200039", "赵样品", "property_certificate", "示例不动产登记中心", 2000, None, "示例路 9 号"),
)


def seed(c: sa.Connection) -> None:
    """A library with the papers of one invented company, one of them out of date; and of three persons: one in order,
    one out of date, one under another name."""
    now = time.time_ns() // 1_000_000
    company = [(SAMPLE_USCC, "", "", *one, "") for one in _SAMPLES]
    persons = [("", *one) for one in _OF_PERSONS]
    for number, (uscc, cert_no, name, kind, issuer, since, until, about) in enumerate((*company, *persons)):
        content = f"SAMPLE {uscc or cert_no} {kind}".encode()
        sha256 = hashlib.sha256(content).hexdigest()
        c.execute(t.blob.insert().values(terminal_id=LIBRARY, sha256=sha256, length=len(content),
                                         received=len(content), whole=True))  # fmt: skip
        c.execute(t.blob_piece.insert().values(terminal_id=LIBRARY, sha256=sha256, start=0, data=content))
        c.execute(
            t.library_document.insert().values(
                id=f"{number + 1:026d}", uscc=uscc, type=kind,
                cert_no=cert_no, holder_name=name, about=about, sha256=sha256, issuer=issuer,
                issued_at=now - since * DAY,
                valid_until=None if until is None else now + until * DAY,
            )
        )  # fmt: skip


def held_for(tx: Tx, row: Any, wanted: str) -> str | None:
    """The id of something held and recognised that meets this demand on this case."""
    column = t.material.c
    of_case = sa.select(t.material).where(column.case_id.in_(chain_of(tx, row.id)), column.state == "RECOGNISED")
    for one in tx.c.execute(of_case.order_by(column.id)):
        if rules().satisfies(one.type, wanted):
            return str(one.id)
    if not row.uscc:
        return None
    return next((one.id for one in of_company(tx, row.uscc) if rules().satisfies(one.type, wanted)), None)


def of_company(tx: Tx, uscc: str) -> list[wire.HeldMaterial]:
    """Everything good of a company, library first. What a clerk once refused is not among it."""
    found = [_document(row) for row in _library(tx, uscc)]
    column, case = t.material.c, t.case.c
    earlier = (
        sa.select(t.material)
        .join(t.case, case.id == column.case_id)
        .where(case.uscc == uscc, column.state == "RECOGNISED")
        .order_by(column.recognised_at.desc(), column.id)
    )
    found += [
        wire.HeldMaterial(
            row.id, row.type, rules().titles.get(row.type, row.type), row.source, rules().usable_by(row.type),
            at(row.recognised_at), blob_sha256=row.sha256,
        )
        for row in tx.c.execute(earlier)
    ]  # fmt: skip
    return found


def _library(tx: Tx, uscc: str) -> list[Any]:
    column = t.library_document.c
    good = sa.or_(column.valid_until.is_(None), column.valid_until > tx.now)
    return list(tx.c.execute(sa.select(t.library_document).where(column.uscc == uscc, good).order_by(column.id)))


def _document(row: Any) -> wire.HeldMaterial:
    return wire.HeldMaterial(
        row.id, row.type, rules().titles.get(row.type, row.type), "e_cert_library", rules().usable_by(row.type),
        at(row.issued_at), maybe(row.valid_until), row.issuer, row.sha256,
    )  # fmt: skip


def find_held_materials(call: Call, tx: Tx) -> Reply:
    """Of one company, for one item or for any. A company that is not known has nothing: no word on whether it is."""
    uscc, item = call.path["uscc"], call.query.get("for_item")
    found = tuple(one for one in of_company(tx, uscc) if item is None or item in one.usable_by)
    return Reply(200, wire.HeldMaterials(uscc, found))


HANDLERS: Handlers = {"findHeldMaterials": of_rows(find_held_materials)}
