"""柜外屏: where the citizen's window of a clerk's process stands, and when it must not stand anywhere.

It is on the glass only while there is a glass of its own for it: a cable that is pulled hides it before the system
would move it over the clerk's work.
"""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtQuick import QQuickWindow


class SecondScreen(QObject):
    """Keeps the second window in its place, or away. GUI thread."""

    def __init__(self, clerk: QQuickWindow, window: QQuickWindow, name: str, *, fullscreen: bool) -> None:
        """``name`` of the output, or empty for whichever the clerk's window does not stand on. Without ``fullscreen``
        it is a window among others, as on a developer's or a demonstration's screen."""
        super().__init__(clerk)
        self._clerk, self._window, self._name, self._fullscreen = clerk, window, name, fullscreen
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        self._app = app
        app.screenAdded.connect(self._came)
        app.screenRemoved.connect(self._went)
        clerk.screenChanged.connect(self._came)
        clerk.visibleChanged.connect(self._closed)
        window.activeChanged.connect(self._give_back)
        self._place(None)

    def stop(self) -> None:
        """Before the windows go."""
        self._app.screenAdded.disconnect(self._came)
        self._app.screenRemoved.disconnect(self._went)
        self._clerk.screenChanged.disconnect(self._came)
        self._clerk.visibleChanged.disconnect(self._closed)
        self._window.activeChanged.disconnect(self._give_back)

    @Slot(QScreen)
    def _came(self, _screen: QScreen) -> None:
        self._place(None)

    @Slot(QScreen)
    def _went(self, screen: QScreen) -> None:
        self._place(screen)

    @Slot()
    def _closed(self) -> None:
        """The clerk's window is the program: without it nothing stays open."""
        if not self._clerk.isVisible():
            self._window.close()

    @Slot()
    def _give_back(self) -> None:
        """Every key belongs to the clerk, whatever a window manager thinks of a touch."""
        if self._window.isActive():
            self._clerk.requestActivate()

    def _place(self, gone: QScreen | None) -> None:
        if not self._fullscreen:
            self._window.show()
            return
        found = place(self._app.screens(), self._clerk.screen(), self._name, gone)
        if found is None:
            self._window.hide()
            return
        self._window.setScreen(found)
        self._window.setGeometry(found.geometry())
        self._window.showFullScreen()


def place(screens: list[QScreen], clerks: QScreen, name: str, gone: QScreen | None) -> QScreen | None:
    """The named screen, or the first that is not the clerk's; never the clerk's, never one that is going."""
    free = [one for one in screens if one is not gone and one.name() != clerks.name()]
    return next((one for one in free if name in ("", one.name())), None)
