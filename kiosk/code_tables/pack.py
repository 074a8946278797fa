"""Data packs (数据包): code lists as files that say what they are and where from, and prove that they are whole.

A file begins with lines ``# name: value`` and goes on as CSV, with its own line of column names. ``key`` names the
columns that tell one row from another. ``sha256`` is over the rows in the order of their key, so neither the order of
the lines nor their line ends matter. Lines ``## …`` above the table are remarks.

``python -m kiosk.code_tables.pack FILE…`` says whether files are whole; ``--seal`` writes the hash after an edit.
"""

import argparse
import csv
import hashlib
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

Row = dict[str, str]
Key = tuple[str, ...]

_NEEDED = ("id", "edition", "effective", "key", "source", "licence", "sample", "sha256")
_YES_NO = {"yes": True, "no": False}
_HEAD_LINE = re.compile(r"# ([a-z_0-9]+): *(.*)")
_COLUMN = re.compile(r"[a-z][a-z_0-9]*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_HEAD = re.compile("\ufeff?(?:#[^\n]*\n)*")
_SEAL_LINE = re.compile(r"^# sha256:[^\r\n]*", re.MULTILINE)
_UNSEALED = "0" * 64
_MARK = "\ufeff"  # what some editors put before everything


class PackError(ValueError):
    """A file that is no pack, or a damaged one; the text says what is wrong and where."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a pack says of itself. ``effective`` is the day from which it holds; ``facts`` is what else it tells."""

    id: str
    edition: str
    effective: date
    source: str
    licence: str
    sample: bool  # invented for trying things out, never for a real case
    key: Key
    columns: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()

    def key_of(self, row: Row) -> Key:
        """What tells this row from the others."""
        return tuple(row[name] for name in self.key)

    def fact(self, name: str) -> str:
        """Something else that the head tells; an empty text where it does not."""
        return dict(self.facts).get(name, "")


@dataclass(frozen=True, slots=True)
class Pack(Head):
    """One edition of one table; its rows lie in the order of their key."""

    sha256: str = ""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Delta:
    """What makes one edition of another: rows to take out by their key, rows to put in, and the hash to arrive at."""

    from_edition: str
    from_sha256: str
    head: Head
    to_sha256: str
    upserts: tuple[Row, ...]
    deletes: tuple[Row, ...]  # the key columns of the old edition


def rows_sha256(rows: Iterable[Row]) -> str:
    """The hash of rows that lie in the order of their key, made as the platform's contract says."""
    text = json.dumps(list(rows), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def made(head: Head, rows: Iterable[Row]) -> Pack:
    """A pack of these rows, with its hash; PackError when they do not fit its columns, or two have one key."""
    kept = tuple(rows)
    if wrong := next((row for row in kept if set(row) != set(head.columns)), None):
        raise PackError(f"{head.id}: a row has not the columns of the table: {wrong}")
    ordered = tuple(sorted(kept, key=head.key_of))
    keys = [head.key_of(row) for row in ordered]
    if twice := next((one for one, other in pairwise(keys) if one == other), None):
        raise PackError(f"{head.id}: two rows have one key: {' '.join(twice)}")
    return Pack(**_head_of(head), sha256=rows_sha256(ordered), rows=ordered)


def read(text: str) -> Pack:
    """A pack from its file; PackError when it does not say what it is, or its rows are not those of its hash."""
    told, pack = _parsed(text)
    if pack.sha256 != told["sha256"]:
        raise PackError(
            f"{pack.id} {pack.edition}: damaged or edited: the rows have sha256 {pack.sha256}, the file says "
            f"{told['sha256']}; after an edit, seal it"
        )
    return pack


def sealed(text: str) -> str:
    """The same file with the hash of its rows; whatever else is wrong with it still raises PackError."""
    head = _HEAD.match(text)
    above = head[0] if head else ""
    if not _SEAL_LINE.search(above):
        above += f"# sha256: {_UNSEALED}\n"
    rest = text[len(head[0]) :] if head else text
    return _SEAL_LINE.sub(f"# sha256: {_parsed(above + rest)[1].sha256}", above, count=1) + rest


def written(pack: Pack) -> str:
    """The pack as a file."""
    head = {
        "id": pack.id, "edition": pack.edition, "effective": pack.effective.isoformat(), "key": " ".join(pack.key),
        "source": pack.source, "licence": pack.licence, "sample": "yes" if pack.sample else "no",
        "sha256": pack.sha256, **dict(pack.facts),
    }  # fmt: skip
    out = io.StringIO()
    out.writelines(f"# {name}: {value}\n" for name, value in head.items())
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(pack.columns)
    lines.writerows([row[name] for name in pack.columns] for row in pack.rows)
    return out.getvalue()


def delta(old: Pack, new: Pack) -> Delta:
    """What has changed from one edition to the other; with other columns, that is every row."""
    before = {old.key_of(row): row for row in old.rows}
    after = {new.key_of(row): row for row in new.rows}
    upserts = tuple(row for key, row in after.items() if before.get(key) != row)
    deletes = tuple(dict(zip(old.key, key, strict=True)) for key in before if key not in after)
    head = Head(**_head_of(new))
    return Delta(old.edition, old.sha256, head, new.sha256, upserts, deletes)


def apply(old: Pack, change: Delta) -> Pack:
    """The new edition; PackError when the change is not one of this edition, or does not arrive at its hash."""
    if (old.id, old.sha256) != (change.head.id, change.from_sha256):
        raise PackError(f"{old.id} {old.edition}: the change begins with another edition, {change.from_edition}")
    rows = {old.key_of(row): row for row in old.rows}
    for gone in change.deletes:
        rows.pop(old.key_of(gone), None)
    rows.update((change.head.key_of(row), row) for row in change.upserts)
    new = made(change.head, rows.values())
    if new.sha256 != change.to_sha256:
        raise PackError(f"{new.id} {new.edition}: the change does not lead to the edition it names; fetch it whole")
    return new


def _head_of(pack: Head) -> dict[str, Any]:
    return {one.name: getattr(pack, one.name) for one in fields(Head)}


def _parsed(text: str) -> tuple[dict[str, str], Pack]:
    lines = [line.removesuffix("\r") for line in text.removeprefix(_MARK).split("\n")]
    count = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    told = _told(lines[:count])
    head_names = set(told) - set(_NEEDED)
    table = _table(lines[count:], count)
    columns = next(table, [])
    if not columns or not all(_COLUMN.fullmatch(name) for name in columns) or len(set(columns)) < len(columns):
        raise PackError(f"{told['id']}: line {count + 1} does not name the columns")
    key = tuple(told["key"].split())
    if strange := [name for name in key if name not in columns]:
        raise PackError(f"{told['id']}: the key names a column that is not there: {strange[0]}")
    head = Head(
        told["id"], told["edition"], _day(told), told["source"], told["licence"], _sample(told), key, tuple(columns),
        tuple((name, value) for name, value in told.items() if name in head_names),
    )  # fmt: skip
    rows = []
    for number, cells in enumerate(table, 1):
        if len(cells) != len(columns):
            raise PackError(f"{head.id}: row {number} has {len(cells)} values for {len(columns)} columns")
        rows.append(dict(zip(columns, cells, strict=True)))
    return told, made(head, rows)


def _told(lines: list[str]) -> dict[str, str]:
    told: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if line.startswith("##"):
            continue
        found = _HEAD_LINE.fullmatch(line.rstrip())
        if found is None or found[1] in told:
            raise PackError(f"line {number} is no line of a head, or says a thing twice: {line}")
        told[found[1]] = found[2]
    if missing := [name for name in _NEEDED if not told.get(name)]:
        raise PackError(f"{told.get('id') or 'a pack'} does not tell its {missing[0]}")
    return told


def _table(lines: list[str], above: int) -> Iterator[list[str]]:
    for number, line in enumerate(lines, above + 1):
        if _CONTROL.search(line):
            raise PackError(f"line {number} holds a control character")
        try:
            cells = next(csv.reader([line], strict=True), [])
        except csv.Error as error:
            raise PackError(f"line {number} is not CSV: {error}") from error
        if cells:
            yield cells


def _day(told: dict[str, str]) -> date:
    try:
        return date.fromisoformat(told["effective"])
    except ValueError as error:
        raise PackError(f"{told['id']}: effective is no day: {told['effective']}") from error


def _sample(told: dict[str, str]) -> bool:
    if told["sample"] not in _YES_NO:
        raise PackError(f"{told['id']}: sample is yes or no")
    return _YES_NO[told["sample"]]


def main(arguments: list[str]) -> int:
    """Verify files, or seal them; 1 when one of them is not whole."""
    parser = argparse.ArgumentParser(prog="python -m kiosk.code_tables.pack", description="Verify data packs.")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--seal", action="store_true", help="write the hash of the rows into the file")
    asked = parser.parse_args(arguments)
    wrong = 0
    for file in asked.files:
        try:
            text = file.read_bytes().decode("utf-8")
            if asked.seal:
                text = sealed(text)
                file.write_bytes(text.encode())
            pack = read(text)
        except (OSError, ValueError) as error:
            wrong = 1
            sys.stdout.write(f"{file}: {error}\n")
        else:
            sys.stdout.write(f"{file}: {pack.id} {pack.edition}, {len(pack.rows)} rows, {pack.sha256[:12]}\n")
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
