"""The document printer's driver against the printer of the CUPS project, which nobody of this project wrote.

Its discovery is replaced by a small library that finds nobody, so that nothing is announced on any network. Skipped
where the printer (Debian: cups-ipp-utils) or a C compiler is not installed.
"""

import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.document_printer.driver import IppDocumentPrinter, Patience
from drivers.errors import DriverError
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceState
from kiosk.contracts.printing import Printed
from kiosk.faults import FaultCode
from tests.unit.drivers.document_printer.sheets import sheet

IPPEVEPRINTER = shutil.which("ippeveprinter", path="/usr/sbin:/usr/bin:/usr/local/bin")
CC = shutil.which("cc") or shutil.which("gcc")
pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(not (IPPEVEPRINTER and CC), reason="needs ippeveprinter and a C compiler"),
]
QUICK = Patience(answer=30, poll=0.1, job=120, gone=5)
START_SECONDS = 30.0

NOBODY = """
static int somebody;
void *avahi_threaded_poll_new(void) { return &somebody; }
void *avahi_threaded_poll_get(void *poll) { (void)poll; return &somebody; }
int avahi_threaded_poll_start(void *poll) { (void)poll; return 0; }
void avahi_threaded_poll_lock(void *poll) { (void)poll; }
void avahi_threaded_poll_unlock(void *poll) { (void)poll; }
void *avahi_client_new(void *api, int flags, void *call, void *data, int *error)
{ (void)api; (void)flags; (void)call; (void)data; if (error) *error = 0; return &somebody; }
const char *avahi_client_get_host_name_fqdn(void *client) { (void)client; return "localhost"; }
int avahi_client_errno(void *client) { (void)client; return 0; }
void *avahi_entry_group_new(void *client, void *call, void *data)
{ (void)client; (void)call; (void)data; return &somebody; }
int avahi_entry_group_add_service_strlst(void *group, ...) { (void)group; return 0; }
int avahi_entry_group_add_service_subtype(void *group, ...) { (void)group; return 0; }
int avahi_entry_group_commit(void *group) { (void)group; return 0; }
int avahi_entry_group_free(void *group) { (void)group; return 0; }
"""

ENGINE = """
if [ -e empty ]; then
  echo "STATE: +media-empty-error,media-needed-error" >&2
  while [ -e empty ]; do sleep 0.1; done
  echo "STATE: -media-empty-error,media-needed-error" >&2
fi
if [ -e jam ]; then echo "STATE: +media-jam-error" >&2; exit 1; fi
cp "$1" printed.pdf
"""


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """Where the printer works: a file named empty or jam is its trouble."""
    (tmp_path / "spool").mkdir()
    (tmp_path / "nobody.c").write_text(NOBODY, "utf-8")
    assert CC
    subprocess.run([CC, "-shared", "-fPIC", "-o", "nobody.so", "nobody.c"], cwd=tmp_path, check=True)
    (tmp_path / "engine").write_text(f"#!/bin/sh\ncd '{tmp_path}'\n" + ENGINE, "utf-8")
    (tmp_path / "engine").chmod(0o755)
    return tmp_path


@pytest.fixture
def printer(room: Path) -> Iterator[IppDocumentPrinter]:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    assert IPPEVEPRINTER
    with (room / "log").open("wb") as log:
        process = subprocess.Popen(
            f"{IPPEVEPRINTER} -p {port} -n localhost -d spool -c ./engine -f application/pdf HallA4".split(),
            cwd=room,
            env={"LD_PRELOAD": str(room / "nobody.so"), "PATH": "/usr/bin:/bin", "HOME": str(room)},
            stdout=log,
            stderr=log,
        )
    driver = IppDocumentPrinter(DeviceConfig(driver="ipp", address=f"ipp://localhost:{port}/ipp/print"), QUICK)
    try:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                driver.open()
                break
            except DriverError:
                try:
                    process.wait(0.1)
                except subprocess.TimeoutExpired:
                    assert time.monotonic() < deadline, (room / "log").read_text("utf-8")
                else:
                    pytest.fail((room / "log").read_text("utf-8"))
        yield driver
    finally:
        driver.close()
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def refusal(printer: IppDocumentPrinter) -> FaultCode:
    with pytest.raises(DriverError) as caught:
        printer.print_sheets(sheet())
    return caught.value.code


def test_it_prints(printer: IppDocumentPrinter, room: Path) -> None:
    assert printer.check().state is DeviceState.READY
    assert printer.print_sheets(sheet()) is Printed.PRINTED
    assert (room / "printed.pdf").read_bytes().startswith(b"%PDF-")


def test_paper_that_ends_inside_the_job(printer: IppDocumentPrinter, room: Path) -> None:
    (room / "empty").touch()
    assert refusal(printer) is FaultCode.PAPER_OUT
    report = printer.check()
    assert report.state is DeviceState.NEEDS_HAND and report.fault and report.fault.code is FaultCode.PAPER_OUT
    (room / "empty").unlink()


def test_a_jam_is_a_jam_however_the_job_is_called(printer: IppDocumentPrinter, room: Path) -> None:
    (room / "jam").touch()
    assert refusal(printer) is FaultCode.PRINTER_JAM
    assert refusal(printer) is FaultCode.PRINTER_JAM  # still jammed: not even sent
