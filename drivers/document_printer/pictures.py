"""Pages of a document as pictures, from the very file that would be printed. Nothing of it is ever on a disk."""

import io
from collections.abc import Sequence
from threading import Lock
from typing import Any

from drivers.errors import DriverError
from drivers.translate import to_fault
from kiosk.contracts.device import DeviceKind
from kiosk.domain.paper import Sheet
from kiosk.faults import Fault

DOTS_PER_INCH = 144
_POINTS = 72  # to the inch, as a PDF measures
_QUICKLY = 1  # how hard a picture is packed: it is unpacked at once
_PDFIUM = Lock()  # the library must not be used by two threads at once


class PagePainter:
    """Implements kiosk.contracts.page_pictures.PagePictures."""

    def pages(self, sheets: Sequence[Sheet]) -> tuple[bytes, ...] | Fault:
        """Make the file and paint its pages. What does it is read in with the first paper somebody looks at."""
        import pypdfium2

        from .sheet import pdf_of

        try:
            document = pdf_of(sheets)
        except DriverError as error:
            return to_fault(error, DeviceKind.DOCUMENT_PRINTER)
        with _PDFIUM:
            opened = pypdfium2.PdfDocument(document)
            try:
                return tuple(_painted(opened[number]) for number in range(len(opened)))
            finally:
                opened.close()


def _painted(page: Any) -> bytes:
    bitmap = page.render(scale=DOTS_PER_INCH / _POINTS)
    written = io.BytesIO()
    bitmap.to_pil().save(written, "PNG", compress_level=_QUICKLY)
    bitmap.close()
    page.close()
    return written.getvalue()
