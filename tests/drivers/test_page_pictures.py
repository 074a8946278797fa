"""A paper as pictures: the pages that the printer would get, readable, and only in memory."""

import io
from pathlib import Path

import pytest
from PIL import Image

from drivers.document_printer.pictures import DOTS_PER_INCH, PagePainter
from drivers.document_printer.sheet import pdf_of
from drivers.errors import DriverError
from kiosk.domain.document import DocumentKind
from kiosk.domain.paper import Sheet
from kiosk.faults import Fault, FaultCode
from kiosk.rules.documents import samples
from kiosk.rules.documents.sheet import sheet_of


def sheet(kind: DocumentKind) -> Sheet:
    issuing = samples.issuing()
    document = next(one for one in samples.documents(samples.story(), issuing) if one.kind is kind)
    return sheet_of(document, issuing, "look")


def test_every_page_of_every_copy_as_it_would_be_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    one, lying = sheet(DocumentKind.ACCEPTANCE_NOTICE), sheet(DocumentKind.LICENCE_COPY)
    pages = PagePainter().pages((one, lying))
    assert not isinstance(pages, Fault)
    pictures = [Image.open(io.BytesIO(page)) for page in pages]
    assert len(pictures) == pdf_of((one, lying)).count(b"/Type /Page\n")
    high = round(297 / 25.4 * DOTS_PER_INCH)
    assert abs(pictures[0].height - high) <= 1 and abs(pictures[-1].width - high) <= 1
    assert all(picture.convert("L").getextrema()[0] < 80 for picture in pictures)  # something stands on each
    assert list(tmp_path.iterdir()) == []


def test_a_missing_font_is_a_fault_and_no_exception(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> bytes:
        raise DriverError(FaultCode.DEVICE_CONFIGURATION, {"font": "missing"})

    from drivers.document_printer import sheet as made

    monkeypatch.setattr(made, "pdf_of", missing)
    answer = PagePainter().pages((sheet(DocumentKind.ACCEPTANCE_NOTICE),))
    assert isinstance(answer, Fault) and answer.code is FaultCode.DEVICE_CONFIGURATION
