"""What is plugged into this machine, and which of it this house can drive: "not supported" is not "not detected".

Read from the kernel's own tables (Linux sysfs), so that a thing is named even when nobody has a driver for it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind


class Fitness(Enum):
    """What this house can make of a thing."""

    CONFIGURED = "in use"  # the configuration names its port
    USABLE = "usable"  # a driver is there; the configuration does not name it
    NOT_SUPPORTED = "not supported"  # it is there, and nothing here drives it


@dataclass(frozen=True, slots=True)
class Plugged:
    """One thing on a USB port. ``ports`` are addresses as the configuration writes them; ``why`` is for a person."""

    vendor: str  # four hex digits
    product: str
    name: str
    ports: tuple[str, ...]
    kinds: tuple[DeviceKind, ...]
    fitness: Fitness
    why: str

    def told(self) -> tuple[str, str]:
        """For the doctor's report: which thing, and what it is good for."""
        good_for = f" as {' or '.join(kind.value for kind in self.kinds)}" if self.kinds else ""
        where = f" at {', '.join(self.ports)}" if self.ports else ""
        why = f" ({self.why})" if self.why else ""
        return f"plugged in {self.vendor}:{self.product}", f"{self.name}: {self.fitness.value}{good_for}{where}{why}"


@dataclass(frozen=True, slots=True)
class _Use:
    """What a class of USB interfaces is good for, and how its port is found below it."""

    kinds: tuple[DeviceKind, ...]
    scheme: str
    ports: tuple[str, ...]  # folders below an interface whose entries are ports
    missing: str  # why it cannot be used when there is no port


_SERIAL = _Use(
    (DeviceKind.ID_CARD_READER, DeviceKind.RECEIPT_PRINTER), "serial", ("tty", "ttyUSB*"),
    "the system made no serial port of it",
)  # fmt: skip
_CAMERAS = (DeviceKind.FACE_CAMERA, DeviceKind.CODE_SCANNER)
_USES: dict[str, _Use] = {
    "02": _SERIAL,
    "ff": _SERIAL,  # bridges of many makers; only a port tells
    "07": _Use(
        (DeviceKind.RECEIPT_PRINTER,),
        "usb",
        ("usbmisc",),
        "the system's driver for USB printers (usblp) is not loaded",
    ),
    "0e": _Use(
        (DeviceKind.FACE_CAMERA, DeviceKind.CODE_SCANNER),
        "camera",
        ("video4linux",),
        "the system made no camera of it",
    ),
    "0b": _Use((DeviceKind.STAFF_CARD_READER, DeviceKind.TAX_DEVICE), "pcsc", (), ""),
}
_KEYBOARD, _HUB = "03", "09"
_UNDRIVEN = {("0400", "c35a"): "an ID-card reader without a serial port: give it one, or another reader"}
_LIST = ("sys", "bus", "usb", "devices")


def plugged(configs: Sequence[DeviceConfig], root: Path = Path("/")) -> tuple[Plugged, ...]:
    """Everything on USB but hubs, in the order of the ports. Nothing is opened and nobody is asked."""
    folder = root.joinpath(*_LIST)
    if not folder.is_dir():
        return ()
    places = {one.address.partition(":")[2].partition("?")[0] for one in configs}
    found = (_look(each, places, root) for each in sorted(folder.iterdir()) if (each / "idVendor").is_file())
    return tuple(one for one in found if one is not None)


def _look(device: Path, places: set[str], root: Path) -> Plugged | None:
    vendor, product = _word(device / "idVendor"), _word(device / "idProduct")
    interfaces = [each for each in sorted(device.glob("*:*")) if (each / "bInterfaceClass").is_file()]
    classes = {_word(each / "bInterfaceClass") for each in interfaces} | {_word(device / "bDeviceClass")}
    if _HUB in classes:
        return None
    name = f"{_word(device / 'manufacturer')} {_word(device / 'product')}".strip() or "without a name"

    def made(fitness: Fitness, why: str, use: _Use | None = None, ports: tuple[str, ...] = ()) -> Plugged:
        return Plugged(vendor, product, name[:80], ports, use.kinds if use else (), fitness, why)

    why = ""
    for interface in interfaces:
        use = _USES.get(_word(interface / "bInterfaceClass"))
        if use is None:
            continue
        ports = tuple(_ports(interface, use, root))
        if not ports and use.ports:
            why = why or use.missing
            continue
        used = any(port.partition(":")[2] in places for port in ports)
        return made(Fitness.CONFIGURED if used else Fitness.USABLE, "", use, ports)
    if (vendor, product) in _UNDRIVEN:
        return made(Fitness.NOT_SUPPORTED, _UNDRIVEN[vendor, product])
    if _KEYBOARD in classes:
        return made(Fitness.USABLE, "types like a keyboard: a scanner of this kind needs no entry")
    return made(Fitness.NOT_SUPPORTED, why or f"nothing here drives devices of class {'/'.join(sorted(classes))}")


def _ports(interface: Path, use: _Use, root: Path) -> Iterator[str]:
    """Addresses of the ports that the system made, by their lasting names where there are such."""
    for pattern in use.ports:
        for folder in sorted(interface.glob(pattern)):
            entries = sorted(folder.iterdir()) if folder.name in ("tty", "usbmisc", "video4linux") else [folder]
            for entry in entries:
                device = f"/dev/usb/{entry.name}" if use.scheme == "usb" else f"/dev/{entry.name}"
                yield f"{use.scheme}:{_lasting(device, root)}"


def _lasting(device: str, root: Path) -> str:
    """The name by which the port will be known tomorrow, too."""
    for folder in ("serial", "v4l"):
        for link in sorted((root / "dev" / folder / "by-id").glob("*")):
            if link.is_symlink() and link.readlink().name == Path(device).name:
                return f"/dev/{folder}/by-id/{link.name}"
    return device


def _word(path: Path) -> str:
    try:
        text = path.read_text("utf-8", "replace")
    except OSError:
        return ""
    return "".join(char for char in text if char.isprintable()).strip()
