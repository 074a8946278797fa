"""The way to the platform: questions with their answers, lanes for the sync loop. The only home of the network."""

from .asking import Uplink
from .lane import Address, Cancel, Lane
from .staff import StaffDesk

__all__ = ["Address", "Cancel", "Lane", "StaffDesk", "Uplink"]
