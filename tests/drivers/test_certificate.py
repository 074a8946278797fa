"""The report for a device's maker: the suite on a unit behind a real wire, with and without a person's hands."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from drivers.certificate import examine, keep, summary, written
from drivers.conformance import SUITE
from drivers.trial import Result
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind

from .conftest import Bench

pytestmark = pytest.mark.processes
PRINTER, KIND = "kiosk.receipt_printer", DeviceKind.RECEIPT_PRINTER
AT = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)


def test_a_unit_with_a_person_beside_it(bench: Bench, tmp_path: Path) -> None:
    hall = bench({PRINTER: {"kind": "escpos", "address": "tcp:127.0.0.1:0"}})
    config = hall.config(PRINTER, "escpos")
    asked: list[str] = []
    said: list[str] = []

    def hand(what: str) -> None:
        asked.append(what)
        hall.hand(PRINTER, "power_off" if "pull" in what else "power_on")

    found = examine(KIND, config, AT, "1.2.3", hand, said.append)
    assert found.conforms
    assert len(said) == len(found.verdicts) == len(SUITE)
    assert len(asked) == 2
    done = {one.check: one.result for one in found.verdicts}
    assert done["unplug is absent and plug heals"] is Result.PASSED
    path = keep(found, tmp_path / "reports")
    assert path.name == "conformance-receipt_printer-20261127T093000.md"
    page = path.read_text("utf-8")
    assert "**conforms** as far as it was tried: 3 checks" in page and "ESC/POS 80 mm" in page and "1.2.3" in page
    assert config.address not in page and "127.0.0.1" not in page
    assert f"{len(SUITE) - 3} passed" in summary(found.verdicts)


def test_nobody_at_the_address_is_said_and_conforms_to_nothing() -> None:
    said: list[str] = []
    found = examine(KIND, DeviceConfig(driver="escpos", address="usb:/dev/usb/nobody"), AT, "1", None, said.append)
    assert not found.conforms and found.unit is None and said == []
    assert "no unit answered" in written(found) and "does not conform" in written(found)
