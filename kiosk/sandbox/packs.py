"""Data packs: tables of texts with edition and hash, whole or as the difference to an earlier edition.

The business scope and the industry classes are samples of our own making, and say so; the others are the code tables.
"""

import csv
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kiosk.code_tables import tables as code_tables
from kiosk.code_tables.tables import CodeTable
from kiosk.code_tables.workdays import workdays
from kiosk.contracts import platform_api as api
from kiosk.contracts.platform_api import hall as wire

from .call import Call, Reply
from .handling import Handlers, of_data
from .refusal import Refused, invalid

Editions = dict[str, CodeTable]  # by edition, the one in force last


@dataclass(frozen=True, slots=True)
class PackData:
    """One pack in one edition; its rows lie in the order of their key."""

    name: str
    version: str
    effective_from: str
    sha256: str
    rows: tuple[dict[str, str], ...]
    key: tuple[str, ...]
    source: str
    licence: str
    sample: bool


def _business_scope() -> Editions:
    return _sample(
        "business_scope", "this project's own sample; the real catalogue belongs to the registration authority"
    )


def _industry_classes() -> Editions:
    return _sample(
        "industry_classes", "this project's own excerpt of GB/T 4754; the classes that the sample items use"
    )


def _sample(name: str, source: str) -> Editions:
    with files("kiosk.sandbox").joinpath(f"data/{name}.csv").open(encoding="utf-8") as lines:
        rows = tuple(dict(row) for row in csv.DictReader(lines))
    only = CodeTable(name, "sample-2026-02", "2026-02-01", source, "same licence as the project", ("code",), rows)
    return {only.edition: only}


def _code_table(name: str) -> Callable[[], Editions]:
    return lambda: code_tables.editions(name)


def _calendar() -> Editions:
    held = workdays()
    only = CodeTable(held.id, held.edition, held.effective, held.source, held.licence, ("date",), held.rows)
    return {only.edition: only}


_PACKS: dict[str, Callable[[], Editions]] = {
    "business_scope": _business_scope,
    "calendar": _calendar,
    "industry_classes": _industry_classes,
    **{
        name: _code_table(name)
        for name in ("company_types", "divisions", "evaluation_codes", "reason_codes", "requirement_texts")
    },
}
_SAMPLES = ("business_scope", "industry_classes")


@cache
def editions(name: str) -> dict[str, PackData]:
    """Every edition of a pack that is kept, the one in force last; KeyError for an unknown one."""
    return {edition: _pack(name, one) for edition, one in _PACKS[name]().items()}


def pack(name: str) -> PackData:
    """The edition in force; KeyError for an unknown pack."""
    return list(editions(name).values())[-1]


def _pack(name: str, one: CodeTable) -> PackData:
    rows = tuple(sorted(one.rows, key=one.key_of))
    return PackData(
        name, one.edition, one.effective, rows_sha256(rows), rows, one.key, one.source, one.licence, name in _SAMPLES
    )


def rows_sha256(rows: tuple[dict[str, str], ...]) -> str:
    """The hash of a pack, as the contract says it is made."""
    text = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def delta(old: PackData, new: PackData) -> wire.PackDelta:
    """What makes the new edition of the old one."""
    before = {tuple(row[name] for name in new.key): row for row in old.rows}
    after = {tuple(row[name] for name in new.key): row for row in new.rows}
    upserts = tuple(row for key, row in after.items() if before.get(key) != row)
    deletes = tuple(dict(zip(new.key, key, strict=True)) for key in before if key not in after)
    return wire.PackDelta(old.version, new.version, new.sha256, new.key, upserts, deletes)


@cache
def scope_codes() -> frozenset[str]:
    """Codes that may stand in a form."""
    return frozenset(row["code"] for row in pack("business_scope").rows)


@cache
def permit_first_codes() -> frozenset[str]:
    """Codes whose permit must be there before the registration (前置许可)."""
    return frozenset(row["code"] for row in pack("business_scope").rows if row["duty"] == "before")


@cache
def reasons_of_level(level: int) -> frozenset[str]:
    """The official reasons that go with a level of 好差评."""
    return frozenset(row["code"] for row in pack("evaluation_codes").rows if row["level"] == str(level))


def list_packs() -> Reply:
    """What is on offer."""
    every = [editions(name) for name in sorted(_PACKS)]
    lines = []
    for kept in every:
        *earlier, one = kept.values()
        lines.append(
            api.PackLine(
                one.name, one.version, one.effective_from, len(one.rows), one.sha256, one.sample, one.source,
                one.licence, tuple(old.version for old in earlier),
            )
        )  # fmt: skip
    tag = hashlib.sha256("".join(line.sha256 for line in lines).encode()).hexdigest()
    return Reply(200, api.Packs(tuple(lines)), tag)


def get_pack(call: Call) -> Reply:
    """One pack: whole, in an edition that is asked for, or what changed since one."""
    name, version, since = call.path["name"], call.query.get("version"), call.query.get("since")
    if name not in _PACKS:
        raise Refused("not-found")
    if version is not None and since is not None:
        raise invalid("/query/since", "not together with version")
    kept, one = editions(name), pack(name)
    if since is not None:
        if since not in kept:
            raise Refused("delta-unavailable", full=f"/v1/packs/{name}")
        change = delta(kept[since], one)
        tag = hashlib.sha256(f"{kept[since].sha256}:{one.sha256}".encode()).hexdigest()
        return Reply(200, _answer(one, (), change), tag)
    if version is not None:
        if version not in kept:
            raise Refused("gone")
        one = kept[version]
    return Reply(200, _answer(one, one.rows, None), one.sha256)


def _answer(one: PackData, rows: tuple[dict[str, str], ...], change: wire.PackDelta | None) -> api.Pack:
    return api.Pack(
        one.name, one.version, one.effective_from, one.sha256, rows, one.sample, one.source, one.licence, change
    )


HANDLERS: Handlers = {"listPacks": of_data(lambda _call: list_packs()), "getPack": of_data(get_pack)}
