"""Whether an address on a paper is the domicile that was filled in (住所应与权属证明一致): written differently is not
different. Width, blanks and dashes do not count, nor whether city, district, street and community stand in front; the
rest has to be the same to the last figure."""

import re
import unicodedata
from collections.abc import Iterator

from kiosk.code_tables.divisions import history_of
from kiosk.domain.case import Domicile

_CITY = "重庆"
_DASHES = re.compile("[‐‑‒–—―−ー~-]+")
_STOPS = re.compile(r"[\s,.;:·、。]+")
_SHORT = 2  # characters of an autonomous county that people write: 石柱县


def is_same_place(written: str, domicile: Domicile) -> bool:
    """True as well where one of the two says nothing: then nothing differs."""
    paper, form = _bare(written, domicile), _bare(domicile.line, domicile)
    return not paper or not form or paper == form


def _bare(address: str, domicile: Domicile) -> str:
    """What is left when everything is taken from the front that the form holds beside the line."""
    left = _DASHES.sub("-", unicodedata.normalize("NFKC", _STOPS.sub("", address))).upper()
    left = _without(_STOPS.sub("", left), f"{_CITY}市")
    for name in _districts(domicile):
        if left.startswith((name, f"{_CITY}{name}")):  # 重庆 alone may begin a road
            left = _without(_without(left, _CITY), name)
            break
    return _without(_without(left, domicile.street), domicile.village)


def _districts(domicile: Domicile) -> Iterator[str]:
    """Every name under which the district is written, on old papers too."""
    for name in {domicile.division_name, *(one.name for one in history_of(domicile.division))} - {""}:
        yield name
        if name.endswith("自治县"):
            yield f"{name[:_SHORT]}县"


def _without(text: str, front: str) -> str:
    plain = unicodedata.normalize("NFKC", _STOPS.sub("", front))
    return text.removeprefix(plain) if plain else text
