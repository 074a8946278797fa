"""Tax-control devices in a PC/SC reader: what the tax office wrote is read back before the device is given away."""

from drivers.errors import DriverError
from drivers.smart_card.apdu import MalformedRecordError, Sw, read_short_file, select
from drivers.smart_card.link import CardLink
from drivers.smart_card.reader import PcscReader
from drivers.smart_card.whose import TAX_APPLICATION, wrong_card
from drivers.tax_device.record import parse_record
from kiosk.contracts.device import DeviceKind
from kiosk.contracts.tax_device import TaxDeviceReadout
from kiosk.faults import FaultCode

RECORD_FILE = 1
NOT_OURS = frozenset({Sw.NOT_FOUND, Sw.NOT_SUPPORTED, Sw.WRONG_INS, Sw.WRONG_CLASS})


class PcscTaxDevice(PcscReader):
    """A tax device in a PC/SC reader (contract TaxDeviceIssuer)."""

    kind = DeviceKind.TAX_DEVICE

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
