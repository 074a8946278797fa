"""How the reader's bytes travel: a serial line, a socket, or USB (``usb_link``)."""

from drivers.line import Line, parse

from .line import END, wrong_address


def connect(address: str) -> Line:
    """Open ``serial:PORT?baud=115200``, ``tcp:HOST:PORT``, ``usb:VENDOR:PRODUCT`` or ``hid:VENDOR:PRODUCT``.

    DriverError id-card-reader-absent (nobody there), device-busy (another program has it) or device-configuration
    (no such kind of address, or not for this user).
    """
    if (opens := parse(address, END)) is not None:
        return opens()
    scheme, _, rest = address.partition(":")
    if scheme in ("usb", "hid"):
        from .usb_link import connect_usb  # libusb is only needed where a reader hangs on it

        return connect_usb(scheme, rest)
    raise wrong_address()
