"""What the pages look into and act upon."""

from dataclasses import dataclass

from kiosk.sandbox.dispatch import Dispatcher
from kiosk.sandbox.offices import Offices
from kiosk.sandbox.platform import Platform
from kiosk.sandbox.training import Training
from kiosk.sandbox.weather import Weather


@dataclass(frozen=True, slots=True)
class Inside:
    """The parts of one reference platform."""

    platform: Platform
    offices: Offices
    weather: Weather
    dispatcher: Dispatcher
    training: Training
