"""Virtual network camera that speaks RTSP (RFC 2326): motion JPEG in RTP packets (RFC 2435) on one connection."""

import struct

from .mjpeg import Camera, request_on
from .wire import Line

_PAYLOAD_JPEG = 26
_CLOCK = 90_000  # ticks a second
_MOST = 1400  # bytes of one packet
_SESSION = "12345678"
_SUBSAMPLED = 1  # RFC 2435 type: three components, colour at half width and height
_OWN_TABLES = 255  # the tables come with the picture
_SDP = (
    "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=camera\r\nt=0 0\r\n"
    f"m=video 0 RTP/AVP {_PAYLOAD_JPEG}\r\na=control:track0\r\n"
)
_QUANTIZATION, _SIZE, _SCAN = 0xDB, 0xC0, 0xDA


class RtspCamera(Camera):
    """The hall's camera over RTSP. Address: ``tcp:HOST:PORT``; drivers reach it by rtsp. Hands as on the other."""

    async def start(self) -> str:
        """Plug in; nothing is to be seen yet."""
        address = await super().start()
        self._sequence = self._ticks = 0
        return address.replace("http://", "rtsp://", 1)

    async def _serve(self, line: Line) -> None:
        while request := (await request_on(line)).decode("latin-1"):
            method, at, *_ = request.split(" ")
            headers = dict(one.split(": ", 1) for one in request.split("\r\n")[1:] if ": " in one)
            answers = {
                "OPTIONS": "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n\r\n",
                "DESCRIBE": f"Content-Base: {at}/\r\nContent-Type: application/sdp\r\n"
                f"Content-Length: {len(_SDP)}\r\n\r\n{_SDP}",
                "SETUP": f"Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: {_SESSION}\r\n\r\n",
            }
            said = answers.get(method, f"Session: {_SESSION}\r\n\r\n")
            if method == "SETUP" and "TCP" not in headers.get("Transport", ""):
                await line.send(
                    f"RTSP/1.0 461 Unsupported Transport\r\nCSeq: {headers.get('CSeq', '0')}\r\n\r\n".encode()
                )
                continue
            await line.send(f"RTSP/1.0 200 OK\r\nCSeq: {headers.get('CSeq', '0')}\r\n{said}".encode())
            if method == "PLAY":
                await self._play(line)
                return

    async def _send(self, line: Line, frame: bytes) -> None:
        """One picture as packets; a garbled one is sent with a torn scan."""
        parts = _parted(frame)
        if parts is None:
            return
        tables, (width, height), scan = parts
        self._ticks = (self._ticks + _CLOCK // self._rate) & 0xFFFFFFFF
        out, at = bytearray(), 0
        while at < len(scan):
            head = struct.pack(">I", at) + bytes((_SUBSAMPLED, _OWN_TABLES, width // 8, height // 8))
            if at == 0:
                head += struct.pack(">BBH", 0, 0, len(tables)) + tables
            piece = scan[at : at + _MOST]
            at += len(piece)
            last = 0x80 if at >= len(scan) else 0
            self._sequence = (self._sequence + 1) & 0xFFFF
            rtp = struct.pack(">BBHII", 0x80, last | _PAYLOAD_JPEG, self._sequence, self._ticks, 1)
            packet = rtp + head + piece
            out += struct.pack(">cBH", b"$", 0, len(packet)) + packet
        await line.send(bytes(out))


def _parted(frame: bytes) -> tuple[bytes, tuple[int, int], bytes] | None:
    """Quantization tables, size and scan of a baseline JPEG; None when it is torn before its scan."""
    tables, size, at = b"", (0, 0), 2
    while at + 4 <= len(frame):
        marker, length = frame[at + 1], int.from_bytes(frame[at + 2 : at + 4], "big")
        body = frame[at + 4 : at + 2 + length]
        if marker == _QUANTIZATION:
            tables += b"".join(body[start + 1 : start + 65] for start in range(0, len(body), 65))
        elif marker == _SIZE:
            size = int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big")
        elif marker == _SCAN:
            return tables, size, frame[at + 2 + length :].removesuffix(b"\xff\xd9")
        at += 2 + length
    return None
