"""Name in the configuration → driver: an explicit table. A driver's libraries load only where it is configured."""

from collections.abc import Callable

from drivers.errors import DriverError
from kiosk.config import DeviceConfig
from kiosk.contracts.code_scanner import CodeScanner
from kiosk.contracts.device import Device, DeviceKind
from kiosk.contracts.document_camera import DocumentCamera
from kiosk.contracts.face_camera import FaceCamera
from kiosk.contracts.id_card_reader import IdCardReader
from kiosk.contracts.printing import DocumentPrinter, ReceiptPrinter
from kiosk.contracts.smart_card import StaffCardReader
from kiosk.contracts.social_card import SocialCardReader
from kiosk.contracts.tax_device import TaxDeviceIssuer
from kiosk.faults import FaultCode


def _sdt(config: DeviceConfig) -> IdCardReader:
    from drivers.id_card_reader.driver import SdtIdCardReader

    return SdtIdCardReader(config)


def _escpos(config: DeviceConfig) -> ReceiptPrinter:
    from drivers.receipt_printer.blind import BlindReceiptPrinter
    from drivers.receipt_printer.driver import EscposReceiptPrinter
    from drivers.receipt_printer.settings import read

    return EscposReceiptPrinter(config) if read(config).status else BlindReceiptPrinter(config)


def _ipp(config: DeviceConfig) -> DocumentPrinter:
    from drivers.document_printer.driver import IppDocumentPrinter

    return IppDocumentPrinter(config)


def _opencv(config: DeviceConfig) -> FaceCamera:
    from drivers.face_camera.driver import OpenCvFaceCamera

    return OpenCvFaceCamera(config)


def _camera(config: DeviceConfig) -> CodeScanner:
    from drivers.code_scanner.driver import CameraCodeScanner

    return CameraCodeScanner(config)


def _document_camera(config: DeviceConfig) -> DocumentCamera:
    from drivers.document_camera.driver import OpenCvDocumentCamera

    return OpenCvDocumentCamera(config)


def _serial_scanner(config: DeviceConfig) -> CodeScanner:
    from drivers.code_scanner.serial_driver import SerialCodeScanner

    return SerialCodeScanner(config)


def _staff_card(config: DeviceConfig) -> StaffCardReader:
    from drivers.smart_card.staff_card import PcscStaffCardReader

    return PcscStaffCardReader(config)


def _social_card(config: DeviceConfig) -> SocialCardReader:
    from drivers.smart_card.social_card import PcscSocialCardReader

    return PcscSocialCardReader(config)


def _tax_device(config: DeviceConfig) -> TaxDeviceIssuer:
    from drivers.tax_device.driver import PcscTaxDevice

    return PcscTaxDevice(config)


def _skf_tax_device(config: DeviceConfig) -> TaxDeviceIssuer:
    from drivers.tax_device.skf_driver import SkfTaxDevice

    return SkfTaxDevice(config)


def _component_tax_device(config: DeviceConfig) -> TaxDeviceIssuer:
    from drivers.tax_device.component import ComponentTaxDevice

    return ComponentTaxDevice(config)


DRIVERS: dict[DeviceKind, dict[str, Callable[[DeviceConfig], Device]]] = {
    DeviceKind.ID_CARD_READER: {"sdt": _sdt},
    DeviceKind.STAFF_CARD_READER: {"pcsc": _staff_card},
    DeviceKind.SOCIAL_CARD_READER: {"pcsc": _social_card},
    DeviceKind.TAX_DEVICE: {"component": _component_tax_device, "pcsc": _tax_device, "skf": _skf_tax_device},
    DeviceKind.FACE_CAMERA: {"opencv": _opencv},
    DeviceKind.CODE_SCANNER: {"camera": _camera, "serial": _serial_scanner},
    DeviceKind.DOCUMENT_CAMERA: {"opencv": _document_camera},
    DeviceKind.RECEIPT_PRINTER: {"escpos": _escpos},
    DeviceKind.DOCUMENT_PRINTER: {"ipp": _ipp},
}


def make(kind: DeviceKind, config: DeviceConfig) -> Device:
    """The driver that the configuration names, not yet open.

    DriverError device-configuration, saying what is allowed, for an unknown name; the driver's constructor says the
    same of a wrong address or option.
    """
    allowed = DRIVERS[kind]
    factory = allowed.get(config.driver)
    if factory is None:
        raise DriverError(
            FaultCode.DEVICE_CONFIGURATION,
            {"key": f"devices.{kind.value}.driver", "allowed": ", ".join(sorted(allowed))},
        )
    return factory(config)
