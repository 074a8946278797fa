"""Virtual resident-ID reader: the reader's inside on a serial cable (pseudo-terminal) or a TCP port."""

import asyncio
import random
from pathlib import Path
from typing import Protocol

from .cards import load_cards, odd_card
from .device import BenchError, DeviceSpec, Place, VirtualDevice, verb
from .pty_cable import PtyCable
from .sdt_reader import SAM_STATES, STAGES, Phase, SdtBrain, SdtReaderState
from .wire import Door, tcp_address

SPOILINGS = (
    "checksum",
    "too_long",
    "too_short",
    "cut",
    "bytewise",
    "chunks",
    "garbage_before",
    "stray_aa",
    "two_aa",
    "twice",
    "late",
)
_BITS_PER_BYTE = 10  # start bit, eight data bits, stop bit


class Cable(Protocol):
    """What a reader hangs on."""

    async def read(self, most: int = 4096) -> bytes: ...
    async def send(self, data: bytes) -> None: ...


class SdtReader(VirtualDevice):
    """A reader for resident identity cards.

    Options: ``baud`` (115200), ``pace`` (false; true sends as slowly as the baud rate says), ``cards`` (a further
    file of cards), ``think_ms`` (0; how long the reader takes over a card). Address: ``pty`` or ``tcp:HOST:PORT``.
    """

    options = frozenset({"baud", "pace", "cards", "think_ms"})

    def __init__(self, spec: DeviceSpec, place: Place) -> None:
        super().__init__(spec, place)
        extra = spec.text("cards", "")
        self._cards = load_cards(Path(extra) if extra else None)
        self._baud = spec.whole("baud", 115200)
        self._pace = spec.flag("pace", False)
        self._think = spec.whole("think_ms", 0) / 1000
        self._reader = SdtReaderState(baud=self._baud)
        self._door = None if spec.address == "pty" else Door(*tcp_address(spec.address, spec.name), self._serve)
        self._link = place.folder / f"{place.file_stem(spec.name)}.tty"
        self._cable: PtyCable | None = None
        self._serving: asyncio.Task[None] | None = None
        self._late: set[asyncio.Task[None]] = set()
        self._spoil: list[tuple[str, float]] = []
        self._silent = False
        self._drip = 0.0
        self._noise = random.Random(450)  # the same noise in every run

    async def start(self) -> str:
        """Plug in; the address of a pseudo-terminal is its link, which stays the same when it is plugged in again."""
        await self._plug()
        if self._door:
            return f"tcp:{self._door.host}:{self._door.port}"
        return f"serial:{self._link}?baud={self._baud}"

    async def stop(self) -> None:
        """Unplug and let go of answers that were still to come."""
        await self._unplug()
        for task in list(self._late):
            task.cancel()
        await asyncio.gather(*self._late, return_exceptions=True)

    def state(self) -> str:
        """Plugged or not, what lies on the glass, how far the conversation is."""
        plugged = self._door.is_open if self._door else self._cable is not None
        card = self._reader.card.key if self._reader.card else "no card"
        silent = ", silent" if self._silent else ""
        return f"{'plugged' if plugged else 'unplugged'}, {card}, {self._reader.phase.value}{silent}"

    @verb
    def cards(self) -> list[str]:
        """Which cards may be laid down."""
        return sorted(self._cards)

    @verb
    def lay_card(self, card: str) -> None:
        """Lay a card on the glass; one that lies there already is taken away first."""
        if card not in self._cards:
            raise BenchError(f'no card "{card}"; there are: {", ".join(sorted(self._cards))}')
        self.lift_card()
        self._reader.card = self._cards[card]

    @verb
    def lift_card(self) -> None:
        """Take everything off the glass."""
        self._reader.card = self._reader.second = None
        self._reader.lift_after_select = False
        self._reader.phase = Phase.IDLE

    @verb
    def lift_during_read(self, card: str) -> None:
        """Lay a card that will be lifted once between its selection and its reading."""
        self.lay_card(card)
        self._reader.lift_after_select = True

    @verb
    def lay_second_card(self, card: str = "li") -> None:
        """Lay another card beside the first: the reader finds something but can select neither."""
        if card not in self._cards:
            raise BenchError(f'no card "{card}"')
        self._reader.second = self._cards[card]
        self._reader.card = self._reader.card or self._cards[card]
        self._reader.phase = Phase.IDLE

    @verb
    def lift_second_card(self) -> None:
        """Take the second card away again."""
        self._reader.second = None
        self._reader.phase = Phase.IDLE

    @verb
    def wrong_card(self, kind: str = "other") -> None:
        """Lay a card that is no identity card (``other``), or one with an unknown type mark (``unknown_flag``)."""
        card = odd_card(kind)
        self.lift_card()
        self._reader.card = card

    @verb
    def fail_next(self, status: int, at: str = "find", count: int = 1) -> None:
        """Answer the next ``count`` requests of a stage (find, select, read, append) with this status byte."""
        if at not in STAGES.values() or not 0 <= status <= 255:
            raise BenchError("at is find, select, read or append; status is one byte")
        self._reader.fail[at] = [status] * count

    @verb
    def spoil_next(self, how: str, count: int = 1, seconds: float = 2.0) -> None:
        """Damage the next ``count`` answers on their way; ``late`` holds them back for ``seconds``."""
        if how not in SPOILINGS:
            raise BenchError(f"an answer can be spoilt by: {', '.join(SPOILINGS)}")
        self._spoil = [(how, seconds)] * count

    @verb
    def sam(self, state: str) -> None:
        """Set the security module: ok, selftest_failed or unauthorised."""
        if state not in SAM_STATES:
            raise BenchError(f"the security module is one of: {', '.join(SAM_STATES)}")
        self._reader.sam = state

    @verb
    async def garbage(self, bytes: int = 16) -> None:  # noqa: A002  (the word of the control channel)
        """Send that many bytes of noise that nobody asked for."""
        noise = self._noise.randbytes(bytes)
        cables: list[Cable] = list(self._door.lines) if self._door else [self._cable] if self._cable else []
        for cable in cables:
            await cable.send(noise)

    @verb
    def drip(self, ms: int = 2) -> None:
        """Send answers byte by byte, ``ms`` milliseconds apart; 0 ends it."""
        self._drip = ms / 1000

    @verb
    def silence(self) -> None:
        """Hear everything and say nothing."""
        self._silent = True

    @verb
    def speak(self) -> None:
        """Answer again."""
        self._silent = False

    @verb
    async def unplug(self) -> None:
        """Pull the cable."""
        await self._unplug()

    @verb
    async def plug(self) -> None:
        """Plug the cable in again; the reader starts afresh, a card on the glass still lies there."""
        await self._plug()

    async def _plug(self) -> None:
        self._reader.phase, self._reader.baud = Phase.IDLE, self._baud
        if self._door:
            await self._door.open()
        elif not self._cable:
            self._cable = PtyCable(self._link)
            self._serving = asyncio.get_running_loop().create_task(self._serve(self._cable))

    async def _unplug(self) -> None:
        if self._door:
            await self._door.shut()
        if self._cable and self._serving:
            self._cable.pull()
            await self._serving
            self._cable = self._serving = None

    async def _serve(self, cable: Cable) -> None:
        brain = SdtBrain(self._reader, _SAM_ID)
        while data := await cable.read():
            if isinstance(cable, PtyCable) and cable.speed() != self._reader.baud:
                await cable.send(self._noise.randbytes(len(data)))  # two ends that disagree hear noise
                continue
            for stage, frame in brain.take(data):
                self.note("asked", stage=stage, status=frame[9])
                if self._think and stage in ("select", "read"):
                    await asyncio.sleep(self._think)
                if not self._silent:
                    await self._send(cable, frame)

    async def _send(self, cable: Cable, frame: bytes) -> None:
        how, seconds = self._spoil.pop(0) if self._spoil else ("", 0.0)
        if how == "late":
            task = asyncio.get_running_loop().create_task(self._send_late(cable, frame, seconds))
            self._late.add(task)
            task.add_done_callback(self._late.discard)
            return
        step = {"bytewise": 1, "chunks": 64}.get(how, 1 if self._drip else 0)
        await self._send_slowly(cable, self._spoilt(frame, how), step)

    async def _send_late(self, cable: Cable, frame: bytes, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await cable.send(frame)

    async def _send_slowly(self, cable: Cable, data: bytes, step: int) -> None:
        if self._pace and not step:
            step = 64
        if not step:
            await cable.send(data)
            return
        for start in range(0, len(data), step):
            piece = data[start : start + step]
            await cable.send(piece)
            wire = len(piece) * _BITS_PER_BYTE / self._reader.baud if self._pace else 0.0
            await asyncio.sleep(max(wire, self._drip))

    def _spoilt(self, frame: bytes, how: str) -> bytes:
        length = int.from_bytes(frame[5:7], "big")
        match how:
            case "checksum":
                return frame[:-1] + bytes([frame[-1] ^ 0x5A])
            case "too_long":
                return frame[:5] + (length + 5).to_bytes(2, "big") + frame[7:]
            case "too_short":
                return frame[:5] + (length - 1).to_bytes(2, "big") + frame[7:]
            case "cut":
                return frame[: len(frame) * 2 // 3]
            case "garbage_before":
                return self._noise.randbytes(20) + frame
            case "stray_aa":
                return b"\xaa\xaa" + frame
            case "two_aa":
                return frame[1:]
            case "twice":
                return frame + frame
        return frame


# Module id of an invented reader, little-endian: 05.03-20200101-0000004711-0000000450
_SAM_ID = b"".join(
    (
        (5).to_bytes(2, "little"),
        (3).to_bytes(2, "little"),
        (20200101).to_bytes(4, "little"),
        (4711).to_bytes(4, "little"),
        (450).to_bytes(4, "little"),
    )
)
