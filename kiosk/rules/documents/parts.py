"""What all documents have in common: the hall that gives them, their head and their foot, times and persons."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.domain.case import OpeningCase
from kiosk.domain.document import (
    Block,
    Clause,
    Document,
    DocumentKind,
    Language,
    Line,
    PaperSize,
    Reader,
    SealPlace,
    Section,
    SignaturePlace,
    Table,
    Text,
    Word,
    word,
)
from kiosk.domain.ids import StaffRef
from kiosk.domain.person import Person
from kiosk.rules.slip_code import slip_payload

from .called import named, run_by
from .eyes import Eyes, eyes_of


@dataclass(frozen=True, slots=True)
class Hall:
    """The hall as it names itself on paper."""

    name: str
    address: str
    phone: str
    complaint_phone: str  # 监督电话


@dataclass(frozen=True, slots=True)
class Issuing:
    """Where, when, by whom and for whom a document is made. ``offline``: without the platform's word, so a draft."""

    hall: Hall
    at: datetime
    window: str = ""
    clerk: StaffRef = StaffRef("")
    reader: Reader = Reader.CITIZEN
    language: Language = Language.ZH
    sandbox: bool = False
    offline: bool = False
    evidence: str = ""  # head of the audit trail (存证), where a paper proves something


def minute(at: datetime) -> Word:
    """A day and its time."""
    return word("when.minute", year=str(at.year), month=f"{at.month}", day=f"{at.day}", time=f"{at:%H:%M}")


def day(on: date) -> Word:
    """A day."""
    return word("when.day", year=str(on.year), month=f"{on.month}", day=f"{on.day}")


def field(key: str, value: Text) -> Line:
    """A labelled line; its label is ``label.<key>``."""
    return Line(word(f"label.{key}"), value)


def fields(*pairs: tuple[str, Text]) -> tuple[Line, ...]:
    """Labelled lines, without those that have nothing to say."""
    return tuple(field(key, value) for key, value in pairs if value)


def filled(columns: tuple[Word, ...], rows: Sequence[tuple[Text, ...]]) -> Table:
    """A table without the columns in which no row has anything to say."""
    kept = [at for at in range(len(columns)) if any(row[at] for row in rows)]
    return Table(tuple(columns[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in rows))


def receiver_fields(case: OpeningCase, receiver: Person, eyes: Eyes, *more: tuple[str, Text]) -> tuple[Line, ...]:
    """Who takes something, for which company."""
    return fields(
        named(case),
        ("uscc", case.uscc),
        ("receiver", eyes.name(receiver)),
        ("cert_no", eyes.number(receiver.cert_no)),
        *more,
    )


def clauses(*texts: Text) -> tuple[Clause, ...]:
    """A numbered list; a single one needs no number."""
    if len(texts) == 1:
        return (Clause(texts[0]),)
    return tuple(Clause(text, number) for number, text in enumerate(texts, 1))


def section(key: str, *blocks: Block) -> Section:
    """Blocks under the heading ``section.<key>``."""
    return Section(blocks, word(f"section.{key}"))


def signature(key: str, name: str = "") -> SignaturePlace:
    """A place to sign; its label is ``sign.<key>``."""
    return SignaturePlace(word(f"sign.{key}"), name)


def applicant(case: OpeningCase) -> Person | None:
    """Who applies, if that is known."""
    return case.form.person(case.form.applicant) if case.form.applicant else None


def party(case: OpeningCase, eyes: Eyes, phone: str = "phone") -> tuple[Line, ...]:
    """Whom a notice speaks to: company, person, and under which label the phone."""
    person = applicant(case)
    return fields(
        named(case),
        ("applicant", eyes.name(person) if person else ""),
        ("cert_no", eyes.number(person.cert_no) if person else ""),
        (phone, eyes.phone(person.phone) if person else ""),
        *run_by(case, eyes),
    )


def document(
    kind: DocumentKind,
    issuing: Issuing,
    sections: Sequence[Section],
    *,
    case: OpeningCase | None = None,
    number: str = "",
    paper: PaperSize = PaperSize.A4,
    copies: int = 1,
    signatures: tuple[SignaturePlace, ...] = (),
    sealed: bool = False,
    qr: str | None = None,
) -> Document:
    """The whole document: head, its own sections, places for signatures and seal, and the hall at the foot. A code
    that would say something about a person is left out."""
    own = number or (case.case_no if case and case.case_no else "")
    payload = qr if qr is not None else (slip_payload(case.id, case.slip_code) if case else "")
    hidden = not payload.isascii() or eyes_of(issuing.reader, case).betrays(payload)
    signing: tuple[Block, ...] = signatures + ((SealPlace(issuing.hall.name),) if sealed else ())
    whole = (
        Section(_head(issuing, case, own, bool(number))),
        *(one for one in sections if one.blocks),
        *((section("signatures", *signing),) if signing else ()),
        Section(_foot(issuing, asked_by_code=bool(case))),
    )
    return Document(
        kind, word(f"title.{kind.value}"), issuing.hall.name, own or (case.slip_code if case else ""),
        issuing.reader, issuing.language, paper, whole, copies, "" if hidden else payload,
        watermarks(issuing),
    )  # fmt: skip


def watermarks(issuing: Issuing) -> tuple[Word, ...]:
    """What lies across the pages: made without the platform, made for training, or nothing."""
    marks = (("watermark.draft", issuing.offline), ("watermark.sandbox", issuing.sandbox))
    return tuple(word(key) for key, true in marks if true)


def _head(issuing: Issuing, case: OpeningCase | None, number: str, own: bool) -> tuple[Line, ...]:
    case_no = case.case_no if case and case.case_no else ""
    return fields(
        ("document_no", number if own and number != case_no else ""),
        ("case_no", case_no or (word("common.no_case_no") if case else "")),
        ("slip_code", case.slip_code if case else ""),
        ("issued_at", minute(issuing.at)),
    )


def _foot(issuing: Issuing, *, asked_by_code: bool) -> tuple[Block, ...]:
    hall = issuing.hall
    lines: tuple[Block, ...] = fields(
        ("window", issuing.window),
        ("clerk", issuing.clerk),
        ("hall_address", hall.address),
        ("hall_phone", hall.phone),
        ("complaint_phone", hall.complaint_phone),
    )
    return (*((Clause(word("common.ask_by_code")),) if asked_by_code else ()), *lines)


_UNSAFE = re.compile(r"[^0-9A-Za-z-]")


def plain_reference(kind: str, *parts: str) -> str:
    """The text of a code that leads to something other than a case: a kind and its numbers, nothing else."""
    return ".".join((kind, *(_UNSAFE.sub("", part) for part in parts)))
