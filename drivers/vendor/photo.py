"""Calls into a maker's decoder of the card's photo (WLT), made in the child only.

The decoders that makers ship export ``unpack(source, destination, kind)``: 1024 bytes in, a bitmap out, as a file or
as bare pixels. What the last argument means differs, so it comes from the configuration.
"""

import ctypes
from collections.abc import Callable, Mapping
from typing import Any

ROOM = 64 * 1024  # bytes for what comes out; a bitmap file of a photo has 38862
_SOURCE = 1024


def load(path: str, settings: Mapping[str, str]) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """The answering function over a library. OSError when it cannot be loaded, AttributeError without a function."""
    unpack = getattr(ctypes.CDLL(path), settings.get("function", "unpack"))
    unpack.restype = ctypes.c_int
    kind = int(settings.get("kind", "0"))

    def obey(question: Mapping[str, Any]) -> dict[str, Any]:
        photo: bytes = question["photo"]
        source = (ctypes.c_ubyte * _SOURCE).from_buffer_copy(photo.ljust(_SOURCE, b"\0")[:_SOURCE])
        seen = []
        for fill in (0xA5, 0x5A):  # where both agree the library has written, whatever it says of itself
            room = (ctypes.c_ubyte * ROOM)(*([fill] * ROOM))
            code = int(unpack(source, room, ctypes.c_int(kind)))
            seen.append(bytes(room))
        first, second = seen
        length = next((n for n in range(ROOM, 0, -1) if first[n - 1] == second[n - 1]), 0)
        return {"code": code, "picture": first[:length]}

    return obey
