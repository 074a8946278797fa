"""受理通知书: the application is accepted and the clocks run (行政许可法 32). Says until when, and how to collect."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kiosk.domain.case import OpeningCase
from kiosk.domain.document import Block, Clause, Document, DocumentKind, Line, Section, Table, Text, Word, word
from kiosk.domain.item import Item
from kiosk.domain.private import Private
from kiosk.rules.business_scope import main_item, sentence

from .eyes import Eyes, eyes_of
from .materials import Missing, Received, missing_table, received_table
from .parts import Issuing, applicant, document, fields, minute, party, section, signature


@dataclass(frozen=True, slots=True, repr=False)
class Collection(Private):
    """How the results reach the person: at a window, or by mail (R22)."""

    place: str
    mail_address: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Acceptance(Private):
    """What was accepted. ``limits``: promised working days of each item, 0 for at once; ``missing``: what may follow
    later (容缺受理)."""

    collection: Collection
    received: tuple[Received, ...] = ()
    missing: tuple[Missing, ...] = ()
    limits: Mapping[Item, int] = field(default_factory=dict)
    company_type: str = ""


def acceptance_notice(case: OpeningCase, acceptance: Acceptance, issuing: Issuing) -> Document:
    """The notice; without network it is a draft, for only the platform accepts."""
    eyes = eyes_of(issuing.reader, case)
    person, main = applicant(case), main_item(case.form.scope)
    facts = fields(
        ("company_type", acceptance.company_type),
        ("scope", sentence(case.form.scope)),
        ("industry_code", main.industry_code if main else ""),
        ("accepted_at", minute(case.accepted_at) if case.accepted_at else ""),
        ("due_at", minute(case.due_at) if case.due_at else ""),
    )
    sections = [
        Section((*party(case, eyes, "sms_phone"), *facts)),
        section("items", _items(case.form.items, acceptance.limits)),
        section("received", *received_table(acceptance.received, eyes)),
    ]
    if acceptance.missing:
        later = Clause(word("acceptance.later"))
        sections.append(section("later", later, *missing_table(acceptance.missing, eyes)))
    sections += [
        section("collect", *_collect(acceptance.collection, eyes)),
        section("declaration", Clause(word("acceptance.truth"))),
    ]
    return document(
        DocumentKind.ACCEPTANCE_NOTICE, issuing, sections, case=case, copies=2, sealed=True,
        signatures=(signature("applicant", eyes.name(person) if person else ""), signature("clerk")),
    )  # fmt: skip


def _items(items: Sequence[Item], limits: Mapping[Item, int]) -> Table:
    rows = tuple((word(f"item.{item.value}"), *_limit(limits.get(item))) for item in items)
    return Table((word("column.item"), word("column.item_kind"), word("column.limit")), rows)


def _limit(days: int | None) -> tuple[Text, Text]:
    """即办件 or 承诺件, and within what; an item without a promise of its own goes with the case."""
    if days is None:
        return word("item_kind.promised"), word("limit.with_case")
    if days == 0:
        return word("item_kind.immediate"), word("limit.at_once")
    return word("item_kind.promised"), word("limit.days", days=str(days))


def _collect(collection: Collection, eyes: Eyes) -> tuple[Block, ...]:
    if collection.mail_address:
        return (Line(word("label.mail_to"), eyes.address(collection.mail_address)), Clause(word("collect.mail")))
    here: Word = word("collect.window")
    return (Line(word("label.collect_at"), eyes.free(collection.place)), Clause(here))
