"""Data packs on offer: whole, or as the difference to an earlier edition.

The business scope and the industry classes are samples of our own making, and say so; the others come with the
program.
"""

import hashlib
from functools import cache
from importlib.resources import files

from kiosk.code_tables import pack as packs
from kiosk.code_tables import shipped
from kiosk.code_tables.pack import Pack, Row
from kiosk.contracts import platform_api as api
from kiosk.contracts.platform_api import hall as wire

from .call import Call, Reply
from .handling import Handlers, of_data
from .refusal import Refused, invalid

_SCOPE = "business_scope"
_OWN = (_SCOPE, "industry_classes")  # in the platform's own data


@cache
def names() -> tuple[str, ...]:
    """Every pack on offer, in alphabetical order."""
    return tuple(sorted((*shipped.names(), *_OWN)))


@cache
def editions(name: str) -> dict[str, Pack]:
    """Every edition of a pack that is kept, the one in force last; KeyError for an unknown one."""
    if name in _OWN:
        only = packs.read(files("kiosk.sandbox").joinpath(f"data/{name}.csv").read_text("utf-8"))
        return {only.edition: only}
    return shipped.editions(name)


def pack(name: str) -> Pack:
    """The edition in force; KeyError for an unknown pack."""
    return list(editions(name).values())[-1]


def delta(old: Pack, new: Pack) -> wire.PackDelta:
    """What makes the new edition of the old one; other columns or another key make it another table."""
    if (old.key, old.columns) != (new.key, new.columns):
        raise Refused("delta-unavailable", full=f"/v1/packs/{new.id}")
    change = packs.delta(old, new)
    return wire.PackDelta(old.edition, new.edition, new.sha256, new.key, change.upserts, change.deletes)


@cache
def scope_codes() -> frozenset[str]:
    """Codes that may stand in a form."""
    return frozenset(row["code"] for row in pack(_SCOPE).rows)


@cache
def permit_first_codes() -> frozenset[str]:
    """Codes whose permit must be there before the registration (前置许可)."""
    return frozenset(row["code"] for row in pack(_SCOPE).rows if row["duty"] == "before")


def list_packs() -> Reply:
    """What is on offer."""
    every = [editions(name) for name in names()]
    lines = []
    for kept in every:
        *earlier, one = kept.values()
        lines.append(
            api.PackLine(
                one.id, one.edition, one.effective.isoformat(), len(one.rows), one.sha256, one.sample, one.source,
                one.licence, tuple(old.edition for old in earlier if old.columns == one.columns),
            )
        )  # fmt: skip
    tag = hashlib.sha256("".join(line.sha256 for line in lines).encode()).hexdigest()
    return Reply(200, api.Packs(tuple(lines)), tag)


def get_pack(call: Call) -> Reply:
    """One pack: whole, in an edition that is asked for, or what changed since one."""
    name, version, since = call.path["name"], call.query.get("version"), call.query.get("since")
    if name not in names():
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


def _answer(one: Pack, rows: tuple[Row, ...], change: wire.PackDelta | None) -> api.Pack:
    return api.Pack(
        one.id, one.edition, one.effective.isoformat(), one.sha256, rows, one.sample, one.source, one.licence, change
    )


HANDLERS: Handlers = {"listPacks": of_data(lambda _call: list_packs()), "getPack": of_data(get_pack)}
