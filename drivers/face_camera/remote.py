"""A camera held by a process of its own, from the outside: the same calls as ``Grabber``, and it can be given up."""

import contextlib
import math
import mmap
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from drivers.face_camera import eye
from drivers.face_camera.gates import Face
from drivers.face_camera.grabber import FROZEN_AFTER, Grab, Grabber, Source, Trouble

SLOTS = 4  # frames that may be in use at once: the one at hand, the best so far, the one before it, one to come
SLOT_BYTES = 4096 * 4096 * 3  # the largest picture that is opened at all; memory is taken for what is written only
START_SECONDS = 15.0  # for the process to start; a busy machine takes its time
OPEN_SECONDS = 3.0  # from then on for the camera to be opened and to send its first frame
OFF_SECONDS = 0.5  # until a process that does not answer is given up
LIKE_SECONDS = 4.0  # for a comparison, with reading the network in
AGAIN_SECONDS = 0.05
MOST_STARTS = 3  # of the process within one sitting
_ROOT = str(Path(__file__).resolve().parents[2])


def possible() -> bool:
    """Whether this system has memory without a name that two processes can share."""
    return hasattr(os, "memfd_create")


class Eye:
    """The process and its memory. One worker thread; it runs from the first picture until ``close``."""

    def __init__(self, address: str, size: str) -> None:
        self._arguments = [address, size]
        self._process: subprocess.Popen[bytes] | None = None
        self.memory: mmap.mmap | None = None
        self._unread = b""
        self.asked = False
        self.starts = 0

    @property
    def pid(self) -> int | None:
        """The process, when one runs."""
        return self._process.pid if self._process is not None else None

    def ask(self, request: bytes) -> bool:
        """Send a request; False when the process is gone."""
        if self._process is None or self._process.stdin is None:
            return False
        try:
            self._process.stdin.write(request + b"\n")
            self._process.stdin.flush()
        except OSError:
            return False
        self.asked = True
        return True

    def hear(self, seconds: float, wake: int = -1) -> bytes | None:
        """One answer; None when none came in time (or ``wake`` has something to read), empty when the process is
        gone."""
        until = time.monotonic() + seconds
        while b"\n" not in self._unread:
            if self._process is None or self._process.stdout is None:
                return b""
            pipe = self._process.stdout.fileno()
            ready, _, _ = select.select(
                [pipe, *([wake] if wake >= 0 else [])], [], [], max(0, until - time.monotonic())
            )
            if pipe not in ready:
                return None
            data = os.read(pipe, 4096)
            if not data:
                return b""
            self._unread += data
        answer, _, self._unread = self._unread.partition(b"\n")
        self.asked = False
        return answer

    def start(self) -> None:
        """Make sure that a process runs."""
        if self._process is not None and self._process.poll() is None:
            return
        self.give_up()
        shared = os.memfd_create("frames", os.MFD_CLOEXEC)
        try:
            os.ftruncate(shared, SLOTS * SLOT_BYTES)
            self.memory = mmap.mmap(shared, SLOTS * SLOT_BYTES)
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-P",
                    "-m",
                    "drivers.face_camera.eye",
                    str(shared),
                    str(SLOT_BYTES),
                    *self._arguments,
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pass_fds=(shared,),
                start_new_session=True,
                env={
                    **os.environ,
                    "PYTHONPATH": os.pathsep.join(filter(None, [_ROOT, os.environ.get("PYTHONPATH")])),
                },
            )
        finally:
            os.close(shared)
        self.starts += 1

    def give_up(self) -> None:
        """End the process; one that cannot even be killed is left behind. Its memory is nobody's any more."""
        process, self._process = self._process, None
        self._unread, self.asked = b"", False
        if process is not None:
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
            process.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(OFF_SECONDS)
        memory, self.memory = self.memory, None
        if memory is not None:
            with contextlib.suppress(BufferError):  # a picture of it is still in somebody's hand
                memory.close()


@dataclass(frozen=True, slots=True, repr=False)
class SharedGrab(Grab):
    """A frame in the shared memory; its place is free again once it is wiped."""

    home: mmap.mmap
    slot: int
    free: Callable[[], None]

    def wipe(self) -> None:
        """Overwrite the picture and give its place back."""
        self.pixels.fill(0)
        self.free()


