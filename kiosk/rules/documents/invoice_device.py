"""发票及税控设备领取单: paper volumes with their ranges, the device with its number, and that its factory
passwords are gone. For digital invoices (数电发票) there is nothing to take away, and the sheet says so."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.domain.case import OpeningCase
from kiosk.domain.document import Block, Clause, Document, DocumentKind, Section, Text, word
from kiosk.domain.person import Person

from .eyes import Eyes, eyes_of
from .parts import Issuing, document, fields, filled, receiver_fields, section, signature


@dataclass(frozen=True, slots=True)
class Volume:
    """A range of paper invoices of one kind; ``code`` is the 发票代码 printed on them, empty where nobody told it."""

    kind: Text
    code: str
    first_no: int
    count: int

    @property
    def last_no(self) -> int:
        """The last number of the range."""
        return self.first_no + self.count - 1


@dataclass(frozen=True, slots=True)
class IssuedDevice:
    """A tax-control device as read back at the window; ``holder`` is the company that the device names."""

    kind: str
    number: str
    uscc: str
    holder: str
    password_changed: bool


def invoice_device(
    case: OpeningCase, volumes: Sequence[Volume], device: IssuedDevice | None, receiver: Person, issuing: Issuing
) -> Document:
    """Without volumes and device: the notice for digital invoices."""
    eyes = eyes_of(issuing.reader, case)
    sections = [Section(receiver_fields(case, receiver, eyes))]
    if volumes:
        sections.append(section("invoices", *_volumes(volumes)))
    if device:
        sections.append(section("device", *_device(device, eyes)))
    if not volumes and not device:
        sections.append(section("digital", Clause(word("digital.nothing")), Clause(word("digital.where"))))
    return document(
        DocumentKind.INVOICE_DEVICE, issuing, sections, case=case, copies=2,
        signatures=(signature("receiver", eyes.name(receiver)), signature("clerk")),
    )  # fmt: skip


def _volumes(volumes: Sequence[Volume]) -> tuple[Block, ...]:
    columns = tuple(word(f"column.{name}") for name in ("invoice_kind", "invoice_code", "from_to", "count"))
    rows = tuple(
        (
            one.kind,
            one.code,
            word("invoice.range", first=f"{one.first_no:08d}", last=f"{one.last_no:08d}"),
            str(one.count),
        )
        for one in volumes
    )
    total = word("invoice.total", count=str(sum(one.count for one in volumes)))
    return (filled(columns, rows), Clause(total))


def _device(device: IssuedDevice, eyes: Eyes) -> tuple[Block, ...]:
    said = "device.password_changed" if device.password_changed else "device.password_open"
    lines = fields(
        ("device_kind", device.kind),
        ("device_no", device.number),
        ("device_uscc", device.uscc),
        ("holder", eyes.free(device.holder)),
    )
    return (*lines, Clause(word(said)))
