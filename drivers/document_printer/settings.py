"""What the configuration says of a document printer."""

import enum
import re
from dataclasses import dataclass

from kiosk.config import DeviceConfig

from .link import Place, place, wrong

_MOST_COPIES = 5
_TRAY = re.compile(r"[a-z0-9][a-z0-9.-]{0,62}")


class Sides(enum.Enum):
    """IPP's keywords; the value is the word in the configuration, too."""

    ONE = "one-sided"
    TWO_LONG = "two-sided-long-edge"
    TWO_SHORT = "two-sided-short-edge"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where it is and how it prints. ``tray`` empty: as the printer chooses."""

    place: Place
    copies: int
    sides: Sides
    tray: str


def read(config: DeviceConfig) -> Settings:
    """``address`` is ipp://HOST:PORT/ipp/print, or /printers/QUEUE of a print service; options: ``copies`` 1 to 5,
    ``sides`` one-sided, two-sided-long-edge or two-sided-short-edge, ``tray`` as the printer calls it (tray-1, main,
    manual). Fault: device-configuration (details: key, allowed)."""
    options = {"copies": "1", "sides": Sides.ONE.value, "tray": "", **config.options}
    for key in options:
        if key not in ("copies", "sides", "tray"):
            raise wrong(key, "copies, sides, tray")
    if options["copies"] not in {str(number) for number in range(1, _MOST_COPIES + 1)}:
        raise wrong("copies", f"1 to {_MOST_COPIES}")
    if options["sides"] not in {one.value for one in Sides}:
        raise wrong("sides", ", ".join(one.value for one in Sides))
    if options["tray"] and not _TRAY.fullmatch(options["tray"]):
        raise wrong("tray", "a keyword of the printer, like tray-1")
    return Settings(place(config.address), int(options["copies"]), Sides(options["sides"]), options["tray"])
