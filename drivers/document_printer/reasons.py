"""What a printer's state reasons mean. Pure.

Printers write the same reason with ``-error``, ``-warning`` or ``-report`` behind it or with nothing, so only the
beginning counts. What they do not write according to the standard is not guessed.
"""

import re
from collections.abc import Iterable

from kiosk.contracts.device import Supply
from kiosk.faults import FaultCode

_CAUSES = (  # what a hand must mend first comes first
    (("cover-open", "door-open", "interlock-open"), FaultCode.COVER_OPEN),
    (("media-jam",), FaultCode.PRINTER_JAM),
    (("media-empty", "media-needed", "input-tray-missing"), FaultCode.PAPER_OUT),
    (("toner-empty", "marker-supply-empty", "marker-waste-full"), FaultCode.TONER_OUT),
    (("fuser-over-temp",), FaultCode.PRINTER_OVERHEATED),
)
_STOPPED = 5
_KEYWORD = re.compile(r"[a-z0-9-]{1,40}")


def cause(reasons: Iterable[str]) -> FaultCode | None:
    """The fault that the reasons speak of; None when nothing keeps it from printing."""
    present = tuple(reasons)
    for beginnings, code in _CAUSES:
        if any(reason.startswith(beginnings) for reason in present):
            return code
    return None


def supply(reasons: Iterable[str]) -> Supply:
    """The paper. A printer that says nothing has some; how much, nobody knows."""
    present = tuple(reasons)
    if any(reason.startswith(("media-empty", "media-needed")) for reason in present):
        return Supply.OUT
    if any(reason.startswith("media-low") for reason in present):
        return Supply.LOW
    return Supply.FULL if present else Supply.UNKNOWN


def stopped(state: int) -> bool:
    """Whether printer-state says that nothing will be printed until somebody helps."""
    return state == _STOPPED


def slug(reasons: Iterable[str]) -> str:
    """The first reason, if it is a keyword and not somebody's free text."""
    return next((reason for reason in reasons if reason != "none" and _KEYWORD.fullmatch(reason)), "unknown")
