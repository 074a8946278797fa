"""Help beside a citizen (R56): called for, followed, withdrawn; and whoever comes to the call, and goes."""

from dataclasses import dataclass

from kiosk.domain.help_call import HelpCall, HelpCallId
from kiosk.domain.ids import CaseId, StaffRef

from .central_platform import Ask


@dataclass(frozen=True, slots=True)
class AskForHelp(Ask[HelpCallId]):
    """呼叫帮办: where somebody needs a helper; answered when the helpers' list has it."""

    step: str
    case_id: CaseId | None


@dataclass(frozen=True, slots=True)
class ReadHelpCall(Ask[HelpCall]):
    """How far a call of this terminal is, and who comes."""

    id: HelpCallId


@dataclass(frozen=True, slots=True)
class WithdrawHelpCall(Ask[HelpCall]):
    """Nobody needs to come any more to a call of this terminal; the answer is the call as it then stands. Fault with
    slug too-late: whoever was called is there, or nobody waits for the call any more."""

    id: HelpCallId


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
