"""Hand-overs and their permits."""

from dataclasses import replace
from datetime import UTC, datetime

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.contracts import central_platform as ask
from kiosk.contracts import platform_api as api
from kiosk.domain.handover import Handover, HandoverLine, HandoverState, Permit, PermitTerms
from kiosk.domain.ids import ArticleId, BatchId, CaseId, HandoverId, PermitId, StaffRef, UnitId

from .reading import read


def handover(body: bytes) -> Handover | None:
    """A hand-over with its permit."""
    return read(api.Handover, _handover, body)


def open_handovers(body: bytes) -> tuple[Handover, ...] | None:
    """What is prepared and not finished."""
    return read(api.OpenHandovers, lambda said: tuple(_handover(one) for one in said.items), body)


def kept_handover(prepared: Handover) -> bytes:
    """A prepared hand-over as it is kept on this machine."""
    permit = prepared.permit
    return msgspec.json.encode(
        api.Handover(
            id=prepared.id,
            case_id=prepared.case_id,
            state=prepared.state.value,
            version=prepared.version,
            window="",
            lines=tuple(
                api.HandoverLine(line.article_id, line.unit_id, line.batch_id, line.first_no, line.count)
                for line in prepared.lines
            ),
            expires_at=datetime.fromtimestamp(0, UTC) if permit is None else permit.expires_at,
            permit=None if permit is None else api.Permit(permit.id, "Ed25519", permit.payload, permit.signature),
            discrepancy_id=prepared.discrepancy_id,
        )
    )


class _Confirmed(msgspec.Struct):
    lines_confirmed: tuple[str, ...] = ()


def articles_of(fact: bytes) -> frozenset[str]:
    """The articles that a recorded fact says were handed over."""
    return read(_Confirmed, lambda said: frozenset(said.lines_confirmed), fact) or frozenset()


class _PermitSays(msgspec.Struct):
    permit_id: str
    handover_id: str
    case_id: str
    terminal_id: str
    window: str
    lines: tuple[api.HandoverLine, ...]
    expires_at: datetime
    staff_ref: str = ""
    boot: str = ""


def with_terms(prepared: Handover, public_key: bytes) -> Handover:
    """The hand-over with what its permit says, when the platform's signature fits; unchanged otherwise."""
    permit = prepared.permit
    if permit is None:
        return prepared
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(permit.signature, permit.payload)
    except (InvalidSignature, ValueError):
        return prepared

    def terms(says: _PermitSays) -> PermitTerms:
        if (says.permit_id, says.case_id, says.expires_at) != (permit.id, prepared.case_id, permit.expires_at):
            raise ValueError("permit")
        return PermitTerms(
            HandoverId(says.handover_id), says.terminal_id, says.window, StaffRef(says.staff_ref), says.boot,
            tuple(_line(line) for line in says.lines), says.expires_at,
        )  # fmt: skip

    return replace(prepared, permit=replace(permit, terms=read(_PermitSays, terms, permit.payload)))


def fits_permit(prepared: Handover, question: ask.PrepareHandover, terminal_id: str, boot: str) -> bool:
    """Whether the permit, read with its terms, speaks of exactly what was asked for, here, in this run."""
    terms = prepared.permit.terms if prepared.permit else None
    return (
        terms is not None
        and prepared.state is HandoverState.PREPARED
        and terms.handover_id == prepared.id == question.id
        and prepared.case_id == question.case_id
        and (terms.terminal_id, terms.window, terms.boot) == (terminal_id, question.window, boot)
        and terms.lines == prepared.lines
        and frozenset(terms.lines) == frozenset(question.lines)
        and len(terms.lines) == len(question.lines)
    )


def _handover(said: api.Handover) -> Handover:
    permit = said.permit
    return Handover(
        id=HandoverId(said.id),
        case_id=CaseId(said.case_id),
        state=HandoverState(said.state),
        version=said.version,
        lines=tuple(_line(line) for line in said.lines),
        permit=None if permit is None else Permit(PermitId(permit.id), permit.payload, permit.sig, said.expires_at),
        discrepancy_id=said.discrepancy_id,
    )


def _line(said: api.HandoverLine) -> HandoverLine:
    return HandoverLine(
        article_id=ArticleId(said.article_id),
        unit_id=None if said.unit_id is None else UnitId(said.unit_id),
        batch_id=None if said.batch_id is None else BatchId(said.batch_id),
        first_no=said.first_no,
        count=said.count,
    )
