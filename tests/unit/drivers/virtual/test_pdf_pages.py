"""Both ways of rendering a printed document give the same pages; a broken document is named as such."""

import importlib.util
import shutil
from pathlib import Path

import pytest
from fpdf import FPDF
from PIL import Image

from drivers.virtual.pdf_pages import BrokenDocumentError, render

without_poppler = pytest.mark.skipif(not shutil.which("pdftoppm"), reason="poppler-utils is not installed")


@pytest.fixture(params=["pypdfium2", pytest.param("pdftoppm", marks=without_poppler)])
def renderer(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "pdftoppm":
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    else:
        pytest.importorskip("pypdfium2")
    return str(request.param)


def test_pages_become_pictures(tmp_path: Path, renderer: str) -> None:
    document = FPDF()
    for number in range(11):  # two digits: the order of the pages is not that of their names
        document.add_page()
        document.set_fill_color(0, 0, 0)
        document.rect(0, 0, 210, 10 + number * 25, style="F")
    path = tmp_path / "papers.pdf"
    document.output(str(path))
    count, pages = render(path)
    assert count == len(pages) == 11
    darkness = []
    for page in pages:
        with Image.open(page) as picture:
            assert abs(picture.width - 827) <= 1
            darkness.append(sum(picture.convert("L").resize((1, 100)).tobytes()))
    assert darkness == sorted(darkness, reverse=True)


@pytest.mark.parametrize("content", [b"%PDF-1.7\nnonsense", b""])
def test_a_broken_document_is_named(tmp_path: Path, renderer: str, content: bytes) -> None:
    path = tmp_path / "papers.pdf"
    path.write_bytes(content)
    with pytest.raises(BrokenDocumentError):
        render(path)


def test_without_a_renderer_pages_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    path = tmp_path / "papers.pdf"
    path.write_bytes(b"%PDF-1.7\n<</Type /Pages>><</Type /Page>><</Type/Page >>")
    assert render(path) == (2, [])
