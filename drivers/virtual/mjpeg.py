"""Virtual cameras: motion JPEG over HTTP, as network cameras send it, before scenes that can be changed."""

import asyncio
import contextlib
import random
from collections.abc import Callable

from .desk_scenes import desk_frames
from .device import DeviceSpec, Place, VirtualDevice, verb
from .scenes import Scene, frames
from .wire import Door, Line, tcp_address

FRAMES_A_SECOND = 15
_BOUNDARY = "next-frame"
_LONGEST_REQUEST = 8192  # bytes


class MjpegCamera(VirtualDevice):
    """A camera of 1280 × 720 dots, 15 frames a second. Address: ``tcp:HOST:PORT``; drivers reach it by http."""

    def __init__(self, spec: DeviceSpec, place: Place) -> None:
        super().__init__(spec, place)
        self._door = Door(*tcp_address(spec.address, spec.name), self._serve)
        self._shown = ""
        self._loop: tuple[bytes, ...] = ()
        self._frozen: bytes | None = None
        self._garbled = False
        self._rate = FRAMES_A_SECOND
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._noise = random.Random(15)

    async def start(self) -> str:
        """Plug in; nothing is to be seen yet."""
        await self._look_at_nothing()
        await self._door.open()
        return f"http://{self._door.host}:{self._door.port}/video"

    async def stop(self) -> None:
        """Unplug."""
        self._flowing.set()
        await self._door.shut()

    def state(self) -> str:
        """What is to be seen, and what is wrong."""
        if not self._door.is_open:
            return "unplugged"
        wrongs = {"frozen": self._frozen is not None, "garbled": self._garbled, "stalled": not self._flowing.is_set()}
        return ", ".join([f"shows {self._shown}", *(word for word, holds in wrongs.items() if holds)])

    @verb
    def freeze(self) -> None:
        """Send the same picture again and again."""
        self._frozen = self._now()

    @verb
    def garble(self) -> None:
        """Send pictures that cannot be decoded."""
        self._garbled = True

    @verb
    def slow(self, frames_a_second: int = 1) -> None:
        """Send fewer pictures, as in the dark or over a bad line."""
        self._rate = max(1, min(FRAMES_A_SECOND, frames_a_second))

    @verb
    def stall(self) -> None:
        """Keep connections open and send nothing."""
        self._flowing.clear()

    @verb
    def thaw(self) -> None:
        """Send living pictures again, whatever was wrong."""
        self._frozen, self._garbled, self._rate = None, False, FRAMES_A_SECOND
        self._flowing.set()

    @verb
    async def unplug(self) -> None:
        """Cut the connections and refuse new ones."""
        await self._door.shut()

    @verb
    async def plug(self) -> None:
        """Plug in again."""
        await self._door.open()

    async def _look_at_nothing(self) -> None:
        """What is to be seen before anybody has shown anything."""
        raise AssertionError("each kind of camera has its own")

    async def _see(self, name: str, paint: Callable[[], tuple[bytes, ...]]) -> None:
        """From now on the loop of frames that ``paint`` makes, off the event loop."""
        self._loop = await asyncio.get_running_loop().run_in_executor(None, paint)
        self._shown = name

    def _now(self) -> bytes:
        if self._frozen is not None:
            return self._frozen
        return self._loop[int(asyncio.get_running_loop().time() * FRAMES_A_SECOND) % len(self._loop)]

    async def _serve(self, line: Line) -> None:
        request = await request_on(line)
        if not request.startswith(b"GET "):
            await line.send(b"HTTP/1.0 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n")
            return
        head = f"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary={_BOUNDARY}\r\n"
        await line.send((head + "Cache-Control: no-store\r\nConnection: close\r\n\r\n").encode())
        await self._play(line)

    async def _play(self, line: Line) -> None:
        """Send pictures until the other side hangs up or says anything more."""
        listening = asyncio.get_running_loop().create_task(line.read())
        try:
            await self._stream(line, listening)
        finally:
            listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await listening

    async def _stream(self, line: Line, listening: asyncio.Task[bytes]) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        while not listening.done():
            await self._flowing.wait()
            frame = self._now()
            if self._garbled:
                frame = frame[: len(frame) // 3] + self._noise.randbytes(400)
            await self._send(line, frame)
            due = max(due + 1 / self._rate, loop.time())
            await asyncio.wait({listening}, timeout=due - loop.time())

    async def _send(self, line: Line, frame: bytes) -> None:
        head = f"--{_BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(frame)}\r\n\r\n"
        await line.send(head.encode() + frame + b"\r\n")


class Camera(MjpegCamera):
    """A camera that looks into the hall: at people, or at what they hold up."""

    async def _look_at_nothing(self) -> None:
        await self.show("nobody")

    @verb
    async def show(
        self,
        scene: str,
        person: str = "wang",
        variant: str = "",
        text: str = "",
        symbology: str = "qr",
        picture: str = "",
        degrees: float = 4.0,
    ) -> None:
        """Put a scene before the camera: nobody, face, far, near, dark, left, two_faces, moving (blinks,
        turns, nods), mask, dark_glasses, code, black.

        ``face`` takes the others of its kind as ``variant``; ``code`` takes text with symbology (qr, code128), or the
        path of a picture such as a printed receipt, and how many degrees it is held askew.
        """
        name = variant if scene == "face" and variant else scene
        made = Scene(name, person, text, symbology, picture, float(degrees))
        await self._see(name, lambda: frames(made))


class DeskCamera(MjpegCamera):
    """A camera over a desk: at papers, as they are put down."""

    async def _look_at_nothing(self) -> None:
        await self.clear()

    @verb
    async def lay(self, paper: str = "letter", how: str = "flat", degrees: float = 3.0) -> None:
        """Put a paper down: letter, licence, card or blank; flat, askew, half_off, small, dark, glare, blurred or
        moving; turned by so many degrees."""
        await self._see(f"{paper} {how}", lambda: desk_frames(paper, how, float(degrees)))

    @verb
    async def clear(self) -> None:
        """Take everything off the desk."""
        await self._see("an empty desk", lambda: desk_frames("", "flat", 0.0))


async def request_on(line: Line) -> bytes:
    request = b""
    while b"\r\n\r\n" not in request and len(request) < _LONGEST_REQUEST:
        data = await line.read()
        if not data:
            break
        request += data
    return request
