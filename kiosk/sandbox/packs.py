"""Data packs: tables of texts with version and hash. What is a sample of our own making says so."""

import csv
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kiosk.code_tables.workdays import workdays
from kiosk.contracts import platform_api as api

from .call import Call, Reply
from .refusal import Refused

_VERSIONS = {"business_scope": ("sample-2026-01", "2026-01-01")}
_NAMES = (*sorted(_VERSIONS), "calendar")


@dataclass(frozen=True, slots=True)
class PackData:
    """One pack."""

    name: str
    version: str
    effective_from: str
    sha256: str
    rows: tuple[dict[str, str], ...]
    sample: bool = True


@cache
def pack(name: str) -> PackData:
    """A pack by its name; KeyError for an unknown one."""
    if name == "calendar":
        return _calendar()
    version, effective_from = _VERSIONS[name]
    with files("kiosk.sandbox").joinpath(f"data/{name}.csv").open(encoding="utf-8") as lines:
        rows = tuple(dict(row) for row in csv.DictReader(lines))
    return PackData(name, version, effective_from, rows_sha256(rows), rows)


def _calendar() -> PackData:
    held = workdays()
    return PackData(held.id, held.edition, held.effective, held.sha256, held.rows, sample=False)


def rows_sha256(rows: tuple[dict[str, str], ...]) -> str:
    """The hash of a pack, as the contract says it is made."""
    text = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def scope_codes() -> frozenset[str]:
    """Codes that may stand in a form."""
    return frozenset(row["code"] for row in pack("business_scope").rows)


@cache
def permit_first_codes() -> frozenset[str]:
    """Codes whose permit must be there before the registration (前置许可)."""
    return frozenset(row["code"] for row in pack("business_scope").rows if row["duty"] == "before")


def list_packs() -> Reply:
    """What is on offer."""
    every = tuple(pack(name) for name in _NAMES)
    lines = tuple(
        api.PackLine(one.name, one.version, one.effective_from, len(one.rows), one.sha256, one.sample)
        for one in every
    )
    return Reply(200, api.Packs(lines), hashlib.sha256("".join(one.sha256 for one in every).encode()).hexdigest())


def get_pack(call: Call) -> Reply:
    """One pack, whole."""
    if call.path["name"] not in _NAMES:
        raise Refused("not-found")
    one = pack(call.path["name"])
    return Reply(
        200, api.Pack(one.name, one.version, one.effective_from, one.sha256, one.rows, one.sample), one.sha256
    )
