"""The cached catalogue of the business scope, searched by hanzi, pinyin, initials and everyday words."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kiosk.domain.case import PermitDuty, ScopePick
from kiosk.domain.ids import ScopeCode

PACK = "business_scope"
_DUTIES = {duty.value: duty for duty in PermitDuty}


@dataclass(frozen=True, slots=True)
class _Row:
    pick: ScopePick
    name: str
    words: tuple[str, ...]  # everyday words
    spelled: tuple[str, ...]  # pinyin of the name, then of the everyday words
    initials: str


class ScopeCatalogue:
    """The pack in memory, ready to be searched while somebody types. Immutable, so thread-safe."""

    def __init__(self, rows: Sequence[Mapping[str, str]]) -> None:
        self._rows = tuple(_row(row) for row in rows if row.get("code") and row.get("name"))

    def find(self, typed: str, limit: int) -> tuple[ScopePick, ...]:
        """Best first; nothing typed finds nothing."""
        wanted = _plain(typed)
        if not wanted or limit <= 0:
            return ()
        ranked = []
        for place, row in enumerate(self._rows):
            rank = _rank(row, wanted)
            if rank is not None:
                ranked.append((rank, len(row.name), place))
        return tuple(self._rows[place].pick for _, _, place in sorted(ranked)[:limit])


def _rank(row: _Row, wanted: str) -> int | None:
    """Smaller is better; None: does not fit. Two letters of pinyin say too little to be found inside a word."""
    tests = (
        row.name == wanted,
        wanted in row.words,
        row.name.startswith(wanted),
        any(word.startswith(wanted) for word in row.words),
        wanted in row.name,
        any(wanted in word for word in row.words),
        any(word and word in wanted for word in row.words if len(word) > 1),
        row.initials.startswith(wanted),
        any(spelled.startswith(wanted) for spelled in row.spelled),
        len(wanted) > 2 and wanted in row.initials,
        len(wanted) > 2 and any(wanted in spelled for spelled in row.spelled),
    )
    return next((rank for rank, fits in enumerate(tests) if fits), None)


def _row(row: Mapping[str, str]) -> _Row:
    pick = ScopePick(
        code=ScopeCode(row["code"]),
        name=row["name"],
        duty=_DUTIES.get(row.get("duty", ""), PermitDuty.NONE),
        duty_text=row.get("duty_text", ""),
        industry_code=row.get("industry_code", ""),
    )
    words = tuple(_plain(word) for word in row.get("aliases", "").split(" ") if word)
    spelled = (
        _plain(row.get("pinyin", "")),
        *(_plain(word) for word in row.get("alias_pinyin", "").split(" ") if word),
    )
    return _Row(pick, _plain(row["name"]), words, spelled, _plain(row.get("initials", "")))


def _plain(text: str) -> str:
    """Full width, capitals, blanks and tone marks make no difference; ü is typed v."""
    parts = unicodedata.normalize("NFKD", text.casefold().replace("ü", "v"))
    return "".join(c for c in parts if not unicodedata.combining(c) and not c.isspace() and c not in "'’-")
