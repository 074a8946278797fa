"""What stands in the documents, and that they can be printed: nothing cut off, nothing lost on the roll."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.receipt_printer.grammar import laid_out, roll
from drivers.receipt_printer.layout import Code, Heading, Masthead, QrBlock, Row, Stamp
from drivers.receipt_printer.text import ChineseType
from kiosk.docs import pages
from kiosk.domain.case import OpeningForm
from kiosk.domain.document import (
    Clause,
    Document,
    DocumentKind,
    Language,
    Line,
    PaperSize,
    Reader,
    SealPlace,
    SignaturePlace,
    Table,
)
from kiosk.domain.paper import LineKind
from kiosk.rules.documents import samples
from kiosk.rules.documents.plain import COLUMNS, columns, plain
from kiosk.rules.documents.receipt import receipt_of

from .reading import everything, keys, one, texts

ROLLS = (PaperSize.ROLL_58, PaperSize.ROLL_80)


def blocks(document: Document, kind: type) -> list:
    return [block for section in document.sections for block in section.blocks if isinstance(block, kind)]


def labels(document: Document) -> set[str]:
    return {line.label.key.partition(".")[2] for line in blocks(document, Line)}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("reader", Reader)
def test_tables_are_whole_and_lines_fit_the_paper(reader: Reader, language: Language) -> None:
    for document in everything(reader, language, most=3):
        for table in blocks(document, Table):
            assert table.rows and all(len(row) == len(table.columns) for row in table.rows)
        for line in plain(document).splitlines():
            assert columns(line) <= COLUMNS[document.paper], line


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=("C", "Z", "M", "Nd")), min_size=1, max_size=300))
def test_plain_text_keeps_every_character_in_order(reason: str) -> None:
    told = samples.story()
    told = replace(told, refusal=replace(told.refusal, reasons=(reason,)))
    document = one(DocumentKind.REFUSAL, told)
    text = plain(document)
    assert all(columns(line) <= COLUMNS[document.paper] for line in text.splitlines())
    assert reason in re.sub(r"\s", "", text)


def test_no_two_signatures_are_missing_where_two_must_sign() -> None:
    for kind in (DocumentKind.ONE_TIME_NOTICE, DocumentKind.HAND_OVER_SHEET, DocumentKind.CORRECTION_NOTICE):
        document = one(kind)
        assert document.copies == 2 and len(blocks(document, SignaturePlace)) == 2 and blocks(document, SealPlace)


@pytest.mark.parametrize(
    "document", samples.documents(samples.story(), samples.issuing()), ids=lambda d: d.kind.value
)
def test_every_paper_of_the_hall_says_where_it_comes_from(document: Document) -> None:
    assert document.office and document.qr
    if document.kind in {DocumentKind.LICENCE_ORIGINAL, DocumentKind.LICENCE_COPY}:
        return  # the registry's paper, not the hall's
    assert {"issued_at", "window", "clerk", "hall_address", "hall_phone", "complaint_phone"} <= labels(document)


def test_the_licence_has_the_items_of_the_rules_and_no_term() -> None:
    for kind, paper in (
        (DocumentKind.LICENCE_ORIGINAL, PaperSize.A3_LANDSCAPE),
        (DocumentKind.LICENCE_COPY, PaperSize.A4_LANDSCAPE),
    ):
        licence = one(kind)
        assert licence.paper is paper and licence.copies == 1
        assert labels(licence) == {
            "uscc", "name", "company_type", "legal_rep", "capital", "established", "domicile", "scope", "registry",
            "registered_on", "publicity_site",
        }  # fmt: skip
    told = samples.story()
    sole_trader = replace(told, licence=replace(told.licence, capital=None))
    assert "capital" not in labels(one(DocumentKind.LICENCE_COPY, sole_trader))


def test_the_notice_names_everything_missing_with_mending_and_basis() -> None:
    told = samples.story()
    notice = one(DocumentKind.ONE_TIME_NOTICE)
    missing = next(t for t in blocks(notice, Table) if any(c.key == "column.mend" for c in t.columns))
    assert [row[1:] for row in missing.rows] == [(m.material, m.problem, m.mend, m.basis) for m in told.missing]
    assert "notice.second" not in set(keys(notice))
    second = one(DocumentKind.ONE_TIME_NOTICE, replace(told, notice=replace(told.notice, no=2)))
    assert "notice.second" in set(keys(second))


@pytest.mark.parametrize(("minutes", "warned"), [(31, False), (30, True), (1, True)])
def test_a_late_ticket_says_that_it_may_be_too_late(minutes: int, warned: bool) -> None:
    told = samples.story()
    ticket = replace(told.ticket, closes_at=told.ticket.taken_at + timedelta(minutes=minutes))
    assert ("queue.closing" in set(keys(one(DocumentKind.QUEUE_TICKET, replace(told, ticket=ticket))))) is warned


def test_digital_invoices_have_nothing_to_take_away() -> None:
    digital = one(DocumentKind.INVOICE_DEVICE, replace(samples.story(), volumes=(), device=None))
    assert "digital.nothing" in set(keys(digital)) and not blocks(digital, Table)


def test_factory_passwords_that_are_still_there_are_said() -> None:
    told = samples.story()
    assert told.device is not None
    still = replace(told, device=replace(told.device, password_changed=False))
    assert "device.password_open" in set(keys(one(DocumentKind.INVOICE_DEVICE, still)))
    assert "device.password_open" not in set(keys(one(DocumentKind.INVOICE_DEVICE)))


@pytest.mark.parametrize("kind", DocumentKind)
def test_what_is_made_offline_or_for_training_says_so(kind: DocumentKind) -> None:
    assert not one(kind).watermarks
    assert [mark.key for mark in one(kind, offline=True).watermarks] == ["watermark.draft"]
    assert [mark.key for mark in one(kind, sandbox=True).watermarks] == ["watermark.sandbox"]
    both = one(kind, offline=True, sandbox=True)
    assert "草稿" in plain(both).splitlines()[0] and "样本" in plain(both).splitlines()[0]


def test_a_case_without_number_and_people_still_has_its_papers() -> None:
    told = samples.story()
    bare = replace(told, case=replace(told.case, form=OpeningForm(), case_no=None, accepted_at=None, due_at=None))
    for document in samples.documents(bare, replace(samples.issuing(), offline=True)):
        assert plain(document)
    assert one(DocumentKind.ACCEPTANCE_NOTICE, bare).number == told.case.slip_code


def test_the_times_to_contest_are_the_laws() -> None:
    said = "".join(texts(one(DocumentKind.REFUSAL)))
    assert "收到后 60 日内" in said and "6 个月内" in said


def printed(receipt_elements: tuple) -> str:
    """All words on the roll."""
    words = ""
    for element in receipt_elements:
        if isinstance(element, Masthead):
            words += element.title + "".join(element.below)
        elif isinstance(element, Row):
            words += element.left + element.right
        elif isinstance(element, Heading):
            words += element.text
        elif isinstance(element, Code):
            words += element.code
            words += element.stamp.word + element.stamp.note if element.stamp else ""
        elif isinstance(element, Stamp):
            words += element.word + element.note
        elif isinstance(element, QrBlock):
            words += "".join(row.left + row.right for row in element.beside)
    return re.sub(r"\s", "", words)


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("language", Language)
def test_roll_documents_print_whole_on_both_rolls(width: int, language: Language) -> None:
    marked = replace(samples.issuing(language=language), sandbox=True)
    for document in samples.documents(samples.story(), marked):
        if document.paper not in ROLLS:
            continue
        receipt = receipt_of(document, "test")
        elements = laid_out(receipt, roll(width, ChineseType.GB18030), ChineseType.GB18030)
        words = printed(elements)
        for line in receipt.lines:
            if line.kind not in {LineKind.QR, LineKind.RULE, LineKind.PAIR}:
                assert re.sub(r"\s", "", line.value) in words
            if line.kind is LineKind.PAIR:  # a long value breaks under its label: looked for piece by piece
                assert all(char in words for char in re.sub(r"\s", "", line.label + line.value))
        assert any(isinstance(element, QrBlock) for element in elements)


def test_the_page_shows_every_document() -> None:
    page = pages()["documents.md"]
    for document in samples.documents(samples.story(), samples.issuing()):
        assert plain(document) in page
    assert page == (Path(__file__).parents[4] / "docs/documents.md").read_text("utf-8")


def test_lists_are_numbered_and_a_single_sentence_is_not() -> None:
    assert [one.number for one in blocks(one(DocumentKind.BANK_APPOINTMENT), Clause)] == [1, 2, 3, 4, 0]
    assert [one.number for one in blocks(one(DocumentKind.NON_ACCEPTANCE), Clause)] == [0, 0, 1, 2, 0]
