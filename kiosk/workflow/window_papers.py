"""What the window prints beside the sheet that everybody signs: 印章交付单, 发票及税控设备领取单, 登记通知书.

Only of what was handed over and what the platform has said. A column for which nobody told anything is left out.
"""

from datetime import date

from kiosk.code_tables.divisions import division_name
from kiosk.domain.article import Article, ArticleKind
from kiosk.domain.case import OpeningCase
from kiosk.domain.document import Document, Text, word
from kiosk.domain.item import Item, ItemState
from kiosk.domain.person import Person
from kiosk.rules.documents.called import relation
from kiosk.rules.documents.invoice_device import IssuedDevice, Volume, invoice_device
from kiosk.rules.documents.parts import Issuing
from kiosk.rules.documents.registration_notice import registration_notice
from kiosk.rules.documents.seal_delivery import DeliveredSeal, seal_delivery, seal_size
from kiosk.rules.documents.sheet import Making

from .desk import Desk, recipient
from .effects import PrintPaper
from .machine import Effect

HANDED_PAPERS = "handed_papers"  # what the audit trail and the answer call this print
_REGISTRATION = "registration_notice"


def registered_on(case: OpeningCase) -> date | None:
    """The day on which the registry approved, as the platform's timeline has it."""
    approved = (Item.SETUP.value, ItemState.APPROVED.value)
    return next((one.at.date() for one in reversed(case.timeline) if (one.what, one.state) == approved), None)


def papers_of(d: Desk) -> tuple[Making, ...]:
    """The papers that belong to what was handed over, each to be made when it is known who issues it."""
    case, person = d.case, recipient(d)
    if case is None or person is None:
        return ()
    handed = {c.article_id for c in d.checks}
    articles = tuple(a for a in case.articles if a.id in handed)
    made: list[Making] = []
    if seals := tuple(a for a in articles if a.kind is ArticleKind.SEAL):
        made.append(lambda issuing: seal_delivery(case, _seals(seals), person, relation(case), issuing))
    invoices = tuple(a for a in articles if a.item is Item.INVOICE)
    if invoices:
        made.append(lambda issuing: _invoices(d, case, person, invoices, issuing))
    if (day := registered_on(case)) is not None:
        made.append(lambda issuing: _notice(case, day, issuing, handed=True))
    return tuple(made)


def print_papers(d: Desk) -> tuple[Effect, ...]:
    """All of them in one print, signed with the signature that was given for the things."""
    if d.case is None or not (made := papers_of(d)):
        return ()
    ink = {"receiver": d.signature_png, "recipient": d.signature_png}
    return (PrintPaper(HANDED_PAPERS, f"{d.case.id}-papers", made[0], ink, made[1:]),)


def print_registration(d: Desk) -> tuple[Effect, ...]:
    """登记通知书 of a case that is registered and not yet collected."""
    case = d.case
    day = registered_on(case) if case is not None else None
    if case is None or day is None:
        return ()
    job = f"{case.id}-registration"
    return (PrintPaper(_REGISTRATION, job, lambda issuing: _notice(case, day, issuing, handed=False)),)


def _seals(articles: tuple[Article, ...]) -> tuple[DeliveredSeal, ...]:
    return tuple(DeliveredSeal(a.use, a.serial, seal_size(a.use)) for a in articles if a.use is not None)


def _invoices(
    d: Desk, case: OpeningCase, person: Person, articles: tuple[Article, ...], issuing: Issuing
) -> Document:
    volumes = tuple(
        Volume(word("article.invoice_volume"), "", a.first_no, a.count)
        for a in articles
        if a.kind is ArticleKind.INVOICE_VOLUME and a.first_no is not None
    )
    device = next((a for a in articles if a.kind is ArticleKind.TAX_DEVICE), None)
    read = d.readout
    issued = None
    if device is not None:
        uscc, holder = (read.uscc, read.holder) if read is not None else (case.uscc, case.form.holder)
        issued = IssuedDevice("", device.serial, uscc, holder, d.passwords_changed)
    return invoice_device(case, volumes, issued, person, issuing)


def _notice(case: OpeningCase, day: date, issuing: Issuing, *, handed: bool) -> Document:
    division = division_name(case.form.domicile.division)
    registry: Text = word("registration.registry", division=division) if division else ""
    return registration_notice(case, day, registry, issuing, collected=handed)
