"""The session with an ESC/POS receipt printer: status before, slices that are confirmed one by one, status behind.

A network takes a whole job within a millisecond and says nothing of what happened to it. Therefore at most two slices
are ever unconfirmed, and ``printed`` is said only when the printer has answered behind the last byte.
"""

import contextlib
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from drivers.errors import DriverError
from drivers.translate import state_for
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceReport, DeviceState, Supply
from kiosk.contracts.printing import Printed, Receipt, Reprinting
from kiosk.faults import Fault, FaultCode

from .codec import (
    AUTO_STATUS_ON,
    BARRIER,
    STATUS_QUERIES,
    AnswerDecoder,
    AutoStatus,
    PrinterStatus,
    RealTime,
    status_from_real_time,
)
from .grammar import Slice, clean_cut, job
from .link import StreamLink, connect
from .settings import Wire, read
from .unfinished import KEEPS_ITS_DATA, Unfinished, Variant, Way, digest

_UNCONFIRMED = 2
_DOTS_PER_SECOND = 400.0  # 50 mm: the slowest printers on the market


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the driver waits, in seconds."""

    connect: float = 3.0
    answer: float = 2.0  # for one status byte
    look: float = 0.5  # without progress, before asking what is the matter
    progress: float = 10.0  # for a slice to be confirmed, beside the time that its length and the wire take


class EscposReceiptPrinter:
    """kiosk.contracts.printing.ReceiptPrinter for ESC/POS printers that answer: over network, serial line or USB.
    Those that do not answer are in ``blind.py``."""

    def __init__(self, config: DeviceConfig, patience: Patience = Patience()) -> None:
        self._settings = read(config)
        self._patience = patience
        self._opened = False
        self._link: StreamLink | None = None
        self._decoder = AnswerDecoder()
        self._confirmed = 0
        self._asked: deque[int] = deque()  # queries whose answer is still to come
        self._sensors: dict[int, int] = {}  # the answers
        self._pushed = PrinterStatus()
        self._torn: Unfinished | None = None  # a job that broke off: its rest may still come out before the next one
        self._half = False  # a slice is under way: the printer may have the beginning of it

    def open(self) -> None:
        """Connect. Fault: printer-absent."""
        self.close()
        self._opened = True
        self._connected()

    def close(self) -> None:
        """Let go of the wire."""
        self._opened = False
        self._hang_up()

    def cancel(self) -> None:
        """End a wait that is running; a receipt that was being printed stays torn."""
        link = self._link
        if link is not None:
            link.interrupt()

    def check(self) -> DeviceReport:
        """State and paper. Faults: printer-absent, printer-silent."""
        status = self._status()
        code = status.fault()
        state = DeviceState.READY if code is None else state_for(code) or DeviceState.READY
        if code is None and status.near_end:
            code = FaultCode.PAPER_LOW
        return DeviceReport(
            name=DeviceKind.RECEIPT_PRINTER.value,
            kind=DeviceKind.RECEIPT_PRINTER,
            state=state,
            supply=status.supply(),
            fault=Fault(code) if code is not None else None,
            model=f"ESC/POS {self._settings.paper} mm",
        )

    def supply(self) -> Supply:
        """The paper, when it can print now."""
        status = self._status()
        _refuse(status)
        return status.supply()

    def print_receipt(self, receipt: Receipt, reprinting: Reprinting | None = None) -> Printed:
        """Print and wait for the confirmation.

        The same receipt once more, after a job of it broke off: the job goes on where it stopped if the printer still
        has it; if it is certainly not whole it is parted off and printed anew, marked 补打; if it may be whole the
        answer is UNKNOWN, once, for a person to look. ``reprinting`` hears of every paper that is begun anew.
        """
        _refuse(self._status())
        same, torn = digest(receipt), self._torn
        if torn is None or torn.receipt != same:  # another one, or a person has decided
            return self._carry_out(receipt, Unfinished(same, Variant(apart=torn is not None), 0, 0))
        spoilt_by = torn.cause or FaultCode.PRINTER_SILENT
        if torn.way() is Way.CONTINUE:
            try:
                return self._carry_out(receipt, torn)
            except DriverError as error:
                if error.code is not FaultCode.PRINTER_SILENT or self._torn is None:
                    raise
                torn = self._torn  # it answers for its sensors, but has forgotten what it was sent
                _refuse(self._status())
        if torn.way() is Way.UNSURE:
            self._torn = replace(torn, told=True)
            return Printed.UNKNOWN
        anew = Unfinished(same, Variant(again=True, apart=True), 0, 0)
        return self._carry_out(receipt, anew, partial(reprinting, spoilt_by) if reprinting else None)

    def _carry_out(
        self, receipt: Receipt, begun: Unfinished, at_first_slice: Callable[[], None] | None = None
    ) -> Printed:
        """Print from where it was begun; whatever ends it before it is confirmed is kept in mind."""
        slices, before = self._slices(receipt, begun), self._torn
        if not begun.sent and before is not None:
            self._settle(before)
        self._torn = replace(begun, slices=len(slices), cause=None, held=False)
        try:
            printed = self._run(slices, begun.sent, at_first_slice)
        except DriverError as error:
            held = error.code in KEEPS_ITS_DATA and not self._half
            self._torn = replace(self._torn, cause=error.code, held=held) if self._torn.sent else before
            if not held:
                self._hang_up()
            raise
        if printed is Printed.UNKNOWN:
            self._torn = replace(self._torn, told=True)
            self._hang_up()
            return printed
        self._torn = None
        self._after()
        return printed

    def _slices(self, receipt: Receipt, begun: Unfinished) -> tuple[Slice, ...]:
        """All slices of the job as it was or will be sent."""
        settings = self._settings
        shown = replace(receipt, reprint=True) if begun.variant.again else receipt
        slices = job(shown, settings.width, settings.chinese, cutter=settings.cutter)
        cut = Slice(clean_cut(cutter=settings.cutter), 0)
        if begun.variant.apart:
            slices = (cut, *slices)
        cuts = max(0, begun.slices - len(slices))
        if begun.cause is FaultCode.CUTTER_JAM and begun.sent == begun.slices:
            cuts += 1  # the printer does not make up for the cut that jammed
        return slices + (cut,) * cuts

    def _settle(self, torn: Unfinished) -> None:
        """Answers to the job that broke off must not be taken for answers to the next one: a new connection has none
        of them, a cable still brings them."""
        if torn.held:
            self._hang_up()
        if self._settings.place.wire is not Wire.TCP:
            self._connected()
            while self._listen(self._patience.answer):
                pass

    def _run(self, slices: tuple[Slice, ...], begun: int, at_first_slice: Callable[[], None] | None) -> Printed:
        """Send slice by slice. While some are still unsent, every break is a fault: the receipt is certainly not
        whole. Behind the last one, silence or a lost line leaves it open."""
        assert self._torn is not None
        link = self._connected()
        self._pushed, self._half = PrinterStatus(), False
        if not begun:
            self._confirmed = 0
            link.send(AUTO_STATUS_ON, self._patience.progress)
        self._await(begun, slices[max(0, begun - _UNCONFIRMED) : begun])  # all that it should still have
        for number in range(begun, len(slices)):
            self._await(number + 1 - _UNCONFIRMED, slices[max(0, number - _UNCONFIRMED) : number])
            if number == 0 and at_first_slice is not None:
                at_first_slice()  # written down first: a paper without its entry would be the worse of the two
            self._torn = replace(self._torn, sent=number + 1)
            self._half = True
            self._send(link, slices[number].data + BARRIER)
            self._half = False
        try:
            self._await(len(slices), slices[-_UNCONFIRMED:])
        except DriverError as error:
            if error.code in {FaultCode.PRINTER_SILENT, FaultCode.PRINTER_ABSENT}:
                self._torn = replace(self._torn, cause=error.code)
                return Printed.UNKNOWN
            raise
        return Printed.PRINTED

    def _send(self, link: StreamLink, data: bytes) -> None:
        """Give it to the printer. One that takes no more has mostly stopped, and has said why."""
        try:
            link.send(data, self._patience.progress)
        except DriverError as error:
            if error.code is FaultCode.PRINTER_SILENT:
                self._listen(0.0)
                _refuse(self._pushed)
            raise

    def _await(self, confirmed: int, under_way: tuple[Slice, ...]) -> None:
        """Wait until so many slices are on paper, looking at the sensors when nothing moves."""
        dots, size = sum(piece.dots for piece in under_way), sum(len(piece.data) for piece in under_way)
        patience = self._patience.progress + dots / _DOTS_PER_SECOND + size / self._settings.place.pace
        deadline = time.monotonic() + patience
        while self._confirmed < confirmed:
            before = self._confirmed
            if not self._listen(self._patience.look):
                with contextlib.suppress(_SilenceError):
                    self._pushed = self._ask()
            if self._confirmed >= confirmed:
                return
            _refuse(self._pushed)
            if self._confirmed > before:
                deadline = time.monotonic() + patience
            elif time.monotonic() > deadline:
                raise DriverError(FaultCode.PRINTER_SILENT, {"slices": str(self._confirmed)})

    def _after(self) -> None:
        """The receipt is on paper; only a jammed knife still keeps it from the citizen's hand."""
        try:
            status = self._status()
        except DriverError:
            return
        if status.cutter_error:
            raise DriverError(FaultCode.CUTTER_JAM, {"printed": "yes"})

    def _status(self) -> PrinterStatus:
        """The sensors. A line that was lost while nobody used it is made anew once: printers hang up when idle."""
        stale = self._link is not None
        link = self._connected()
        link.forget_interrupt()
        try:
            return self._ask()
        except _SilenceError as error:
            self._hang_up()
            raise DriverError(FaultCode.PRINTER_SILENT) from error
        except DriverError as error:
            self._hang_up()
            if error.code is not FaultCode.PRINTER_ABSENT or not stale:
                raise
        return self._status()

    def _ask(self) -> PrinterStatus:
        """DLE EOT 1 to 4, one after the other, because the answers do not say what they answer. A late answer is
        still counted to its own question."""
        link = self._connected()
        self._listen(0.0)
        for number, query in enumerate(STATUS_QUERIES):
            self._sensors.pop(number, None)
            self._asked.append(number)
            link.send(query, self._patience.answer)
            deadline = time.monotonic() + self._patience.answer
            while number not in self._sensors:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise _SilenceError
                self._listen(left)
        return status_from_real_time(*(self._sensors[number] for number in range(len(STATUS_QUERIES))))

    def _listen(self, timeout: float) -> bool:
        """Take in what comes within the time; whether anything came."""
        data = self._connected().receive(timeout)
        for answer in self._decoder.feed(data):
            if isinstance(answer, RealTime):
                if self._asked:
                    self._sensors[self._asked.popleft()] = answer.byte
            elif isinstance(answer, AutoStatus):
                self._pushed = answer.status
            else:
                self._confirmed += 1
        return bool(data)

    def _connected(self) -> StreamLink:
        if not self._opened:
            raise DriverError(FaultCode.PRINTER_ABSENT, {"closed": "here"})
        if self._link is None:
            self._link = connect(self._settings.place, self._patience.connect)
            self._decoder = AnswerDecoder()
            self._asked.clear()
        return self._link

    def _hang_up(self) -> None:
        link, self._link = self._link, None
        if link is not None:
            link.close()
        if self._torn is not None:
            self._torn = replace(self._torn, held=False)  # nobody will answer for it on another line


class _SilenceError(Exception):
    """A status query stayed unanswered."""


def _refuse(status: PrinterStatus) -> None:
    """Raise what keeps the printer from printing."""
    code = status.fault()
    if code is not None:
        raise DriverError(code, retryable=code is FaultCode.DEVICE_BUSY)
