"""许可事项告知单: which of the picked scope items need a permit, which one, and whether before the registration
or before the first day of business."""

from kiosk.domain.case import OpeningCase, PermitDuty, ScopePick
from kiosk.domain.document import Block, Clause, Document, DocumentKind, Section, Table, word

from .called import named
from .parts import Issuing, document, fields, section

_ORDER = (PermitDuty.BEFORE, PermitDuty.AFTER, PermitDuty.NOTICE)


def permit_duties(case: OpeningCase, issuing: Issuing) -> Document:
    """The sheet to take home; with no duties at all it says just that."""
    sections = duty_sections(case)
    if not sections:
        sections = [Section((Clause(word("duty.none")),))]
    sections.insert(0, Section(fields(named(case))))
    return document(DocumentKind.PERMIT_DUTIES, issuing, sections, case=case)


def duty_sections(case: OpeningCase) -> list[Section]:
    """One part for each kind of permit that the picked items need, the one that comes first first."""
    groups = [(duty, [one for one in case.form.scope if one.duty is duty]) for duty in _ORDER]
    return [section(f"duty_{duty.value}", *_duties(duty, picks)) for duty, picks in groups if picks]


def _duties(duty: PermitDuty, picks: list[ScopePick]) -> tuple[Block, ...]:
    rows = tuple((one.name, one.duty_text or word("duty.ask")) for one in picks)
    return (Clause(word(f"duty.{duty.value}")), Table((word("column.scope"), word("column.duty")), rows))
