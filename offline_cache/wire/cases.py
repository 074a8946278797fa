"""Cases as the platform tells them."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from kiosk.contracts import platform_api as api
from kiosk.contracts.platform_api import case_parts, materials
from kiosk.domain.article import Article, ArticleKind, ArticleState, SealUse
from kiosk.domain.case import CaseKind, CaseState, OpeningCase, TimelineEntry
from kiosk.domain.ids import (
    ArticleId,
    BatchId,
    CaseId,
    CaseNo,
    HandoverId,
    MaterialId,
    PersonRef,
    SlipCode,
    UnitId,
)
from kiosk.domain.item import InvoiceMode, Item, ItemProgress, ItemState
from kiosk.domain.material import HeldMaterial, MaterialSource, MaterialState
from kiosk.domain.private import Private
from kiosk.domain.proof import PersonProof, ProofWay
from kiosk.domain.signing import SignerNow, SigningState

from . import form as forms
from .reading import read


@dataclass(frozen=True, slots=True, repr=False)
class CaseSaid(Private):
    """A case with the platform's own words of it."""

    case: OpeningCase
    body: bytes
    masked: bool


def mirrored(body: bytes) -> CaseSaid | None:
    """One case, whole (getCase)."""
    return read(api.Case, lambda said: CaseSaid(_case(said), body, said.masked), body)


def opening_case(body: bytes) -> OpeningCase | None:
    """One case, as a screen needs it."""
    return read(api.Case, _case, body)


class _Found(msgspec.Struct):
    items: list[msgspec.Raw]


def found_cases(body: bytes) -> tuple[CaseSaid, ...] | None:
    """What a search found."""

    def make(found: _Found) -> tuple[CaseSaid, ...]:
        cases = [mirrored(bytes(raw)) for raw in found.items]
        if any(case is None for case in cases):
            raise ValueError("a case that does not fit")
        return tuple(case for case in cases if case is not None)

    return read(_Found, make, body)


class _Moved(msgspec.Struct):
    """What DraftKept, CaseMoved, AcceptanceDecided and FactRecorded have in common."""

    state: str
    version: int
    case_no: str | None = None
    accepted_at: datetime | None = None
    due_at: datetime | None = None
    case: api.CaseNow | None = None


def moved(case_id: CaseId, known: bytes | None, draft: bytes | None, answer: bytes) -> CaseSaid | None:
    """The case after an acknowledged act: what was known, with the platform's new state and version.

    ``draft``: the bytes of a draft that the platform has just taken over as they are; None for any other act. None
    when the answer does not fit, or nothing was known before.
    """

    def make(said: _Moved) -> CaseSaid:
        case = _after_draft(case_id, known, draft, said) if draft is not None else _known(known)
        now = said.case or said
        case = msgspec.structs.replace(
            case,
            state=now.state,
            version=now.version,
            case_no=said.case_no or case.case_no,
            accepted_at=said.accepted_at or case.accepted_at,
            due_at=said.due_at or case.due_at,
        )
        return _said(case)

    return read(_Moved, make, answer)


class _Papers(msgspec.Struct):
    """All that is read of a case whose papers alone are asked for: every act that is acknowledged asks."""

    materials: tuple[case_parts.CaseMaterial, ...] = ()


def with_papers(said: CaseSaid, known: bytes | None) -> CaseSaid:
    """What an act has brought, with the papers that the mirror has heard of by now: the answer to an act does not
    name them, and what it was laid over may be older."""
    told = None if known is None else read(_Papers, lambda mirrored: mirrored.materials, known)
    there = {one.id for one in said.case.materials}
    more = tuple(one for one in told or () if one.id not in there)
    if not more:
        return said
    case = msgspec.json.decode(said.body, type=api.Case)
    return _said(msgspec.structs.replace(case, materials=(*case.materials, *more)))


