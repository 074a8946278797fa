"""The papers beside the hand-over sheet: after it, in one print, with what was handed over and nothing else."""

from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest

from drivers.document_printer.sheet import pdf_of
from kiosk.contracts.device import DeviceKind
from kiosk.contracts.printing import Printed
from kiosk.domain.article import ArticleKind
from kiosk.domain.case import CaseState, TimelineEntry
from kiosk.domain.document import DocumentKind, Reader, Table
from kiosk.faults import FaultCode
from kiosk.rules.documents import samples
from kiosk.rules.documents.plain import plain
from kiosk.rules.documents.sheet import copies_of
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.desk import DeskBusy
from kiosk.workflow.machine import Effect, Event, advance
from kiosk.workflow.window import WINDOW
from kiosk.workflow.window_papers import HANDED_PAPERS, papers_of
from tests.unit.ui.viewmodels import clerk_walk
from tests.unit.ui.viewmodels.clerk_walk import ARTICLES, COMPANY, USCC, Walk

KINDS = (DocumentKind.SEAL_DELIVERY, DocumentKind.INVOICE_DEVICE, DocumentKind.REGISTRATION_NOTICE)


def did(walk: Walk, event: Event) -> tuple[Effect, ...]:
    """What one more event has done."""
    _, effects = advance(WINDOW, replace(walk.state, now=walk.at), event)
    walk.did(event)
    return effects


def approved() -> Walk:
    """Handed over, the sheet is out; the registry had approved the day before."""
    walk = clerk_walk.registered()
    assert walk.state.case is not None
    entry = TimelineEntry(walk.at - timedelta(days=1), "SETUP", "APPROVED")
    case = replace(walk.state.case, timeline=(*walk.state.case.timeline, entry))
    return walk.did(ev.CaseChanged(case, (), True))


def print_of(walk: Walk) -> do.PrintPaper:
    [effect] = did(walk, ev.PaperAsked())
    assert isinstance(effect, do.PrintPaper) and effect.name == HANDED_PAPERS
    return effect


def test_they_come_after_the_sheet_and_can_be_printed_again() -> None:
    early = clerk_walk.handed()
    assert did(early, ev.PaperAsked()) == ()  # the sheet that everybody signs comes first
    walk = approved()
    print_of(walk)
    assert walk.state.busy is DeskBusy.PRINTING and did(walk, ev.PaperAsked()) == ()
    walk.did(ev.SheetDone(Printed.PRINTED, HANDED_PAPERS))
    assert (walk.state.papers, walk.state.sheet, walk.state.busy) == (Printed.PRINTED, Printed.PRINTED, None)
    jam = clerk_walk.failed(DeviceKind.DOCUMENT_PRINTER, FaultCode.PRINTER_JAM)
    print_of(walk)
    walk.did(jam)
    assert walk.state.busy is None and walk.state.papers is None and walk.state.sheet is Printed.PRINTED
    print_of(walk)


def test_each_names_what_was_handed_over_by_its_number() -> None:
    walk = approved()
    seals, invoices, notice = (make(samples.issuing(reader=Reader.CITIZEN)) for make in papers_of(walk.state))
    assert (seals.kind, invoices.kind, notice.kind) == KINDS
    [table] = [block for section in seals.sections for block in section.blocks if isinstance(block, Table)]
    codes = [article.serial for article in ARTICLES if article.kind is ArticleKind.SEAL]
    assert [row[2] for row in table.rows] == codes
    assert len(table.columns) == 4  # material, engraver and filing were told by nobody


def test_without_seals_or_approval_there_is_no_such_paper() -> None:
    walk = approved()
    only = [check for check in walk.state.checks if check.article_id == ARTICLES[-1].id]
    walk.state = replace(walk.state, checks=tuple(only))
    kinds = [make(samples.issuing()).kind for make in papers_of(walk.state)]
    assert kinds == [DocumentKind.INVOICE_DEVICE, DocumentKind.REGISTRATION_NOTICE]
    kinds = [make(samples.issuing()).kind for make in papers_of(clerk_walk.registered().state)]
    assert kinds == [DocumentKind.SEAL_DELIVERY, DocumentKind.INVOICE_DEVICE]


def test_the_print_says_all_of_it_signed_and_marked_as_a_sample() -> None:
    walk = approved().did(ev.PasswordsChanged())
    paper, issuing = print_of(walk), replace(samples.issuing(), sandbox=True)
    sheets = [one for make in (paper.make, *paper.also) for one in copies_of(make, issuing, paper.job, paper.ink)]
    assert len(sheets) == 5  # two of each for the goods, one notice
    assert all("样本" in "".join(sheet.marks) for sheet in sheets)
    for sheet in sheets:
        inked = [block for part in sheet.parts for block in part.blocks if getattr(block, "ink", b"")]
        assert len(inked) == 1, sheet.title
    document = pypdfium2.PdfDocument(pdf_of(tuple(sheets)))
    text = "".join("".join(page.get_textpage().get_text_range() for page in document).split())
    document.close()
    numbers = [a.serial for a in ARTICLES if a.kind in (ArticleKind.SEAL, ArticleKind.TAX_DEVICE)]
    for wanted in (USCC, COMPANY, "03612001至03612025", "圆形40毫米", "椭圆40×30毫米", "方形18×18毫米", *numbers):
        assert wanted in text, wanted
    for wanted in ("印章交付单", "发票及税控设备领取单", "登记通知书", "准予登记", "市场监督管理局"):
        assert wanted in text, wanted
    people = walk.state.case.form.people if walk.state.case else ()
    assert people and not [one.cert_no for one in people if one.cert_no in text]


def test_a_registered_case_gets_its_notice_before_the_collection() -> None:
    walk = clerk_walk.seen(CaseState.IN_REVIEW)
    assert did(walk, ev.PaperAsked()) == ()  # nothing is registered yet
    assert walk.state.case is not None
    entry = TimelineEntry(walk.at, "SETUP", "APPROVED")
    walk.did(ev.CaseChanged(replace(walk.state.case, timeline=(entry,)), (), True))
    [paper] = did(walk, ev.PaperAsked())
    assert isinstance(paper, do.PrintPaper)
    notice = paper.make(samples.issuing())
    assert notice.kind is DocumentKind.REGISTRATION_NOTICE
    walk.did(ev.SheetDone(Printed.PRINTED, paper.name))
    assert walk.state.sheet is Printed.PRINTED and walk.state.busy is None


@pytest.mark.parametrize("way", ["device", "typed"])
def test_what_was_read_back_stands_on_the_paper(way: str) -> None:
    walk = approved()
    if way == "typed":  # nobody read it: the platform's own words
        walk.state = replace(walk.state, readout=None)
    text = plain(papers_of(walk.state)[1](samples.issuing()))
    assert USCC in text and "440211007721" in text
