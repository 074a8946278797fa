"""The citizen's screen at a window as it is shown: whole in both languages and all sizes of type, on a tablet and on
a panel; what is touched there is what a citizen does, and nothing else comes back."""

from dataclasses import replace
from pathlib import Path

import cv2
import pytest
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem

from kiosk.session import Scene
from kiosk.workflow import events as ev
from kiosk.workflow.customer_side import CustomerSide
from tests.unit.ui.viewmodels import entry_walk
from tests.unit.ui.viewmodels.customer_walk import Still, stills
from ui.pilot import find, walk
from ui.viewmodels import customer

from .audit import problems
from .conftest import KIOSK, Showing, Shown

TABLET = replace(KIOSK, role="customer", window_name="3 号窗口", width=1280, height=800, training=True)
PANEL = replace(TABLET, width=1920, height=1080)


@pytest.fixture(scope="module")
def faces() -> dict[str, Still]:
    """Every moment, walked once."""
    return stills()


def put(shown: Shown, still: Still, size: int = 0) -> None:
    """This moment on a page made for it."""
    other = stills_other(still)
    shown.stand.show(other)
    shown.pilot.settle()
    shown.stand.show(still.scene)
    shown.pilot.settle()
    for name, value in still.notes.items():
        shown.ui.visit.note(name, value)
    while shown.ui.look.scale != (1.0, 1.4, 1.8)[size]:
        shown.ui.look.nextSize()
    shown.pilot.settle()


def stills_other(still: Still) -> Scene[CustomerSide]:
    """A moment of another page."""
    step = "paused" if still.scene.state.step != "paused" else "welcome"
    return replace(still.scene, state=CustomerSide(still.scene.state.now, step))


@pytest.mark.parametrize("spec", [TABLET, PANEL], ids=["tablet", "panel"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_face_is_whole(showing: Showing, faces: dict[str, Still], language: str, spec: object) -> None:
    shown = showing(customer, faces["welcome"].scene, replace(spec, language=language))  # type: ignore[type-var]
    wrong = []
    for size in range(3):
        for name, still in faces.items():
            put(shown, still, size)
            wrong += [f"{name} in size {size}: {one}" for one in problems(shown.ui.window, size)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_link_can_be_scanned_off_the_glass(
    showing: Showing, faces: dict[str, Still], language: str, tmp_path: Path
) -> None:
    """Half a code is none: it is whole on a tablet in every size of type."""
    still = faces["show_link"]
    link = replace(
        entry_walk.LINK, address=f"https://platform.example.gov/phone/sign/{'k7' * 21}k"
    )  # as long as one is
    still = replace(still, scene=replace(still.scene, state=replace(still.scene.state, link=link)))
    shown = showing(customer, faces["welcome"].scene, replace(TABLET, language=language))
    for size in range(3):
        put(shown, still, size)
        picture = tmp_path / f"{size}.png"
        shown.pilot.grab(str(picture))
        found = zxingcpp.read_barcodes(cv2.imread(str(picture)), formats=zxingcpp.BarcodeFormat.QRCode)
        assert [one.text for one in found] == [link.address], f"size {size}"


def texts(shown: Shown) -> str:
    """All that can be read."""
    items = (item for item in walk(shown.ui.window.contentItem()) if item.inherits("QQuickText") and item.isVisible())
    return "\n".join(str(item.property("text")) for item in items)


def test_it_takes_no_key_and_no_place_of_its_own(showing: Showing, faces: dict[str, Still]) -> None:
    shown = showing(customer, faces["welcome"].scene, TABLET)
    assert shown.ui.window.flags() & Qt.WindowType.WindowDoesNotAcceptFocus


def test_the_citizen_agrees_signs_and_rates(showing: Showing, faces: dict[str, Still]) -> None:
    shown = showing(customer, faces["show_card"].scene, TABLET)
    shown.pilot.tap("agree")
    put(shown, faces["sign_for"])
    assert not find(shown.ui.window, "signed").isEnabled()
    shown.pilot.draw("signature_pad", [[[0.1, 0.3], [0.6, 0.5]], [[0.2, 0.2], [0.3, 0.8]]])
    shown.pilot.tap("signed")
    put(shown, faces["sign_for-signed"])
    shown.pilot.tap("anew")
    put(shown, faces["rate"])
    shown.pilot.tap("level_3")
    shown.pilot.tap("skip")
    agreed, drawn, dropped, rated, skipped = shown.stand.posted
    assert isinstance(agreed, ev.CustomerAgreed) and isinstance(drawn, ev.SignatureDrawn)
    assert drawn.png.startswith(b"\x89PNG") and isinstance(dropped, ev.SignatureDropped)
    assert rated == ev.Rated(3) and isinstance(skipped, ev.RatingSkipped)


def test_the_language_is_the_citizens_until_the_screen_rests(showing: Showing, faces: dict[str, Still]) -> None:
    shown = showing(customer, faces["welcome"].scene, TABLET)
    shown.stand.show(faces["own_case"].scene)
    shown.pilot.settle()
    shown.pilot.tap("help_language")
    assert "We are looking at your papers" in texts(shown)
    shown.stand.show(faces["check_goods"].scene)
    shown.pilot.settle()
    assert "Please check with us" in texts(shown)
    shown.stand.show(faces["welcome"].scene)
    shown.pilot.settle()
    assert "您好，请坐" in texts(shown)


def test_a_pad_that_is_given_back_is_clean(showing: Showing, faces: dict[str, Still]) -> None:
    shown = showing(customer, faces["sign_for"].scene, TABLET)
    shown.pilot.draw("signature_pad", [[[0.1, 0.3], [0.6, 0.5]]])
    shown.stand.show(faces["sign_for-signed"].scene)
    shown.pilot.settle()
    shown.stand.show(faces["sign_for"].scene)
    shown.pilot.settle()
    assert not find(shown.ui.window, "signed").isEnabled()
    pad = find(shown.ui.window, "signature_pad").parentItem()
    assert isinstance(pad, QQuickItem) and pad.property("empty")
