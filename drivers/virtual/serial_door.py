"""A pseudo-terminal as a door: the one line of a device with a serial port, pulled out and plugged in by name."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from .pty_cable import PtyCable
from .wire import Line


class SerialLine(Line):
    """The cable while it is plugged in."""

    def __init__(self, cable: PtyCable) -> None:
        self._cable = cable

    async def read(self, most: int = 4096) -> bytes:
        """What arrived; empty when the cable has been pulled."""
        return await self._cable.read(most)

    async def send(self, data: bytes) -> None:
        """Put bytes on the cable."""
        await self._cable.send(data)

    def reset(self) -> None:
        """Pull the cable."""
        self._cable.pull()


class SerialDoor:
    """Like a ``Door`` of the network, with at most one line."""

    def __init__(self, link: Path, serve: Callable[[Line], Awaitable[None]]) -> None:
        self.link = link
        self._serve = serve
        self._line: SerialLine | None = None
        self._serving: asyncio.Task[None] | None = None

    @property
    def is_open(self) -> bool:
        """Whether the cable is plugged in."""
        return self._line is not None

    @property
    def lines(self) -> list[Line]:
        """The line, if there is one."""
        return [self._line] if self._line else []

    async def open(self) -> None:
        """Plug in."""
        if self._line is None:
            self._line = SerialLine(PtyCable(self.link))
            self._serving = asyncio.get_running_loop().create_task(self._run(self._line))

    async def shut(self) -> None:
        """Pull out; the device itself may do so while it serves."""
        line, self._line = self._line, None
        serving, self._serving = self._serving, None
        if line:
            line.reset()
        if serving and serving is not asyncio.current_task():
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)

    async def _run(self, line: SerialLine) -> None:
        await self._serve(line)
