"""Families of tax-control devices, from ``kinds.toml`` and a device's own options."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from drivers.errors import DriverError
from kiosk.faults import FaultCode

_KIND = "kind"
_OWN = frozenset({"number", "form", "holder", "uscc"})  # what a hall may say otherwise
_OID = re.compile(r"[0-2](\.[0-9]+)+")
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class TaxDeviceFamily:
    """One family: see ``kinds.toml`` for what the fields mean."""

    id: str
    name: Mapping[str, str]
    ways: frozenset[str]
    number: str
    form: str
    holder: str
    uscc: str


@cache
def families() -> Mapping[str, TaxDeviceFamily]:
    """All families by id."""
    tables = tomllib.loads(files(__package__).joinpath("kinds.toml").read_text("utf-8"))
    return MappingProxyType(
        {
            key: TaxDeviceFamily(key, MappingProxyType(table.pop("name")), frozenset(table.pop("ways")), **table)
            for key, table in tables.items()
        }
    )


def family(way: str, options: Mapping[str, str] = _NOTHING) -> TaxDeviceFamily:
    """The family that a configuration means: its option ``kind``, else the first that is read in this way.

    Fault: device-configuration (details: key, allowed).
    """
    possible = {key: one for key, one in families().items() if way in one.ways}
    key = options.get(_KIND, next(iter(possible)))
    if key not in possible:
        raise _wrong(_KIND, ", ".join(sorted(possible)))
    known = possible[key]
    own = {name: options.get(name, getattr(known, name)) for name in _OWN}
    if own["number"] not in ("serial", "label"):
        raise _wrong("number", "serial, label")
    for name in ("holder", "uscc"):
        if not _OID.fullmatch(own[name]):
            raise _wrong(name, "an object identifier like 2.5.4.3")
    try:
        re.compile(own["form"])
    except re.error:
        raise _wrong("form", "a regular expression") from None
    return TaxDeviceFamily(known.id, known.name, known.ways, **own)


def only(options: Mapping[str, str], *more: str) -> None:
    """Refuse options that nobody knows. Fault: device-configuration."""
    allowed = {_KIND, *_OWN, *more}
    unknown = sorted(set(options) - allowed)
    if unknown:
        raise _wrong(unknown[0], ", ".join(sorted(allowed)))


def _wrong(key: str, allowed: str) -> DriverError:
    return DriverError(FaultCode.DEVICE_CONFIGURATION, {"key": f"devices.tax_device.{key}", "allowed": allowed})
