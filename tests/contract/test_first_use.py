"""Eight threads read a message of a type that nobody has read before, in a process of its own.

Without make_ready the process dies; that run is the control, and tells when the library no longer needs it.
"""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.processes

_PROGRAM = """
import sys, threading
import msgspec
from kiosk.contracts.platform_api import make_ready

sys.setswitchinterval(1e-6)  # another thread gets its turn in the middle of anything
inner = [(f"f{n}", "str | None", None) for n in range(30)]
raw = b"{" + b",".join(b'"b%d": {"f29": "x"}' % n for n in range(30)) + b"}"
for turn in range(300):
    part = msgspec.defstruct("Part", inner, namespace={})
    kind = msgspec.defstruct("Whole", [(f"b{n}", part | None, None) for n in range(30)])
    if sys.argv[1] == "ready":
        assert make_ready() == 2
    together = threading.Barrier(8)
    said = []

    def read():
        together.wait()
        said.append(msgspec.json.decode(raw, type=kind).b29.f29)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == ["x"] * 8
"""


def _run(how: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run([sys.executable, "-c", _PROGRAM, how], capture_output=True, timeout=120, check=False)


def test_a_type_that_was_made_ready() -> None:
    done = _run("ready")
    assert (done.returncode, done.stderr) == (0, b"")


def test_control_without_it_the_process_is_gone() -> None:
    assert _run("as it is").returncode == -11
