"""Events of reading the policy guides."""

from dataclasses import dataclass

from kiosk.code_tables.policy_guides import GuideId
from kiosk.workflow.machine import Event


@dataclass(frozen=True, slots=True)
class GuidesAsked(Event):
    """政策指南 from the home screen."""


@dataclass(frozen=True, slots=True)
class GuidePicked(Event):
    """One page is to be read."""

    guide: GuideId
