"""银行开户预约单 (R29–R31): which branch, when, what to bring. The bank decides; the slip says what
was asked and what the bank answered."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.case import OpeningCase
from kiosk.domain.document import Document, DocumentKind, PaperSize, Section, word
from kiosk.domain.offer import AppointmentState

from .called import named
from .eyes import eyes_of
from .parts import Issuing, clauses, document, fields, minute, section


@dataclass(frozen=True, slots=True)
class Appointment:
    """The wish and the bank's word; ``bring`` is the bank's own list, empty for the usual one."""

    bank: str
    branch: str
    address: str
    phone: str
    slot: datetime
    state: AppointmentState
    bring: tuple[str, ...] = ()


def bank_appointment(case: OpeningCase, wish: Appointment, issuing: Issuing) -> Document:
    """The slip for the roll."""
    eyes = eyes_of(issuing.reader, case)
    usual = tuple(word(f"bring.{name}") for name in ("licence", "seals", "id_card", "articles"))
    sections = (
        Section(
            fields(
                named(case),
                ("bank", wish.bank),
                ("branch", wish.branch),
                ("branch_address", wish.address),
                ("branch_phone", wish.phone),
                ("slot", minute(wish.slot)),
                ("state", word(f"appointment.{wish.state.value}")),
            )
        ),
        section("bring", *clauses(*(tuple(eyes.free(one) for one in wish.bring) or usual))),
    )
    return document(DocumentKind.BANK_APPOINTMENT, issuing, sections, case=case, paper=PaperSize.ROLL_80)
