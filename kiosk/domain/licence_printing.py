"""Printing a business licence (营业执照): controlled stock, so every sheet is accounted for, the spoiled ones too.

Values only: each change gives a new value; ``problems`` says what cannot be true.
"""

import enum
from dataclasses import dataclass, replace
from datetime import datetime

from .article import ArticleKind
from .ids import ArticleId, StaffRef, TerminalId


class CallbackState(enum.Enum):
    """Whether the registry knows that the licence is on paper and was taken."""

    NOT_DUE = "not_due"  # not printed yet
    PENDING = "pending"  # to be told
    CONFIRMED = "confirmed"
    FAILED = "failed"  # told, not answered; is told again


class SpoilReason(enum.Enum):
    """Why a sheet is of no use (作废原因)."""

    JAM = "jam"
    MISPRINT = "misprint"
    DAMAGED = "damaged"
    POWER_CUT = "power_cut"


class PrintingProblem(enum.Enum):
    """What cannot be true of one printing."""

    SPOILED_TWICE = "spoiled_twice"
    USED_AND_SPOILED = "used_and_spoiled"
    PRINTED_WITHOUT_SERIAL = "printed_without_serial"
    SERIAL_WITHOUT_PRINT = "serial_without_print"
    TOLD_BEFORE_PRINTED = "told_before_printed"
    NOT_A_LICENCE = "not_a_licence"


@dataclass(frozen=True, slots=True)
class SpoiledSheet:
    """One sheet of the controlled stock that carries no licence (作废)."""

    paper_serial: str
    at: datetime
    reason: SpoilReason
    by: StaffRef


@dataclass(frozen=True, slots=True)
class LicencePrinting:
    """One original or copy on its way to paper. ``barcode`` is printed on it, ``paper_serial`` was there before."""

    article_id: ArticleId
    kind: ArticleKind
    terminal: TerminalId
    print_time: datetime | None = None
    paper_serial: str = ""
    barcode: str = ""
    spoiled: tuple[SpoiledSheet, ...] = ()
    callback_state: CallbackState = CallbackState.NOT_DUE
    callback_time: datetime | None = None
    callback_tries: int = 0

    @property
    def sheets_used(self) -> int:
        """How many sheets left the stock for this one licence."""
        return len(self.spoiled) + (1 if self.paper_serial else 0)

    @property
    def must_tell(self) -> bool:
        """Whether the registry still has to hear of it."""
        return self.callback_state in {CallbackState.PENDING, CallbackState.FAILED}

    @property
    def problems(self) -> tuple[PrintingProblem, ...]:
        """Everything that cannot be true, at once."""
        serials = [one.paper_serial for one in self.spoiled]
        told_early = self.callback_time is not None and (
            self.print_time is None or self.callback_time < self.print_time
        )
        unprinted_but_told = self.print_time is None and self.callback_state is not CallbackState.NOT_DUE
        checks = (
            (PrintingProblem.SPOILED_TWICE, len(set(serials)) < len(serials)),
            (PrintingProblem.USED_AND_SPOILED, bool(self.paper_serial) and self.paper_serial in serials),
            (PrintingProblem.PRINTED_WITHOUT_SERIAL, self.print_time is not None and not self.paper_serial),
            (PrintingProblem.SERIAL_WITHOUT_PRINT, self.print_time is None and bool(self.paper_serial)),
            (PrintingProblem.TOLD_BEFORE_PRINTED, told_early or unprinted_but_told),
            (
                PrintingProblem.NOT_A_LICENCE,
                self.kind not in {ArticleKind.LICENCE_ORIGINAL, ArticleKind.LICENCE_COPY},
            ),
        )
        return tuple(problem for problem, true in checks if true)

    def printed(self, at: datetime, paper_serial: str, barcode: str) -> "LicencePrinting":
        """It is on paper; from now on the registry has to be told."""
        return replace(
            self, print_time=at, paper_serial=paper_serial, barcode=barcode, callback_state=CallbackState.PENDING,
            callback_time=None, callback_tries=0,
        )  # fmt: skip

    def spoil(self, sheet: SpoiledSheet) -> "LicencePrinting":
        """A sheet is lost. When it was the printed one, the licence has to be printed again."""
        spoiled = (*self.spoiled, sheet)
        if sheet.paper_serial != self.paper_serial:
            return replace(self, spoiled=spoiled)
        return replace(
            self, spoiled=spoiled, print_time=None, paper_serial="", barcode="",
            callback_state=CallbackState.NOT_DUE, callback_time=None, callback_tries=0,
        )  # fmt: skip

    def told(self, at: datetime, *, heard: bool) -> "LicencePrinting":
        """The registry was told; a confirmation stands, whatever a late second try brings."""
        if self.callback_state in {CallbackState.CONFIRMED, CallbackState.NOT_DUE}:
            return self
        state = CallbackState.CONFIRMED if heard else CallbackState.FAILED
        return replace(self, callback_state=state, callback_time=at, callback_tries=self.callback_tries + 1)
