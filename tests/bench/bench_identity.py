"""What our drivers add to the wire's own time: an identity card read, and one exchange with a chip card.

python -m tests.bench.bench_identity [ROUNDS]

Card: the driver's ``read`` on a serial line against the same questions sent by pyserial alone, byte for byte and in
the same order, and against what these bytes take at 115200 baud. Exchange: ``CardLink.transmit`` against pyscard's
``SCardTransmit`` on the same card, turn by turn in one run. The devices at the other end are virtual and equally
slow for both.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import serial
from smartcard import scard

from drivers.id_card_reader.driver import SdtIdCardReader
from drivers.smart_card.apdu import select as select_application
from drivers.smart_card.link import CardLink
from drivers.smart_card.pcsc import Context
from drivers.smart_card.whose import SOCIAL_APPLICATION
from tests.drivers.conftest import Hall

READER, SLOT, SERVICE = "kiosk.id_card_reader", "window.social_card_reader", "pcscd"
BAUD, BITS = 115200, 10
PREAMBLE = b"\xaa\xaa\xaa\x96\x69"
QUESTIONS = tuple(
    PREAMBLE + bytes.fromhex(body) for body in ("0003200122", "0003200221", "0003300132", "0003300330")
)  # find, select, read, newest address
MARGIN = 3  # times as long as the bare wire is too long


@contextmanager
def _bare(path: str) -> Iterator[Callable[[], tuple[float, int]]]:
    """The same reading without us: seconds, and bytes both ways."""
    line = serial.Serial(path, BAUD, timeout=10)

    def answer() -> int:
        head = line.read(7)
        assert len(head) == 7, "the reader does not answer"
        return 7 + len(line.read(int.from_bytes(head[5:7], "big")))

    def read() -> tuple[float, int]:
        begin, size = time.perf_counter(), 0
        for question in QUESTIONS:
            line.write(question)
            size += len(question) + answer()
        return time.perf_counter() - begin, size

    try:
        yield read
    finally:
        line.close()


def card(rounds: int, folder: Path) -> bool:
    """One reading."""
    with Hall(folder, {READER: {"kind": "sdt", "address": "pty"}}, {}, {}) as hall:
        path = hall.addresses[READER].removeprefix("serial:").partition("?")[0]
        alone: list[float] = []
        ours: list[float] = []
        size = 0
        driver = SdtIdCardReader(hall.config(READER, "sdt"))
        for _ in range(rounds):
            hall.hand(READER, "lay_card", card="wang")
            with _bare(path) as read:
                seconds, size = read()
            alone.append(seconds)
            hall.hand(READER, "lift_card")
            driver.open()
            hall.hand(READER, "lay_card", card="wang")
            begin = time.perf_counter()
            driver.read(10)
            ours.append(time.perf_counter() - begin)
            driver.close()
            hall.hand(READER, "lift_card")
    wire = size * BITS / BAUD
    bare, mine = statistics.median(alone), statistics.median(ours)
    print(f"card over the line alone   {bare * 1000:7.2f} ms ({size} bytes: {wire * 1000:.0f} ms at {BAUD})")
    print(f"card by the driver         {mine * 1000:7.2f} ms: {(mine - bare) * 1000:+.2f} ms")
    print(f"driver on a real line      {(wire + mine - bare) / wire:7.2f} of the wire's own time")
    return mine - bare <= MARGIN * wire


def exchange(rounds: int, folder: Path) -> bool:
    """One command and its answer."""
    devices = {
        SLOT: {"kind": "smartcard", "address": "pcsc:Virtual PCD 00 00"},
        SERVICE: {"kind": "pcscd", "address": "pcscd:"},
    }
    apdu = select_application(SOCIAL_APPLICATION)
    with Hall(folder, devices, {}, {}) as hall:
        hall.hand(SLOT, "insert", card="social:wang")
        name = "Virtual PCD 00 00"
        alone: list[float] = []
        ours: list[float] = []
        for turn in range(rounds):
            if turn % 2:
                _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
                code, handle, protocol = scard.SCardConnect(
                    context, name, scard.SCARD_SHARE_EXCLUSIVE, scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
                )
                assert code == 0, scard.SCardGetErrorMessage(code)
                alone += _times(lambda h=handle, p=protocol: scard.SCardTransmit(h, p, list(apdu)))  # type: ignore[misc]
                scard.SCardDisconnect(handle, scard.SCARD_LEAVE_CARD)
                scard.SCardReleaseContext(context)
            else:
                made = Context()
                with CardLink(made, name) as link:
                    ours += _times(lambda one=link: one.transmit(apdu))  # type: ignore[misc]
    bare, mine = statistics.median(alone), statistics.median(ours)
    print(f"exchange by bare pyscard   {bare * 1e6:7.0f} µs")
    print(f"exchange by our link       {mine * 1e6:7.0f} µs, ratio {mine / bare:.2f}")
    return mine <= MARGIN * bare


def _times(call: Callable[[], object]) -> list[float]:
    found = []
    for _ in range(50):
        begin = time.perf_counter()
        call()
        found.append(time.perf_counter() - begin)
    return found


def main() -> int:
    """Print all figures; 1 when ours is out of all proportion."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as folder:
        good = card(rounds, Path(folder) / "line")
        good &= exchange(rounds, Path(folder) / "chip")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
