"""Message types are made ready before the first thread needs one.

msgspec works out how a type is read when it is first used, and keeps that on the type while it is not finished yet: a
second thread that reads the same type in that moment runs into a null pointer, and the process is gone. Under load
that is the first request of every kind. So whoever defines message types has all of them worked out once, on the
thread that imports them.
"""

from collections.abc import Iterator

import msgspec


def make_ready() -> int:
    """Work out every message type that is defined by now; how many. Twice is as good as once, and costs nothing.

    Called at the end of a package that defines types, while nobody else can know them.
    """
    found = 0
    for kind in _below(msgspec.Struct):
        if kind not in _READY:
            msgspec.json.Decoder(kind)
            _READY.add(kind)
            found += 1
    return found


_READY: set[type[msgspec.Struct]] = set()


def _below(base: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    for kind in base.__subclasses__():
        yield kind
        yield from _below(kind)
