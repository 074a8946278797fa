"""Tax-control devices in a PC/SC reader: what the tax office wrote is read back before the device is given away."""

from drivers.errors import DriverError
from drivers.smart_card.address import reader_name
from drivers.smart_card.apdu import MalformedRecordError, Sw, read_short_file, select
from drivers.smart_card.link import CardLink
from drivers.smart_card.loop import CardWatch
from drivers.smart_card.whose import TAX_APPLICATION, wrong_card
from drivers.tax_device.record import parse_record
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceReport, DeviceState
from kiosk.contracts.tax_device import TaxDeviceReadout
from kiosk.faults import FaultCode

RECORD_FILE = 1
NOT_OURS = frozenset({Sw.NOT_FOUND, Sw.NOT_SUPPORTED, Sw.WRONG_INS, Sw.WRONG_CLASS})


class PcscTaxDevice:
    """A tax device in a PC/SC reader (contract TaxDeviceIssuer). One worker thread; ``cancel`` from anywhere."""

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
        reader = watch.look()[0].name
        return DeviceReport(
            DeviceKind.TAX_DEVICE.value,
            DeviceKind.TAX_DEVICE,
            DeviceState.READY,
            model=reader,
            counts={"reconnects": watch.reconnects},
        )

    def cancel(self) -> None:
        """End a wait; an exchange with the device itself runs to its end."""
        if (watch := self._watch) is not None:
            watch.cancel()

    def read_back(self, timeout: float) -> TaxDeviceReadout:
        """Wait up to ``timeout`` seconds for a device, there already or coming, and read its record.

        Faults: no-tax-device, wrong-card (a staff card, or any other card), tax-device-unreadable, device-busy,
        smart-card-service-down, smart-card-reader-absent, cancelled.
        """
        watch = self._open_watch()
        watch.begin()
        try:
            found = watch.wait_and_use(timeout, _read)
        except DriverError as error:
            if error.code is FaultCode.CARD_READ_FAILED:
                raise DriverError(FaultCode.TAX_DEVICE_UNREADABLE, error.details) from None
            raise
        if found is None:
            raise DriverError(FaultCode.NO_TAX_DEVICE)
        return found[1]

    def _open_watch(self) -> CardWatch:
        if self._watch is None:
            raise DriverError(FaultCode.SMART_CARD_READER_ABSENT)
        return self._watch


def _read(link: CardLink) -> TaxDeviceReadout:
    chosen = link.transmit(select(TAX_APPLICATION))
    if not chosen.ok:
        if chosen.sw in NOT_OURS:
            raise wrong_card(link, chosen)
        raise DriverError(FaultCode.TAX_DEVICE_UNREADABLE, {"sw": f"{chosen.sw:04X}"})
    answer = link.transmit(read_short_file(RECORD_FILE))
    if not answer.ok:
        raise DriverError(FaultCode.TAX_DEVICE_UNREADABLE, {"sw": f"{answer.sw:04X}"})
    try:
        return parse_record(answer.data)
    except MalformedRecordError:
        raise DriverError(FaultCode.TAX_DEVICE_UNREADABLE, {"record": "malformed"}) from None
