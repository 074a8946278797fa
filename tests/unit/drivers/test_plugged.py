"""What is plugged in, from a kernel's tables made by hand: in use, usable, not supported, and why."""

from pathlib import Path

import pytest

from drivers.plugged import Fitness, plugged
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind


class Kernel:
    """A folder that looks like the kernel's."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.devices = root / "sys/bus/usb/devices"
        self.devices.mkdir(parents=True)

    def device(self, port: str, ids: str, name: str, kind: str, *ports: str) -> None:
        folder = self.devices / port
        interface = folder / f"{port}:1.0"
        interface.mkdir(parents=True)
        vendor, product = ids.split(":")
        for key, value in {"idVendor": vendor, "idProduct": product, "product": name, "bDeviceClass": "00"}.items():
            (folder / key).write_text(value + "\n", "utf-8")
        (interface / "bInterfaceClass").write_text(kind + "\n", "utf-8")
        for each in ports:
            (interface / each).mkdir(parents=True)

    def lasting(self, folder: str, name: str, target: str) -> None:
        place = self.root / "dev" / folder / "by-id"
        place.mkdir(parents=True, exist_ok=True)
        (place / name).symlink_to(f"../../{target}")


@pytest.fixture
def kernel(tmp_path: Path) -> Kernel:
    return Kernel(tmp_path)


def test_everything_is_named_and_judged(kernel: Kernel) -> None:
    kernel.device("1-1", "1a86:7523", "USB Serial", "ff", "ttyUSB0")
    kernel.lasting("serial", "usb-1a86_USB_Serial-if00-port0", "ttyUSB0")
    kernel.device("1-2", "0483:5743", "POS80", "07", "usbmisc/lp0")
    kernel.device("1-3", "0416:5011", "POS58", "07")
    kernel.device("1-4", "0400:c35a", "IDR", "ff")
    kernel.device("1-5", "046d:082d", "C920", "0e", "video4linux/video0")
    kernel.device("1-6", "1d6b:0002", "hub", "09")
    kernel.device("1-7", "0c2e:0901", "Scanner", "03")
    kernel.device("1-8", "0bda:0129", "Card box", "08")
    kernel.device("1-9", "076b:3031", "CCID", "0b")
    configs = (DeviceConfig(driver="escpos", address="usb:/dev/usb/lp0"),)
    found = {one.product: one for one in plugged(configs, kernel.root)}
    judged = {product: one.fitness for product, one in found.items()}
    assert judged == {
        "7523": Fitness.USABLE, "5743": Fitness.CONFIGURED, "5011": Fitness.NOT_SUPPORTED,
        "c35a": Fitness.NOT_SUPPORTED, "082d": Fitness.USABLE, "0901": Fitness.USABLE,
        "0129": Fitness.NOT_SUPPORTED, "3031": Fitness.USABLE,
    }  # fmt: skip
    assert found["7523"].ports == ("serial:/dev/serial/by-id/usb-1a86_USB_Serial-if00-port0",)
    assert found["082d"].kinds == (DeviceKind.FACE_CAMERA, DeviceKind.CODE_SCANNER)
    for each in found.values():
        thing, said = each.told()
        assert thing.endswith(f"{each.vendor}:{each.product}") and each.fitness.value in said
        assert each.why or each.fitness is not Fitness.NOT_SUPPORTED
    assert "usblp" in found["5011"].told()[1]


def test_a_machine_without_usb_and_a_torn_entry(tmp_path: Path, kernel: Kernel) -> None:
    assert plugged((), tmp_path / "nowhere") == ()
    kernel.device("2-1", "1234:5678", "gone", "07", "usbmisc/lp1")
    (kernel.devices / "2-1/product").unlink()
    assert plugged((), kernel.root)[0].name == "without a name"
