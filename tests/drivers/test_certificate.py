"""The report for a device's maker: the suite on a unit behind a real wire, with and without a person's hands."""

import re
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from drivers.certificate import CHECKS, examine, keep, summary, written
from drivers.trial import Result
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind

from .conftest import Bench, Spec

pytestmark = pytest.mark.processes
KIND = DeviceKind.RECEIPT_PRINTER
AT = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)


NUMBER, USCC, HOLDER = "661234567890", "91500103MA5DEMQ01X", "重庆示例科技有限公司"
PCSCD: Spec = {"pcscd": {"kind": "pcscd", "address": "pcscd:"}}


@dataclass(frozen=True)
class Unit:
    """A unit of a kind on the bench: its driver, and what hands do to it. ``pull`` and ``plug`` are verbs, or empty
    where nothing can be pulled."""

    kind: DeviceKind
    driver: str
    spec: dict[str, object]
    works: tuple[tuple[str, dict[str, object]], ...] = ()
    pull: str = "unplug"
    plug: str = "plug"
    around: Spec = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.kind.value}-{self.driver}-{self.spec.get('address', 'library')}"


SLOT: dict[str, object] = {"kind": "smartcard", "address": "pcsc:Virtual PCD 00 00"}
TCP = "tcp:127.0.0.1:0"
TOKEN: tuple[str, dict[str, object]] = ("write_tax_device", {"number": NUMBER, "uscc": USCC, "holder": HOLDER})
SCAN: tuple[tuple[str, dict[str, object]], ...] = (("scan", {"text": "X1"}),)
LAID: tuple[str, dict[str, object]] = ("insert", {"card": f"tax:{NUMBER}"})
UNITS = (
    Unit(KIND, "escpos", {"kind": "escpos", "address": TCP}, (), "power_off", "power_on"),
    Unit(KIND, "escpos", {"kind": "escpos", "address": "pty"}, (), "power_off", "power_on"),
    Unit(DeviceKind.DOCUMENT_PRINTER, "ipp", {"kind": "ipp", "address": TCP}, (), "power_off", "power_on"),
    Unit(DeviceKind.ID_CARD_READER, "sdt", {"kind": "sdt", "address": TCP}, (("lay_card", {"card": "wang"}),)),
    Unit(DeviceKind.ID_CARD_READER, "sdt", {"kind": "sdt", "address": "pty"}, (("lay_card", {"card": "wang"}),)),
    Unit(DeviceKind.STAFF_CARD_READER, "pcsc", SLOT, (("insert", {"card": "staff:0317"}),), "", "", PCSCD),
    Unit(DeviceKind.SOCIAL_CARD_READER, "pcsc", SLOT, (("insert", {"card": "social:wang"}),), "", "", PCSCD),
    Unit(DeviceKind.TAX_DEVICE, "pcsc", SLOT, (TOKEN, LAID), "", "", PCSCD),
    Unit(DeviceKind.TAX_DEVICE, "skf", {"kind": "skf"}, (TOKEN, LAID), "", ""),
    Unit(DeviceKind.TAX_DEVICE, "component", {"kind": "component"}, (TOKEN, LAID), "", ""),
    Unit(DeviceKind.FACE_CAMERA, "opencv", {"kind": "mjpeg", "address": TCP}, (("show", {"scene": "face"}),)),
    Unit(
        DeviceKind.CODE_SCANNER, "camera", {"kind": "mjpeg", "address": TCP},
        (("show", {"scene": "code", "text": "X1"}),),
    ),
    Unit(DeviceKind.CODE_SCANNER, "serial", {"kind": "scanner", "address": "pty"}, SCAN),
    Unit(DeviceKind.CODE_SCANNER, "serial", {"kind": "scanner", "address": TCP}, SCAN),
    Unit(
        DeviceKind.DOCUMENT_CAMERA, "opencv", {"kind": "desk_camera", "address": TCP},
        (("lay", {"paper": "letter", "how": "flat"}),),
    ),
)  # fmt: skip
ORDINARY = (UNITS[0], UNITS[6], UNITS[12])  # a printer, a card and a line; the others take a minute together


