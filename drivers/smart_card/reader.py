"""What every driver of a PC/SC reader shares: finding it, letting go of it, saying how it is, ending a wait."""

from typing import ClassVar

from drivers.errors import DriverError
from drivers.smart_card.address import reader_name
from drivers.smart_card.loop import CardWatch
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceReport, DeviceState
from kiosk.faults import FaultCode


class PcscReader:
    """A PC/SC reader of some kind of device. One worker thread; ``cancel`` from anywhere."""

    kind: ClassVar[DeviceKind]

    def __init__(self, config: DeviceConfig) -> None:
        """Fault: device-configuration."""
        self._wanted = reader_name(config.address)
        self._watch: CardWatch | None = None

    def open(self) -> None:
        """Find the reader. Faults: smart-card-service-down, smart-card-reader-absent."""
        self.close()
        watch = CardWatch(self._wanted)
        watch.look()
        self._watch = watch

    def close(self) -> None:
        """Let go of the service."""
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.close()

    def check(self) -> DeviceReport:
        """Whether service and reader are there. Faults as for ``open``."""
        watch = self._open_watch()
        model, counts = watch.look()[0].name, {"reconnects": watch.reconnects}
        return DeviceReport(self.kind.value, self.kind, DeviceState.READY, model=model, counts=counts)

    def cancel(self) -> None:
        """End a wait; an exchange with what lies there runs to its end."""
        if (watch := self._watch) is not None:
            watch.cancel()

    def _open_watch(self) -> CardWatch:
        if self._watch is None:
            raise DriverError(FaultCode.SMART_CARD_READER_ABSENT)
        return self._watch
