"""The kernel's own word that something was plugged in (Linux uevents), so that no device waits out its pause.

Where there is no such channel (another system, a container), devices are looked for at their usual pauses.
"""

import contextlib
import logging
import select
import socket
import sys
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)

SUBSYSTEMS = frozenset({"usb", "usbmisc", "tty", "video4linux", "hidraw", "input", "net"})
ACTIONS = frozenset({"add", "bind", "online"})
_QUIET = 0.2  # seconds; one plug makes dozens of messages
_KERNEL_EVENTS = 1  # multicast group
_LARGEST = 16384


def tells_of_a_plug(message: bytes) -> bool:
    """Whether a uevent says that a device came that this house could drive. Anything may stand in a message."""
    fields = dict(part.partition(b"=")[::2] for part in message.split(b"\0"))
    action = fields.get(b"ACTION", b"").decode("ascii", "replace")
    subsystem = fields.get(b"SUBSYSTEM", b"").decode("ascii", "replace")
    return action in ACTIONS and subsystem in SUBSYSTEMS


def kernel_events() -> socket.socket | None:
    """The kernel's channel, or None where there is none."""
    if sys.platform != "linux":
        return None
    try:
        channel = socket.socket(socket.AF_NETLINK, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC, 15)
    except OSError:
        return None
    try:
        channel.bind((0, _KERNEL_EVENTS))
    except OSError:
        channel.close()
        return None
    return channel


class Hotplug:
    """Calls ``plugged`` on its own thread once after every burst of messages."""

    def __init__(self, plugged: Callable[[], None], channel: socket.socket | None) -> None:
        self._plugged, self._channel = plugged, channel
        self._waker, self._woken = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="hotplug", daemon=True)

    def start(self) -> None:
        """Begin to listen, if there is something to listen to."""
        if self._channel is None:
            log.info("no word of plugged devices from this kernel: they are looked for")
        else:
            self._thread.start()

    def stop(self) -> None:
        """End the thread and close the channel."""
        self._waker.close()
        if self._thread.is_alive():
            self._thread.join()
        self._woken.close()
        if self._channel is not None:
            self._channel.close()

    def _run(self) -> None:
        assert self._channel is not None
        due = False
        while True:
            ready, _, _ = select.select([self._channel, self._woken], [], [], _QUIET if due else None)
            if self._woken in ready:
                return
            if not ready:
                due = False
                self._plugged()
                continue
            with contextlib.suppress(OSError):  # messages were lost: then there were many
                due = tells_of_a_plug(self._channel.recv(_LARGEST)) or due
