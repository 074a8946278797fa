"""Rare characters by their parts, for whoever can take a character apart but not pronounce it: 䶮 is longtian."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import islice, permutations, product
from types import MappingProxyType

from ui.engines import Candidate

_FEWEST = 2  # letters; one letter would only list the pack
_ORDERS = 3  # so many parts may come in any order; more of them are rows of the same one


@cache
def characters() -> Mapping[str, str]:
    """Every character of the pack with its parts."""
    return MappingProxyType(dict(entry.split("=") for entry in _pack()["characters"].split()))


@cache
def readings() -> Mapping[str, tuple[str, ...]]:
    """How each part may be called."""
    entries = (entry.split("=") for entry in _pack()["readings"].split())
    return MappingProxyType({part: tuple(names.split(",")) for part, names in entries})


def _pack() -> dict[str, str]:
    return tomllib.loads(files("ui.parts").joinpath("parts.toml").read_text("utf-8"))


def _keys(parts: str) -> frozenset[str]:
    orders = permutations(parts) if len(parts) <= _ORDERS else (tuple(parts),)
    return frozenset("".join(said) for order in orders for said in product(*(readings()[part] for part in order)))


@cache
def _index() -> Mapping[str, frozenset[str]]:
    """Made when somebody first asks: the terminal starts without it."""
    return MappingProxyType({character: _keys(parts) for character, parts in characters().items()})


class Parts:
    """Finds characters by the names of their parts, typed one after the other, in any order, not to the end."""

    def forget(self) -> None:
        """Nothing is kept."""

    def candidates(self, given: str, limit: int = 60) -> list[Candidate]:
        """Whole matches first, then what begins like this, the fewest missing letters first."""
        letters = given.lower().replace("'", "")
        if len(letters) < _FEWEST:
            return []
        found = {
            character: min(fits)
            for character, keys in _index().items()
            if (fits := [len(key) - len(letters) for key in keys if key.startswith(letters)])
        }
        best = sorted(found, key=found.__getitem__)
        return [Candidate(character, len(given)) for character in islice(best, limit)]
