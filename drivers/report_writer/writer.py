"""Writes reports into one folder: whole or not at all."""

import contextlib
import hashlib
import os
import re
from collections.abc import Sequence
from pathlib import Path

from kiosk.contracts.report_writer import Written
from kiosk.domain.paper import Sheet
from kiosk.faults import Fault, FaultCode

_WAYS = ("xlsx", "pdf")
_NAME = re.compile(r"[A-Za-z0-9_-]{1,80}")


def _made(way: str, sheets: Sequence[Sheet]) -> bytes:
    """The file. What makes it is read in with the first report: half a second that no terminal should start with."""
    if way == "xlsx":
        from .workbook import workbook_of

        return workbook_of(sheets)
    from drivers.document_printer.sheet import pdf_of

    return pdf_of(sheets)


class FolderWriter:
    """Implements kiosk.contracts.report_writer.ReportWriter; the folder is made when the first report is."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, name: str, way: str, sheets: Sequence[Sheet]) -> Written | Fault:
        """Onto the disk beside its place first, then under its name."""
        if not _NAME.fullmatch(name) or way not in _WAYS:
            raise ValueError("a report's name is made here, not typed")
        data = _made(way, sheets)
        goal = self._folder / f"{name}.{way}"
        half = goal.with_suffix(f".{way}.half")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with half.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            half.replace(goal)
        except OSError:
            with contextlib.suppress(OSError):
                half.unlink(missing_ok=True)
            return Fault(FaultCode.REPORT_NOT_WRITTEN)
        return Written(goal.name, hashlib.sha256(data).hexdigest())
