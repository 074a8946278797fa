"""The operation table. The server's routes, the client's calls, the offline policy and openapi.json read it.

Every area of the contract is one module: its messages, then its operations.
"""

from . import (
    bank,
    batch,
    cases,
    clocks,
    collection,
    counter,
    decisions,
    device_issue,
    discrepancies,
    enrolment,
    enterprises,
    feedback,
    hall,
    library,
    materials,
    notices,
    offers,
    queue,
    shifts,
    signatures,
    stock,
    supervision,
    terminals,
    turns,
    visits,
)
from .base import Op
from .problems import PROBLEMS

AREAS = (
    hall,
    cases,
    counter,
    batch,
    clocks,
    queue,
    notices,
    feedback,
    supervision,
    enrolment,
    terminals,
    stock,
    discrepancies,
    decisions,
    device_issue,
    turns,
    enterprises,
    bank,
    collection,
    offers,
    visits,
    signatures,
    materials,
    shifts,
    library,
)
OPERATIONS: tuple[Op, ...] = tuple(op for area in AREAS for op in area.OPERATIONS)
BY_ID: dict[str, Op] = {op.id: op for op in OPERATIONS}


def problems_of(op: Op) -> tuple[str, ...]:
    """Every problem an operation may answer, beside its own: what the order of checks brings along."""
    slugs = ["malformed", "internal", "store-unavailable", *op.problems]
    if op.who:
        slugs += ["unauthenticated", "token-expired", "forbidden", "terminal-suspended"]
        if op.stops_when_reading:
            slugs.append("directive-read-only")
    if op.body is not None:
        slugs += ["unsupported-media-type", "too-large"]
    if op.body is not None or op.query or op.headers or "{" in op.path or op.idem or op.if_match:
        slugs.append("validation")
    if op.idem:
        slugs += ["idempotency-key-missing", "idempotency-key-reused", "idempotency-in-progress"]
    if op.if_match:
        slugs.append("precondition-required")
    if op.second:
        slugs.append("second-person-required")
    slugs.append("unknown-parameter")
    missing = [slug for slug in slugs if slug not in PROBLEMS]
    if missing:
        raise LookupError(f"{op.id}: no such problem: {missing}")
    return tuple(dict.fromkeys(slugs))
