"""A USB cable without USB: a backend for pyusb whose device is the bench's reader behind TCP. The bytes are the real
ones; descriptors and transfers are what a host controller would show."""

import array
import errno
import socket
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import usb.backend
import usb.core
import usb.util

BULK, INTERRUPT = usb.util.ENDPOINT_TYPE_BULK, usb.util.ENDPOINT_TYPE_INTR
OUT, IN = 0x03, 0x82  # deliberately not the ones that sample code takes for granted


@dataclass
class Cable(usb.backend.IBackend):  # type: ignore[misc]
    """One reader on one port. ``held`` and ``locked`` are other programs and missing rights."""

    address: str
    hid: bool = False
    out_pipe: bool = True
    ids: tuple[int, int] = (0x0400, 0xC35A)
    serial: str = "R-0450"
    plugged: bool = True
    held: bool = False
    locked: bool = False
    kernel: bool = True  # a driver of the system sits on it
    claimed: list[int] = field(default_factory=list)
    transfers: list[int] = field(default_factory=list)  # lengths of what went out
    line: socket.socket | None = None

    def enumerate_devices(self) -> Any:
        return iter([self] if self.plugged else [])

    def get_device_descriptor(self, dev: Any) -> Any:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x0110, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0,
            bMaxPacketSize0=64, idVendor=self.ids[0], idProduct=self.ids[1], bcdDevice=0x0100, iManufacturer=0,
            iProduct=0, iSerialNumber=3, bNumConfigurations=1, address=1, bus=1, port_number=1, port_numbers=(1,),
            speed=2,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: Any, config: int) -> Any:
        if config:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1, bConfigurationValue=1, iConfiguration=0,
            bmAttributes=0x80, bMaxPower=50, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, dev: Any, intf: int, alt: int, config: int) -> Any:
        if intf or alt:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0,
            bNumEndpoints=2 if self.out_pipe else 1, bInterfaceClass=3 if self.hid else 0xFF, bInterfaceSubClass=0,
            bInterfaceProtocol=0, iInterface=0, extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(self, dev: Any, ep: int, intf: int, alt: int, config: int) -> Any:
        ends = [IN, OUT] if self.out_pipe else [IN]
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=ends[ep], bmAttributes=INTERRUPT if self.hid else BULK,
            wMaxPacketSize=64, bInterval=1, bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, dev: Any) -> Any:
        if self.locked:
            raise usb.core.USBError("access", errno=errno.EACCES)
        if not self.plugged:
            raise usb.core.USBError("gone", errno=errno.ENODEV)
        host, port = self.address.removeprefix("tcp:").rsplit(":", 1)
        self.line = socket.create_connection((host, int(port)), 5)
        return self

    def close_device(self, handle: Any) -> None:
        if self.line is not None:
            self.line.close()
            self.line = None

    def set_configuration(self, handle: Any, value: int) -> None:
        pass

    def get_configuration(self, handle: Any) -> int:
        return 1

    def claim_interface(self, handle: Any, intf: int) -> None:
        if self.held:
            raise usb.core.USBError("busy", errno=errno.EBUSY)
        assert not self.kernel, "the system's driver still sits there"
        self.claimed.append(intf)

    def release_interface(self, handle: Any, intf: int) -> None:
        self.claimed.remove(intf)

    def is_kernel_driver_active(self, handle: Any, intf: int) -> bool:
        return self.kernel

    def detach_kernel_driver(self, handle: Any, intf: int) -> None:
        self.kernel = False

    def attach_kernel_driver(self, handle: Any, intf: int) -> None:
        self.kernel = True

    def bulk_write(self, handle: Any, ep: int, intf: int, data: Any, timeout: int) -> int:
        assert ep == OUT and not self.hid
        return self._out(bytes(data))

    def intr_write(self, handle: Any, ep: int, intf: int, data: Any, timeout: int) -> int:
        assert ep == OUT and self.hid and len(data) == 64
        return self._out(bytes(data))

    def bulk_read(self, handle: Any, ep: int, intf: int, buff: Any, timeout: int) -> int:
        assert ep == IN and not self.hid
        return self._in(buff, timeout)

    def intr_read(self, handle: Any, ep: int, intf: int, buff: Any, timeout: int) -> int:
        assert ep == IN and self.hid
        return self._in(buff, timeout)

    def ctrl_transfer(
        self, handle: Any, request_type: int, request: int, value: int, index: int, data: Any, timeout: int
    ) -> int:
        if request == 6:  # a string descriptor: the serial number, or the languages
            text = self.serial.encode("utf-16-le") if value & 0xFF else (0x0409).to_bytes(2, "little")
            raw = bytes([len(text) + 2, 3]) + text
            data[: len(raw)] = array.array("B", raw)
            return len(raw)
        assert (request_type, request, value, index) == (0x21, 0x09, 0x0200, 0) and not self.out_pipe
        return self._out(bytes(data))

    def _out(self, data: bytes) -> int:
        self.transfers.append(len(data))
        try:
            assert self.line is not None
            self.line.sendall(data)
        except OSError:
            raise usb.core.USBError("gone", errno=errno.ENODEV) from None
        return len(data)

    def _in(self, buff: Any, timeout: int) -> int:
        assert self.line is not None
        self.line.settimeout(timeout / 1000)
        try:
            data = self.line.recv(len(buff))
        except TimeoutError:
            raise usb.core.USBTimeoutError("time", errno=errno.ETIMEDOUT) from None
        except OSError:
            data = b""
        if not data:
            raise usb.core.USBError("gone", errno=errno.ENODEV)
        padded = data.ljust(len(buff), b"\0") if self.hid else data
        buff[: len(padded)] = array.array("B", padded)
        return len(padded)
