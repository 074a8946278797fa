"""What the rules look things up in, fetched before anybody comes: read when first needed, it would hold up the screen
under somebody's finger, by 40 ms for how characters sound alone."""

from kiosk import faults
from kiosk.code_tables import hanzi

from . import findings, name_districts
from .documents import words as documents


def read_ahead() -> None:
    """All that takes longer than a few milliseconds; what a program never asks for costs it some memory."""
    hanzi.sounds("一")
    name_districts.place_of("重庆")
    findings.codes()
    documents.catalogue()
    faults.words(faults.FaultCode.PAPER_OUT)
