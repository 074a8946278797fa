"""The tables' form in numbered steps. A fresh database is made in today's form, an older one takes what it lacks.

Whoever changes a table adds a step: one more ``make_missing`` when something was only added, a function of its own
for everything else. Steps look before they act: a step of before already makes what is in the tables of today.
All steps run in one transaction: a database is of the old form or of the new one.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from . import tables as t

log = logging.getLogger(__name__)


class StoreError(ValueError):
    """The database cannot be used; says why in one line, without any password."""


@dataclass(frozen=True, slots=True)
class Step:
    """What makes the form of this number out of the one before."""

    number: int
    what: str
    make: Callable[[sa.Connection], None]


def make_missing(c: sa.Connection) -> None:
    """Tables, columns, indexes and unique constraints that are in today's form and not in this database.

    Rows of before get nothing in a new column, or 0, false or "" where something must be. A new check constraint on
    an old table is not made here.
    """
    there = sa.inspect(c)
    old = set(there.get_table_names())
    t.md.create_all(c)
    for table in t.md.sorted_tables:
        if table.name in old:
            _columns(c, table, {str(one["name"]) for one in there.get_columns(table.name)})
            _indexes(c, table, there)


def _whole_contract(c: sa.Connection) -> None:
    if not c.execute(sa.select(t.meta.c.value).where(t.meta.c.key == "scenario")).scalar():
        # Offices, people and stocks of the whole contract cannot be guessed into it, and its cases must not vanish.
        raise StoreError("the database is of a program before the first release; begin with an empty one")
    make_missing(c)


STEPS: tuple[Step, ...] = (
    Step(2, "halls, terminals, custody and services of the whole contract", _whole_contract),
    Step(3, "audit segments with their entries", make_missing),
    Step(4, "how long a helper takes to come", make_missing),
    Step(5, "the hour of collection", make_missing),
    Step(6, "how somebody was told whom no message reached", make_missing),
    Step(7, "the hand-over of a shift", make_missing),
    Step(8, "the library of certificates knows persons, and who agreed to its use", make_missing),
    Step(9, "in which run of its program a terminal has a sign-in", make_missing),
)


def bring_up(c: sa.Connection, steps: tuple[Step, ...] = STEPS) -> bool:
    """Today's form; True when there was nothing. StoreError: the database is of a newer program, or not ours."""
    newest, found = steps[-1].number, _version(c)
    if found is None:
        t.md.create_all(c)
        c.execute(t.meta.insert().values(key="schema_version", value=str(newest)))
        return True
    if not steps[0].number - 1 <= found <= newest:
        raise StoreError(f"the database has schema {found}, this program knows {newest}")
    for step in steps:
        if step.number > found:
            log.info("schema %d: %s", step.number, step.what)
            step.make(c)
    c.execute(sa.update(t.meta).where(t.meta.c.key == "schema_version").values(value=str(newest)))
    return False


def _version(c: sa.Connection) -> int | None:
    if not sa.inspect(c).has_table(t.meta.name):
        return None
    found = c.execute(sa.select(t.meta.c.value).where(t.meta.c.key == "schema_version")).scalar()
    if found is None or not found.isdecimal():
        raise StoreError("the database has a table meta that is not ours")
    return int(found)


def _columns(c: sa.Connection, table: sa.Table, there: set[str]) -> None:
    for column in table.columns:
        if column.name not in there:
            words = str(sa.schema.CreateColumn(column).compile(dialect=c.dialect))
            if not column.nullable:
                words += f" DEFAULT {_nothing(c, column)}"
            c.exec_driver_sql(f"ALTER TABLE {_quoted(c, table.name)} ADD COLUMN {words}")


def _nothing(c: sa.Connection, column: "sa.Column[object]") -> str:
    kind = column.type.python_type
    value = sa.literal(kind(), column.type)
    return str(value.compile(dialect=c.dialect, compile_kwargs={"literal_binds": True}))


def _indexes(c: sa.Connection, table: sa.Table, there: sa.Inspector) -> None:
    indexes, constraints = there.get_indexes(table.name), there.get_unique_constraints(table.name)
    names = {one["name"] for one in indexes}
    unique = {frozenset(one["column_names"]) for one in constraints}
    unique |= {frozenset(filter(None, one["column_names"])) for one in indexes if one["unique"]}
    for index in table.indexes:
        if index.name not in names:
            index.create(c)
    for constraint in table.constraints:
        columns = [column.name for column in getattr(constraint, "columns", ())]
        if isinstance(constraint, sa.UniqueConstraint) and frozenset(columns) not in unique:
            name = _quoted(c, "_".join((table.name, *columns, "key")))
            listed = ", ".join(_quoted(c, one) for one in columns)
            c.exec_driver_sql(f"CREATE UNIQUE INDEX {name} ON {_quoted(c, table.name)} ({listed})")


def _quoted(c: sa.Connection, name: str) -> str:
    return c.dialect.identifier_preparer.quote(name)
