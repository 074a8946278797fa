"""这一单: the citizen's slip after submission. Its words say only what is true at this moment: kept here, sent,
accepted. With the main business, its industry class and the permits that the business still needs."""

from dataclasses import replace

from kiosk.code_tables.materials import materials
from kiosk.domain.case import CaseKind, OpeningCase
from kiosk.domain.document import (
    Block,
    Clause,
    Code,
    Document,
    DocumentKind,
    Language,
    Line,
    PaperSize,
    Section,
    Stamp,
    Text,
    word,
)
from kiosk.rules.business_scope import main_item
from kiosk.rules.materials import wanted
from kiosk.rules.slip import ACCEPTED_STATES

from .called import named, run_by, wished
from .eyes import eyes_of
from .parts import Issuing, applicant, document, fields, minute
from .permit_duties import duty_sections


def slip(case: OpeningCase, sent: bool, issuing: Issuing) -> Document:
    """The slip for the roll; ``sent``: the platform has the application."""
    eyes = eyes_of(issuing.reader, case)
    person = applicant(case)
    again = case.kind is CaseKind.PHASED  # what the business is and needs was told when it was opened
    main = None if again else main_item(case.form.scope)
    facts = Section(
        (
            Code(case.slip_code),
            *fields(
                named(case),
                *run_by(case, eyes),
                ("items_done", _items(case)),
                *wished(case, eyes),
                ("main_item", main.name if main else ""),
                ("industry_code", main.industry_code if main else ""),
                ("applicant", eyes.name(person) if person else ""),
                ("sms_phone", eyes.phone(person.phone) if person else ""),
                ("bring", _to_bring(case, issuing)),
                ("case_no", case.case_no or ""),
                ("issued_at", minute(issuing.at)),
                ("due_at", minute(case.due_at) if case.due_at else ""),
                ("evidence", issuing.evidence),
            ),
        )
    )
    sections = (facts, Section((_truth(case, sent),)), *(() if again else duty_sections(case)))
    made = document(DocumentKind.SLIP, issuing, sections, case=case, paper=PaperSize.ROLL_80)
    hall = (block for block in made.sections[-1].blocks if isinstance(block, Line))
    last = Section((Clause(word("slip.keep")), *hall))
    return replace(made, sections=(*made.sections[1:-1], last))  # the slip is short: its facts are its head


def _to_bring(case: OpeningCase, issuing: Issuing) -> str:
    """The papers that were put off, until somebody has accepted without them."""
    if case.state in ACCEPTED_STATES:
        return ""
    papers = [materials()[one.code] for one in wanted(case.form, case.materials, issuing.at.date())]
    zh = issuing.language is Language.ZH
    return ("、" if zh else ", ").join(one.name if zh else one.name_en for one in papers)


def _truth(case: OpeningCase, sent: bool) -> Block:
    if case.state in ACCEPTED_STATES and case.accepted_at is not None:
        return Stamp(word("slip.accepted"), f"{case.accepted_at:%m-%d %H:%M}")
    return Clause(word("slip.sent" if sent else "slip.kept"))


def _items(case: OpeningCase) -> Text:
    """事项 in one line; a paper has no lists inside a value, so each word holds the next."""
    said: Text = ""
    for item in reversed(case.form.items):
        name = word(f"item_short.{item.value}")
        said = word("slip.and", first=name, rest=said) if said else name
    return said
