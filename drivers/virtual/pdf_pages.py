"""Pages of a printed PDF as pictures: by pypdfium2 where it is installed, else by pdftoppm (package poppler-utils).

Where neither is there, documents are kept and counted, and have no pictures.
"""

import importlib.util
import re
import shutil
import subprocess
from pathlib import Path
from threading import Lock

DOTS_PER_INCH = 100
_PDFIUM = Lock()  # the library must not be used by two threads at once


class BrokenDocumentError(ValueError):
    """A document that no renderer can read."""


def render(document: Path) -> tuple[int, list[Path]]:
    """Render beside the document: number of pages, and their pictures. Blocking. Raises BrokenDocumentError."""
    if importlib.util.find_spec("pypdfium2"):
        pictures = _with_pdfium(document)
    elif shutil.which("pdftoppm"):
        pictures = _with_poppler(document)
    else:
        pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", document.read_bytes()))
        return max(1, pages), []
    if not pictures:
        raise BrokenDocumentError
    return len(pictures), pictures


def _with_pdfium(document: Path) -> list[Path]:
    import pypdfium2

    pictures: list[Path] = []
    with _PDFIUM:
        try:
            opened = pypdfium2.PdfDocument(document)
        except pypdfium2.PdfiumError:
            raise BrokenDocumentError from None
        try:
            for number in range(len(opened)):
                page = opened[number]
                picture = _page_path(document, number)
                page.render(scale=DOTS_PER_INCH / 72).to_pil().save(picture)
                page.close()
                pictures.append(picture)
        finally:
            opened.close()
    return pictures


def _with_poppler(document: Path) -> list[Path]:
    stem = document.with_suffix("")
    asked = ["pdftoppm", "-r", str(DOTS_PER_INCH), "-png", str(document), f"{stem}-poppler"]
    done = subprocess.run(asked, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode:
        raise BrokenDocumentError
    made = sorted(stem.parent.glob(f"{stem.name}-poppler-*.png"))
    return [picture.rename(_page_path(document, number)) for number, picture in enumerate(made)]


def _page_path(document: Path, number: int) -> Path:
    return document.with_name(f"{document.stem}-page-{number + 1}.png")
