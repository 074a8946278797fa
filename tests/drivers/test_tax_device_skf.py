"""Tax UKeys by SKF: a real shared library in its own process, that may do anything without disturbing the caller."""

import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drivers import conformance
from drivers.errors import DriverError
from drivers.supervisor import Supervisor
from drivers.tax_device import skf_driver
from drivers.tax_device.skf_driver import SkfTaxDevice
from drivers.trial import Subject
from drivers.vendor.process import VendorProcess
from drivers.vendor.skf import FUNCTIONS, load
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceState
from kiosk.contracts.tax_device import TaxDeviceReadout, TaxDeviceStatus
from kiosk.faults import FaultCode
from tests.unit.drivers.stage import Outcome, Reports, TestClock

from .conftest import Bench, Hall

pytestmark = pytest.mark.processes

PORT = "window.tax_device"
NUMBER, USCC, HOLDER = "661234567890", "91500103MA5DEMQ01X", "重庆示例科技有限公司"
ISSUED = TaxDeviceReadout(NUMBER, TaxDeviceStatus.ISSUED, USCC, HOLDER)


@pytest.fixture(scope="module")
def hall(module_bench: Bench) -> Hall:
    return module_bench({PORT: {"kind": "skf"}})


@pytest.fixture
def device(hall: Hall) -> Iterator[SkfTaxDevice]:
    driver = SkfTaxDevice(hall.config(PORT, "skf"))
    driver.open()
    hall.hand(PORT, "write_tax_device", number=NUMBER, uscc=USCC, holder=HOLDER)
    yield driver
    driver.close()
    hall.hand(PORT, "heal")
    hall.hand(PORT, "remove")
    assert hall.hand(PORT, "pins_shown") == 0


def fault(device: SkfTaxDevice, timeout: float = 5.0) -> DriverError:
    with pytest.raises(DriverError) as error:
        device.read_back(timeout)
    assert HOLDER not in str(error.value)
    return error.value


def test_a_token_that_comes_is_read(device: SkfTaxDevice, hall: Hall) -> None:
    timer = threading.Timer(0.3, lambda: hall.hand(PORT, "insert", card=f"tax:{NUMBER}"))
    timer.start()
    assert device.read_back(20) == ISSUED
    timer.join()
    assert device.read_back(20) == ISSUED  # it still sticks there
    assert device.check().counts["tokens"] == 1


def test_a_blank_token(device: SkfTaxDevice, hall: Hall) -> None:
    hall.hand(PORT, "insert", card="tax:660000000001")
    assert device.read_back(5) == TaxDeviceReadout("660000000001", TaxDeviceStatus.BLANK)


@pytest.mark.parametrize(("build", "wide"), [(286, False), (288, False), (294, True), (296, False), (328, True)])
def test_makers_pack_their_structures_differently(bench: Bench, build: int, wide: bool) -> None:
    hall = bench({PORT: {"kind": "skf", "build": build, "wide": wide}})
    hall.hand(PORT, "write_tax_device", number=NUMBER, uscc=USCC, holder="重庆𠮷㐱商贸有限公司（个人独资）")
    hall.hand(PORT, "insert", card=f"tax:{NUMBER}")
    driver = SkfTaxDevice(hall.config(PORT, "skf"))
    driver.open()
    try:
        assert driver.read_back(5) == TaxDeviceReadout(
            NUMBER, TaxDeviceStatus.ISSUED, USCC, "重庆𠮷㐱商贸有限公司（个人独资）"
        )
    finally:
        driver.close()


def test_the_number_may_stand_in_the_label(hall: Hall, device: SkfTaxDevice) -> None:
    hall.hand(PORT, "insert", card="tax:SN-77")
    hall.hand(PORT, "set", key="label", value="499000135630")
    assert fault(device).code is FaultCode.TAX_DEVICE_UNREADABLE
    other = SkfTaxDevice(hall.config(PORT, "skf", number="label"))
    other.open()
    assert other.read_back(5).number == "499000135630"
    other.close()
    hall.hand(PORT, "set", key="label", value="TAXUKEY")


def test_the_certificate_is_signed_with_sm2(device: SkfTaxDevice, hall: Hall, tmp_path: Path) -> None:
    """Said by OpenSSL's own command, which knows nothing of this house."""
    hall.hand(PORT, "insert", card=f"tax:{NUMBER}")
    process = VendorProcess("skf", hall.addresses[PORT].removeprefix("skf:"))
    try:
        first = process.ask("devices", 5)["devices"].split(b"\0")[0]
        der = process.ask("look", 5, device=first)["certificate"]
    finally:
        process.close()
    (tmp_path / "token.der").write_bytes(der)
    pem = tmp_path / "token.pem"
    subprocess.run(["openssl", "x509", "-inform", "der", "-in", tmp_path / "token.der", "-out", pem], check=True)
    proof = ["openssl", "verify", "-vfyopt", "distid:1234567812345678", "-CAfile", pem, pem]
    assert subprocess.run(proof, check=True, capture_output=True, text=True).stdout.strip().endswith("OK")


