"""The process that holds a camera: ``python -m drivers.face_camera.eye FD SLOT_BYTES ADDRESS [SIZE]``.

A read from a camera cannot be cancelled, and a camera's driver may crash; both happen here and cost nobody else.
Frames go into memory that has no name anywhere and is gone with the last process that has it. One request a line on
stdin, one answer a line on stdout; the end of stdin ends the process, whatever hangs.
"""

import mmap
import os
import sys
import threading
from typing import BinaryIO

import numpy as np

from drivers.face_camera.gates import Face, Point
from drivers.face_camera.grabber import Grab, Grabber, Source

LOOK = 0.25  # seconds an unanswered request waits for a frame before it is answered with nothing

ON, OFF, NEXT = b"on", b"off", b"next"  # requests; NEXT is followed by the slot to use
LIKE = b"like"  # request: slot, height and width of a frame, slot and bytes of a card's picture, the frame's face
FRAME, NONE, DONE = b"frame", b"none", b"done"  # answers; FRAME is followed by number, height, width
SCORE = b"score"  # answer to LIKE, followed by the figure


def main() -> None:
    """Serve until stdin ends."""
    slots, slot_bytes = int(sys.argv[1]), int(sys.argv[2])
    source = Source(sys.argv[3], {"size": sys.argv[4]} if len(sys.argv) > 4 else {})
    _leave_no_memory()
    memory = mmap.mmap(slots, 0)
    requests: BinaryIO = sys.stdin.buffer
    try:
        _serve(requests, sys.stdout.buffer, memory, slot_bytes, source)
    except (BrokenPipeError, KeyboardInterrupt):
        pass
    finally:
        os._exit(0)  # a thread that hangs in a camera's read is nobody's concern any more


def _serve(requests: BinaryIO, answers: BinaryIO, memory: mmap.mmap, slot_bytes: int, source: Source) -> None:
    grabber: Grabber | None = None
    for line in requests:
        request, *arguments = line.split()
        answer = NONE
        if request == ON:
            _off(grabber)
            grabber = Grabber(source)
            grabber.start()
            answer = DONE
        elif request == OFF:
            _off(grabber)
            grabber = None
            answer = DONE
        elif request == LIKE:
            answer = _like(memory, slot_bytes, arguments)
        elif grabber is not None and (grab := grabber.take(LOOK)) is not None:
            answer = _put(memory, int(arguments[0]) * slot_bytes, slot_bytes, grab)
        answers.write(answer + b"\n")
        answers.flush()


def _off(grabber: Grabber | None) -> None:
    """Switch the camera off; a read that does not end is not waited for long, the light is out when it does."""
    if grabber is not None:
        ending = threading.Thread(target=grabber.stop, name="camera-off", daemon=True)
        ending.start()
        ending.join(LOOK)


def _put(memory: mmap.mmap, at: int, most: int, grab: Grab) -> bytes:
    height, width = grab.pixels.shape[:2]
    if grab.pixels.size > most:
        grab.wipe()
        return NONE
    room = np.frombuffer(memory, np.uint8, grab.pixels.size, at)
    room[:] = grab.pixels.reshape(-1)
    grab.wipe()
    return b"%s %d %d %d" % (FRAME, grab.number, height, width)


def _like(memory: mmap.mmap, slot_bytes: int, arguments: list[bytes]) -> bytes:
    """Compare; the card's picture is overwritten, the frame is its owner's."""
    from drivers.face_camera.likeness import compare  # half a second and ten megabytes that most sittings do without

    slot, height, width, card, length = (int(one) for one in arguments[:5])
    pixels = np.frombuffer(memory, np.uint8, height * width * 3, slot * slot_bytes).reshape(height, width, 3)
    portrait = np.frombuffer(memory, np.uint8, length, card * slot_bytes)
    try:
        score = compare(pixels, face_of(arguments[5:]), portrait.tobytes())
    finally:
        portrait.fill(0)
    return NONE if score is None else b"%s %.6f" % (SCORE, score)


def told(face: Face) -> bytes:
    """A face as it goes over the pipe."""
    spots = (face.left_eye, face.right_eye, face.nose, face.left_mouth, face.right_mouth)
    figures = [face.x, face.y, face.width, face.height, *(part for spot in spots for part in (spot.x, spot.y))]
    return b" ".join(b"%.3f" % one for one in (*figures, face.score))


def face_of(figures: list[bytes]) -> Face:
    """The face that was told."""
    x, y, width, height, *flat, score = (float(one) for one in figures)
    left_eye, right_eye, nose, left_mouth, right_mouth = (Point(*flat[at : at + 2]) for at in range(0, 10, 2))
    return Face(x, y, width, height, left_eye, right_eye, nose, left_mouth, right_mouth, score)


def _leave_no_memory() -> None:
    """A crash writes no picture to the disk."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
