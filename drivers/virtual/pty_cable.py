"""A serial cable without hardware: a pseudo-terminal behind a link whose name outlives unplugging."""

import asyncio
import contextlib
import os
import pty
import termios
import tty
from pathlib import Path

_SPEEDS = {getattr(termios, f"B{rate}"): rate for rate in (9600, 19200, 38400, 57600, 115200)}


class PtyCable:
    """One plugged-in pseudo-terminal. Reads and writes never block the bench.

    The slave stays open here too, or the kernel would report an error between two openers. Bytes that nobody takes
    are lost once the kernel's buffer is full, as on a real cable.
    """

    def __init__(self, link: Path) -> None:
        self._link = link
        self._master, self._slave = pty.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        self._arrived = asyncio.Event()
        self._open = True
        asyncio.get_running_loop().add_reader(self._master, self._arrived.set)
        draft = link.with_name(f".{link.name}.{os.getpid()}")
        draft.unlink(missing_ok=True)
        draft.symlink_to(os.ttyname(self._slave))
        draft.replace(link)

    def speed(self) -> int:
        """The baud rate to which the other side has set its end; 0 when it is none of the usual ones."""
        return _SPEEDS.get(termios.tcgetattr(self._master)[5], 0)

    async def read(self, most: int = 4096) -> bytes:
        """What arrived; empty when the cable has been pulled."""
        while self._open:
            self._arrived.clear()
            with contextlib.suppress(BlockingIOError):
                return os.read(self._master, most)
            await self._arrived.wait()
        return b""

    async def send(self, data: bytes) -> None:
        """Put bytes on the cable."""
        if self._open:
            with contextlib.suppress(BlockingIOError):
                os.write(self._master, data)

    def pull(self) -> None:
        """Unplug: whoever has the port open sees it hang up, and its name is gone."""
        if self._open:
            self._open = False
            asyncio.get_running_loop().remove_reader(self._master)
            os.close(self._master)
            os.close(self._slave)
            self._link.unlink(missing_ok=True)
            self._arrived.set()
