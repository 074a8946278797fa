"""A social-security card (社会保障卡) that saves typing the name and number of somebody who is not here.

It is an aid and proves nothing: whoever is named by it is verified like everybody else, with the signature on a
phone. What it said is forgotten when the person is named, when somebody types it after all, and with the step.
"""

from dataclasses import dataclass, replace

from kiosk.audit import AuditKind

from . import effects as do
from . import events as ev
from .machine import Effect, Event
from .visit import Busy, Visit


@dataclass(frozen=True, slots=True)
class ReadSocialCard(Effect):
    """Wait for a social-security card and read it."""


@dataclass(frozen=True, slots=True)
class WatchSocialCard(Effect):
    """Say whether the card is taken, or alarm when it is left in the reader."""


def is_waiting(v: Visit, e: Event) -> bool:
    """Whether somebody is asked to put the card in."""
    return v.busy is Busy.SOCIAL_CARD


def waiting(v: Visit, e: Event) -> Visit:
    return replace(v, busy=Busy.SOCIAL_CARD, fault=None, social=None)


def failed(v: Visit, e: Event) -> Visit:
    """Said where it is waited for: the reader goes on listening, and typing is always possible."""
    assert isinstance(e, ev.DeviceFailed)
    return replace(v, fault=e.fault)


def filled(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.SocialCardRead)
    return replace(v, busy=None, fault=None, social=e.card)


def by_hand(v: Visit, e: Event) -> Visit:
    return replace(v, busy=None, fault=None, social=None)


# --- what is done for them ---
def read(v: Visit, e: Event) -> tuple[Effect, ...]:
    return (ReadSocialCard(),)


def noted(v: Visit, e: Event) -> tuple[Effect, ...]:
    fields = (("card_kind", "social_card"), ("purpose", v.step))
    return (do.Note(AuditKind.CARD_READ, fields), WatchSocialCard())
