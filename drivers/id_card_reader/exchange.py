"""One question and its answer over a line that may stay silent, drip, stutter or answer the question before."""

import threading
import time

from drivers.errors import DriverError
from drivers.line import Line
from kiosk.faults import FaultCode

from .codec import Command, FrameError, FrameReader, Response, Status, answers, request

GAP_SECONDS = 0.5  # silence in the middle of a frame after which it is not believed any more
SLOWLY = 3.0  # times as long for an answer that has begun and goes on: a dripping reader is slow, not dead
TRIES = 3  # per command: every one of them may be asked again
_SECONDS = {Command.READ: 3.0, Command.RESET: 2.0}  # others: 1.0
_ASK_AGAIN = (Status.BAD_CHECKSUM, Status.BAD_LENGTH)  # the reader did not understand us


class Exchange:
    """Commands over a link. Worker thread only; ``cancelled`` may be set by any thread and ends what waits."""

    def __init__(self, link: Line, cancelled: threading.Event) -> None:
        self._link = link
        self._cancelled = cancelled
        self._frames = FrameReader()

    def close(self) -> None:
        """Let go of the link."""
        self._link.close()

    def ask(self, command: Command, tries: int = TRIES) -> Response:
        """The reader's answer to ``command``.

        Faults: id-card-reader-absent (line lost, or nothing came), device-failed (only noise came, or the reader
        keeps misunderstanding), cancelled.
        """
        heard = False
        for _ in range(tries):
            self._link.drop_input()
            self._frames.clear()
            self._link.write(request(command))
            response, some = self._hear(command, _SECONDS.get(command, 1.0))
            heard = heard or some
            if response is not None and response.status not in _ASK_AGAIN:
                return response
        if heard:
            raise DriverError(FaultCode.DEVICE_FAILED, {"cause": "garbled"}, retryable=True)
        raise DriverError(FaultCode.ID_CARD_READER_ABSENT, {"cause": "silent"}, retryable=True)

    def _hear(self, command: Command, seconds: float) -> tuple[Response | None, bool]:
        """The answer, or None when the time passed or the frame came damaged; and whether anything was heard."""
        heard = False
        last = start = time.monotonic()
        while time.monotonic() - start < (seconds * SLOWLY if self._frames.held else seconds):
            if self._cancelled.is_set():
                raise DriverError(FaultCode.CANCELLED)
            data = self._link.sip()
            if data:
                heard, last = True, time.monotonic()
                self._frames.feed(data)
            elif heard and time.monotonic() - last > GAP_SECONDS:
                self._frames.disbelieve()
                last = time.monotonic()
            try:
                while (response := self._frames.take()) is not None:
                    if answers(command, response):
                        return response, True
            except FrameError:
                return None, True
        return None, heard
