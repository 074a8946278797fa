"""The child of ``process``: loads one library and answers questions about it until the parent hangs up.

usage: python -m drivers.vendor.child TRADE LIBRARY SETTINGS FD
"""

import json
import os
import resource
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from importlib import import_module
from queue import SimpleQueue
from typing import Any

TRADES = {"skf": "drivers.vendor.skf", "photo": "drivers.vendor.photo"}
Answer = Mapping[str, Any]


def serve(line: socket.socket, trade: str, library: str, settings: Mapping[str, str]) -> None:
    """Answer until the line ends. A hung library keeps this thread; the listener below ends the process then."""
    questions: SimpleQueue[dict[str, str]] = SimpleQueue()
    threading.Thread(target=_listen, args=(line, questions), name="listener", daemon=True).start()
    try:
        obey: Callable[[Mapping[str, str]], Answer] = import_module(TRADES[trade]).load(library, settings)
    except OSError:
        _say(line, {"missing": "library"})
        return
    except AttributeError as error:  # ctypes: the library exports no such function
        _say(line, {"missing": str(error).rpartition(" ")[2]})
        return
    _say(line, {"ready": True})
    while True:
        _say(line, obey(questions.get()))


def _say(line: socket.socket, answer: Answer) -> None:
    line.sendall(json.dumps(answer).encode() + b"\n")


def _listen(line: socket.socket, questions: "SimpleQueue[dict[str, str]]") -> None:
    """Hear questions; when the parent is gone there is nothing left to live for, whatever the library does."""
    with line.makefile("rb") as lines:
        for text in lines:
            questions.put(json.loads(text))
    os._exit(0)


def main(arguments: list[str]) -> None:
    """Run; memory of a crash is not kept, for a person may be in it."""
    trade, library, settings, number = arguments
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with socket.socket(fileno=int(number)) as line:
        serve(line, trade, library, json.loads(settings))


if __name__ == "__main__":
    main(sys.argv[1:])
