"""The place in a company's name (行政区划): the city, or a district behind the city's name, or a county by itself.

A district of a city never stands alone (企业名称登记管理规定 art. 7). Divisions that have ended are known by name, so
that the person is told that, and not that there is no such place.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kiosk.code_tables.divisions import Division, all_divisions, current_divisions
from kiosk.domain.ids import DivisionCode


class PlaceKind(enum.Enum):
    """How a place may be used in a name."""

    CITY = "city"  # 重庆, 重庆市
    WITH_CITY = "with_city"  # 重庆市渝中区, 重庆渝中
    COUNTY = "county"  # 巫山县: may stand by itself
    ALONE = "alone"  # 渝中区: needs the city in front
    ENDED = "ended"  # 江北区: no longer a division


@dataclass(frozen=True, slots=True)
class NamePlace:
    """What a text means as a place. ``official``: the name in full; a short form may mean something else."""

    code: DivisionCode
    kind: PlaceKind
    official: bool


def place_of(text: str) -> NamePlace | None:
    """The place that a text names, or None."""
    return _places().get(text)


def offered(division: DivisionCode) -> tuple[str, ...]:
    """Places that a company there may put into its name: the city's name, and its own where one is picked."""
    mine = [
        text
        for text, place in _places().items()
        if place.code == division and place.kind in (PlaceKind.WITH_CITY, PlaceKind.COUNTY)
    ]
    return (*(text for text, place in _places().items() if place.kind is PlaceKind.CITY), *mine)


@cache
def _places() -> Mapping[str, NamePlace]:
    found: dict[str, NamePlace] = {}
    cities = tuple(d for d in all_divisions() if d.code.endswith("0000"))
    for city in cities:
        for text in _ways(city.name):
            found[text] = NamePlace(city.code, PlaceKind.CITY, text == city.name)
    current = current_divisions()
    for division in current:
        _add(found, division, tuple(d for d in cities if d.code[:2] == division.code[:2]))
    for division in all_divisions():
        if division not in current and not division.code.endswith("00"):
            for text in (*_ways(division.name), *_behind(cities, division)):
                found.setdefault(text, NamePlace(division.code, PlaceKind.ENDED, text == division.name))
    return found


def _add(found: dict[str, NamePlace], division: Division, cities: tuple[Division, ...]) -> None:
    alone = PlaceKind.COUNTY if division.name.endswith("县") else PlaceKind.ALONE
    for text in _behind(cities, division):
        found[text] = NamePlace(division.code, PlaceKind.WITH_CITY, text.endswith(division.name))
    for text in _ways(division.name):
        found[text] = NamePlace(division.code, alone, text == division.name)


def _behind(cities: tuple[Division, ...], division: Division) -> tuple[str, ...]:
    return tuple(f"{first}{own}" for city in cities for first in _ways(city.name) for own in _ways(division.name))


_PEOPLES = ("土家族苗族自治县", "苗族土家族自治县", "土家族自治县", "自治县")


def _ways(name: str) -> tuple[str, ...]:
    """A name and its short form: 渝中区 is also called 渝中; 两江新区 and 忠县 have none."""
    ending = next((e for e in (*_PEOPLES, "新区", "区", "县", "市") if name.endswith(e)), "")
    stem = name.removesuffix(ending)
    return (name,) if ending in ("", "新区") or len(stem) < 2 else (name, stem)
