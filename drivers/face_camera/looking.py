"""What every driver that looks through a camera shares: its address, its process, one sitting at a time, its end."""

from collections.abc import Iterator
from contextlib import contextmanager

from drivers.errors import DriverError
from drivers.face_camera.grabber import DEFAULT_SIZE, BadAddressError, Source
from drivers.face_camera.remote import AnyGrabber, Cameras
from kiosk.config import DeviceConfig
from kiosk.faults import FaultCode


class LookingDriver:
    """A driver over a camera that is on only during a sitting. One worker thread; ``cancel`` from anywhere."""

    def __init__(self, config: DeviceConfig, size: str = DEFAULT_SIZE) -> None:
        """``size``: what a camera on a cable is asked for unless the options say so. Fault: device-configuration."""
        size = config.options.get("size", size)
        try:
            self._source = Source(config.address, {"size": size})
        except BadAddressError as error:
            raise DriverError(FaultCode.DEVICE_CONFIGURATION, {"key": "address", "allowed": str(error)}) from None
        self._cameras = Cameras(self._source, config.address, size)
        self._grabber: AnyGrabber | None = None

    def cancel(self) -> None:
        """End a running sitting."""
        if (grabber := self._grabber) is not None:
            grabber.wake()

    @contextmanager
    def _sitting(self) -> Iterator[AnyGrabber]:
        """The camera is on inside the block."""
        grabber = self._cameras.grabber()
        self._grabber = grabber
        grabber.start()
        try:
            yield grabber
        finally:
            self._grabber = None
            grabber.stop()
