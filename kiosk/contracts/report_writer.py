"""Reports as files: what a keeper takes along, signs and keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk.domain.paper import Sheet
from kiosk.faults import Fault


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written: its name in the reports' folder, and the digest by which it is known again."""

    name: str
    sha256: str


class ReportWriter(Protocol):
    """Blocking for a moment; not for the screen's thread."""

    def write(self, name: str, way: str, sheets: Sequence[Sheet]) -> Written | Fault:
        """Write ``name`` as xlsx or pdf. Nothing half-written is ever left under that name. Fault:
        report-not-written."""
