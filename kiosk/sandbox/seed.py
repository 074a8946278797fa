"""What a fresh platform knows: two halls with their terminals, people on duty, a store with paper, numbers, devices.

Everything is invented and looks it.
"""

import hashlib
import secrets

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from . import hall_hours, held_materials, manifest, office_book, stock_seed, supervision
from . import tables as t
from .certificates import KEPT_IN_META
from .identity import digest

SITE_ID = "cq-demo-01"
STORE_ID, OTHER_STORE_ID = "store-01", "store-02"
_Terminals = tuple[tuple[str, str, str | None, str], ...]
_TERMINALS = (
    ("kiosk-01", "SELF_SERVICE", None, "demo-kiosk-01"),
    ("kiosk-02", "SELF_SERVICE", None, "demo-kiosk-02"),
    ("window-03", "WINDOW", "w-03", "demo-window-03"),
    ("window-04", "WINDOW", "w-04", "demo-window-04"),
    ("store-desk-01", "WINDOW", "w-90", "demo-store-desk-01"),
    ("office-01", "BACK_OFFICE", None, "demo-office-01"),
)
OTHER_SITE_ID = "cq-demo-02"  # a second hall: what belongs to one is not the other's
_OTHER_TERMINALS = (
    ("kiosk-21", "SELF_SERVICE", None, "demo-kiosk-21"),
    ("window-21", "WINDOW", "w-21", "demo-window-21"),
)
_STAFF = (
    ("0317", "周示例", "clerk keeper"),
    ("0001", "吴主管", "supervisor clerk"),
    ("0402", "郑保管", "keeper"),
    ("0403", "孙复核", "keeper clerk"),
    ("0500", "冯运维", "technician"),
    ("0501", "陈装机", "technician"),
    ("0600", "褚帮办", "helper"),
    ("0700", "卫审批", "approver"),
)


def new_epoch() -> str:
    """A word that was never used before."""
    return "k" + secrets.token_hex(4)


def fill(c: sa.Connection) -> None:
    """Fill empty tables."""
    c.execute(t.meta.insert(), [{"key": "epoch", "value": new_epoch()}, {"key": "office_ms", "value": "0"}])
    names = ("case_no", "uscc", "seal", "shelf", "reservation", "terminal", "notice")
    c.execute(t.counter.insert(), [{"name": name, "value": 0} for name in names])
    _hall(c, SITE_ID, "示例区政务服务中心", "500103", STORE_ID, _TERMINALS)
    _hall(c, OTHER_SITE_ID, "示例区第二政务服务中心", "500157", OTHER_STORE_ID, _OTHER_TERMINALS)
    hall_hours.seed(c, SITE_ID, OTHER_SITE_ID)
    for ref, name, roles in _STAFF:
        row = {"ref": ref, "name": name, "roles": roles, "public_key": staff_public_key(ref), "failures": 0}
        c.execute(t.staff.insert().values(**row))
    stock_seed.seed(c, SITE_ID, STORE_ID, (SITE_ID, OTHER_SITE_ID))
    supervision.seed(c)
    manifest.seed(c, (SITE_ID, OTHER_SITE_ID))
    office_book.seed(c)
    held_materials.seed(c)


def _hall(c: sa.Connection, site_id: str, name: str, division: str, store: str, terminals: _Terminals) -> None:
    c.execute(t.site.insert().values(id=site_id, name=name, division=division, pickup_window="3 号窗口", store=store))
    c.execute(t.feed_head.insert().values(site_id=site_id, seq=0))
    for terminal_id, kind, window_id, credential in terminals:
        c.execute(
            t.terminal.insert().values(
                id=terminal_id, site_id=site_id, kind=kind, window_id=window_id, credential=digest(credential),
                state="ACTIVE", mode="NORMAL",
            )
        )  # fmt: skip


def staff_public_key(staff_ref: str) -> bytes:
    """The public half of a demo staff card; card and platform each derive it on their own."""
    private = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"demo-staff-card:" + staff_ref.encode()).digest())
    return private.public_key().public_bytes_raw()


def empty(c: sa.Connection) -> None:
    """Forget everything but the schema and the authority that a listening server has shown already."""
    for table in reversed(t.md.sorted_tables):
        forgotten = t.meta.c.key.not_in(("schema_version", *KEPT_IN_META))
        c.execute(sa.delete(table).where(forgotten) if table is t.meta else sa.delete(table))