@pytest.mark.parametrize(
    "unit", [pytest.param(one, marks=[] if one in ORDINARY else [pytest.mark.long]) for one in UNITS], ids=str
)
def test_every_kind_of_unit_with_a_person_beside_it(unit: Unit, bench: Bench, tmp_path: Path) -> None:
    hall = bench({"unit": unit.spec, **unit.around})
    config = hall.config("unit", unit.driver)
    asked: list[str] = []
    said: list[str] = []
    later: list[threading.Timer] = []

    def hand(what: str) -> None:
        asked.append(what)
        verb = {"pull": unit.pull, "plug": unit.plug}.get(what.split(maxsplit=1)[0])
        if unit.works == SCAN and verb is None:  # what was scanned before somebody wanted it is forgotten
            later.append(threading.Timer(1.0, lambda: hall.hand("unit", "scan", text="X1")))
            later[0].start()
            return
        for name, arguments in unit.works if verb is None else ((verb, {}),):
            hall.hand("unit", name, **arguments)

    found = examine(unit.kind, config, AT, "1.2.3", hand, said.append, pulls=bool(unit.pull))
    for timer in later:
        timer.join()
    assert found.conforms, said
    assert len(said) == len(found.verdicts) == len(CHECKS)
    assert len(asked) == 2 * bool(unit.pull) + bool(unit.works)
    done = {one.check: one.result for one in found.verdicts}
    assert done["does what it is for"] is Result.PASSED
    assert done["unplug is absent and plug heals"] is (Result.PASSED if unit.pull else Result.NOT_POSSIBLE)
    path = keep(found, tmp_path / "reports")
    assert path.name == f"conformance-{unit.kind.value}-20261127T093000.md"
    page = path.read_text("utf-8")
    assert "**conforms** as far as it was tried:" in page and "1.2.3" in page
    assert config.address not in page and "127.0.0.1" not in page
    assert f"{sum(one is Result.PASSED for one in done.values())} passed" in summary(found.verdicts)


def test_every_kind_of_device_has_a_unit() -> None:
    assert {one.kind for one in UNITS} == set(DeviceKind)


_CONFIG = """\
[site]
id = "cq-demo-01"
name = "示例区政务服务中心"
division = "500103"
[terminal]
id = "window-03"
role = "window"
window = "w-03"
[platform]
url = "http://127.0.0.1:9"
key = "k"
[store]
path = "{folder}/store.db"
[devices.tax_device]
driver = "component"
address = "{address}"
"""


@pytest.mark.long
def test_the_doctor_writes_the_report_of_an_official_component(bench: Bench, tmp_path: Path) -> None:
    """The command as a technician gives it: the program runs, is tried out, and a dated page lies there."""
    hall, reports = bench({"unit": {"kind": "component"}}), tmp_path / "reports"
    config = tmp_path / "window.toml"
    config.write_text(_CONFIG.format(folder=tmp_path, address=hall.addresses["unit"]), "utf-8")
    line = ("doctor", "--config", str(config), "--conformance", "tax_device", "--report", str(reports))
    run = subprocess.run(
        [sys.executable, "-m", "kiosk", *line], capture_output=True, text=True, check=False, timeout=120
    )
    assert run.returncode == 0, run.stdout + run.stderr
    [page] = reports.iterdir()
    assert re.fullmatch(r"conformance-tax_device-[0-9]{8}T[0-9]{6}\.md", page.name)
    told = page.read_text("utf-8")
    assert "driver `component`" in told and "**conforms** as far as it was tried: 4 checks" in told
    assert "| hundred rounds leave nothing behind | passed |" in told
    hall.hand("unit", "misbehave", what="exit")
    run = subprocess.run(
        [sys.executable, "-m", "kiosk", *line], capture_output=True, text=True, check=False, timeout=120
    )
    assert run.returncode != 0 and "no unit answers" in run.stdout


def test_nobody_at_the_address_is_said_and_conforms_to_nothing() -> None:
    said: list[str] = []
    found = examine(KIND, DeviceConfig(driver="escpos", address="usb:/dev/usb/nobody"), AT, "1", None, said.append)
    assert not found.conforms and found.unit is None and said == []
    assert "no unit answered" in written(found) and "does not conform" in written(found)
