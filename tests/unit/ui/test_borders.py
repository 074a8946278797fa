"""What may know what: viewmodels know no Qt, screens know no drivers, and the linter knows every Python type."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_viewmodels_need_no_qt() -> None:
    child = (
        "import importlib, pkgutil, sys, ui.viewmodels as home\n"
        "for one in pkgutil.walk_packages(home.__path__, 'ui.viewmodels.'):\n"
        "    importlib.import_module(one.name)\n"
        "bad = sorted(m for m in sys.modules if m.split('.')[0] in ('PySide6', 'drivers', 'offline_cache'))\n"
        "sys.exit(', '.join(bad) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", child], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_qt_that_was_proven() -> None:
    major, minor, patch = (int(part) for part in version("PySide6_Essentials").split("."))
    assert (6, 11, 3) <= (major, minor, patch) < (6, 12, 0)


def test_qml_has_no_warnings() -> None:
    done = subprocess.run([sys.executable, "-m", "ui.lint"], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_qml_stays_within_what_the_software_renderer_shows() -> None:
    for file in (ROOT / "ui" / "qml").rglob("*.qml"):
        text = file.read_text("utf-8")
        for word in ("ShaderEffect", "MultiEffect", "Particle", "VideoOutput", "openUrlExternally", "RichText",
                     "MarkdownText", "QtQuick.Dialogs", "ToolTip"):  # fmt: skip
            assert word not in text, f"{file.name}: {word}"
        if "StyledText" in text:  # foreign text may be underlined, never interpreted
            assert "&lt;" in text and "&amp;" in text, file.name
        if file.name not in ("SignaturePad.qml", "WritingFace.qml"):  # pads that no clip cuts
            assert "QtQuick.Shapes" not in text, f"{file.name}: shapes are painted past every clip"
