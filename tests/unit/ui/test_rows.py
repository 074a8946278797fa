"""Lists change in place: always the right rows, in the right order, and the model's own rules are kept."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QObject
from PySide6.QtTest import QAbstractItemModelTester

from ui.bridge.rows import ROW, Rows

Pairs = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3)), unique_by=lambda pair: pair[0])


def rows(pairs: list[tuple[int, int]]) -> list[dict[str, Any]]:
    return [{"key": str(key), "value": value} for key, value in pairs]


@given(Pairs, Pairs)
def test_any_list_becomes_any_other(before: list[tuple[int, int]], after: list[tuple[int, int]]) -> None:
    owner = QObject()
    model = Rows(owner)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(rows(before))
    kept: list[int] = []
    model.rowsInserted.connect(lambda _p, first, last: kept.extend(range(first, last + 1)))
    model.show(rows(after))
    assert [model.data(model.index(n), ROW) for n in range(model.rowCount())] == rows(after)
    assert len(kept) == len({k for k, _ in after} - {k for k, _ in before})
    assert model.rowCount(model.index(0)) == 0 or not after
    del tester


def test_only_what_changed_is_told() -> None:
    owner = QObject()
    model = Rows(owner)
    model.show(rows([(1, 0), (2, 0), (3, 0)]))
    told: list[int] = []
    model.dataChanged.connect(lambda first, last, _roles: told.extend(range(first.row(), last.row() + 1)))
    model.show(rows([(1, 0), (2, 1), (3, 0)]))
    assert told == [1]


def test_a_key_may_stand_once() -> None:
    owner = QObject()
    model = Rows(owner)
    with pytest.raises(ValueError, match="same key"):
        model.show(rows([(1, 0), (1, 1)]))
    assert model.data(QModelIndex(), ROW) is None
