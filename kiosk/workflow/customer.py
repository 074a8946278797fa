"""What the citizen at the window does himself, on the screen on his side of the counter: agree, sign, rate.

The clerk's steps take these acts where they belong and wait for none of them: without that screen the clerk asks and
the pad of the clerk's own screen is turned round.
"""

from dataclasses import replace

from kiosk.audit import AuditKind
from kiosk.contracts.ledger import RateVisit
from kiosk.domain.case import CaseState

from . import effects as do
from . import events as ev
from .desk import Desk
from .machine import Effect, Event, Row

CONSENT_TEXT = "window-1"  # which wording the citizen agreed to


def is_theirs(d: Desk) -> bool:
    """Whether the person at the window may see the case on the desk: somebody of it laid the card, or brought its
    slip. What the clerk only looks up is nobody's to read."""
    if d.case is None:
        return False
    card = d.customer
    return d.brought or (card is not None and any(p.cert_no == card.number for p in d.case.form.people))


def phase_of(d: Desk) -> str:
    """What may be rated now: the reception, or the collection; nothing in the middle of the work."""
    if d.case is None:
        return ""
    if d.step == "handed_over":
        return "collected"
    return "accepted" if d.step == "check_materials" and d.case.accepted_at is not None else ""


# consent ------------------------------------------------------------------------------------------------------------
def _may_agree(d: Desk, e: Event) -> bool:
    return d.agreed_at is None and d.verification_id is None


def _agreed(d: Desk, e: Event) -> Desk:
    return replace(d, agreed_at=d.now)


def _agreed_noted(d: Desk, e: Event) -> tuple[Effect, ...]:
    return (do.Note(AuditKind.CONSENT_GIVEN, (("text_version", CONSENT_TEXT), ("face", "no"))),)


AGREES: tuple[Row[Desk], ...] = (Row(ev.CustomerAgreed, None, _agreed, _agreed_noted, _may_agree),)


# the one-time notice ------------------------------------------------------------------------------------------------
def is_told(d: Desk) -> bool:
    """Whether a one-time notice was given at this desk, and the platform has the case back with the applicant."""
    return d.case is not None and d.case.state is CaseState.RETURNED and bool(d.notice)


def _may_sign_notice(d: Desk, e: Event) -> bool:
    return is_told(d) and not d.signature_png


def _notice_signed(d: Desk, e: Event) -> Desk:
    """Printed on both copies; the paper is what counts, so that nothing more is kept of it."""
    assert isinstance(e, ev.SignatureDrawn)
    return replace(d, signature_png=e.png)


def _may_sign_notice_anew(d: Desk, e: Event) -> bool:
    return is_told(d) and bool(d.signature_png)


def _dropped(d: Desk, e: Event) -> Desk:
    return replace(d, signature=None, signature_png=b"")


SIGNS_NOTICE: tuple[Row[Desk], ...] = (
    Row(ev.SignatureDrawn, None, _notice_signed, None, _may_sign_notice),
    Row(ev.SignatureDropped, None, _dropped, None, _may_sign_notice_anew),
)


# the hand-over ------------------------------------------------------------------------------------------------------
def _may_sign_anew(d: Desk, e: Event) -> bool:
    return d.signature is not None and d.deed is None and d.busy is None


SIGNS_ANEW: tuple[Row[Desk], ...] = (Row(ev.SignatureDropped, None, _dropped, None, _may_sign_anew),)


# the rating ---------------------------------------------------------------------------------------------------------
def _may_rate(d: Desk, e: Event) -> bool:
    return not d.rated and bool(phase_of(d)) and is_theirs(d)


def _rated(d: Desk, e: Event) -> Desk:
    return replace(d, rated=True)


def _rate(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.Rated) and d.case is not None
    deed = RateVisit(d.case.id, phase_of(d), e.level, d.now)
    return (do.Record(deed, AuditKind.RATED, (("level", str(e.level)), ("phase", deed.phase))),)


RATES: tuple[Row[Desk], ...] = (
    Row(ev.Rated, None, _rated, _rate, _may_rate),
    Row(ev.RatingSkipped, None, _rated, None, _may_rate),
)
