"""Events of printing a slip once more (补打)."""

from dataclasses import dataclass

from kiosk.domain.ids import CaseId
from kiosk.workflow.machine import Event


@dataclass(frozen=True, slots=True)
class ReprintAsked(Event):
    """补打凭条 from the home screen."""


@dataclass(frozen=True, slots=True)
class CopyPicked(Event):
    """Of this case the slip is wanted once more."""

    case_id: CaseId
