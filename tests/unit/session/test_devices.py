"""Every kind of device has its place in the session."""

from dataclasses import fields

from kiosk.contracts.device import DeviceKind
from kiosk.session.devices import Devices


def test_every_kind_has_its_place() -> None:
    assert {one.name for one in fields(Devices)} == {kind.value for kind in DeviceKind}
