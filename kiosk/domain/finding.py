"""Findings: what a rule has to say about a case, all at once, never as an exception."""

import enum
from dataclasses import dataclass


class Severity(enum.Enum):
    """Whether a finding stops the submission."""

    STOP = "stop"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or worth a look. ``code`` is the key of its words in every language; ``field`` is where
    to mend it (an identifier of the form, with the person's reference behind a dot where there are several)."""

    code: str
    field: str
    severity: Severity = Severity.STOP
    about: str = ""  # a reference or figure that the words need, never a name
