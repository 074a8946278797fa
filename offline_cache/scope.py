"""The cached catalogue of the business scope: the pack's index, and what it finds as picks of a form."""

from kiosk.code_tables.scope_index import FIELDS, ScopeIndex, build, from_bytes, to_bytes
from kiosk.code_tables.scope_search import ScopeSearch
from kiosk.domain.case import PermitDuty, ScopePick
from kiosk.domain.ids import ScopeCode

from . import wire

PACK = "business_scope"
INDEX = "business_scope.index"  # beside the pack, made once when it arrives
_DUTIES = {duty.value: duty for duty in PermitDuty}
_EMPTY = build(())


class ScopeCatalogue:
    """Ready to be searched while somebody types. Immutable, so thread-safe."""

    def __init__(self, index: ScopeIndex = _EMPTY) -> None:
        self._rows, self._search = index.rows, ScopeSearch(index)

    def find(self, typed: str, limit: int) -> tuple[ScopePick, ...]:
        """Best first; nothing typed finds nothing."""
        return tuple(_pick(self._rows[place]) for place in self._search.find(typed, limit))


def index_of(pack: bytes) -> bytes:
    """The index of a pack as the platform gave it; of one that cannot be read: of nothing."""
    return to_bytes(build(wire.pack_rows(pack) or ()))


def catalogue(index: bytes | None, pack: bytes | None) -> ScopeCatalogue:
    """From the kept index, or anew from the pack when that was made on another kind of machine."""
    try:
        return ScopeCatalogue(from_bytes(index or b""))
    except ValueError:
        return ScopeCatalogue(build(wire.pack_rows(pack or b"") or ()))


def _pick(row: str) -> ScopePick:
    one = dict(zip(FIELDS, row.split("\t"), strict=True))
    duty = _DUTIES.get(one["duty"], PermitDuty.NONE)
    return ScopePick(ScopeCode(one["code"]), one["name"], duty, one["duty_text"], one["industry_code"])
