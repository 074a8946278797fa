"""What a process with a foreign library in it says is values, or nothing: no message makes this side run anything."""

import pickle
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from drivers.child_talk import Done, Failed, GarbledError, understood
from kiosk.contracts.device import DeviceKind, DeviceReport, DeviceState
from kiosk.contracts.tax_device import TaxDeviceReadout, TaxDeviceStatus
from kiosk.faults import FaultCode


class Trap:
    """What a library that has taken its process over would send."""

    def __init__(self, function: Callable[..., Any], *args: object) -> None:
        self._made = function, args

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[object, ...]]:
        return self._made


@pytest.mark.parametrize(
    "value",
    [
        TaxDeviceReadout("661000000001", TaxDeviceStatus.ISSUED, "91500103MA5U00003N", "重庆示例餐饮有限公司"),
        DeviceReport("one", DeviceKind.TAX_DEVICE, DeviceState.READY, counts=MappingProxyType({"a": 1})),
        {"devices": b"one\0\0", "sar": 0x0A000023},
        (datetime(2026, 1, 5, 9, tzinfo=UTC), date(2026, 1, 5), frozenset({"a"}), 1.5, None),
    ],
)
def test_values_arrive(value: object) -> None:
    assert understood(pickle.dumps(Done(value))) == Done(value)
    failed = Failed(FaultCode.DEVICE_FAILED, {"cause": "not-open"}, True)
    assert understood(pickle.dumps(failed)) == failed


def test_nothing_is_run(tmp_path: Path) -> None:
    mark = tmp_path / "run"
    assert pickle.loads(pickle.dumps(Trap(Path.touch, mark))) is None and mark.exists()  # so it would go
    mark.unlink()
    for trap in (
        Trap(Path.touch, mark),
        Trap(subprocess.run, ["touch", str(mark)]),
        Trap(eval, f"open({str(mark)!r}, 'w')"),
        Trap(understood, pickle.dumps(1)),  # a function of our own is not a value either
        Done((1, Trap(getattr, "", "join"))),
    ):
        with pytest.raises(GarbledError):
            understood(pickle.dumps(trap))
    assert not mark.exists()


@pytest.mark.parametrize("said", [b"", b"noise", pickle.dumps(Done(1))[:-3], b"\x80\x05" + b"\xff" * 40])
def test_noise(said: bytes) -> None:
    with pytest.raises(GarbledError):
        understood(said)