class RemoteGrabber:
    """One sitting: from ``start`` to ``stop`` the camera is on."""

    def __init__(self, source: Source, eye_: Eye) -> None:
        self._source, self._eye = source, eye_
        self._held: set[int] = set()
        self._slot = 0
        self._alive_at = 0.0
        self._starts = 0
        self._waking = threading.Lock()
        self._wake_read, self._wake_write = os.pipe()
        self.woken = False

    def start(self) -> None:
        """Switch the camera on."""
        self._begin()

    def stop(self) -> None:
        """Switch the camera off and wipe what is left; a process that does not answer is given up."""
        if not self._settled() or not self._eye.ask(eye.OFF) or self._eye.hear(OFF_SECONDS) != eye.DONE:
            self._eye.give_up()
        with self._waking:
            for end in (self._wake_read, self._wake_write):
                os.close(end)
            self._wake_read = self._wake_write = -1

    def wake(self) -> None:
        """Let ``take`` return at once with nothing, now and from now on; from any thread."""
        with self._waking:
            self.woken = True
            if self._wake_write >= 0:
                os.write(self._wake_write, b"x")

    def take(self, seconds: float) -> Grab | None:
        """The newest frame not yet taken, waiting up to ``seconds`` for one. It is the caller's to wipe."""
        until = time.monotonic() + seconds
        while not self.woken and (left := until - time.monotonic()) > 0:
            if not self._eye.asked:
                self._slot = next(slot for slot in range(SLOTS) if slot not in self._held)
                if not self._eye.ask(b"%s %d" % (eye.NEXT, self._slot)):
                    self._again()
                    continue
            answer = self._eye.hear(left, self._wake_read)
            if answer == b"":
                self._again()
            elif answer == eye.DONE:  # it has heard that the camera is to be on
                self._alive_at = time.monotonic() + OPEN_SECONDS - FROZEN_AFTER
            elif answer is not None and answer.startswith(eye.FRAME) and (grab := self._frame(answer)) is not None:
                if not self.woken:
                    return grab
                grab.wipe()
        return None

    def compare(self, grab: Grab, face: Face, portrait: bytes) -> float | None:
        """How alike a face in a frame that is held is to the one in a card's picture, see ``likeness``; None when
        that cannot be said. Where the process does not answer in time, nothing is said, and it is given up at the end
        of the sitting. To be asked while nothing else is under way."""
        free = next((slot for slot in range(SLOTS) if slot not in self._held), None)
        if free is None or self._eye.asked or len(portrait) > SLOT_BYTES:
            return None
        if not isinstance(grab, SharedGrab) or grab.home is not self._eye.memory:
            return None  # of a process that died meanwhile
        height, width = grab.pixels.shape[:2]
        grab.home[free * SLOT_BYTES : free * SLOT_BYTES + len(portrait)] = portrait
        figures = (grab.slot, height, width, free, len(portrait), eye.told(face))
        if not self._eye.ask(b"%s %d %d %d %d %d %s" % (eye.LIKE, *figures)):
            return None
        word, _, figure = (self._eye.hear(LIKE_SECONDS, self._wake_read) or b"").partition(b" ")
        return float(figure) if word == eye.SCORE else None

    def trouble(self) -> Trouble | None:
        """Why no frame has come for two seconds; None while frames come or may still come."""
        if time.monotonic() - self._alive_at < FROZEN_AFTER:
            return None
        return Trouble.FROZEN if self._source.present() else Trouble.ABSENT

    def _begin(self) -> None:
        self._eye.start()
        self._held.clear()
        self._starts += 1
        self._alive_at = time.monotonic() + START_SECONDS - FROZEN_AFTER
        if self._settled():
            self._eye.ask(eye.ON)

    def _settled(self) -> bool:
        """Whether the process owes us no answer any more; a frame that comes so late is wiped unseen."""
        while self._eye.asked:
            answer = self._eye.hear(OFF_SECONDS)
            if not answer:
                return False
            if answer.startswith(eye.FRAME) and (late := self._frame(answer)) is not None:
                late.wipe()
        return self._eye.pid is not None

    def _again(self) -> None:
        """The process died in the middle: another one, and the sitting goes on; not for ever."""
        self._eye.give_up()
        if self._starts < MOST_STARTS:
            self._begin()
        else:
            self._alive_at = -math.inf  # what calls us looks at ``trouble`` and ends
            time.sleep(AGAIN_SECONDS)

    def _frame(self, answer: bytes) -> Grab | None:
        _, number, height, width = answer.split()
        self._alive_at = time.monotonic()
        memory, slot = self._eye.memory, self._slot
        if memory is None:
            return None
        rows, across = int(height), int(width)
        flat = np.frombuffer(memory, np.uint8, rows * across * 3, slot * SLOT_BYTES)
        self._held.add(slot)
        pixels = flat.reshape(rows, across, 3)
        return SharedGrab(int(number), pixels, memory, slot, lambda: self._held.discard(slot))


AnyGrabber = Grabber | RemoteGrabber


class Cameras:
    """How a driver gets at its camera: through a process of its own where that is possible, else on a thread."""

    def __init__(self, source: Source, address: str, size: str) -> None:
        self._source = source
        self._eye = Eye(address, size) if possible() else None

    def grabber(self) -> AnyGrabber:
        """For one sitting, not yet started."""
        return Grabber(self._source) if self._eye is None else RemoteGrabber(self._source, self._eye)

    @property
    def pid(self) -> int | None:
        """The process that holds the camera, when there is one."""
        return self._eye.pid if self._eye is not None else None

    def close(self) -> None:
        """End the process."""
        if self._eye is not None:
            self._eye.give_up()
