"""Somebody of the staff at a citizen's side: has come to a call, and goes."""

from dataclasses import dataclass

from kiosk.domain.help_call import HelpCall
from kiosk.domain.ids import StaffRef

from .central_platform import Ask


@dataclass(frozen=True, slots=True)
class JoinVisit(Ask[HelpCall]):
    """Whoever is signed in beside the citizen has come to this call; the answer is the call as it then stands.
    Fault with slug version-mismatch: it has changed since, somebody answered it meanwhile."""

    call: HelpCall
    by: StaffRef


@dataclass(frozen=True, slots=True)
class LeaveVisit(Ask[HelpCall | None]):
    """Whoever was signed in beside the citizen goes: the token is forgotten here at once, the sign-in ends on the
    platform. ``joined``: the call that this person had come to, which ends first; the answer is that call as it then
    stands."""

    joined: HelpCall | None = None