def with_paper(known: bytes | None, answer: bytes) -> CaseSaid | None:
    """The case with a paper that the platform has just taken (putMaterial); None when no case is known, or the answer
    does not fit."""

    def make(said: materials.Material) -> CaseSaid:
        case = _known(known)
        new = case_parts.CaseMaterial(
            said.id, said.type, said.state, said.source, said.pages, said.version, said.captured_at
        )
        there = {one.id: one for one in case.materials}
        if new.id not in there or there[new.id].version < new.version:  # it may be looked at already
            there[new.id] = new
        return _said(msgspec.structs.replace(case, materials=tuple(there.values())))

    return read(materials.Material, make, answer)


def _said(case: api.Case) -> CaseSaid:
    return CaseSaid(_case(case), msgspec.json.encode(case), case.masked)


def _known(body: bytes | None) -> api.Case:
    if body is None:
        raise ValueError("nothing known")
    return msgspec.json.decode(body, type=api.Case)


def _after_draft(case_id: CaseId, known: bytes | None, draft: bytes, said: _Moved) -> api.Case:
    taken = msgspec.json.decode(draft, type=api.Draft)
    form = msgspec.convert(msgspec.to_builtins(taken.form), type=api.Form)
    if known is not None:
        return msgspec.structs.replace(_known(known), form=form, masked=False)
    return api.Case(
        case_id=case_id, slip_code=taken.slip_code, site_id="", state="DRAFT", version=said.version, form=form
    )


def _case(said: api.Case) -> OpeningCase:
    items = {item.value: item for item in Item}
    order = list(items)  # the order in which people speak of them, whatever the platform's is
    return OpeningCase(
        id=CaseId(said.case_id),
        slip_code=SlipCode(said.slip_code),
        form=forms.received(said.form),
        state=CaseState(said.state),
        version=said.version,
        case_no=None if said.case_no is None else CaseNo(said.case_no),
        uscc=said.uscc,
        items=tuple(
            ItemProgress(
                items[i.item],
                ItemState(i.state),
                i.due_at,
                i.changed_at,
                None if i.mode is None else InvoiceMode(i.mode),
            )
            for i in sorted((i for i in said.items if i.item in items), key=lambda i: order.index(i.item))
        ),
        articles=tuple(_article(article, items) for article in said.articles if article.item in items),
        timeline=tuple(TimelineEntry(line.at, line.what, line.state, line.by) for line in said.timeline),
        accepted_at=said.accepted_at,
        due_at=said.due_at,
        open_handover=None if said.open_handover is None else HandoverId(said.open_handover),
        pickup_window=said.pickup_window,
        materials=tuple(_material(one) for one in said.materials),
        signers=tuple(_signer(one) for one in said.signers),
        kind=CaseKind(said.kind),
        collection=said.collection,
        proofs=tuple(_proof(one) for one in said.proofs),
    )


def material_of(path: str, body: bytes) -> HeldMaterial | None:
    """A paper that was kept here and is not on the platform yet."""
    number = MaterialId(path.rsplit("/", 1)[-1])
    return read(
        materials.PutMaterial,
        lambda said: HeldMaterial(said.type, MaterialSource(said.source), id=number, pages=said.pages),
        body,
    )


def _material(said: case_parts.CaseMaterial) -> HeldMaterial:
    source, state = MaterialSource(said.source), MaterialState(said.state)
    return HeldMaterial(said.type, source, state, id=MaterialId(said.id), pages=said.pages)


def _signer(said: case_parts.Signer) -> SignerNow:
    state = SigningState(said.state)
    return SignerNow(PersonRef(said.ref), state, said.way == "phone", said.at, said.link_expires_at)


def _proof(said: case_parts.PersonProof) -> PersonProof:
    known = {one.value: one for one in ProofWay}
    way = known.get(said.method, ProofWay.OTHER)
    return PersonProof(PersonRef(said.ref), way, said.at, said.expires_at, said.by, said.by_ref)


def _article(said: api.CaseArticle, items: dict[str, Item]) -> Article:
    return Article(
        id=ArticleId(said.id),
        kind=ArticleKind(said.kind),
        item=items[said.item],
        state=ArticleState(said.state),
        serial=said.serial,
        use=None if said.use is None else SealUse(said.use),
        unit_id=None if said.unit_id is None else UnitId(said.unit_id),
        batch_id=None if said.batch_id is None else BatchId(said.batch_id),
        first_no=said.first_no,
        count=said.count,
        place=said.place,
    )
