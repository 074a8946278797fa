"""One page's data for QML, made for each arrival and dropped with it, so that nothing of a person stays behind."""

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

    def show(self, vm: ViewModel) -> None:
        """Take over what the presenter made; only what changed is told."""
        self._fill({"actions": tuple(action.row() for action in vm.actions), **vm.lists})
        data = dict(vm.data)
        if data != self._data:
            self._data = data
            self.dataChanged.emit()

    def _fill(self, lists: Mapping[str, tuple[Row, ...]]) -> None:
        for name, rows in lists.items():
            self.rows(name).show(rows)
        for name, model in self._lists.items():
            if name not in lists:
                model.show(())

    @Slot(str, result=Rows)
    def rows(self, name: str) -> Rows:
        """The list of that name; empty until the presenter fills it."""
        if name not in self._lists:
            self._lists[name] = Rows(self)
        return self._lists[name]

    def _get_data(self) -> dict[str, Any]:
        return self._data

    data = Property(QVariant, _get_data, notify=dataChanged)
