"""Receipt printers that never answer: USB printers without a way back, serial lines with two wires, raw queues.

Nothing is guessed of them: their paper is unknown, and every job ends with a person who looks whether it is there.
"""

from dataclasses import dataclass, replace

from drivers.errors import DriverError
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceReport, DeviceState, Supply
from kiosk.contracts.printing import Printed, Receipt, Reprinting
from kiosk.faults import FaultCode

from .grammar import job
from .link import StreamLink, connect
from .raw_queue import RawQueue
from .settings import Settings, Wire, read
from .unfinished import digest


@dataclass(frozen=True, slots=True)
class BlindPatience:
    """How long the driver waits, in seconds."""

    connect: float = 3.0  # also for one answer of the print service
    progress: float = 10.0  # without a byte being taken
    job: float = 45.0  # until a queue has worked a job off


class BlindReceiptPrinter:
    """kiosk.contracts.printing.ReceiptPrinter for ESC/POS printers that cannot be asked."""

    def __init__(self, config: DeviceConfig, patience: BlindPatience = BlindPatience()) -> None:
        """Fault: device-configuration."""
        self._settings: Settings = read(config)
        self._patience = patience
        self._wire: StreamLink | RawQueue | None = None
        self._broken: tuple[bytes, FaultCode] | None = None  # the job that broke off last, and what broke it

    def open(self) -> None:
        """Reach port or queue. Faults: printer-absent, device-busy, device-failed, device-configuration."""
        self.close()
        place = self._settings.place
        if place.wire is Wire.CUPS:
            queue = RawQueue(place.path, place.server, self._patience.connect)
            queue.look()
            self._wire = queue
        else:
            self._wire = connect(place, self._patience.connect)

    def close(self) -> None:
        """Let go of the wire."""
        wire, self._wire = self._wire, None
        if isinstance(wire, StreamLink):
            wire.close()

    def cancel(self) -> None:
        """End a wait that is running; what had been sent may be on paper."""
        if (wire := self._wire) is not None:
            wire.interrupt()

    def check(self) -> DeviceReport:
        """Whether there is somebody to send to. Faults: printer-absent, device-failed."""
        wire = self._opened()
        if isinstance(wire, RawQueue):
            wire.look()
        else:
            self._hear(wire)
        return DeviceReport(
            name=DeviceKind.RECEIPT_PRINTER.value,
            kind=DeviceKind.RECEIPT_PRINTER,
            state=DeviceState.READY,
            model=f"ESC/POS {self._settings.paper} mm, {self._settings.place.wire.value}, no status",
        )

    def supply(self) -> Supply:
        """Nobody knows. Fault: printer-absent."""
        self.check()
        return Supply.UNKNOWN

    def print_receipt(self, receipt: Receipt, reprinting: Reprinting | None = None) -> Printed:
        """Send it whole; a person confirms. The same receipt once more, after its job broke off, is marked 补打: some
        of it may be on paper. Faults: printer-absent, printer-silent (takes no more), cancelled."""
        wire, settings, same = self._opened(), self._settings, digest(receipt)
        spoilt_by = self._broken[1] if self._broken and self._broken[0] == same else None
        shown = receipt if spoilt_by is None else replace(receipt, reprint=True)
        data = b"".join(one.data for one in job(shown, settings.width, settings.chinese, cutter=settings.cutter))
        if isinstance(wire, RawQueue):
            wire.look()
        else:
            self._hear(wire)
        if spoilt_by is not None and reprinting is not None:
            reprinting(spoilt_by)
        try:
            self._give(wire, data)
        except DriverError as error:
            self._broken = (same, error.code)
            raise
        self._broken = None
        return Printed.UNKNOWN

    def _give(self, wire: StreamLink | RawQueue, data: bytes) -> None:
        if isinstance(wire, RawQueue):
            wire.print(data, self._patience.job)
        else:
            wire.send(data, self._patience.progress)

    def _hear(self, wire: StreamLink) -> None:
        """Take in and forget what the printer says all the same; a wire that is gone shows here."""
        wire.forget_interrupt()
        while wire.receive(0.0):
            pass

    def _opened(self) -> StreamLink | RawQueue:
        if self._wire is None:
            raise DriverError(FaultCode.PRINTER_ABSENT, {"closed": "here"})
        return self._wire
