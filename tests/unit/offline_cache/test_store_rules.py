"""Rules that run: one door to write through, one home for the driver, nothing that says COMMIT elsewhere."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[3] / "offline_cache"
_MODULES = sorted(PACKAGE.rglob("*.py"))
_TRANSACTIONS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "END TRANSACTION")
_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER")
# The door itself, and what runs before it opens: the steps of the schema, a new store in the place of a damaged one.
_MAY_BEGIN = {"database.py", "migrations.py", "salvage.py"}
# Modules whose functions take the open transaction of the door as ``db``.
_STATEMENTS = {
    "outbox.py", "drafts.py", "salvage.py", "journal.py", "seals.py", "blobs.py", "mirror.py", "retention.py",
    "migrations.py", "driver.py", "database.py", "shifts.py",
}  # fmt: skip
_SQLITE_UTILS_WRITES = {"insert", "insert_all", "upsert", "upsert_all", "atomic", "transform", "add_column", "vacuum"}


def _trees() -> Iterator[tuple[str, ast.AST]]:
    for path in _MODULES:
        yield str(path.relative_to(PACKAGE)), ast.parse(path.read_text("utf-8"))


def _offences(name: str, tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.With | ast.AsyncWith):
            for item in node.items:
                if isinstance(item.context_expr, ast.Attribute) and item.context_expr.attr in ("conn", "connection"):
                    yield f"{name}:{node.lineno}: with …conn: does not roll back"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in _SQLITE_UTILS_WRITES:
                yield f"{name}:{node.lineno}: {node.func.attr} commits by itself outside the door"
            if node.func.attr in ("commit", "rollback", "executescript"):
                yield f"{name}:{node.lineno}: {node.func.attr}"
            if node.func.attr == "execute":
                yield from _statement(name, node)
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] + [getattr(node, "module", None) or ""]
            if name != "driver.py" and any(
                one.split(".")[0] in ("sqlcipher3", "sqlite3", "sqlite_utils") for one in names
            ):
                yield f"{name}:{node.lineno}: the driver lives in driver.py"


def _statement(name: str, call: ast.Call) -> Iterator[str]:
    texts = [
        node.value
        for node in ast.walk(call.args[0])
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    first = (texts[0].strip().upper() + " " if texts else " ").split(" ", 1)[0]
    if first in _TRANSACTIONS and name not in _MAY_BEGIN:
        yield f"{name}:{call.lineno}: {first} outside the door"
    if first in _WRITES and name not in _STATEMENTS:
        yield f"{name}:{call.lineno}: {first} outside the modules that write"


def test_the_cache_keeps_the_rules() -> None:
    assert len(_MODULES) > 20
    assert [offence for name, tree in _trees() for offence in _offences(name, tree)] == []


@pytest.mark.parametrize(
    "code",
    [
        "with db.conn:\n    pass",
        "with self._writer.connection:\n    pass",
        "db['t'].insert({'a': 1})",
        "db.execute('BEGIN')",
        "db.execute('COMMIT')",
        "db.execute('INSERT INTO t VALUES (1)')",
        "db.conn.commit()",
        "import sqlite3",
        "from sqlcipher3 import dbapi2",
        "with db.atomic():\n    pass",
    ],
)
def test_the_rules_see(code: str) -> None:
    assert list(_offences("ledger.py", ast.parse(code)))


def test_only_begin_immediate() -> None:
    """A plain BEGIN to write would fail at once instead of waiting its turn."""
    text = (PACKAGE / "database.py").read_text("utf-8")
    writing = text[text.index("class _Door") : text.index("def open_store")]
    assert "BEGIN IMMEDIATE" in writing and '"BEGIN"' not in writing
    assert '"BEGIN"' not in (PACKAGE / "migrations.py").read_text("utf-8")
