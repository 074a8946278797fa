"""What the citizen at a window does on the screen on his side of the counter, beside signing and rating."""

from dataclasses import dataclass

from kiosk.workflow.machine import Event


@dataclass(frozen=True, slots=True)
class CustomerAgreed(Event):
    """The citizen has read what is read from the card and why, and agrees."""


@dataclass(frozen=True, slots=True)
class SignatureDropped(Event):
    """The signature that was kept counts no more: it is drawn anew."""


@dataclass(frozen=True, slots=True)
class RatingSkipped(Event):
    """不评价: nothing is recorded, and nothing is made up."""
