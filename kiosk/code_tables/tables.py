"""Tables of codes as data files that say what they are: id, edition, since when, where from, under which terms.

A file begins with lines ``# name: value``; a CSV with its own header row follows. ``key`` names the columns that tell
one row from another. Earlier editions lie beside the current ones, so that a difference can be told.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_HEAD = ("id", "edition", "effective", "key", "source", "licence")


@dataclass(frozen=True, slots=True)
class CodeTable:
    """One edition of one table. ``effective``: the day from which it holds, as far as it is known."""

    id: str
    edition: str
    effective: str
    source: str
    licence: str
    key: tuple[str, ...]
    rows: tuple[dict[str, str], ...]

    def key_of(self, row: dict[str, str]) -> tuple[str, ...]:
        """What tells this row from the others."""
        return tuple(row[name] for name in self.key)


@cache
def table(name: str) -> CodeTable:
    """The edition in force; KeyError for an unknown table."""
    file = _folder().joinpath(f"{name}.csv")
    if not file.is_file():
        raise KeyError(name)
    return read(file.read_text("utf-8"))


@cache
def editions(name: str) -> dict[str, CodeTable]:
    """Every edition that is kept, the one in force included."""
    earlier = (one for one in _folder().joinpath("earlier").iterdir() if one.name.startswith(f"{name}-"))
    known = [*(read(one.read_text("utf-8")) for one in earlier), table(name)]
    return {one.edition: one for one in sorted(known, key=lambda one: one.effective)}


def read(text: str) -> CodeTable:
    """One file; ValueError when it does not say what it is, or two rows have one key."""
    lines = text.splitlines()
    head = [line for line in lines if line.startswith("# ")]
    told = dict(line[2:].split(": ", 1) for line in head)
    if missing := [name for name in _HEAD if not told.get(name)]:
        raise ValueError(f"a table does not tell its {missing[0]}")
    rows = tuple(dict(row) for row in csv.DictReader(lines[len(head) :]))
    made = CodeTable(
        told["id"], told["edition"], told["effective"], told["source"], told["licence"], tuple(told["key"].split()),
        rows,
    )  # fmt: skip
    if len({made.key_of(row) for row in rows}) < len(rows):
        raise ValueError(f"{made.id}: two rows have one key")
    return made


def _folder() -> Traversable:
    return files("kiosk.code_tables").joinpath("data")