@pytest.mark.parametrize(
    ("what", "function", "code", "detail"),
    [
        ("crash", "SKF_EnumDev", FaultCode.DEVICE_FAILED, {"library": "crashed", "by": "SIGSEGV"}),
        ("crash", "SKF_GetDevInfo", FaultCode.DEVICE_FAILED, {"library": "crashed", "by": "SIGSEGV"}),
        ("kill", "SKF_ConnectDev", FaultCode.DEVICE_FAILED, {"library": "crashed", "by": "SIGKILL"}),
        ("abort", "SKF_ExportCertificate", FaultCode.DEVICE_FAILED, {"library": "crashed", "by": "SIGABRT"}),
        ("hang", "SKF_EnumDev", FaultCode.DEVICE_FAILED, {"library": "hung"}),
        ("noise", "SKF_EnumDev", FaultCode.DEVICE_FAILED, {"library": "garbled"}),
        ("flood", "SKF_EnumDev", FaultCode.DEVICE_FAILED, {"function": "SKF_EnumDev"}),
        ("refuse:0A000001", "SKF_EnumDev", FaultCode.DEVICE_FAILED, {"sar": "0A000001"}),
        ("refuse:0A00000F", "SKF_ConnectDev", FaultCode.DEVICE_BUSY, {"sar": "0A00000F"}),
        ("refuse:0A000001", "SKF_GetDevInfo", FaultCode.TAX_DEVICE_UNREADABLE, {"sar": "0A000001"}),
        ("refuse:0A00002D", "SKF_ExportCertificate", FaultCode.TAX_DEVICE_UNREADABLE, {"sar": "0A00002D"}),
        ("noise", "SKF_GetDevInfo", FaultCode.TAX_DEVICE_UNREADABLE, {"record": "malformed"}),
        ("noise", "SKF_ExportCertificate", FaultCode.TAX_DEVICE_UNREADABLE, {"record": "malformed"}),
        ("pull", "SKF_GetDevInfo", FaultCode.TAX_DEVICE_UNREADABLE, {"token": "left"}),
        ("flood", "SKF_EnumApplication", FaultCode.TAX_DEVICE_UNREADABLE, {"function": "SKF_EnumApplication"}),
    ],
)
def test_whatever_the_library_does_is_a_fault_and_then_over(
    device: SkfTaxDevice,
    hall: Hall,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
    function: str,
    code: FaultCode,
    detail: dict[str, str],
) -> None:
    monkeypatch.setattr(skf_driver, "LOOK_SECONDS", 1.0)
    hall.hand(PORT, "insert", card=f"tax:{NUMBER}")
    hall.hand(PORT, "misbehave", what=what, function=function)
    error = fault(device)
    assert error.code is code
    assert detail.items() <= error.details.items()
    hall.hand(PORT, "heal")
    assert device.read_back(5) == ISSUED


@pytest.mark.parametrize(
    ("hand", "code"),
    [
        (lambda hall: None, FaultCode.NO_TAX_DEVICE),
        (lambda hall: hall.hand(PORT, "insert_second"), FaultCode.TWO_TAX_DEVICES),
        (
            lambda hall: hall.hand(PORT, "write_tax_device", number="660000000002", uscc="", holder=HOLDER),
            FaultCode.TAX_DEVICE_UNREADABLE,
        ),
        (
            lambda hall: hall.hand(PORT, "write_tax_device", number="660000000002", uscc=USCC, holder=""),
            FaultCode.TAX_DEVICE_UNREADABLE,
        ),
    ],
    ids=["nothing", "two", "without-code", "without-holder"],
)
def test_what_hands_do(device: SkfTaxDevice, hall: Hall, hand: Callable[[Hall], object], code: FaultCode) -> None:
    if code is not FaultCode.NO_TAX_DEVICE:
        hall.hand(PORT, "insert", card="tax:660000000002")
    hand(hall)
    assert fault(device, 0.2).code is code


def test_a_token_that_left_for_a_moment_is_read_when_it_is_back(device: SkfTaxDevice, hall: Hall) -> None:
    hall.hand(PORT, "insert", card=f"tax:{NUMBER}")
    hall.hand(PORT, "misbehave", what="pull", function="SKF_ExportCertificate", once=True)
    assert device.read_back(20) == ISSUED


def test_cancel(device: SkfTaxDevice) -> None:
    timer = threading.Timer(0.3, device.cancel)
    timer.start()
    assert fault(device, 60).code is FaultCode.CANCELLED
    timer.join()


