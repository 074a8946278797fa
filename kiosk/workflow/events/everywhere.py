"""Events that may come on any screen."""

from dataclasses import dataclass

from kiosk.contracts.device import DeviceKind
from kiosk.contracts.ledger import DeedStatus
from kiosk.domain.case import OpeningCase
from kiosk.domain.document import Language
from kiosk.domain.draft_split import DraftSplit
from kiosk.domain.help_call import HelpCall
from kiosk.domain.ids import CaseId, DivisionCode, SlipCode
from kiosk.domain.private import Private
from kiosk.faults import Fault
from kiosk.workflow.machine import Event


@dataclass(frozen=True, slots=True)
class VisitBegun(Event):
    """Somebody pressed 开办企业; the ids of the new case were just made. ``division``: where this hall stands."""

    case_id: CaseId
    slip_code: SlipCode
    division: DivisionCode | None = None


@dataclass(frozen=True, slots=True)
class NextAsked(Event):
    """The step's own action, without anything to add."""


@dataclass(frozen=True, slots=True)
class BackAsked(Event):
    """上一步."""


@dataclass(frozen=True, slots=True)
class RetryAsked(Event):
    """Do what failed once more."""


@dataclass(frozen=True, slots=True)
class LeaveAsked(Event):
    """先存着，改天再办: the half-done case is kept under its slip code."""


@dataclass(frozen=True, slots=True)
class TimedOut(Event):
    """Nobody touched the screen, and the warning passed."""


@dataclass(frozen=True, slots=True)
class IdleWarned(Event):
    """Nobody touched the screen; the warning shows for thirty seconds."""


@dataclass(frozen=True, slots=True)
class Touched(Event):
    """Somebody is there: the warning goes."""


@dataclass(frozen=True, slots=True)
class LanguageChosen(Event):
    """The person reads in this language from now on, on screen and paper."""

    language: Language


@dataclass(frozen=True, slots=True)
class LingerOver(Event):
    """The farewell was shown long enough."""


@dataclass(frozen=True, slots=True)
class DeviceRecovered(Event):
    """A device that had failed works again; what was asked of it goes on by itself."""

    kind: DeviceKind


@dataclass(frozen=True, slots=True)
class HelperInformed(Event):
    """The call reached the helpers (or not: ``reached`` False, then somebody has to walk)."""

    reached: bool


@dataclass(frozen=True, slots=True)
class HelpChanged(Event):
    """The platform has news of the call: who comes and when, who is there, that the helper has gone."""

    call: HelpCall


@dataclass(frozen=True, slots=True)
class HelpCalled(Event):
    """呼叫帮办."""


@dataclass(frozen=True, slots=True)
class HelpNotNeeded(Event):
    """不用来了: whoever called gets on alone."""


@dataclass(frozen=True, slots=True)
class CallNotWithdrawn(Event):
    """The helpers' list could not be told so: the call stands."""


@dataclass(frozen=True, slots=True)
class DeviceFailed(Event):
    """A device that this step asked could not do it."""

    kind: DeviceKind
    fault: Fault


@dataclass(frozen=True, slots=True)
class PlatformFailed(Event):
    """The platform could not be asked, or did not agree."""

    fault: Fault


@dataclass(frozen=True, slots=True)
class ServiceStopped(Event):
    """The platform has stopped this terminal: whoever stands here cannot go on."""


@dataclass(frozen=True, slots=True)
class LedgerFailed(Event):
    """This machine could not keep what was done."""

    fault: Fault


@dataclass(frozen=True, slots=True, repr=False)
class CaseChanged(Private, Event):
    """The ledger has news of the case at hand: its projection, what is still owed, and whether its draft was changed
    elsewhere too."""

    case: OpeningCase
    deeds: tuple[DeedStatus, ...]
    live: bool
    split: DraftSplit | None = None
