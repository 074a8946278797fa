"""A hall's configuration as a signed manifest: a number that only grows, each chained to the one before.

The bytes are kept, the signature is made when they are asked for: the same key makes the same one.
"""

import hashlib
import time
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from msgspec.structs import asdict  # whole: what is signed leaves no default unsaid

from kiosk.contracts.platform_api import terminals as wire

from . import packs
from . import tables as t
from .call import Call, Reply
from .feed import own_site
from .handling import Handlers
from .moments import DAY, at
from .platform import Platform
from .refusal import Refused
from .signing import Signer, packed, signatures
from .transaction import Tx

_GENESIS = "0" * 64
FIRST = wire.PublishConfig(
    sla=wire.SlaRules(wire.InvoiceClock(60)),
    offline=wire.OfflineLimits(read_only_after_h=4, max_messages=500, max_blob_mb=2048),
)


def content(asked: wire.PublishConfig, site_id: str, version: int, now: int, prev_sha256: str) -> dict[str, Any]:
    """What the payload says."""
    return {
        "version": version,
        "issued_at": at(now).isoformat(timespec="seconds"),
        "expires_at": at(now + asked.valid_days * DAY).isoformat(timespec="seconds"),
        "audience": {"site_id": site_id, "kind": None, "terminal": None},
        "config": {"sla": {"invoice": asdict(asked.sla.invoice)}, "offline": asdict(asked.offline)},
        "packs": {line.name: line.sha256 for line in packs.list_packs().answer.items},
        "app": None if asked.app is None else asdict(asked.app),
        "prev_sha256": prev_sha256,
    }


def write(c: sa.Connection, asked: wire.PublishConfig, site_id: str, now: int, by: str) -> Any:
    """The next version of a hall; its row."""
    before = _latest(c, site_id)
    version = 1 if before is None else before.version + 1
    payload = packed(content(asked, site_id, version, now, _GENESIS if before is None else before.sha256))
    row = {"site_id": site_id, "version": version, "payload": payload, "by": by, "issued_at": now}
    sha256 = hashlib.sha256(payload).hexdigest()
    c.execute(t.config.insert().values(**row, sha256=sha256, expires_at=now + asked.valid_days * DAY))
    return _latest(c, site_id)


def seed(c: sa.Connection, sites: Iterable[str]) -> None:
    """Every hall has a configuration from the first day on."""
    for site_id in sites:
        write(c, FIRST, site_id, time.time_ns() // 1_000_000, "platform")


def version(tx: Tx, site_id: str) -> int:
    """The newest number of a hall."""
    row = _latest(tx.c, site_id)
    return 0 if row is None else int(row.version)


def _latest(c: sa.Connection, site_id: str) -> Any:
    column = t.config.c
    mine = sa.select(t.config).where(column.site_id == site_id)
    return c.execute(mine.order_by(column.version.desc()).limit(1)).first()


def signed(row: Any, signers: tuple[Signer, ...]) -> wire.SignedManifest:
    """As it travels."""
    return wire.SignedManifest(row.version, row.payload, signatures(row.payload, signers))


def get_config(platform: Platform, call: Call, tx: Tx) -> Reply:
    """The asking terminal's configuration."""
    row = _of(tx, call.caller.site_id)
    return Reply(200, signed(row, platform.config_signers), row.sha256)


def get_site_config(platform: Platform, call: Call, tx: Tx) -> Reply:
    """The hall's configuration, with the version that the next one has to name."""
    row = _of(tx, own_site(call))
    return Reply(200, signed(row, platform.config_signers), f"v{row.version}")


def publish_config(platform: Platform, call: Call, tx: Tx) -> Reply:
    """The next version, over the one that was seen."""
    asked, site_id = call.body(wire.PublishConfig), own_site(call)
    tx.c.execute(sa.select(t.site.c.id).where(t.site.c.id == site_id).with_for_update())  # one after the other
    call.expect(version(tx, site_id))
    row = write(tx.c, asked, site_id, tx.now, call.caller.staff_ref)
    tx.changed(site_id, "config", site_id, row.version)
    return Reply(200, signed(row, platform.config_signers), f"v{row.version}")


def _of(tx: Tx, site_id: str) -> Any:
    row = _latest(tx.c, site_id)
    if row is None:
        raise Refused("not-found")
    return row


HANDLERS: Handlers = {
    "getConfig": get_config,
    "getSiteConfig": get_site_config,
    "publishConfig": publish_config,
}
