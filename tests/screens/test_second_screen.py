"""Where the citizen's screen stands: on the screen that is not the clerk's, and nowhere while there is none."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import json, sys
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtQuick import QQuickWindow
from ui.moment import pass_by
from ui.second_screen import SecondScreen, place
app = QGuiApplication(["kiosk"])
clerk, second = QQuickWindow(), QQuickWindow()
clerk.showFullScreen()
keeper = SecondScreen(clerk, second, sys.argv[1], fullscreen=True)
pass_by(50)
said = {"visible": second.isVisible(), "on": second.screen().name(), "wide": second.width(), "high": second.height()}
others = [one for one in app.screens() if one.name() != clerk.screen().name()]
if others:
    app.screenRemoved.emit(others[0])  # the cable is pulled: Qt says so before it moves anything
    pass_by(20)
    said["pulled"] = second.isVisible()
    app.screenAdded.emit(others[0])
    pass_by(20)
    said["back"] = second.isVisible() and second.screen().name() != clerk.screen().name()
clerk.close()
pass_by(20)
said["after"] = second.isVisible()
keeper.stop()
print(json.dumps(said))
"""
DESK = {"name": "DESK", "x": 0, "y": 0, "width": 1920, "height": 1080}
TABLET = {"name": "HDMI-2", "x": 1920, "y": 0, "width": 1280, "height": 800}
MORE = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}


def stands(folder: Path, *screens: dict[str, object], name: str = "") -> dict[str, object]:
    """What becomes of the second window on a machine with these screens."""
    config = folder / "screens.json"
    config.write_text(json.dumps({"screens": [{**one, **MORE} for one in screens]}), "utf-8")
    env = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={config}", "QT_QUICK_BACKEND": "software"}
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, name], env=env, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return dict(json.loads(run.stdout))


@pytest.mark.parametrize("name", ["", "HDMI-2"])
def test_it_covers_the_screen_that_is_not_the_clerks_until_that_is_pulled(tmp_path: Path, name: str) -> None:
    said = stands(tmp_path, DESK, TABLET, name=name)
    assert said == {
        "visible": True, "on": "HDMI-2", "wide": 1280, "high": 800, "pulled": False, "back": True, "after": False,
    }  # fmt: skip


def test_without_a_screen_of_its_own_it_is_nowhere(tmp_path: Path) -> None:
    assert not stands(tmp_path, DESK)["visible"]
    assert not stands(tmp_path, DESK, TABLET, name="DP-7")["visible"]
