"""How much work a visit is for a person (R28): counted without content, told to whoever keeps the promises."""

import enum
from dataclasses import dataclass
from datetime import datetime

from .ids import CaseId


class BurdenName(enum.Enum):
    """What is counted, by its name in the contract."""

    TAPS = "taps"
    KEYSTROKES = "keystrokes"
    SECONDS = "seconds"
    CORRECTIONS = "corrections"  # keys that take something back, and answers that were changed at the check page
    PREFILLED_SHARE = "prefilled_share"  # of all answers, those that nobody had to type or pick
    SCREENS = "screens"
    ASKED_TWICE = "asked_twice"  # typed by hand although the form held it already


@dataclass(frozen=True, slots=True)
class BurdenFigure:
    """One figure of one step, or with an empty step of the whole visit."""

    id: str  # ULID, by which it is counted once
    at: datetime
    name: BurdenName
    value: float
    step: str = ""
    case_id: CaseId | None = None
