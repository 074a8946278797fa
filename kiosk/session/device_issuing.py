"""How a window has tax devices written: what it asks the platform, and how this hall goes about it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from kiosk.config import TaxIssue
from kiosk.contracts.central_platform import Ask, ListDeviceIssues, RequestDeviceIssue
from kiosk.domain.device_issue import DeviceIssue, DeviceList
from kiosk.domain.ids import DeviceIssueId
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.device_desk import IssueRoute, IssueWay
from kiosk.workflow.machine import Effect, Event

Put = Callable[[Ask[Any], Callable[[Any], Event | None]], None]


class DeviceIssuing:
    """Effects of issue_tax_device, for the window's hands. Session's thread; answers come on the uplink's."""

    def __init__(self, config: TaxIssue, ask: Put, ulid: Callable[[], str]) -> None:
        self._route = IssueRoute(IssueWay(config.way.value), config.page)
        self._ask, self._ulid = ask, ulid
        self._asked: RequestDeviceIssue | None = None
        self.table: Mapping[type[Effect], Callable[[Any], None]] = {
            do.AskDevices: self._ask_devices,
            do.RequestDevice: self._request,
        }

    def _ask_devices(self, effect: do.AskDevices) -> None:
        def listed(devices: DeviceList) -> Event:
            return ev.DevicesListed(devices, self._route)

        self._ask(effect.question, listed if isinstance(effect.question, ListDeviceIssues) else ev.IssueTold)

    def _request(self, effect: do.RequestDevice) -> None:
        """Whose answer was lost asks for the same issue again, not for a second one."""
        before, wanted = self._asked, effect.question
        same = before is not None and (before.case_id, before.unit_id) == (wanted.case_id, wanted.unit_id)
        question = before if before is not None and same else replace(wanted, id=DeviceIssueId(self._ulid()))
        self._asked = question

        def told(issue: DeviceIssue) -> Event:
            self._asked = None
            return ev.IssueTold(issue)

        self._ask(question, told)
