"""The exercises as they stand in the files: what the trainer sees, what the trainees do, how the offices work, and
which cases are there when the doors open."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated

import msgspec
from msgspec import Meta

from kiosk.sandbox.office_book import OfficeSet

PLAIN = "plain"


class PlannedCase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A case that is there at the beginning. ``people`` are names of the cast, the first one applies; ``until`` is
    the state it has come to; ``hold`` names departments that have not begun yet."""

    trade: str
    people: tuple[str, ...] = ("wang",)
    industry: str = "餐饮"
    items: tuple[str, ...] = ("SETUP", "SEAL", "INVOICE", "SOCIAL")
    until: str = "SUBMITTED"
    hold: tuple[str, ...] = ()
    unsigned: tuple[str, ...] = ()


class Scenario(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One exercise."""

    title: str
    sees: str
    tasks: Annotated[tuple[str, ...], Meta(min_length=1)]
    name: str = ""
    order: int = 0  # on the page
    offices: dict[str, OfficeSet] = {}
    cases: tuple[PlannedCase, ...] = ()


@cache
def known() -> Mapping[str, Scenario]:
    """Every exercise by its name, the plain one first, then from easy to hard."""
    found = {}
    for file in files("kiosk.sandbox").joinpath("scenarios").iterdir():
        if file.name.endswith(".toml"):
            name = file.name.removesuffix(".toml")
            scenario = msgspec.convert(tomllib.loads(file.read_text("utf-8")), Scenario)
            found[name] = msgspec.structs.replace(scenario, name=name)
    return {name: found[name] for name in sorted(found, key=lambda one: (found[one].order, one))}
