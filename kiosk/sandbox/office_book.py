"""The departments as data that a trainer sees and changes: how long each takes, by which rules, when, whether at all.

They begin as data/offices.toml says and are kept in the database, so that every process and the next start see them.
"""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal

import msgspec
import sqlalchemy as sa
from msgspec import UNSET, Meta, UnsetType

from . import tables as t
from .transaction import Tx

Seconds = Annotated[float, Meta(ge=0, le=30 * 86400)]
Span = tuple[Seconds, Seconds]  # shortest and longest
Outcome = Literal[
    "refuse", "suspend", "correction", "digital", "device_refuse", "device_silent", "device_twice", "device_mismatch"
]
Way = Literal["automatic", "manual"]
_DECISIONS: tuple[Outcome, ...] = ("refuse", "suspend")
_DEVICE: tuple[Outcome, ...] = ("device_refuse", "device_silent", "device_twice", "device_mismatch")
POSSIBLE: Mapping[str, tuple[Outcome, ...]] = {
    "samr": (*_DECISIONS, "correction"), "police": _DECISIONS, "tax": (*_DECISIONS, "digital", *_DEVICE),
    "hrss": ("suspend",), "fund": _DECISIONS, "bank": _DECISIONS,
}  # fmt: skip


class Missing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that a simulated correction asks for."""

    code: Annotated[str, Meta(min_length=1, max_length=40)]
    text: Annotated[str, Meta(min_length=1, max_length=200)]
    item: str = "SETUP"
    basis: Annotated[str, Meta(max_length=200)] = ""


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word in the company's name and what it leads to; the empty word stands for every case."""

    word: Annotated[str, Meta(max_length=40)]
    outcome: Outcome
    text: Annotated[str, Meta(max_length=200)] = ""
    reason_code: Annotated[str, Meta(max_length=40)] = ""
    requirements: Annotated[tuple[Missing, ...], Meta(max_length=10)] = ()


class Office(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one department works now. ``manual``: what it would do by itself waits for the wire."""

    title: str
    items: tuple[str, ...]
    delay: dict[str, Span]
    outcome_rules: Annotated[tuple[Rule, ...], Meta(max_length=40)] = ()
    working_hours: bool = False  # works in hall hours only
    stall: bool = False  # does nothing until it is let go on
    decisions: Way = "automatic"
    preparation: Way = "automatic"  # invoices brought to the store
    device_issue: Way = "automatic"  # blank devices taken by the tax office itself

    def waits(self, job: str, decides: str | None) -> bool:
        """Whether a job of this department has to wait for somebody."""
        return (
            self.stall
            or (self.decisions == "manual" and decides is not None)
            or (self.preparation == "manual" and job == "volumes")
            or (self.device_issue == "manual" and job == "device")
        )


class OfficeSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A change: what is left out stays as it is; of ``delay`` only the named jobs change."""

    delay: dict[str, Span] | UnsetType = UNSET
    outcome_rules: Annotated[tuple[Rule, ...], Meta(max_length=40)] | UnsetType = UNSET
    working_hours: bool | UnsetType = UNSET
    stall: bool | UnsetType = UNSET
    decisions: Way | UnsetType = UNSET
    preparation: Way | UnsetType = UNSET
    device_issue: Way | UnsetType = UNSET


@cache
def as_shipped() -> Mapping[str, Office]:
    """The data file."""
    data = tomllib.loads(files("kiosk.sandbox").joinpath("data/offices.toml").read_text("utf-8"))
    return {dept: msgspec.convert(body, Office) for dept, body in data.items()}


def seed(c: sa.Connection) -> None:
    """Every department as it is shipped."""
    for dept, one in as_shipped().items():
        c.execute(t.office.insert().values(dept=dept, body=msgspec.json.encode(one)))


def office(tx: Tx, dept: str) -> Office:
    """One department now; LookupError when there is none of that name."""
    body = tx.c.execute(sa.select(t.office.c.body).where(t.office.c.dept == dept)).scalar()
    if body is None:
        raise LookupError(dept)
    return msgspec.json.decode(body, type=Office)


def offices(tx: Tx) -> dict[str, Office]:
    """Every department now, in the order of the file."""
    rows = {r.dept: msgspec.json.decode(r.body, type=Office) for r in tx.c.execute(sa.select(t.office))}
    return {dept: rows[dept] for dept in as_shipped()}


def change(tx: Tx, dept: str, wanted: OfficeSet, office_now: int) -> Office:
    """Work differently from now on; ValueError says what cannot be. What waited goes on from now, not from then."""
    before = office(tx, dept)
    changes: dict[str, Any] = {k: v for k, v in msgspec.structs.asdict(wanted).items() if v is not UNSET}
    changes["delay"] = {**before.delay, **changes.get("delay", {})}
    after = msgspec.structs.replace(before, **changes)
    _check(dept, before, after)
    tx.c.execute(sa.update(t.office).where(t.office.c.dept == dept).values(body=msgspec.json.encode(after)))
    _let_go(tx, dept, before, after, office_now)
    return after


def put_back(tx: Tx, dept: str) -> None:
    """As it was shipped."""
    body = msgspec.json.encode(as_shipped()[dept])
    tx.c.execute(sa.update(t.office).where(t.office.c.dept == dept).values(body=body))


def rules(tx: Tx, dept: str, name_full: str | None) -> dict[str, Rule]:
    """The rules that a company's name meets, by outcome; of two with one outcome the first."""
    met: Iterable[Rule] = (rule for rule in office(tx, dept).outcome_rules if rule.word in (name_full or ""))
    found: dict[str, Rule] = {}
    for rule in met:
        found.setdefault(rule.outcome, rule)
    return found


def _check(dept: str, before: Office, after: Office) -> None:
    for job, (shortest, longest) in after.delay.items():
        if job not in before.delay:
            raise ValueError(f"no such job: {job[:20]}; there are: {', '.join(before.delay)}")
        if shortest > longest:
            raise ValueError(f"{job}: the shortest time is longer than the longest")
    for rule in after.outcome_rules:
        if rule.outcome not in POSSIBLE[dept]:
            raise ValueError(f"{dept} cannot: {rule.outcome}; it can: {', '.join(POSSIBLE[dept])}")
        if rule.outcome == "correction" and not rule.requirements:
            raise ValueError("a correction needs its requirements")


def _let_go(tx: Tx, dept: str, before: Office, after: Office, office_now: int) -> None:
    column = t.job.c
    late = sa.and_(column.dept == dept, column.done.is_(False), column.due < office_now)
    for row in tx.c.execute(sa.select(t.job).where(late)).all():
        name = row.kind.partition(":")[0]
        if before.waits(name, row.decides) and not after.waits(name, row.decides):
            tx.c.execute(sa.update(t.job).where(column.id == row.id).values(due=office_now))
