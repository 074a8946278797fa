"""One page's data for QML, made for each arrival and dropped with it, so that nothing of a person stays behind."""

import time
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from ui.viewmodels.page import Row, ViewModel

from .lend import QVariant
from .rows import Rows

QML_IMPORT_NAME = "Bridge"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made in Python")
class PageModel(QObject):  # type: ignore[operator]
    """``data`` are the page's texts and numbers; ``rows(name)`` its lists, which change in place."""

    dataChanged = Signal()

    def __init__(self, parent: QObject, name: str) -> None:
        super().__init__(parent)
        self.name = name
        self._data: dict[str, Any] = {}
        self._lists: dict[str, Rows] = {}
        self._wanted: Mapping[str, tuple[Row, ...]] = {}
        self._whole = False

    def show(self, vm: ViewModel) -> None:
        """Take over what the presenter made; only what changed is told. Rows come with ``fill`` at first."""
        self._wanted = {"actions": tuple(action.row() for action in vm.actions), **vm.lists}
        for name in {**self._lists, **self._wanted}:
            model, rows = self.rows(name), self._wanted.get(name, ())
            model.show(rows if self._whole else rows[: model.rowCount()])
        data = dict(vm.data)
        if data != self._data:
            self._data = data
            self.dataChanged.emit()

    def fill(self, seconds: float = float("inf")) -> bool:
        """Show the rows that are not there yet, one after the other, as long as the time lasts; at least one. Whether
        all are there: from then on they change at once."""
        until = time.monotonic() + seconds
        for name, rows in self._wanted.items():
            model = self.rows(name)
            for row in rows[model.rowCount() :]:
                model.append(row)
                if time.monotonic() >= until:
                    return False
        self._whole = True
        return True

    @Slot(str, result=Rows)
    def rows(self, name: str) -> Rows:
        """The list of that name; empty until the presenter fills it."""
        if name not in self._lists:
            self._lists[name] = Rows(self)
        return self._lists[name]

    def _get_data(self) -> dict[str, Any]:
        return self._data

    data = Property(QVariant, _get_data, notify=dataChanged)
