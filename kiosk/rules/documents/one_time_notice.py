"""一次性告知书 (R44): everything that is missing, said once, each with how to mend it and its legal basis; what
the hall has already; and how it goes on. Two copies, both signed."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.domain.case import OpeningCase
from kiosk.domain.document import Clause, Document, DocumentKind, Section, word
from kiosk.domain.private import Private

from .eyes import eyes_of
from .materials import Missing, Received, missing_table, received_table
from .parts import Issuing, applicant, clauses, document, fields, party, section, signature


@dataclass(frozen=True, slots=True, repr=False)
class Notice(Private):
    """What the office has to say. ``no`` counts in the chain of the case; a second notice is a counted defect and
    carries who countersigned it and why. ``special`` are special steps with their time, ``fees`` usually nothing."""

    number: str
    missing: tuple[Missing, ...]
    received: tuple[Received, ...] = ()
    no: int = 1
    countersigned_by: str = ""  # 工号
    second_reason: str = ""
    special: tuple[str, ...] = ()
    fees: str = ""


def one_time_notice(case: OpeningCase, notice: Notice, issuing: Issuing) -> Document:
    """The notice with its two signatures."""
    eyes = eyes_of(issuing.reader, case)
    person = applicant(case)
    steps = (word("notice.mend_all"), word("notice.come_back"), word("notice.nothing_again"), word("notice.anew"))
    fees = eyes.free(notice.fees) if notice.fees else word("notice.free_of_charge")
    sections: Sequence[Section] = (
        Section(
            (
                *party(case, eyes),
                *fields(("items", word("notice.items", count=str(len(notice.missing)))), ("fees", fees)),
            )
        ),
        section("missing", *missing_table(notice.missing, eyes)),
        section("received", *received_table(notice.received, eyes)),
        section("procedure", *clauses(*steps, *(eyes.free(one) for one in notice.special))),
        _second(notice, eyes.free(notice.second_reason)),
    )
    return document(
        DocumentKind.ONE_TIME_NOTICE, issuing, sections, case=case, number=notice.number, copies=2, sealed=True,
        signatures=(signature("applicant", eyes.name(person) if person else ""), signature("clerk")),
    )  # fmt: skip


def _second(notice: Notice, reason: str) -> Section:
    if notice.no < 2:
        return Section(())
    return section(
        "second",
        Clause(word("notice.second", no=str(notice.no))),
        *fields(("second_reason", reason), ("countersigned", notice.countersigned_by)),
    )
