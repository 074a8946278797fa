"""TCP as a cable: a listening socket that can be pulled out, plugged in again at the same port, and reset."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import Awaitable, Callable

from .device import BenchError

Serve = Callable[["Line"], Awaitable[None]]
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER on, zero seconds: closing sends RST instead of FIN


class Line:
    """One accepted connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def read(self, most: int = 4096) -> bytes:
        """What arrived; empty when the other side has gone."""
        try:
            return await self.reader.read(most)
        except OSError:
            return b""

    async def send(self, data: bytes) -> None:
        """Write to the other side; a gone one is no matter to a device."""
        with contextlib.suppress(OSError):
            self.writer.write(data)
            await self.writer.drain()

    def reset(self) -> None:
        """Cut the connection so that the other side gets a reset, as when a device loses power."""
        raw = self.writer.get_extra_info("socket")
        with contextlib.suppress(OSError):
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        self.writer.transport.abort()


class Door:
    """A port of a device. Closed doors refuse; the port number stays the device's own while it is unplugged."""

    def __init__(self, host: str, port: int, serve: Serve, *, receive_buffer: int = 0, limit: int = 65536) -> None:
        self._host, self._port, self._serve = host, port, serve
        self._receive_buffer = receive_buffer
        self._limit = limit
        self._server: asyncio.Server | None = None
        self._lines: dict[Line, asyncio.Task[None]] = {}

    @property
    def host(self) -> str:
        """The host part of the address."""
        return self._host

    @property
    def port(self) -> int:
        """The port, known once the door has been open."""
        return self._port

    @property
    def is_open(self) -> bool:
        """Whether connections are accepted."""
        return self._server is not None

    @property
    def lines(self) -> list[Line]:
        """The connections now."""
        return list(self._lines)

    async def open(self) -> None:
        """Listen; port 0 takes a free one and keeps it."""
        if self._server:
            return
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if self._receive_buffer:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self._receive_buffer)
            listener.bind((self._host, self._port))
            self._port = listener.getsockname()[1]
            self._server = await asyncio.start_server(self._accept, sock=listener, limit=self._limit)
        except OSError as error:
            listener.close()
            raise BenchError(f"cannot listen on {self._host}:{self._port}: {error.strerror}") from None

    async def shut(self) -> None:
        """Refuse new connections and reset the present ones; a connection may shut its own door."""
        server, self._server = self._server, None
        if server:
            server.close()
        tasks = [task for task in self._lines.values() if task is not asyncio.current_task()]
        for line in list(self._lines):
            line.reset()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = Line(reader, writer)
        if not self._server:  # accepted in the same moment as the door was shut
            line.reset()
            return
        task = asyncio.get_running_loop().create_task(self._run(line))
        self._lines[line] = task

    async def _run(self, line: Line) -> None:
        try:
            await self._serve(line)
        finally:
            self._lines.pop(line, None)
            line.writer.close()
            with contextlib.suppress(OSError):
                await line.writer.wait_closed()


def tcp_address(address: str, where: str) -> tuple[str, int]:
    """Split ``tcp:HOST:PORT``."""
    scheme, _, rest = address.partition(":")
    host, _, port = rest.rpartition(":")
    if scheme != "tcp" or not host or not port.isdecimal() or int(port) > 65535:
        raise BenchError(f'{where}: address must be "tcp:HOST:PORT", it is "{address}"')
    return host, int(port)
