"""The screen's side of a visit: scenes come in, the presenter's page goes to QML, what people do goes back as events.

The session tells scenes on its own thread; a queued signal brings them here, so that all of this runs on the GUI
thread. Nothing here waits.
"""

from collections import deque
from typing import Any

from PySide6.QtCore import Property, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QmlElement, QmlSingleton

from kiosk.contracts.device import Unsubscribe
from kiosk.contracts.document_camera import PageView
from kiosk.contracts.face_camera import Frame
from kiosk.domain.document import Language
from kiosk.workflow.events import LanguageChosen, TimedOut
from ui.viewmodels.page import Presenter, Slip, ViewModel
from ui.viewmodels.spoken import prompt

from .around import Around, SessionPort
from .idle import Idle
from .ime import Ime
from .lend import QVariant, lent, plain
from .look import Look
from .page import PageModel
from .preview import CameraPreview, PagePreview
from .rows import Rows
from .signature import drawn
from .steady import Steady
from .turning import Turning
from .voice import Voice
from .words import Spoken

QML_IMPORT_NAME = "Bridge"
QML_IMPORT_MAJOR_VERSION = 1

_OF_NO_PAGE = {"scanned"}  # a scanner in somebody's hand does not know what is on the screen
_PAGE_BEFORE = -1  # no scene has it: whatever is done there is late
_MOST_AHEAD = 32  # keys; a hand that lies on the keyboard is no typing