def test_supervised_a_crash_costs_one_job(hall: Hall) -> None:
    """The library dies while a job runs: that job fails, the port is failed and ready again by itself."""
    hall.hand(PORT, "write_tax_device", number=NUMBER, uscc=USCC, holder=HOLDER)
    hall.hand(PORT, "insert", card=f"tax:{NUMBER}")
    supervisor = Supervisor({DeviceKind.TAX_DEVICE: hall.config(PORT, "skf")}, TestClock())
    reports = Reports()
    supervisor.subscribe(reports)
    supervisor.start()
    try:
        reports.wait(DeviceState.READY)
        hall.hand(PORT, "misbehave", what="crash", function="SKF_GetDevInfo", once=True)
        crashed, read = Outcome(), Outcome()
        supervisor.device(DeviceKind.TAX_DEVICE).submit(lambda one: one.read_back(5), crashed)
        assert crashed.code() is FaultCode.DEVICE_FAILED
        mark = len(reports.seen)
        reports.wait(DeviceState.READY, after=mark - 1)
        supervisor.device(DeviceKind.TAX_DEVICE).submit(lambda one: one.read_back(5), read)
        assert read.get() == ISSUED
    finally:
        supervisor.stop()
        hall.hand(PORT, "remove")


@pytest.mark.parametrize(
    ("address", "options", "key"),
    [
        ("pcsc:X", {}, "address"),
        ("skf:relative.so", {}, "address"),
        ("skf:/x.so", {"colour": "red"}, "colour"),
        ("skf:/x.so", {"kind": "golden_tax_disk"}, "kind"),
        ("skf:/x.so", {"number": "chip"}, "number"),
        ("skf:/x.so", {"form": "["}, "form"),
        ("skf:/x.so", {"holder": "CN"}, "holder"),
    ],
)
def test_a_wrong_configuration_says_what_is_allowed(address: str, options: dict[str, str], key: str) -> None:
    with pytest.raises(DriverError) as error:
        SkfTaxDevice(DeviceConfig(driver="skf", address=address, options=options))
    assert error.value.code is FaultCode.DEVICE_CONFIGURATION
    assert key in error.value.details["key"]


@pytest.mark.parametrize(("path", "missing"), [("/nowhere.so", "library"), ("libm", "SKF_EnumDev")])
def test_a_library_that_is_none(path: str, missing: str) -> None:
    if path == "libm":
        path = next(str(p) for p in Path("/lib").rglob("libm.so.6"))
    driver = SkfTaxDevice(DeviceConfig(driver="skf", address=f"skf:{path}"))
    with pytest.raises(DriverError) as error:
        driver.open()
    assert error.value.code is FaultCode.DEVICE_CONFIGURATION
    assert error.value.details["missing"] == missing


# The port itself cannot be unplugged: a token that is gone is waited for. A hundred processes take their time.
CHECKS = [
    pytest.param(c, marks=[pytest.mark.long] if c is conformance.hundred_rounds_leave_nothing_behind else [])
    for c in conformance.SUITE
    if c is not conformance.unplug_is_absent_and_plug_heals
]


@pytest.mark.parametrize("check", CHECKS)
def test_conformance(check: Callable[[Subject], None], hall: Hall, device: SkfTaxDevice) -> None:
    config = hall.config(PORT, "skf")
    check(
        Subject(
            kind=DeviceKind.TAX_DEVICE,
            make=lambda: SkfTaxDevice(config),
            wait=lambda driver, seconds: driver.read_back(seconds),
            garble=lambda: hall.hand(PORT, "misbehave", what="noise", function="SKF_EnumDev", once=True),
            silence=lambda: hall.hand(PORT, "misbehave", what="hang", function="SKF_EnumDev"),
            speak=lambda: hall.hand(PORT, "heal"),
        )
    )


_GROWING = """
#include <string.h>
typedef unsigned int ULONG;
static ULONG asked;
ULONG SKF_EnumDev(int present, char *names, ULONG *size) {
    if (!names) { *size = asked++ ? 8 : 1; return 0; }
    if (*size < 8) { *size = 8; return 0x0A000020; }
    memcpy(names, "token-1", 8); *size = 8; return 0;
}
"""


def test_a_token_put_in_between_the_size_and_the_list(tmp_path: Path) -> None:
    """The list is longer than the library said a moment before: asked once more, it is whole."""
    others = "".join(f"ULONG {name}(void) {{ return 0x0A000003; }}\n" for name in FUNCTIONS if name != "SKF_EnumDev")
    source, library = tmp_path / "growing.c", tmp_path / "growing.so"
    source.write_text(_GROWING + others, "utf-8")
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", str(library), str(source)], check=True)
    assert load(str(library), {})({"do": "devices"}) == {"devices": b"token-1\0"}
