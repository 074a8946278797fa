"""One case being worked on inside a transaction: every move is asked of the state tables, all is saved once."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from . import promise_clocks, states
from . import tables as t
from .refusal import Refused
from .transaction import Tx

DEPARTMENTS = {"SETUP": "samr", "SEAL": "police", "INVOICE": "tax", "SOCIAL": "hrss", "FUND": "fund", "BANK": "bank"}


class CaseWork:
    """Load, move, save. ``save`` takes the case only in the version that was loaded: the second writer is refused."""

    def __init__(self, tx: Tx, row: Any) -> None:
        self.tx = tx
        self.row = row
        self.id: str = row.id
        self.state: str = row.state
        self.version: int = row.version
        self.due_at: int | None = row.due_at
        self.items = {r.item: r for r in tx.c.execute(sa.select(t.item).where(t.item.c.case_id == self.id))}
        articles = sa.select(t.article).where(t.article.c.case_id == self.id).order_by(t.article.c.position)
        self.articles = list(tx.c.execute(articles))
        self.item_states: dict[str, str] = {name: r.state for name, r in self.items.items()}
        self._values: dict[str, Any] = {}
        self._item_values: dict[str, dict[str, Any]] = {}
        self._lines: list[dict[str, Any]] = []
        self._reason = ""

    @classmethod
    def open(cls, tx: Tx, case_id: str, site_id: str | None = None) -> "CaseWork":
        """The case to be worked on, locked until the end; ``not-found`` when it is unknown or of another hall."""
        return cls._found(tx, sa.select(t.case).where(t.case.c.id == case_id).with_for_update(), site_id)

    @classmethod
    def look(cls, tx: Tx, case_id: str, site_id: str | None = None) -> "CaseWork":
        """The case to be read only."""
        return cls._found(tx, sa.select(t.case).where(t.case.c.id == case_id), site_id)

    @classmethod
    def _found(cls, tx: Tx, wanted: "sa.Select[Any]", site_id: str | None) -> "CaseWork":
        row = tx.c.execute(wanted).first()
        if row is None or (site_id is not None and row.site_id != site_id):
            raise Refused("not-found")
        return cls(tx, row)

    def set(self, **values: Any) -> None:
        """Columns of the case to change."""
        self._values.update(values)

    @property
    def place(self) -> str:
        """Where the case's things lie on the shelf; empty before it is approved."""
        found: str | None = self._values.get("place", self.row.place)
        return found or ""

    def may(self, event: str) -> bool:
        """Whether the case can take that event now."""
        return states.CASE.after(self.state, event) is not None

    def move(self, event: str, by: str) -> None:
        """Move the case; an impossible move is a bug of the caller, who asks ``may`` first."""
        self.state = _next(states.CASE, self.state, event)
        self._line("CASE", self.state, by)

    def remark(self, by: str) -> None:
        """A line of the timeline for something that happened without a change of state."""
        self._line("CASE", self.state, by)

    def request_items(self, names: Iterable[str], by: str) -> None:
        """The items of the form become the case's."""
        for name in names:
            if name not in self.item_states:
                state = _next(states.ITEM, states.ITEM.initial, "choose")
                self.item_states[name] = state
                row = {"case_id": self.id, "item": name, "state": state, "version": 1, "changed_at": self.tx.now}
                self.tx.c.execute(t.item.insert().values(**row))
                self._line(name, state, by)

    def move_item(self, name: str, event: str, by: str, **values: Any) -> None:
        """Move one item, and set its columns."""
        self.item_states[name] = _next(states.ITEM, self.item_states[name], event)
        changes = self._item_values.setdefault(name, {})
        changes.update(values, state=self.item_states[name], changed_at=self.tx.now)
        self._line(name, self.item_states[name], by)

    def set_item(self, name: str, **values: Any) -> None:
        """Columns of one item."""
        self._item_values.setdefault(name, {}).update(values)

    def because(self, reason: str) -> None:
        """Why the case or its items are suspended by the moves at hand: a code for the pause of their clocks."""
        self._reason = reason

    def save(self) -> int:
        """Write everything under the next version; the new version."""
        if self._lines:
            self._keep_clocks()
        column = t.case.c
        values = {**self._values, "state": self.state, "version": self.version + 1, "changed_at": self.tx.now}
        mine = sa.and_(column.id == self.id, column.version == self.version)
        if self.tx.c.execute(sa.update(t.case).where(mine).values(**values)).rowcount != 1:
            raise Refused("version-mismatch")
        self.version += 1
        for name, changes in sorted(self._item_values.items()):
            one = sa.and_(t.item.c.case_id == self.id, t.item.c.item == name)
            self.tx.c.execute(sa.update(t.item).where(one).values(**changes, version=t.item.c.version + 1))
        for line in self._lines:
            self.tx.c.execute(t.timeline.insert().values(**line))
        self._item_values, self._lines, self._values = {}, [], {}
        self.tx.changed(self.row.site_id, "case", self.id, self.version)
        return self.version

    def _keep_clocks(self) -> None:
        # Here and nowhere else, so that no mover can forget what was promised.
        modes = {name: row.mode for name, row in self.items.items()}
        modes |= {name: values["mode"] for name, values in self._item_values.items() if "mode" in values}
        standing = promise_clocks.Standing(
            self.id, self.row.site_id, self.state, self.item_states, modes, self._reason
        )
        for what, due in promise_clocks.keep(self.tx, standing).items():
            if what == promise_clocks.CASE:
                self.due_at = due
                self.set(due_at=due)
            else:
                self.set_item(what, due_at=due)

    def _line(self, what: str, state: str, by: str) -> None:
        self._lines.append({"case_id": self.id, "at": self.tx.now, "what": what, "state": state, "by": by})


def _next(machine: states.Machine, state: str, event: str) -> str:
    after = machine.after(state, event)
    if after is None:
        raise ValueError(f"{event} is not possible in {state}")
    return after
