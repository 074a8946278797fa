"""What a receipt printer says about itself: real-time status, pushed status (ASB), status in order, identity."""

from dataclasses import dataclass

ASB_ONLINE, ASB_ERROR, ASB_PAPER = 2, 4, 8
IDENTITY = {65: b"1.00", 66: b"EXAMPLE", 67: b"VR-80", 68: b"V000001", 69: b"GB18030"}


@dataclass(slots=True)
class PrinterHealth:
    """What hands have done to the printer."""

    paper: str = "full"  # full | low | out
    cover_open: bool = False
    cutter_jammed: bool = False
    overheated: bool = False
    broken: bool = False

    @property
    def error(self) -> bool:
        """Whether the printer reports an error."""
        return self.cutter_jammed or self.overheated or self.broken

    @property
    def halted(self) -> bool:
        """Whether the printer is offline: it keeps what it receives and prints nothing."""
        return self.paper == "out" or self.cover_open or self.error

    def words(self) -> str:
        """For the list of the bench."""
        troubles = {
            "cover open": self.cover_open,
            "cutter jammed": self.cutter_jammed,
            "overheated": self.overheated,
            "broken": self.broken,
        }
        return ", ".join([f"paper {self.paper}", *(word for word, holds in troubles.items() if holds)])


def real_time(health: PrinterHealth, which: int) -> bytes:
    """The byte of ``DLE EOT n``; nothing for an n that there is not."""
    low, out = health.paper != "full", health.paper == "out"
    match which:
        case 1:
            bits = 0x04 | (0x08 if health.halted else 0)  # the drawer's pin 3 is high: no drawer open
        case 2:
            bits = (0x04 if health.cover_open else 0) | (0x20 if out else 0) | (0x40 if health.error else 0)
        case 3:
            bits = (0x08 if health.cutter_jammed else 0) | (0x20 if health.broken else 0)
            bits |= 0x40 if health.overheated else 0
        case 4:
            bits = (0x0C if low else 0) | (0x60 if out else 0)
        case _:
            return b""
    return bytes([0x12 | bits])


def pushed(health: PrinterHealth) -> bytes:
    """The four bytes of automatic status back."""
    low, out = health.paper != "full", health.paper == "out"
    first = 0x10 | 0x04 | (0x08 if health.halted else 0) | (0x20 if health.cover_open else 0)
    second = (0x08 if health.cutter_jammed else 0) | (0x20 if health.broken else 0)
    second |= 0x40 if health.overheated else 0
    third = (0x03 if low else 0) | (0x0C if out else 0)
    return bytes([first, second, third, 0x00])


def pushed_parts(health: PrinterHealth, mask: int) -> tuple[object, ...]:
    """The parts of the status whose change is pushed under this mask of ``GS a``."""
    parts: list[object] = []
    if mask & ASB_ONLINE:
        parts.append((health.halted, health.cover_open))
    if mask & ASB_ERROR:
        parts.append((health.cutter_jammed, health.broken, health.overheated))
    if mask & ASB_PAPER:
        parts.append(health.paper)
    return tuple(parts)


def in_order(health: PrinterHealth, which: int) -> bytes:
    """The byte of ``GS r n``."""
    if which in (1, 49):
        return bytes([{"full": 0x00, "low": 0x03, "out": 0x0F}[health.paper]])
    return b"\x01" if which in (2, 50) else b""


def identity(which: int) -> bytes:
    """The answer of ``GS I n``."""
    if which in IDENTITY:
        return b"_" + IDENTITY[which] + b"\x00"
    if which in (2, 50):
        return b"\x03"  # two-byte characters, automatic cutter
    return b"\x20" if which in (1, 49, 3, 51) else b""
