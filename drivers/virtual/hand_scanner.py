"""Virtual hand scanner on a serial cable (pseudo-terminal) or a TCP port: sends codes with their ending, unasked."""

import asyncio
import random

from .device import BenchError, DeviceSpec, Place, VirtualDevice, verb
from .pty_cable import PtyCable
from .wire import Door, Line, tcp_address

_ENDINGS = {"cr": b"\r", "lf": b"\n", "crlf": b"\r\n", "etx": b"\x03", "none": b""}
_AIM = {"qr": b"]Q1", "code128": b"]C0", "ean13": b"]E0"}
_MOST = 65536  # bytes in one request of a hand


class HandScanner(VirtualDevice):
    """A scanner in a hand. Options: ``baud`` (9600), ``ending`` (cr, lf, crlf, etx, none), ``aim`` (false; true sends
    what kind of code it was in front). Address: ``pty`` or ``tcp:HOST:PORT``."""

    options = frozenset({"baud", "ending", "aim"})

    def __init__(self, spec: DeviceSpec, place: Place) -> None:
        super().__init__(spec, place)
        self._baud = spec.whole("baud", 9600)
        self._ending = spec.text("ending", "cr", tuple(_ENDINGS))
        self._aim = spec.flag("aim", False)
        self._door = None if spec.address == "pty" else Door(*tcp_address(spec.address, spec.name), self._serve)
        self._link = place.folder / f"{place.file_stem(spec.name)}.tty"
        self._cable: PtyCable | None = None
        self._lines: set[Line] = set()
        self._silent = False
        self._cut = self._noisy = self._twice = False
        self._pause = 0.0
        self._noise = random.Random(128)

    async def start(self) -> str:
        """Plug in."""
        await self.plug()
        if self._door:
            return f"tcp:{self._door.host}:{self._door.port}"
        return f"serial:{self._link}?baud={self._baud}"

    async def stop(self) -> None:
        """Unplug."""
        await self.unplug()

    def state(self) -> str:
        """Plugged or not, and whether its trigger works."""
        plugged = self._door.is_open if self._door else self._cable is not None
        return f"{'plugged' if plugged else 'unplugged'}{', silent' if self._silent else ''}"

    @verb
    async def scan(self, text: str, encoding: str = "utf-8", symbology: str = "qr") -> None:
        """Pull the trigger over a code with this text, written in this encoding."""
        try:
            data = text.encode(encoding)
        except (LookupError, UnicodeEncodeError):
            raise BenchError("this text cannot be written in this encoding") from None
        await self._send(data, symbology)

    @verb
    async def scan_bytes(self, hexadecimal: str, symbology: str = "qr") -> None:
        """Pull the trigger over a code that holds these bytes."""
        try:
            data = bytes.fromhex(hexadecimal)
        except ValueError:
            raise BenchError("hexadecimal digits, two for each byte") from None
        await self._send(data, symbology)

    @verb
    async def type_noise(self, count: int = 200) -> None:
        """The line picks something up."""
        if not 0 < count <= _MOST:
            raise BenchError(f"count is 1 to {_MOST}")
        await self._write(self._noise.randbytes(count))

    @verb
    def cut_next(self) -> None:
        """The next code breaks off in the middle."""
        self._cut = True

    @verb
    def noise_before_next(self) -> None:
        """Something stands on the line before the next code, and ends."""
        self._noisy = True

    @verb
    def twice_next(self) -> None:
        """The trigger bounces: the next code is sent twice."""
        self._twice = True

    @verb
    def drip(self, milliseconds: int = 20) -> None:
        """From now on each byte comes so much after the one before; 0 is at once."""
        self._pause = max(0, milliseconds) / 1000

    @verb
    def silence(self) -> None:
        """The trigger does nothing any more."""
        self._silent = True

    @verb
    def speak(self) -> None:
        """Whatever was wrong with the trigger and the line is over."""
        self._silent = self._cut = self._noisy = self._twice = False
        self._pause = 0.0

    @verb
    async def plug(self) -> None:
        """Plug in."""
        if self._door:
            await self._door.open()
        elif self._cable is None:
            self._cable = PtyCable(self._link)

    @verb
    async def unplug(self) -> None:
        """Pull the cable."""
        if self._door:
            await self._door.shut()
        elif self._cable is not None:
            self._cable.pull()
            self._cable = None

    async def _send(self, data: bytes, symbology: str) -> None:
        if symbology not in _AIM:
            raise BenchError(f"symbology is {', '.join(_AIM)}")
        if self._silent:
            return
        ending = _ENDINGS[self._ending]
        framed = (b"\x02" if self._ending == "etx" else b"") + (_AIM[symbology] if self._aim else b"") + data
        if self._noisy:
            await self._write(bytes(each for each in self._noise.randbytes(80) if each > 0x20) + ending)
        times, whole = (2 if self._twice else 1), framed + ending
        if self._cut:
            whole = framed[: max(1, len(framed) // 2)]
        self._cut = self._noisy = self._twice = False
        for _ in range(times):
            await self._write(whole)

    async def _write(self, data: bytes) -> None:
        pieces = [data[at : at + 1] for at in range(len(data))] if self._pause else [data]
        for piece in pieces:
            if self._cable is not None:
                await self._cable.send(piece)
            for line in list(self._lines):
                await line.send(piece)
            if self._pause:
                await asyncio.sleep(self._pause)

    async def _serve(self, line: Line) -> None:
        self._lines.add(line)
        try:
            while await line.read():  # nothing that is sent to a scanner means anything
                pass
        finally:
            self._lines.discard(line)
