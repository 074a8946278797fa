"""The three font files of the design, loaded by file so that every machine shows the same pixels."""

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

FOLDER = Path("/usr/share/fonts/opentype/noto")
FILES = ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc", "NotoSerifCJK-Bold.ttc")
FAMILY = "Noto Sans CJK SC"


class FontsMissingError(Exception):
    """One line that says which package brings them."""


def load_fonts(app: QGuiApplication, folder: Path = FOLDER) -> None:
    """Register the files and make the Simplified Chinese sans face the default, unhinted."""
    for name in FILES:
        file = folder / name
        if not file.is_file() or QFontDatabase.addApplicationFont(str(file)) < 0:
            raise FontsMissingError(f"font {file} is missing or broken: install the package fonts-noto-cjk")
    font = QFont()
    font.setFamilies([FAMILY])
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    app.setFont(font)
