"""What the configuration says of a receipt printer."""

from dataclasses import dataclass

from drivers.errors import DriverError
from kiosk.config import DeviceConfig
from kiosk.faults import FaultCode

from .text import ChineseType

_WIDTHS = {"80": 576, "58": 384}


@dataclass(frozen=True, slots=True)
class Settings:
    """Address and kind of the printer. ``width`` in dots."""

    host: str
    port: int
    paper: str
    width: int
    chinese: ChineseType
    cutter: bool


def read(config: DeviceConfig) -> Settings:
    """``address`` is tcp:HOST:PORT; options: ``paper`` 80 or 58 (mm), ``chinese`` gbk, gb18030 or none (what type the
    printer carries), ``cutter`` yes or no. Fault: device-configuration (details: key, allowed)."""
    options = {"paper": "80", "chinese": "gbk", "cutter": "yes", **config.options}
    allowed = {"paper": tuple(_WIDTHS), "chinese": tuple(c.value for c in ChineseType), "cutter": ("yes", "no")}
    for name, value in options.items():
        if name not in allowed:
            raise _wrong(name, ", ".join(allowed))
        if value not in allowed[name]:
            raise _wrong(name, ", ".join(allowed[name]))
    scheme, _, place = config.address.partition(":")
    host, colon, port = place.rpartition(":")
    if scheme != "tcp" or not host or not colon or not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise _wrong("address", "tcp:HOST:PORT")
    paper = options["paper"]
    return Settings(
        host=host.strip("[]"),
        port=int(port),
        paper=paper,
        width=_WIDTHS[paper],
        chinese=ChineseType(options["chinese"]),
        cutter=options["cutter"] == "yes",
    )


def _wrong(key: str, allowed: str) -> DriverError:
    return DriverError(FaultCode.DEVICE_CONFIGURATION, {"key": key, "allowed": allowed})
