"""What the configuration says of a receipt printer."""

import enum
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

from drivers.errors import DriverError
from kiosk.config import DeviceConfig
from kiosk.faults import FaultCode

from .text import ChineseType

WIDTHS = {"80": 576, "58": 384}
_BAUD_RATES = ("9600", "19200", "38400", "57600", "115200")
_BITS_PER_BYTE = 10  # start bit, eight data bits, stop bit
_QUEUE = re.compile(r"[A-Za-z0-9_.-]{1,127}")
_SERVER = re.compile(r"[A-Za-z0-9_.:\[\]-]{1,120}")
_ADDRESS = "tcp:HOST:PORT, serial:PORT?baud=19200&flow=none, usb:/dev/usb/lp0, cups:QUEUE"


class Wire(enum.Enum):
    """How bytes reach the printer; the value is the beginning of its address."""

    TCP = "tcp"
    SERIAL = "serial"
    USB = "usb"  # the system's own driver for USB printers (Linux: usblp)
    CUPS = "cups"  # a raw queue of the print service: takes bytes, tells nothing of the printer


class Flow(enum.Enum):
    """Who says on a serial line that the printer's memory is full."""

    NONE = "none"
    XONXOFF = "xonxoff"
    RTSCTS = "rtscts"
    DSRDTR = "dsrdtr"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the printer is. ``path`` is the port, or the name of a queue; ``server`` the print service, empty for the
    one of this machine."""

    wire: Wire
    host: str = ""
    port: int = 0
    path: str = ""
    server: str = ""
    baud: int = 9600
    flow: Flow = Flow.NONE

    @property
    def pace(self) -> float:
        """Bytes a second that the wire carries at most; without end where it is faster than any printer."""
        return self.baud / _BITS_PER_BYTE if self.wire is Wire.SERIAL else float("inf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where and what the printer is. ``width`` in dots; ``status``: it answers questions."""

    place: Place
    paper: str
    width: int
    chinese: ChineseType
    cutter: bool
    status: bool


def read(config: DeviceConfig) -> Settings:
    """Options: ``paper`` 80 or 58 (mm), ``chinese`` gbk, gb18030 or none (what type the printer carries), ``cutter``
    yes or no, ``status`` yes or no (no: it never answers; each job is then for a person to confirm, as always with
    cups:). Fault: device-configuration (details: key, allowed)."""
    place = _address(config.address)
    queue = place.wire is Wire.CUPS
    options = {"paper": "80", "chinese": "gbk", "cutter": "yes", **config.options}
    options.setdefault("status", "no" if queue else "yes")
    yes_no = ("yes", "no")
    allowed = {
        "paper": tuple(WIDTHS), "chinese": tuple(c.value for c in ChineseType), "cutter": yes_no,
        "status": ("no",) if queue else yes_no,
    }  # fmt: skip
    for name, value in options.items():
        if name not in allowed:
            raise _wrong(name, ", ".join(allowed))
        if value not in allowed[name]:
            raise _wrong(name, ", ".join(allowed[name]))
    paper = options["paper"]
    return Settings(
        place=place,
        paper=paper,
        width=WIDTHS[paper],
        chinese=ChineseType(options["chinese"]),
        cutter=options["cutter"] == "yes",
        status=options["status"] == "yes",
    )


def _address(address: str) -> Place:
    scheme, _, where = address.partition(":")
    path, _, query = where.partition("?")
    asked = dict(parse_qsl(query, keep_blank_values=True))
    if scheme == Wire.TCP.value:
        host, colon, port = where.rpartition(":")
        if host and colon and port.isascii() and port.isdigit() and 0 < int(port) < 65536:
            return Place(wire=Wire.TCP, host=host.strip("[]"), port=int(port))
    elif scheme == Wire.SERIAL.value and path and not set(asked) - {"baud", "flow"}:
        baud, flow = asked.get("baud", "9600"), asked.get("flow", "none")
        if baud in _BAUD_RATES and flow in {one.value for one in Flow}:
            return Place(wire=Wire.SERIAL, path=path, baud=int(baud), flow=Flow(flow))
    elif scheme == Wire.USB.value and path.startswith("/") and not asked:
        return Place(wire=Wire.USB, path=path)
    elif scheme == Wire.CUPS.value and _QUEUE.fullmatch(path) and not set(asked) - {"server"}:
        server = asked.get("server", "")
        if not server or _SERVER.fullmatch(server):
            return Place(wire=Wire.CUPS, path=path, server=server)
    raise _wrong("address", _ADDRESS)


def _wrong(key: str, allowed: str) -> DriverError:
    return DriverError(FaultCode.DEVICE_CONFIGURATION, {"key": key, "allowed": allowed})
