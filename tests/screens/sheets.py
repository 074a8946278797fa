"""Contact sheets of every face that anybody may meet: ``make sheets`` writes them to docs/pictures/sheets, and small
ones beside it for docs/screens.md, which are committed.

Whoever changes a screen looks at them; whoever wants to know the product looks at them first.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from math import ceil
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtTest import QTest

from tests.unit.ui.viewmodels import citizen_walk, clerk_walk, customer_walk
from ui.app import NoPinyin, Ui, prepare
from ui.bridge.ime import Engines
from ui.handwriting import Handwriting
from ui.moment import pass_by
from ui.parts import Parts
from ui.pilot import Pilot
from ui.pinyin.engine import Pinyin
from ui.viewmodels import citizen, customer

from .clerk_stage import opened
from .conftest import KIOSK, NOON, ROOT, Shown, Stand
from .test_citizen_screens import put

_LABEL, _GAP, _MARGIN = 26, 14, 24
_GROUND, _INK = QColor("#e6e8ea"), QColor("#20262c")
_QUALITY = 70
SMALL = 600_000  # bytes of a picture that is committed

Faces = Iterator[tuple[str, QImage]]


def sheet(faces: Faces, width: int, columns: int, path: Path, most: int = 0) -> int:
    """All faces, each that many pixels wide with its name below. How many. ``most``: bytes, paid for in quality."""
    small = [(name, image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)) for name, image in faces]
    cell = (width + _GAP, max(image.height() for _, image in small) + _LABEL + _GAP)
    size = (columns * cell[0] + 2 * _MARGIN - _GAP, ceil(len(small) / columns) * cell[1] + 2 * _MARGIN - _GAP)
    whole = QImage(*size, QImage.Format.Format_RGB32)
    whole.fill(_GROUND)
    painter = QPainter(whole)
    painter.setPen(_INK)
    font = QFont(painter.font())
    font.setPixelSize(12)
    painter.setFont(font)
    for number, (name, image) in enumerate(small):
        x, y = _MARGIN + number % columns * cell[0], _MARGIN + number // columns * cell[1]
        painter.drawImage(x, y, image)
        painter.drawText(QRect(x, y + image.height() + 3, width, _LABEL), Qt.AlignmentFlag.AlignLeft, name)
    painter.end()
    path.parent.mkdir(parents=True, exist_ok=True)
    for quality in range(_QUALITY, 10, -5):
        if not whole.save(str(path), quality=quality):
            raise OSError(f"{path} was not written")
        if not most or path.stat().st_size <= most:
            return len(small)
    raise ValueError(f"{path} does not become smaller than {most} bytes: make its faces smaller")


@contextmanager
def _kiosk(lying: bool) -> Iterator[Shown]:
    size = {"width": 1920, "height": 1080} if lying else {}
    spec = replace(KIOSK, **size)
    prepare(spec)
    stand, pinyin = Stand(citizen_walk.stills()["home"].scene), Pinyin(ROOT / "build" / "pinyin.sqlite")
    ui = Ui(spec, stand, citizen, engines=Engines(pinyin, Parts(), Handwriting()), now=lambda: NOON)
    ui.window.requestActivate()
    QTest.qWaitForWindowExposed(ui.window)
    try:
        yield Shown(ui, stand, Pilot(ui.window, ui.visit, ui.ime, pinyin))
    finally:
        ui.close()
        pinyin.close()


def of_citizen(shown: Shown, language: str, size: int, *, steps: bool = False) -> Faces:
    """The self-service terminal's faces in one language and text size (0, 1, 2); ``steps``: one for each step."""
    for name, still in citizen_walk.stills().items():
        if steps and name != still.scene.state.step:
            continue
        put(shown, still, size, language)
        yield name, shown.ui.window.grabWindow()


def of_clerk(language: str, *, large: bool) -> Faces:
    """The window's faces."""
    faces = clerk_walk.stills()
    with opened(faces["present_staff_card"], language, large=large) as stage:
        for name, still in faces.items():
            stage.show(still)
            yield name, stage.ui.window.grabWindow()


def of_customer(language: str) -> Faces:
    """The citizen's screen at a window."""
    spec = replace(KIOSK, role="customer", window_name="3 号窗口", width=1280, height=800, language=language)
    prepare(spec)
    faces = customer_walk.stills()
    stand = Stand(faces["welcome"].scene)
    ui = Ui(spec, stand, customer, engines=Engines(NoPinyin()), now=lambda: NOON)
    ui.window.show()
    QTest.qWaitForWindowExposed(ui.window)
    try:
        for name, still in faces.items():
            stand.show(still.scene)
            pass_by(1)
            for note, value in still.notes.items():
                ui.visit.note(note, value)
            pass_by(40)
            yield name, ui.window.grabWindow()
    finally:
        ui.close()


def small(folder: Path) -> None:
    """The sheets that docs/screens.md shows: all screens in Chinese, light enough to be committed. Of the terminal's
    many faces one for each step, so that they can be read."""
    with _kiosk(lying=False) as shown:
        sheet(of_citizen(shown, "zh", 0, steps=True), 216, 8, folder / "screens-citizen.jpg", SMALL)
    sheet(of_customer("zh"), 400, 5, folder / "screens-customer.jpg", SMALL)
    sheet(of_clerk("zh", large=False), 236, 9, folder / "screens-window.jpg", SMALL)


def main() -> None:
    """Write all sheets into the folder that is given, and the small ones beside it; ``--small``: only those."""
    folder = Path(sys.argv[1])
    small(folder.parent)
    if "--small" in sys.argv:
        return
    for lying, language, size, name in (
        (False, "zh", 0, "citizen-zh"),
        (False, "en", 0, "citizen-en"),
        (False, "zh", 2, "citizen-zh-largest"),
        (True, "zh", 0, "citizen-zh-lying"),
    ):
        width, columns = (300, 6) if lying else (180, 12)
        with _kiosk(lying) as shown:
            count = sheet(of_citizen(shown, language, size), width, columns, folder / f"{name}.jpg")
            print(f"{name}: {count}")
    for language in ("zh", "en"):
        name = f"window-{language}"
        print(f"{name}: {sheet(of_clerk(language, large=False), 400, 5, folder / f'{name}.jpg')}")
        name = f"customer-{language}"
        print(f"{name}: {sheet(of_customer(language), 400, 5, folder / f'{name}.jpg')}")


if __name__ == "__main__":
    main()
