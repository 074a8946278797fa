"""A call for a helper (帮办人员, R56), from the bell to the helper's leaving."""

import enum
from dataclasses import dataclass
from typing import NewType

from .ids import StaffRef

HelpCallId = NewType("HelpCallId", str)


class HelpState(enum.Enum):
    """How far a call is; only the platform writes it."""

    OPEN = "OPEN"  # the helpers' list has it
    ANSWERED = "ANSWERED"  # somebody is coming
    JOINED = "JOINED"  # somebody is at the citizen's side, under the own name
    DONE = "DONE"  # gone


@dataclass(frozen=True, slots=True)
class HelpCall:
    """``helper``: the name on the badge of whoever comes or is there; ``minutes``: about how long it takes."""

    id: HelpCallId
    state: HelpState
    helper: str = ""
    minutes: int | None = None
    version: int = 1  # grows with every change
    by: StaffRef = StaffRef("")  # that person's number
