"""The works of a receipt printer on a TCP port: takes ESC/POS, answers status, leaves every receipt as a picture."""

import asyncio
import re
from pathlib import Path

from .device import DeviceSpec, Place, VirtualDevice
from .escpos_commands import CommandStream
from .escpos_glyphs import Dots, font
from .escpos_interpreter import Interpreter, Machine
from .escpos_paper import Paper, save
from .escpos_status import PrinterHealth, identity, in_order, pushed, pushed_parts, real_time
from .serial_door import SerialDoor
from .wire import Door, Line, tcp_address

WIDTHS = {"80": 576, "58": 384}  # dots
_REAL_TIME = re.compile(rb"\x10[\x04\x05][\x00-\xff]")
_BEGUN = re.compile(rb"\x10[\x04\x05]?\Z")  # a real-time command whose end is still on its way
_BITS_PER_BYTE = 10  # start bit, eight data bits, stop bit
_SMALL = 4096  # bytes of receive buffer, so that a printer that stalls is felt soon


class PrinterMachine(VirtualDevice):
    """A receipt printer that nobody touches; the hands are in escpos.py."""

    def __init__(self, spec: DeviceSpec, place: Place) -> None:
        super().__init__(spec, place)
        self._width = WIDTHS[spec.text("paper", "80", tuple(WIDTHS))]
        self._cutter = spec.flag("cutter", self._width == WIDTHS["80"])
        long_codes = spec.text("rom", "gb18030", ("gb18030", "gbk")) == "gb18030"
        self._baud = spec.whole("baud", 0)
        self._door: Door | SerialDoor
        if spec.address == "pty":
            self._door = SerialDoor(place.folder / f"{place.file_stem(spec.name)}.tty", self._serve)
        else:
            self._door = Door(*tcp_address(spec.address, spec.name), self._serve, receive_buffer=_SMALL, limit=_SMALL)
        self._health = PrinterHealth()
        self._stream = CommandStream(long_codes=long_codes)
        machine = Machine(self._cut, self._initialised, self._drawer, self._answer, self._unknown, self._set_chinese)
        self._interpreter = Interpreter(Paper(self._width), machine, long_codes=long_codes)
        self._pushing: dict[Line, tuple[int, tuple[object, ...]]] = {}
        self._speaker: Line | None = None  # whose bytes are being obeyed
        self._replies = bytearray()
        self._receipts: list[Path] = []
        self._unknowns: list[str] = []
        self._mute = False
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._tail = b""
        self._replaying = False
        self._life: int | None = None
        self._paper_left: int | None = None
        self._jam_at_cut = False

    async def start(self) -> str:
        """Switch on."""
        font(24)  # a missing font is said at once, not in the middle of a receipt
        await self._door.open()
        if isinstance(self._door, SerialDoor):
            return f"serial:{self._door.link}?baud={self._baud or 115200}"
        return f"tcp:{self._door.host}:{self._door.port}"

    async def stop(self) -> None:
        """Switch off."""
        await self._door.shut()

    def state(self) -> str:
        """Power, paper and troubles."""
        if not self._door.is_open:
            return "off"
        ways = (", mute" if self._mute else "") + ("" if self._flowing.is_set() else ", stalled")
        return f"on, {self._health.words()}{ways}, {len(self._receipts)} receipts"

    async def _serve(self, line: Line) -> None:
        try:
            while True:
                await self._flowing.wait()
                data = await line.read(_SMALL)
                if not data:
                    return
                if self._baud:
                    await asyncio.sleep(len(data) * _BITS_PER_BYTE / self._baud)
                dying = self._life is not None and len(data) >= self._life
                if self._life is not None:
                    data = data[: self._life]
                    self._life -= len(data)
                await self._take(line, data)
                if dying:
                    await self._power_off()
                    return
        finally:
            self._pushing.pop(line, None)
            if not self._health.halted:
                self._stream.clear()  # the network card tells the printer that the sender has gone

    async def _take(self, line: Line, data: bytes) -> None:
        self._speaker = line
        waiting = self._health.halted
        self._stream.feed(data)
        if not waiting:
            self._print()
        if self._health.halted:  # offline: only real-time commands are heard, the rest waits
            self._hear(self._tail + data if waiting else self._stream.rest())
        self._speaker = None
        await self._flush(line)
        await self._push()

    def _hear(self, data: bytes) -> None:
        for command in _REAL_TIME.findall(data):
            self._answer("DLE EOT" if command[1] == 4 else "DLE ENQ", command[2:])
        begun = _BEGUN.search(data)
        self._tail = begun.group() if begun else b""

    def _print(self) -> None:
        if self._health.halted:
            return
        for piece in self._stream.pieces():
            self._interpreter.obey(piece)
            if self._paper_left is not None:
                self._paper_left -= len(getattr(piece, "data", b"")) + 1
                if self._paper_left <= 0:
                    self._paper_left, self._health.paper = None, "out"
            if self._health.halted:
                return

    async def _flush(self, line: Line) -> None:
        replies, self._replies = bytes(self._replies), bytearray()
        if replies and not self._mute:
            await line.send(replies)

    async def _change(self, **troubles: bool | str) -> None:
        for name, value in troubles.items():
            setattr(self._health, name, value)
        self._replaying = True  # real-time commands in what waited were answered when they came
        self._print()
        self._replaying = False
        for line in self._door.lines:  # answers to what waited go to whoever is still there
            await self._flush(line)
        await self._push()

    async def _push(self) -> None:
        for line, (mask, known) in list(self._pushing.items()):
            parts = pushed_parts(self._health, mask)
            if parts != known:
                self._pushing[line] = (mask, parts)
                if not self._mute:
                    await line.send(pushed(self._health))

    def _answer(self, code: str, data: bytes) -> None:
        n = data[0] if data else 0
        match code:
            case "DLE EOT" | "DLE ENQ" if self._replaying:
                pass
            case "DLE EOT":
                self._replies += real_time(self._health, n)
            case "DLE ENQ":
                if n == 2:
                    self._stream.clear()
            case "GS r":
                self._replies += in_order(self._health, n)
            case "GS I":
                self._replies += identity(n)
            case "GS ( H":
                self._replies += b"\x37\x22" + data + b"\x00"
            case "GS a" if self._speaker:
                if n:
                    self._pushing[self._speaker] = (n, pushed_parts(self._health, n))
                    self._replies += pushed(self._health)
                else:
                    self._pushing.pop(self._speaker, None)

    def _cut(self) -> None:
        if not self._cutter:
            self.note("cut without a cutter")
        elif self._jam_at_cut:
            self._jam_at_cut, self._health.cutter_jammed = False, True
        else:
            self._keep(self._interpreter.paper.cut())

    def _keep(self, piece: Dots) -> None:
        if piece.any():  # a blank piece falls into the bin
            stem = self.place.file_stem(self.name)
            path = self.place.folder / f"{stem}-{len(self._receipts) + 1:04d}.png"
            save(piece, path)
            self._receipts.append(path)
            self.note("receipt", number=len(self._receipts), dots=len(piece))

    def _tear(self) -> None:
        if self._interpreter.paper.printed:
            self._keep(self._interpreter.paper.tear())

    def _initialised(self) -> None:
        if not self._cutter:
            self._tear()

    def _drawer(self) -> None:
        self.note("drawer")

    def _set_chinese(self, on: bool) -> None:
        self._stream.chinese = on

    def _unknown(self, data: bytes) -> None:
        self._unknowns.append(data[:8].hex(" "))
        self.note("unknown", bytes=data[:8].hex(" "))

    async def _power_off(self) -> None:
        self._stream.clear()
        self._interpreter.reset()
        await self._door.shut()
