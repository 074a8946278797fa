"""The camera that shows a person to himself and takes one good picture for the authority's comparison."""

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from kiosk.domain.private import Private

from .device import Device


class FaceHint(enum.Enum):
    """One instruction at a time, shown beside the live picture. TURN_HEAD, BLINK and NOD ask for a movement, where
    the configuration wants any."""

    NOBODY = "nobody"
    SEVERAL = "several"
    COME_CLOSER = "come_closer"
    STEP_BACK = "step_back"
    TO_THE_MIDDLE = "to_the_middle"
    TOO_DARK = "too_dark"
    TOO_BRIGHT = "too_bright"
    COVERED = "covered"
    TURN_HEAD = "turn_head"
    BLINK = "blink"
    NOD = "nod"
    LOOK_STRAIGHT = "look_straight"
    HOLD_STILL = "hold_still"
    GOOD = "good"


@dataclass(frozen=True, slots=True, repr=False)
class Frame(Private):
    """One live picture: BGRA bytes, ``width * height * 4`` of them, owned by this value."""

    width: int
    height: int
    bgra: bytes
    hint: FaceHint


class Likeness(enum.Enum):
    """What this machine makes of a face beside the picture on the card: a hint for whoever compares them in person.
    It decides nothing, is sent nowhere and written down nowhere; the authority's service says who it is."""

    LIKELY = "likely"
    NOT_SURE = "not_sure"
    UNLIKE = "unlike"
    NOT_COMPARED = "not_compared"  # the card's picture shows no face, or the comparison did not come to an end


@dataclass(frozen=True, slots=True, repr=False)
class FaceShot(Private):
    """One good picture; never written to disk, forgotten after the comparison. ``likeness`` None: there was nothing
    to compare it with, or this camera does not compare."""

    jpeg: bytes
    sharpness: float
    brightness: float
    likeness: Likeness | None = None


class FaceCamera(Device, Protocol):
    """Blocking; worker thread only."""

    def capture(self, preview: Callable[[Frame], None], timeout: float, portrait: bytes = b"") -> FaceShot:
        """Show live frames through ``preview`` (called on the worker thread) until one passes all gates.
        ``portrait`` is the picture from the person's card as a bitmap file, where a decoder made one.

        Faults: no-good-picture (details: hint), camera-absent, camera-frozen, cancelled.
        """
