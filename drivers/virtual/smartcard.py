"""Virtual smart cards in the readers of the real service: a slot that cards are put into and pulled out of.

The service's virtual reader listens on a TCP port; a connected client is an inserted card. Each message has two bytes
of length; one byte alone is the reader's control (power, reset, ATR), anything longer a command APDU.
"""

import asyncio
import contextlib
import re
import socket

from .chip_cards import ChipCard, Drawer, SocialCard, StaffCard
from .device import BenchError, DeviceSpec, Place, VirtualDevice, verb
from .pcscd import READER_NAME, SECOND_NAME, CardService

_POWER_OFF, _POWER_ON, _RESET, _GET_ATR = 0, 1, 2, 4
_SEEN_PATIENCE = 3.0  # seconds to wait until the service has powered an inserted card; it looks every 0.4 s
_RETRY = 0.1  # seconds between attempts to reach a reader whose service is not there
_FEW_READERS = "the machine's own card service has two readers and no more"
_NO_DELAY = getattr(socket, "TCP_QUICKACK", None)


class CardSlot(VirtualDevice):
    """One reader slot. Address: ``pcsc:Virtual PCD 00 00`` (first slot) or ``pcsc:Virtual PCD 00 01`` (second); where
    the bench starts the service itself also ``pcsc:Virtual Reader 00 00`` and ``… 00 01``."""

    def __init__(self, spec: DeviceSpec, place: Place, service: CardService, drawer: Drawer) -> None:
        super().__init__(spec, place)
        match = re.fullmatch(rf"pcsc:({READER_NAME}|{SECOND_NAME})(?: 00 0([01]))?", spec.address)
        if not match:
            raise BenchError(f'device "{spec.name}": address must be "pcsc:{READER_NAME} 00 00" or "… 00 01"')
        second = match[1] == SECOND_NAME
        self._slot = 2 * second + int(match[2] or 0)
        self._address = f"pcsc:{match[1]} 00 0{self._slot % 2}"
        self._service = service
        service.used = True
        service.readers = max(service.readers, 1 + second)
        self._drawer = drawer
        self._card: ChipCard | None = None
        self._key = ""
        self._playing: asyncio.Task[None] | None = None
        self._seen = asyncio.Event()
        self._cut = b""
        self._nap: tuple[bytes, float] | None = None

    async def start(self) -> str:
        """Make sure that the service runs; the slot is empty at first. No address: the service has no such reader."""
        await self._service.ensure()
        return self._address if self._is_there() else ""

    async def stop(self) -> None:
        """Pull the card out."""
        await self._pull()

    def state(self) -> str:
        """Which card is in, or why there is no service."""
        if self._service.problem:
            return f"absent: {self._service.problem}"
        if not self._is_there():
            return f"absent: {_FEW_READERS}"
        seen = "" if not self._card or self._seen.is_set() else ", not seen yet"
        return (self._key or "empty") + seen

    @verb
    async def insert(self, card: str) -> None:
        """Put a card in and wait until the service has powered it; one that is in is pulled out first."""
        if self._service.problem or not self._is_there():
            raise BenchError(self._service.problem or _FEW_READERS)
        taken = self._drawer.take(card)
        await self._pull()
        self._card, self._key = taken, card
        self._playing = asyncio.get_running_loop().create_task(self._play(taken))
        with contextlib.suppress(TimeoutError):  # without a service the card is simply in
            await asyncio.wait_for(self._seen.wait(), _SEEN_PATIENCE)

    @verb
    async def remove(self) -> None:
        """Pull the card out."""
        await self._pull()

    @verb
    def write_tax_device(self, number: str, uscc: str = "", holder: str = "", status: str = "issued") -> None:
        """What the tax office's own software writes on a device, whether it is in a slot or not."""
        self._drawer.write(number, uscc, holder, status)

    @verb
    def spoil_record(self, card: str, sfi: int, record: int, value: str) -> None:
        """Let a record of a social-security card hold something else (hexadecimal)."""
        taken = self._drawer.take(card)
        if not isinstance(taken, SocialCard):
            raise BenchError("only social-security cards have records")
        taken.spoil(sfi, record, _prefix(value))

    @verb
    def lock_pin(self, card: str = "") -> None:
        """Use up the PIN tries of a staff card (the one that is in, unless another is named)."""
        self._staff_card(card).tries = 0

    @verb
    def unlock_pin(self, card: str = "") -> None:
        """Give a staff card its PIN tries back."""
        self._staff_card(card).tries = 3

    @verb
    def cut_at(self, apdu: str) -> None:
        """Pull the card out when the next command beginning with these bytes (hexadecimal) arrives."""
        self._cut = _prefix(apdu)

    @verb
    def sleep(self, ms: int, apdu: str = "") -> None:
        """Let the card think that long over the next command (beginning with these bytes)."""
        self._nap = (_prefix(apdu), ms / 1000)

    def _staff_card(self, key: str) -> StaffCard:
        card = self._drawer.take(key) if key else self._card
        if not isinstance(card, StaffCard):
            raise BenchError("no staff card is in, and none is named")
        return card

    def _is_there(self) -> bool:
        return bool(self._service.problem) or self._slot < len(self._service.ports)

    async def _pull(self) -> None:
        task, self._playing = self._playing, None
        if task and task is not asyncio.current_task():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        self._card, self._key, self._cut, self._nap = None, "", b"", None
        self._seen.clear()

    async def _play(self, card: ChipCard) -> None:
        """Stay in the reader, through restarts of the service, until pulled out."""
        port = self._service.ports[self._slot]
        while self._card is card:
            with contextlib.suppress(OSError), socket.socket() as link:
                link.setblocking(False)
                await asyncio.get_running_loop().sock_connect(link, ("127.0.0.1", port))
                card.power()
                await self._talk(link, card)
            self._seen.clear()
            if self._card is card:
                await asyncio.sleep(_RETRY)

    async def _talk(self, link: socket.socket, card: ChipCard) -> None:
        loop = asyncio.get_running_loop()
        while True:
            length = int.from_bytes(await _exactly(link, 2), "big")
            message = await _exactly(link, length)
            if length > 1:
                if self._cut and message.startswith(self._cut):
                    self.note("cut", ins=message[1])
                    await self._pull()
                    return
                if self._nap and message.startswith(self._nap[0]):
                    (_, seconds), self._nap = self._nap, None
                    await asyncio.sleep(seconds)
                answer = card.obey(message)
                self.note("apdu", ins=message[1], sw=answer[-2:].hex())
            elif message and message[0] == _GET_ATR:
                answer = card.atr
                self._seen.set()
            else:
                if message and message[0] in (_POWER_OFF, _POWER_ON, _RESET):
                    card.power()
                continue
            await loop.sock_sendall(link, len(answer).to_bytes(2, "big") + answer)


async def _exactly(link: socket.socket, count: int) -> bytes:
    """Receive so many bytes. The reader writes length and payload apart; late acknowledging would cost 40 ms each."""
    data = b""
    while len(data) < count:
        if _NO_DELAY is not None:
            link.setsockopt(socket.IPPROTO_TCP, _NO_DELAY, 1)
        piece = await asyncio.get_running_loop().sock_recv(link, count - len(data))
        if not piece:
            raise ConnectionResetError
        data += piece
    return data


def _prefix(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise BenchError("the bytes of a command are hexadecimal") from None
