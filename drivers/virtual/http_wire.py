"""HTTP/1.1 as a printer speaks it: one request after the other on a connection, bodies counted or in chunks."""

from dataclasses import dataclass

from .wire import Line

_LONGEST_HEAD = 16 * 1024  # bytes
_LONGEST_BODY = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class HttpLine:
    """A connection that carries requests."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._rest = b""

    async def request(self) -> HttpRequest | None:
        """The next request, or None when there is none or what came is no HTTP."""
        head = await self._until(b"\r\n\r\n", _LONGEST_HEAD)
        if head is None:
            return None
        first, *fields = head.decode("latin-1").split("\r\n")
        parts = first.split(" ")
        if len(parts) != 3 or not parts[2].startswith("HTTP/1."):
            return None
        headers = {name.strip().lower(): value.strip() for name, _, value in (each.partition(":") for each in fields)}
        if headers.get("expect", "").lower() == "100-continue":
            await self._line.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = await self._body(headers)
        return None if body is None else HttpRequest(parts[0], parts[1], headers, body)

    async def answer(self, status: str, kind: str = "text/plain", body: bytes = b"") -> None:
        """Answer the request."""
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        await self._line.send(head.encode() + body)

    async def _body(self, headers: dict[str, str]) -> bytes | None:
        if "chunked" in headers.get("transfer-encoding", "").lower():
            return await self._chunks()
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > _LONGEST_BODY:
            return None
        return await self._exactly(int(length))

    async def _chunks(self) -> bytes | None:
        body = b""
        while True:
            size = await self._until(b"\r\n", 64)
            try:
                count = int((size or b"").split(b";")[0], 16)
            except ValueError:
                return None
            chunk = await self._exactly(count + 2)
            if chunk is None or len(body) + count > _LONGEST_BODY:
                return None
            if count == 0:
                return body
            body += chunk[:count]

    async def _until(self, mark: bytes, most: int) -> bytes | None:
        while mark not in self._rest:
            if len(self._rest) > most or not await self._more():
                return None
        found, _, self._rest = self._rest.partition(mark)
        return found

    async def _exactly(self, count: int) -> bytes | None:
        while len(self._rest) < count:
            if not await self._more():
                return None
        found, self._rest = self._rest[:count], self._rest[count:]
        return found

    async def _more(self) -> bool:
        data = await self._line.read(65536)
        self._rest += data
        return bool(data)
