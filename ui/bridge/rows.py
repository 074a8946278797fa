"""A list of rows for QML that changes in place: what stays keeps its delegate, its focus and its place."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QByteArray, QModelIndex, QObject, QPersistentModelIndex, Qt, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from .lend import QVariant

QML_IMPORT_NAME = "Bridge"
QML_IMPORT_MAJOR_VERSION = 1

_TWICE = "two rows of a list have the same key"
ROW = int(Qt.ItemDataRole.UserRole) + 1
_Index = QModelIndex | QPersistentModelIndex


@QmlElement
@QmlUncreatable("made in Python")
class Rows(QAbstractListModel):  # type: ignore[operator]
    """Rows are maps with a ``key`` that is unique in the list; delegates say ``required property var row``."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[Mapping[str, Any]] = []

    def roleNames(self) -> dict[int, QByteArray]:
        """One role, the whole row: rows are small and always read together."""
        return {ROW: QByteArray(b"row")}

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = 0) -> Any:
        """The row itself."""
        return dict(self._rows[index.row()]) if role == ROW and 0 <= index.row() < len(self._rows) else None

    @Slot(int, result=QVariant)
    def row(self, at: int) -> Any:
        """One row, for code that looks through them."""
        return dict(self._rows[at]) if 0 <= at < len(self._rows) else None

    def all(self) -> tuple[Mapping[str, Any], ...]:
        """Every row, for Python."""
        return tuple(self._rows)

    def append(self, row: Mapping[str, Any]) -> None:
        """One more at the end."""
        if any(one["key"] == row["key"] for one in self._rows):
            raise ValueError(_TWICE)
        at = len(self._rows)
        self.beginInsertRows(QModelIndex(), at, at)
        self._rows.append(row)
        self.endInsertRows()

    def show(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Become these rows with as few insertions, removals and moves as a person would notice."""
        wanted = [row["key"] for row in rows]
        if len(set(wanted)) != len(wanted):
            raise ValueError(_TWICE)
        for at in reversed(range(len(self._rows))):
            if self._rows[at]["key"] not in wanted:
                self.beginRemoveRows(QModelIndex(), at, at)
                del self._rows[at]
                self.endRemoveRows()
        for at, row in enumerate(rows):
            here = next((n for n in range(at, len(self._rows)) if self._rows[n]["key"] == row["key"]), None)
            if here is None:
                self.beginInsertRows(QModelIndex(), at, at)
                self._rows.insert(at, row)
                self.endInsertRows()
                continue
            if here != at:
                self.beginMoveRows(QModelIndex(), here, here, QModelIndex(), at)
                self._rows.insert(at, self._rows.pop(here))
                self.endMoveRows()
            if self._rows[at] != row:
                self._rows[at] = row
                self.dataChanged.emit(self.index(at), self.index(at), [ROW])
