"""The devices of one terminal as the session sees them: each with its worker, or not there at all."""

from dataclasses import dataclass

from kiosk.contracts.code_scanner import CodeScanner
from kiosk.contracts.device import Supervised
from kiosk.contracts.document_camera import DocumentCamera
from kiosk.contracts.face_camera import FaceCamera
from kiosk.contracts.id_card_reader import IdCardReader
from kiosk.contracts.printing import DocumentPrinter, ReceiptPrinter
from kiosk.contracts.smart_card import StaffCardReader
from kiosk.contracts.social_card import SocialCardReader
from kiosk.contracts.tax_device import TaxDeviceIssuer


@dataclass(frozen=True, slots=True)
class Devices:
    """None: this terminal has no such device."""

    id_card_reader: Supervised[IdCardReader] | None = None
    staff_card_reader: Supervised[StaffCardReader] | None = None
    social_card_reader: Supervised[SocialCardReader] | None = None
    tax_device: Supervised[TaxDeviceIssuer] | None = None
    face_camera: Supervised[FaceCamera] | None = None
    code_scanner: Supervised[CodeScanner] | None = None
    document_camera: Supervised[DocumentCamera] | None = None
    receipt_printer: Supervised[ReceiptPrinter] | None = None
    document_printer: Supervised[DocumentPrinter] | None = None
