"""Reports as files: everything of the sheet is in the workbook, text stays text, and nothing half-written is left."""

import hashlib
import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest

from drivers.report_writer.workbook import workbook_of
from drivers.report_writer.writer import FolderWriter
from kiosk.contracts.report_writer import Written
from kiosk.domain.document import DocumentKind, Language
from kiosk.domain.paper import Grid, Sheet
from kiosk.faults import Fault, FaultCode
from kiosk.rules.documents import samples
from kiosk.rules.documents.sheet import sheet_of

KINDS = (DocumentKind.STOCK_LIST, DocumentKind.STOCK_MOVEMENTS, DocumentKind.STOCK_RECONCILIATION)
NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def sheet(kind: DocumentKind, language: Language = Language.ZH) -> Sheet:
    issuing = samples.issuing(language=language)
    made = samples.documents(samples.story(), issuing)
    return sheet_of(next(one for one in made if one.kind is kind), issuing, "job")


def cells(data: bytes) -> dict[str, str]:
    """What a workbook's first sheet holds, by place; formulas would raise."""
    with zipfile.ZipFile(BytesIO(data)) as book:
        strings = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        texts = ["".join(t.text or "" for t in one.iter(f"{{{NS['m']}}}t")) for one in strings.findall("m:si", NS)]
        page = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        assert not list(page.iter(f"{{{NS['m']}}}f")), "no formula, ever"
        found = {}
        for cell in page.iter(f"{{{NS['m']}}}c"):
            value = cell.find("m:v", NS)
            if value is not None and value.text is not None:
                found[cell.attrib["r"]] = texts[int(value.text)] if cell.attrib.get("t") == "s" else value.text
        return found


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", KINDS)
def test_every_line_of_the_sheet_is_in_the_workbook(kind: DocumentKind, language: Language) -> None:
    made = sheet(kind, language)
    held = list(cells(workbook_of((made,))).values())
    grids = [block for part in made.parts for block in part.blocks if isinstance(block, Grid)]
    assert grids and made.title in held
    for grid in grids:
        for row in (grid.columns, *grid.rows):
            assert all(text in held for text in row if text), row


def test_text_stays_text_and_leading_zeros_stay() -> None:
    made = sheet(DocumentKind.STOCK_LIST)
    grid = Grid(("a", "b", "c"), (("=1+1", "00012", "12"), ("@x", "+3", "0")))
    told = replace(made, parts=(replace(made.parts[0], blocks=(grid,)),))
    held = cells(workbook_of((told,)))
    row = next(re.sub("[A-Z]", "", place) for place, text in held.items() if text == "=1+1")
    assert (held[f"B{row}"], held[f"C{row}"]) == ("00012", "12")
    assert {"@x", "+3"} <= set(held.values())


def test_written_whole_or_not_at_all(tmp_path: Path) -> None:
    writer = FolderWriter(tmp_path / "reports")
    made = (sheet(DocumentKind.STOCK_RECONCILIATION),)
    for way, head in (("xlsx", b"PK"), ("pdf", b"%PDF")):
        written = writer.write("stock_list-20261127", way, made)
        assert isinstance(written, Written)
        data = (tmp_path / "reports" / written.name).read_bytes()
        assert data.startswith(head) and hashlib.sha256(data).hexdigest() == written.sha256
    assert sorted(one.suffix for one in (tmp_path / "reports").iterdir()) == [".pdf", ".xlsx"]
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert FolderWriter(blocked).write("stock_list", "pdf", made) == Fault(FaultCode.REPORT_NOT_WRITTEN)
    with pytest.raises(ValueError, match="name"):
        writer.write("../etc", "pdf", made)