@QmlElement
@QmlSingleton
class Visit(QObject):
    """``page`` picks the screen; ``view()`` is that screen's data; ``act`` says what the person did."""

    pageChanged = Signal()
    slipChanged = Signal()
    clockChanged = Signal()
    idleChanged = Signal()
    restsChanged = Signal()
    fixedChanged = Signal()
    goOn = Signal()  # the next bit of a page that is being made
    keyCame = Signal(str)  # a key that was typed ahead, now that the screen shows what it is about
    _scene_came = Signal()
    _frame_came = Signal(object)  # Frame or PageView

    def __init__(
        self,
        parent: QObject,
        session: SessionPort,
        presenter: Presenter,
        around: Around,
        look: Look,
        spoken: Spoken,
        ime: Ime,
        voice: Voice,
    ) -> None:
        super().__init__(parent)
        self._session, self._presenter, self._around = session, presenter, around
        self._look, self._spoken, self._ime, self._voice = look, spoken, ime, voice
        self._scene: Any = None
        self._scenes: deque[Any] = deque()  # told, not shown yet
        self._step = ""
        self._posted = 0
        self._ahead: list[str] = []
        self._shown = ViewModel("")
        self._slip: dict[str, Any] = dict(Slip().map())
        self._slip_lines = Rows(self)
        self._turning = Turning(self, self.goOn.emit, lambda: look.large)
        self._notes: dict[str, Any] = {}
        self._idle = Idle(around.patience) if around.patience else None
        self._left = 0
        self._rests = False  # nobody has touched the home screen for a while
        self._preview = CameraPreview()
        self._preview.setParent(self)
        self._desk = PagePreview()
        self._desk.setParent(self)
        self._picture = b""
        self._frame_waits = False
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)
        self._scene_came.connect(self._on_scenes, Qt.ConnectionType.QueuedConnection)
        self._frame_came.connect(self._on_frame, Qt.ConnectionType.QueuedConnection)
        self._spoken.languageChanged.connect(self._speak)
        self._ends: list[Unsubscribe] = []

    @staticmethod
    def create(engine: Any) -> "Visit":
        """Called by Qt: the instance lent to this engine."""
        return lent(engine, Visit)

    def start(self) -> None:
        """Begin to listen; the first scene follows at once."""
        self._ends = [self._session.subscribe(self._take_scene), self._session.on_frame(self._take_frame)]
        self._clock.start()

    def stop(self) -> None:
        """Listen no more and forget."""
        self._clock.stop()
        self._turning.stop()
        for end in self._ends:
            end()
        self._ends = []
        self._forget()

    def touched(self) -> None:
        """Somebody used the screen; told by the input filter."""
        if self._idle and not self._shown.idle_warned:
            self._idle.touched()
        elif self._idle and self._shown.any_key:
            self.act("touched")

    # --- for QML ---
    @Slot(result=PageModel)
    def view(self) -> PageModel:
        """The data of the page that is just being made; a page asks once. All its rows are there, unless they come
        bit by bit."""
        if not self._turning.under_way:
            self._turning.page.fill()
        return self._turning.page

    @Slot(str)
    @Slot(str, QVariant)
    def act(self, name: str, payload: Any = None) -> None:
        """A person did something: the presenter says what it means. It is meant for the page that is shown: whoever
        touches twice while that is being left does nothing on the next one, which nobody has seen."""
        if self._scene is None:
            return
        event = self._presenter.event(name, drawn(plain(payload)), self._scene, self._notes)
        if event is not None:
            page = _PAGE_BEFORE if self.turning else self._scene.page
            self._posted = self._session.post(event, None if name in _OF_NO_PAGE else page)

    @Slot()
    def turn(self) -> None:
        """The screen begins to make the new page; what is touched on the one before means nothing there."""
        self._turning.begin()

    @Slot(result=bool)
    def fill(self) -> bool:
        """Some more rows of the new page; whether all are there."""
        return self._turning.fill()

    @Slot()
    def arrive(self) -> None:
        """The new page is on the glass, and the screen before it is gone."""
        self._turning.arrive()

    @property
    def turning(self) -> bool:
        """Whether the page before is still seen."""
        return self._turning.under_way

    @property
    def steady(self) -> Steady:
        """What tells the echo of a touch."""
        return self._turning.steady

    @Slot(str, result=bool)
    def later(self, key: str) -> bool:
        """Whether a clerk's key came before the screen shows what the keys before it did: it is kept then, and comes
        as ``keyCame`` when the screen does. On another step's screen it would mean something else: it is dropped."""
        ahead = bool(self._ahead) or self.behind
        if ahead and len(self._ahead) < _MOST_AHEAD:
            self._ahead.append(key)
        return ahead

    @Slot(str, QVariant)
    def note(self, name: str, value: Any) -> None:
        """The screen remembers something until it is left: typed text, an open sheet."""
        self.keep({name: value})

    @Slot(QVariant)
    def keep(self, notes: Any) -> None:
        """The same of several things, shown in one go; of a screen that is being left, nothing."""
        wanted = {**self._notes, **{name: plain(value) for name, value in plain(notes).items()}}
        if wanted != self._notes and not self.turning:
            self._notes = wanted
            self._refresh()

    # --- inside ---
    def _take_scene(self, scene: Any) -> None:
        """On the session's thread."""
        self._scenes.append(scene)
        self._scene_came.emit()

    @Slot()
    def _on_scenes(self) -> None:
        """In order; a scene behind which another of the same step waits already would never be seen."""
        while self._scenes:
            scene = self._scenes.popleft()
            if not self._scenes or self._scenes[0].state.step != scene.state.step:
                self._on_scene(scene)

    def _on_scene(self, scene: Any) -> None:
        self._scene = scene
        if scene.state.step != self._step:
            self._step = scene.state.step
            self._notes.clear()
            self._ahead.clear()
        self._refresh()
        while self._ahead and not self.behind:
            self.keyCame.emit(self._ahead.pop(0))

    @property
    def behind(self) -> bool:
        """Whether the session has not heard yet of what was done last."""
        return self._scene is not None and self._scene.heard < self._posted

    @Slot()
    def _speak(self) -> None:
        """Another language: the screen at once, and the papers that this visit still gets."""
        self._session.post(LanguageChosen(Language(self._spoken.words.language)))
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        if self._scene is None:
            return
        vm = self._presenter.present(self._scene, self._spoken.words, self._notes)
        was, self._shown = self._shown, vm
        if vm.resting and not was.resting and was.page:
            self._forget()
            vm = self._presenter.present(self._scene, self._spoken.words, self._notes)
            self._shown = vm
        if self._idle and ((was.idle_warned and not vm.idle_warned) or (was.awaits and not vm.awaits)):
            self._idle.touched()
        self._show_slip(vm.slip or Slip())
        self._show_page(vm, was)
        self._voice.show(prompt(vm, self._spoken.words), self._spoken.words.language)
        self._tick()

    def _show_slip(self, slip: Slip) -> None:
        self._slip_lines.show([line.row() for line in slip.lines])
        if (new := dict(slip.map())) != self._slip:
            self._slip = new
            self.slipChanged.emit()

    def _show_page(self, vm: ViewModel, was: ViewModel) -> None:
        if vm.picture != self._picture:
            self._picture = vm.picture
            self._desk.show_still(vm.picture) if vm.picture else self._desk.wipe()
        if self._turning.shows(vm, was):
            return
        self._rest(False)
        self._turning.leave(vm)
        self.pageChanged.emit()
        if not self.turning:
            self._turning.drop_left()

    def _forget(self) -> None:
        """The end of a visit: nothing of the person stays on the screen's side."""
        self._notes.clear()
        self._ahead.clear()
        self._look.reset()
        self._spoken.reset()
        self._ime.forget()
        self._voice.reset()
        self._preview.wipe()
        self._desk.wipe()
        self._picture = b""
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.clear()

    @Slot()
    def _tick(self) -> None:
        self.clockChanged.emit()
        if self._idle is None or self._scene is None:
            return
        vm, left = self._shown, 0
        word = self._idle.look(slow=self._look.large, busy=vm.working, warned=vm.idle_warned, awaits=vm.awaits)
        if vm.resting:
            if word is TimedOut:
                self._forget()
                self._idle.touched()
                self._rest(vm.page == "home")
        elif word is not None:
            self._session.post(word())
        if vm.idle_warned:
            left = self._idle.left(slow=self._look.large, awaits=vm.awaits)
        if left != self._left:
            self._left = left
            self.idleChanged.emit()

    def _rest(self, rests: bool) -> None:
        if rests != self._rests:
            self._rests = rests
            self.restsChanged.emit()

    @Slot()
    def wake(self) -> None:
        """Somebody is here: the home screen itself."""
        self._rest(False)

    def _take_frame(self, frame: Frame | PageView) -> None:
        """On the camera's thread: pictures that the screen cannot show in time are dropped."""
        if self._frame_waits:
            return
        self._frame_waits = True
        self._frame_came.emit(frame)

    @Slot(object)
    def _on_frame(self, frame: Frame | PageView) -> None:
        if isinstance(frame, PageView):
            self._desk.show_page(frame)
        else:
            self._preview.show_frame(frame)
        self._frame_waits = False

    def _get_page(self) -> str:
        return self._turning.page.name

    def _get_slip(self) -> dict[str, Any]:
        return self._slip

    def _get_lines(self) -> Rows:
        return self._slip_lines

    def _get_preview(self) -> CameraPreview:
        return self._preview

    def _get_desk(self) -> PagePreview:
        return self._desk

    def _get_time(self) -> str:
        return self._around.now().strftime("%H:%M")

    def _get_seconds(self) -> str:
        return self._around.now().strftime("%H:%M:%S")

    def _get_clock(self) -> float:
        return self._around.now().timestamp() * 1000

    def _get_hall(self) -> str:
        return self._around.hall

    def _get_window(self) -> str:
        return self._around.window

    def _get_left(self) -> int:
        return self._left

    def _get_warned(self) -> bool:
        return self._shown.idle_warned

    def _get_rests(self) -> bool:
        return self._rests

    page = Property(str, _get_page, notify=pageChanged)
    slip = Property(QVariant, _get_slip, notify=slipChanged)
    slipLines = Property(Rows, _get_lines, notify=fixedChanged)
    preview = Property(CameraPreview, _get_preview, notify=fixedChanged)
    desk = Property(PagePreview, _get_desk, notify=fixedChanged)  # what lies under the document camera
    time = Property(str, _get_time, notify=clockChanged)
    timeWithSeconds = Property(str, _get_seconds, notify=clockChanged)
    clock = Property(float, _get_clock, notify=clockChanged)  # the terminal's clock in ms, for countdowns
    hall = Property(str, _get_hall, notify=fixedChanged)
    window = Property(str, _get_window, notify=fixedChanged)
    rests = Property(bool, _get_rests, notify=restsChanged)
    idleLeft = Property(int, _get_left, notify=idleChanged)
