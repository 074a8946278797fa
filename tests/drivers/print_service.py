"""A print service (CUPS) of the test's own: its folders, its port, its queues; the machine's is never touched."""

import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CUPSD = shutil.which("cupsd", path="/usr/sbin:/usr/bin:/usr/local/sbin")
LPADMIN = shutil.which("lpadmin", path="/usr/sbin:/usr/bin:/usr/local/sbin")
START_SECONDS = 60.0

_SERVICE = """LogLevel warn
Listen 127.0.0.1:{port}
Listen {folder}/cups.sock
Browsing Off
WebInterface No
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""
_FILES = """SystemGroup root
FileDevice Yes
User lp
Group lp
ServerBin /usr/lib/cups
DataDir /usr/share/cups
ServerRoot {folder}/etc
StateDir {folder}/state
CacheDir {folder}/cache
RequestRoot {folder}/spool
TempDir {folder}/temp
AccessLog {folder}/access.log
ErrorLog {folder}/error.log
PageLog {folder}/page.log
"""


@dataclass(frozen=True)
class PrintService:
    """A running one."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def server(self) -> str:
        """As commands and addresses name it."""
        return f"127.0.0.1:{self.port}"

    def queue(self, name: str, device: str) -> None:
        """A raw queue to a device."""
        assert LPADMIN
        subprocess.run(
            [LPADMIN, "-h", self.server, "-p", name, "-E", "-v", device, "-o", "printer-error-policy=retry-job"],
            check=True, capture_output=True, timeout=START_SECONDS,
        )  # fmt: skip

    def waiting(self, queue: str) -> str:
        """Jobs of a queue that are not over."""
        told = subprocess.run(
            ["lpstat", "-h", self.server, "-o", queue], check=True, capture_output=True, timeout=START_SECONDS
        )
        return told.stdout.decode()

    def log(self) -> str:
        """What went wrong inside."""
        path = self.folder / "error.log"
        return path.read_text("utf-8", "replace") if path.exists() else ""


@contextmanager
def print_service(folder: Path) -> Iterator[PrintService]:
    """Run one in that folder, which must be empty."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    for each in ("etc", "state", "cache", "spool", "temp"):
        (folder / each).mkdir(parents=True)
    for each in (folder, *folder.parents):  # its workers are not root
        if each.is_relative_to("/tmp") and each != Path("/tmp"):
            each.chmod(0o755)
    (folder / "etc/cupsd.conf").write_text(_SERVICE.format(port=port, folder=folder), "utf-8")
    (folder / "etc/cups-files.conf").write_text(_FILES.format(folder=folder), "utf-8")
    assert CUPSD
    process = subprocess.Popen(
        [CUPSD, "-f", "-c", str(folder / "etc/cupsd.conf"), "-s", str(folder / "etc/cups-files.conf")],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    service = PrintService(port, folder, process)
    try:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert process.poll() is None, service.log()
                assert time.monotonic() < deadline, service.log()
                time.sleep(0.05)
        yield service
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(START_SECONDS)
