"""Effects about tax devices; the journeys know them by ``effects``, like all others."""

from dataclasses import dataclass

from kiosk.contracts.central_platform import GetDeviceIssue, ListDeviceIssues, RequestDeviceIssue

from .machine import Effect


@dataclass(frozen=True, slots=True)
class ReadTaxDevice(Effect):
    """Wait for the tax device and read it back."""


@dataclass(frozen=True, slots=True)
class AskDevices(Effect):
    """Ask the platform what is being written, or how far one device is."""

    question: ListDeviceIssues | GetDeviceIssue


@dataclass(frozen=True, slots=True)
class RequestDevice(Effect):
    """Have a blank device written (申请发行). The session adds the id."""

    question: RequestDeviceIssue
