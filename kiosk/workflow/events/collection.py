"""Events about the hour of collection."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.workflow.machine import Event


@dataclass(frozen=True, slots=True)
class CollectionAsked(Event):
    """Somebody wants to come at an hour of their own."""


@dataclass(frozen=True, slots=True)
class CollectionHoursFound(Event):
    """Free hours."""

    hours: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class CollectionPicked(Event):
    """One of them; None: whenever it suits."""

    slot: datetime | None


@dataclass(frozen=True, slots=True)
class CollectionTold(Event):
    """What the hall's book says now."""

    slot: datetime | None
