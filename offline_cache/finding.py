"""The index by which a window finds cases: in memory beside the mirror, brought up to date before every search."""

from kiosk.domain.case import OpeningCase
from kiosk.domain.case_found import Hit
from kiosk.domain.ids import CaseId
from kiosk.rules.case_search import CaseIndex

from . import mirror, wire
from .driver import Database


class CaseFinder:
    """For the session's thread only."""

    def __init__(self) -> None:
        self._index = CaseIndex()
        self._change = 0

    def forget(self) -> None:
        """Nobody is signed in any more: what was gathered goes."""
        self._index.clear()
        self._change = 0

    def find(self, db: Database, fragment: str, limit: int) -> tuple[tuple[Hit, OpeningCase], ...]:
        """What fits, with the cases as the mirror has them."""
        self._catch_up(db)
        found = []
        for hit in self._index.find(fragment, limit):
            body = mirror.body(db, hit.case_id)
            case = None if body is None else wire.opening_case(body)
            if case is not None:
                found.append((hit, case))
        return tuple(found)

    def _catch_up(self, db: Database) -> None:
        newest, count = mirror.changes(db)
        if (newest, count) == (self._change, len(self._index)):
            return
        if newest < self._change or not self._take(db):
            self.forget()
            self._take(db)

    def _take(self, db: Database) -> bool:
        """Whether the index has just the cases that the mirror has."""
        for case_id, body in mirror.changed_since(db, self._change):
            case = wire.opening_case(body)
            if case is not None:
                self._index.keep(case)
            else:
                self._index.drop(CaseId(case_id))
        self._change, count = mirror.changes(db)
        return len(self._index) == count
