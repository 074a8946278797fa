"""What each kind of device is for, done once on a real unit: a card is read, a code scanned, a slip printed.

Only that it worked is kept; what was on the card, in the code or in the picture is forgotten here.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from drivers.trial import NotPossibleError, insist
from kiosk.contracts.device import Device, DeviceKind
from kiosk.contracts.printing import Printed
from kiosk.domain.document import PaperSize
from kiosk.domain.paper import LineKind, Pair, PaperLine, Receipt, Sheet, SheetPart

Ask = Callable[[str], None]  # says what to do and returns when it is done
_SECONDS = 30.0
_HARD = "重庆𠮷䶮㼆①￥“”"  # rare characters, and signs that printers get wrong

_SOCIAL = "put a social-security card into the reader"
_SCAN = "have a code ready, and hold it before the scanner directly after"
_HANDS: dict[DeviceKind, tuple[str, Callable[[Any], object]]] = {
    DeviceKind.ID_CARD_READER: ("lay an identity card on the reader", lambda device: device.read(_SECONDS)),
    DeviceKind.STAFF_CARD_READER: ("put a staff card into the reader", lambda device: device.wait_card(_SECONDS)),
    DeviceKind.SOCIAL_CARD_READER: (
        "put a social-security card into the reader",
        lambda device: device.read(_SECONDS),
    ),
    DeviceKind.TAX_DEVICE: ("put in a tax device", lambda device: device.read_back(_SECONDS)),
    DeviceKind.FACE_CAMERA: (
        "sit down before the camera and look into it",
        lambda device: device.capture(lambda _: None, _SECONDS),
    ),
    DeviceKind.CODE_SCANNER: (
        "have a code ready, and hold it before the scanner directly after",
        lambda device: device.scan(_SECONDS),
    ),
    DeviceKind.DOCUMENT_CAMERA: (
        "lay a page under the camera",
        lambda device: device.take_page(lambda _: None, _SECONDS),
    ),
}


def work_of(kind: DeviceKind, ask: Ask | None) -> Callable[[Device], None] | None:
    """What to do with an open device of that kind; None when it takes a person and there is nobody."""
    if kind is DeviceKind.RECEIPT_PRINTER:
        return _print_slip
    if kind is DeviceKind.DOCUMENT_PRINTER:
        return _print_sheet
    instruction, deed = _HANDS[kind]
    return partial(_with_hand, ask, instruction, deed) if ask else None


def _with_hand(ask: Ask, instruction: str, deed: Callable[[Any], object], device: Device) -> None:
    ask(instruction)
    deed(device)


def _print_slip(device: Any) -> None:
    lines = (
        PaperLine(LineKind.HEADING, "设备一致性检验"),
        PaperLine(LineKind.TEXT, _HARD),
        PaperLine(LineKind.PAIR, "91500105MA5U00001A", "示例代码"),
        PaperLine(LineKind.QR, "CONFORMANCE"),
    )
    _confirmed(device.print_receipt(Receipt("conformance", lines)))


def _print_sheet(device: Any) -> None:
    sheet = Sheet(
        job="conformance", paper=PaperSize.A4, language="zh", made_at=datetime.now(UTC), office="设备一致性检验",
        service="企业开办", title="设备一致性检验", continued="", number="CONFORMANCE", head=(),
        parts=(SheetPart((Pair("示例名称", _HARD), Pair("示例代码", "91500105MA5U00001A"))),), foot=(),
        page="{page} / {pages}", qr="CONFORMANCE", qr_note="",
    )  # fmt: skip
    _confirmed(device.print_sheets((sheet,)))


def _confirmed(printed: Printed) -> None:
    if printed is Printed.UNKNOWN:
        raise NotPossibleError  # it never says whether it has printed: only an eye can tell
    insist(printed is Printed.PRINTED, "did not confirm what it printed")
