"""Calls into a UKey maker's library (SKF, GM/T 0016), made in the child only. Bytes go out as they came; nothing is
read here that would need a PIN, and no PIN is ever passed.

What makers disagree on is met halfway: a result of type ULONG has four bytes or eight, so it is caught in eight
zeroed ones; the length of DEVINFO differs, so it is caught twice in a large buffer filled differently, and where both
agree the library has written.
"""

import ctypes
from collections.abc import Callable, Mapping
from typing import Any

OK = 0
REMOVED, NO_SUCH_CERTIFICATE, TOO_SMALL = 0x0A000023, 0x0A00001C, 0x0A000020
ROOM = 4096  # bytes for DEVINFO, which has some three hundred
MOST = 64 * 1024  # bytes of a list of names or of a certificate
_GUARD = 64  # bytes behind a buffer that must stay as they are
_GROWTHS = 3  # times that what is listed may become longer while it is asked for
FUNCTIONS = (  # all of them work without a PIN
    "SKF_EnumDev",
    "SKF_ConnectDev",
    "SKF_DisConnectDev",
    "SKF_GetDevInfo",
    "SKF_EnumApplication",
    "SKF_OpenApplication",
    "SKF_CloseApplication",
    "SKF_EnumContainer",
    "SKF_OpenContainer",
    "SKF_CloseContainer",
    "SKF_ExportCertificate",
)


class SarError(Exception):
    """The library refused: which function, with which number."""

    def __init__(self, function: str, sar: int) -> None:
        super().__init__(f"{function} {sar:08X}")
        self.function, self.sar = function, sar


class Library:
    """One loaded library. OSError when it cannot be loaded, AttributeError when a function is missing."""

    def __init__(self, path: str) -> None:
        library = ctypes.CDLL(path)
        self._functions = {name: getattr(library, name) for name in FUNCTIONS}
        for function in self._functions.values():
            function.restype = ctypes.c_uint32

    def call(self, name: str, *arguments: Any) -> None:
        """Call a function; SarError when it does not say OK."""
        sar = self._functions[name](*arguments)
        if sar != OK:
            raise SarError(name, sar)

    def release(self, name: str, handle: ctypes.c_void_p) -> None:
        """Give a handle back; a token that is gone has taken it along."""
        self._functions[name](handle)

    def handle(self, name: str, *arguments: Any) -> ctypes.c_void_p:
        """Call a function whose last argument receives a handle."""
        made = ctypes.c_void_p()
        self.call(name, *arguments, ctypes.byref(made))
        return made

    def sized(self, name: str, *arguments: Any) -> bytes:
        """Call a function twice as the standard says: for the size, then for the bytes. Both once more when a token
        was put in between the two and the list has become longer."""
        for _ in range(_GROWTHS):
            try:
                return self._sized(name, *arguments)
            except SarError as error:
                if error.sar != TOO_SMALL:
                    raise
        return self._sized(name, *arguments)

    def _sized(self, name: str, *arguments: Any) -> bytes:
        size = ctypes.c_uint64(0)
        self.call(name, *arguments, None, ctypes.byref(size))
        room = size.value & 0xFFFFFFFF
        if room > MOST:
            raise SarError(name, 0)
        if room == 0:
            return b""
        buffer = (ctypes.c_ubyte * (room + _GUARD))(*([0xA5] * (room + _GUARD)))
        size = ctypes.c_uint64(room)
        self.call(name, *arguments, buffer, ctypes.byref(size))
        if bytes(buffer[room:]) != b"\xa5" * _GUARD or size.value & 0xFFFFFFFF > room:
            raise SarError(name, 0)
        return bytes(buffer[: size.value & 0xFFFFFFFF])

    def written(self, name: str, handle: ctypes.c_void_p) -> bytes:
        """What a function writes into a structure of unknown length."""
        seen = []
        for fill in (0xA5, 0x5A):
            buffer = (ctypes.c_ubyte * ROOM)(*([fill] * ROOM))
            self.call(name, handle, buffer)
            seen.append(bytes(buffer))
        first, second = seen
        length = next((n for n in range(ROOM, 0, -1) if first[n - 1] == second[n - 1]), 0)
        return first[:length]


def names(listed: bytes) -> list[bytes]:
    """A list of names, each closed by a zero byte, as the library wrote it."""
    return [one for one in listed.split(b"\0") if one]


def load(path: str, settings: Mapping[str, str]) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """The answering function over a library."""
    library = Library(path)

    def obey(question: Mapping[str, Any]) -> dict[str, Any]:
        try:
            if question["do"] == "devices":
                return {"devices": library.sized("SKF_EnumDev", ctypes.c_int64(1))}
            return _look(library, question["device"], settings)
        except SarError as error:
            return {"function": error.function, "sar": error.sar}

    return obey


def _look(library: Library, device: bytes, settings: Mapping[str, str]) -> dict[str, Any]:
    """One token: what it says of itself, and the certificate in it if there is one. Looked at again behind it, so
    that two tokens never become one."""
    handle = library.handle("SKF_ConnectDev", device)
    try:
        before = library.written("SKF_GetDevInfo", handle)
        found = _certificate(library, handle, settings)
        if library.written("SKF_GetDevInfo", handle) != before:
            raise SarError("SKF_GetDevInfo", REMOVED)
    finally:
        library.release("SKF_DisConnectDev", handle)
    return {"info": before, "certificate": found}


def _certificate(library: Library, device: ctypes.c_void_p, settings: Mapping[str, str]) -> bytes:
    """The signing certificate of the named container, else of the first; empty when the token is blank."""
    application = _named(library, "SKF_EnumApplication", device, settings.get("application", ""))
    if application is None:
        return b""
    opened = library.handle("SKF_OpenApplication", device, application)
    try:
        container = _named(library, "SKF_EnumContainer", opened, settings.get("container", ""))
        if container is None:
            return b""
        held = library.handle("SKF_OpenContainer", opened, container)
        try:
            return library.sized("SKF_ExportCertificate", held, ctypes.c_int64(1))
        except SarError as error:
            if error.sar == NO_SUCH_CERTIFICATE:
                return b""
            raise
        finally:
            library.release("SKF_CloseContainer", held)
    finally:
        library.release("SKF_CloseApplication", opened)


def _named(library: Library, listing: str, handle: ctypes.c_void_p, wanted: str) -> bytes | None:
    there = names(library.sized(listing, handle))
    if wanted:
        return wanted.encode() if wanted.encode() in there else None
    return there[0] if there else None
