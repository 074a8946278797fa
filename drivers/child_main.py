"""The process of one driver or one library: started by ``drivers.child``, never by hand. It ends with its line."""

import ctypes
import logging
import os
import queue
import resource
import signal
import sys
import threading
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

from drivers.child_talk import Bug, Call, CallBack, CalledBack, Cancel, Done, Failed, Hire, HireDriver, HireLibrary
from drivers.errors import DriverError
from drivers.translate import log_bug

_PR_SET_PDEATHSIG = 1


class _House:
    """Runs calls one after the other on the main thread; cancels come in between on the ear's."""

    def __init__(self, line: Connection) -> None:
        self._line = line
        self._calls: queue.SimpleQueue[Call] = queue.SimpleQueue()
        self._servant: Any = None

    def serve(self) -> None:
        """Until the line is cut."""
        hire = self._line.recv()
        assert isinstance(hire, HireDriver | HireLibrary)
        threading.Thread(target=self._hear, name="ear", daemon=True).start()
        while True:
            self._line.send(self._outcome(hire, self._calls.get()))

    def _hear(self) -> None:
        """Nobody is left to work for once the line is cut: end, whatever the driver is doing."""
        try:
            while True:
                told = self._line.recv()
                if isinstance(told, Cancel) and self._servant is not None:
                    self._servant.cancel()
                elif isinstance(told, Call):
                    self._calls.put(told)
        except (EOFError, OSError):
            os._exit(0)

    def _outcome(self, hire: Hire, call: Call) -> Done | Failed | Bug:
        try:
            if self._servant is None:
                self._servant = _hired(hire)
            args = tuple(self._back(one) if isinstance(one, CallBack) else one for one in call.args)
            return Done(getattr(self._servant, call.method)(*args, **call.kwargs))
        except DriverError as error:
            return Failed(error.code, dict(error.details), error.retryable)
        except Exception as error:
            log_bug(error, f"the process of {hire.kind.value if isinstance(hire, HireDriver) else hire.trade}")
            return Bug(type(error).__name__)

    def _back(self, stand_in: CallBack) -> Callable[..., None]:
        return partial(self._call_back, stand_in.place)

    def _call_back(self, place: int, *args: Any) -> None:
        self._line.send(CalledBack(place, args))


def _hired(hire: Hire) -> Any:
    if isinstance(hire, HireDriver):
        from drivers import registry  # whoever is hired for a library needs none of the drivers

        return registry.make(hire.kind, hire.config)
    from drivers.vendor.trades import Tradesman

    return Tradesman(hire)


def _die_with_the_terminal() -> None:
    """A driver that hangs in its library would not notice that the terminal has ended."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def main() -> None:
    """Serve the line whose number stands on the command line."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal decides when this ends
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash leaves nothing behind: a person may be in it
    _die_with_the_terminal()
    try:
        _House(Connection(int(sys.argv[1]))).serve()
    except (EOFError, OSError):
        os._exit(0)


if __name__ == "__main__":
    main()
