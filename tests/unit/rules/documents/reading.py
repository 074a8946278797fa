"""How tests read a document: every text in it, every key of it."""

import itertools
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from kiosk.domain.case import CaseState, PermitDuty
from kiosk.domain.document import Document, DocumentKind, Language, Reader, Word
from kiosk.domain.feedback import FeedbackKind
from kiosk.domain.ids import PersonRef
from kiosk.domain.individual import Composition, IndividualBusiness
from kiosk.domain.item import Item
from kiosk.domain.offer import AppointmentState
from kiosk.domain.wishes import (
    BankWish,
    FundWish,
    InvoiceKind,
    InvoiceRequest,
    InvoiceWish,
    MailAddress,
    SealPlan,
    SealWay,
    SocialWish,
)
from kiosk.rules.documents import samples
from kiosk.rules.documents.samples import Story
from kiosk.rules.documents.words import say


def one(kind: DocumentKind, told: Story | None = None, **how: object) -> Document:
    """The document of that kind."""
    issued = replace(samples.issuing(), **how)  # type: ignore[arg-type]
    return next(d for d in samples.documents(told or samples.story(), issued) if d.kind is kind)


def texts(document: Document) -> Iterator[str]:
    """Every text that a reader could see, in the document's language; the code is not read by people."""
    yield from _texts((document.office, document.number, document.title, document.sections), document.language)


def _texts(value: object, language: Language) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Word):
        yield say(value, language)
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part, language)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name), language)


def keys(value: object) -> Iterator[str]:
    """Every key of words in a document."""
    if isinstance(value, Word):
        yield value.key
        yield from keys(value.args)
    elif isinstance(value, tuple):
        for part in value:
            yield from keys(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from keys(getattr(value, field.name))


def stories() -> Iterator[Story]:
    """The story and what may be different in it, so that together they say everything that can be said."""
    told = samples.story()
    yield told
    no_duty = tuple(replace(pick, duty=PermitDuty.NONE) for pick in told.case.form.scope)
    yield replace(
        told,
        case=replace(told.case, form=replace(told.case.form, scope=no_duty, items=tuple(Item)), case_no=None),
        received=(),
        notice=replace(told.notice, no=2, received=(), countersigned_by="0042", second_reason="新出台的规定"),
        acceptance=replace(
            told.acceptance, missing=told.missing,
            collection=replace(told.acceptance.collection, mail_address="重庆市渝中区示例路 1 号"),
        ),
        volumes=(), device=None,
        ticket=replace(told.ticket, waiting=0, closes_at=told.ticket.taken_at + timedelta(minutes=10)),
        remark="由经办人代领", movements=(), differences=(),
    )  # fmt: skip
    unnamed = tuple(replace(pick, duty_text="") for pick in told.case.form.scope)
    assert told.device is not None
    yield replace(
        told, case=replace(told.case, form=replace(told.case.form, scope=unnamed)),
        device=replace(told.device, password_changed=False),
        feedback=replace(told.feedback, answer_asked=False),
    )  # fmt: skip
    whole = samples.individual_story()
    yield whole
    alone = replace(whole.case.form, individual=IndividualBusiness(composition=Composition.PERSONAL))
    yield replace(
        whole, case=replace(whole.case, form=alone), licence=replace(whole.licence, composition=Composition.PERSONAL)
    )
    for use in samples.SealUse:
        yield replace(told, seals=(replace(told.seals[0], use=use),))
    for sent in (True, False):
        yield replace(told, case=replace(told.case, state=CaseState.SUBMITTED, accepted_at=None), sent=sent)
    unknown = tuple(replace(one, use=None) for one in told.case.articles)
    yield replace(told, case=replace(told.case, articles=unknown))
    for state in AppointmentState:
        yield replace(told, wish=replace(told.wish, state=state))
    for wishes in _wishes():
        yield replace(told, case=replace(told.case, form=replace(told.case.form, **wishes)))
    for kind in FeedbackKind:
        yield replace(told, feedback=replace(told.feedback, kind=kind))


def _wishes() -> Iterator[dict[str, Any]]:
    """What else may be wished for of each item."""
    yield {"invoice": InvoiceWish()}
    for names in ("PAPER", "ELECTRONIC", "DIGITAL"):
        both = tuple(InvoiceRequest(InvoiceKind[f"{names}_{one}"]) for one in ("ORDINARY", "SPECIAL"))
        yield {"invoice": InvoiceWish(both[:1]), "fund": FundWish(None, 10, None, Decimal(5), Decimal(5), 2)}
        yield {"invoice": InvoiceWish(both)}
    for way in SealWay:
        yield {"seal_plan": SealPlan(way, "示例刻章店" if way is SealWay.OWN_SHOP else "")}
    for insured, staff in itertools.product(((), (PersonRef("p1"),)), (False, True)):
        yield {"social": SocialWish(None, frozenset(), staff, insured)}
    yield {"mail": MailAddress("王测试", "13800001234", "重庆市渝中区示例路 1 号"), "bank_appt": BankWish(
        "another-branch", samples.NOW, PersonRef("p1"))}  # fmt: skip


def everything(
    reader: Reader = Reader.CITIZEN, language: Language = Language.ZH, most: int | None = None
) -> Iterator[Document]:
    """All documents of the first ``most`` stories."""
    for told in islice(stories(), most):
        yield from samples.documents(told, samples.issuing(reader, language))
