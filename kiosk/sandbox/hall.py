"""What terminals report and ask beside cases: audit head, rating, a helper, and who the platform is."""

import msgspec
import sqlalchemy as sa

from kiosk.contracts import platform_api as api

from . import blobs, feed
from . import tables as t
from .call import Call, Reply
from .idempotency import KEPT_DAYS
from .platform import Platform
from .refusal import Refused
from .transaction import Tx

CAPABILITIES = ("delta_feed", "idempotency", "permits", "blobs_resumable")
_GENESIS = "0" * 64


def get_meta(tx: Tx) -> Reply:
    """Who is there."""
    answer = api.PlatformMeta(
        api.CONTRACT_VERSION, api.CONTRACT_VERSION, "sandbox", feed.epoch(tx.c), KEPT_DAYS, CAPABILITIES
    )
    return Reply(200, answer)


def get_time(tx: Tx) -> Reply:
    """The platform's clock."""
    return Reply(200, api.Time(tx.now))


def get_problem(call: Call) -> Reply:
    """What a problem type means."""
    slug = call.path["slug"]
    rule = api.PROBLEMS.get(slug)
    if rule is None:
        raise Refused("not-found")
    return Reply(200, api.ProblemType(slug, api.PROBLEM_PREFIX + slug, rule.status, rule.title, rule.retry.value))


def post_audit_segment(call: Call, tx: Tx) -> Reply:
    """The next piece of a terminal's audit chain must follow the last one."""
    asked = call.body(api.AuditSegment)
    me = t.terminal.c.id == call.caller.terminal_id
    row = tx.c.execute(sa.select(t.terminal.c.audit_seq, t.terminal.c.audit_head).where(me)).one()
    held_seq, held_head = row.audit_seq or 0, row.audit_head or _GENESIS
    if (asked.last_seq, asked.head) == (held_seq, held_head):
        return Reply(201, api.AuditSegmentKept(held_seq, held_head))
    if asked.first_seq != held_seq + 1 or asked.prev_head != held_head or asked.last_seq < asked.first_seq:
        raise Refused("audit-chain-broken", last_seq=held_seq, head=held_head)
    if asked.blob_sha256 is not None and not _leads_to_head(blobs.content(tx, call, asked.blob_sha256), asked):
        raise Refused("audit-chain-broken", last_seq=held_seq, head=held_head)
    values = msgspec.structs.asdict(asked)
    tx.c.execute(t.audit_segment.insert().values(**values, terminal_id=call.caller.terminal_id, at=tx.now))
    tx.c.execute(sa.update(t.terminal).where(me).values(audit_seq=asked.last_seq, audit_head=asked.head))
    return Reply(201, api.AuditSegmentKept(asked.last_seq, asked.head))


def _leads_to_head(entries: bytes | None, asked: api.AuditSegment) -> bool:
    """Whether the uploaded entries are the ones of this segment. The links themselves are checked with the terminal's
    key, which the platform does not have."""
    if entries is None:
        raise Refused("blob-missing")
    try:
        lines = [msgspec.json.decode(line, type=_Entry) for line in entries.splitlines()]
    except msgspec.DecodeError:
        return False
    numbers = [line.seq for line in lines]
    return numbers == list(range(asked.first_seq, asked.last_seq + 1)) and lines[-1].digest == asked.head


class _Entry(msgspec.Struct):
    seq: int
    body: str
    digest: str


def post_assistance_request(platform: Platform, call: Call, tx: Tx) -> Reply:
    """Ring for a helper; helpers see it in the feed."""
    asked = call.body(api.CallHelp)
    row = {
        "id": asked.id, "terminal_id": call.caller.terminal_id, "screen": asked.screen, "case_id": asked.case_id,
        "state": "OPEN", "at": tx.now, "site_id": call.caller.site_id, "version": 1,
    }  # fmt: skip
    if not platform.store.insert_new(tx.c, t.assistance, row):
        raise Refused("id-taken")
    tx.changed(call.caller.site_id, "assistance", asked.id, 1)
    return Reply(201, api.HelpCalled(asked.id, "OPEN"))
