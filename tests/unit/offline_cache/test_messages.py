"""Every message is worked out before threads run: msgspec crashes the process when two threads do it at once."""

import subprocess
import sys

import pytest

_LOOK = """
import sys
import msgspec
{start}
late = set()
def watch(frame, event, argument):
    if event == "call" and frame.f_code.co_name == "get_class_annotations":
        late.add(frame.f_locals["obj"])
kinds, waiting = [], [msgspec.Struct]
while waiting:
    for kind in waiting.pop().__subclasses__():
        waiting.append(kind)
        kinds.append(kind)
ours = [kind for kind in kinds if kind.__module__.startswith(("kiosk.", "offline_cache."))]
sys.setprofile(watch)
for kind in ours:
    msgspec.json.Decoder(kind)
class Fresh(msgspec.Struct):
    number: int
msgspec.json.Decoder(Fresh)
sys.setprofile(None)
assert len(ours) > 100
assert late == {{Fresh}}, late
"""


@pytest.mark.parametrize(
    "start",
    [
        "import offline_cache.cache",
        "from kiosk.sandbox.app import Sandbox\nfrom kiosk.sandbox.settings import SandboxSettings\n"
        "Sandbox(SandboxSettings(database=sys.argv[1])).store.close()",
    ],
    ids=["terminal", "platform"],
)
def test_no_message_is_left_for_a_thread_to_work_out(start: str, tmp_path: object) -> None:
    program = [sys.executable, "-c", _LOOK.format(start=start), f"{tmp_path}/platform.db"]
    looked = subprocess.run(program, capture_output=True, text=True, check=False)
    assert looked.returncode == 0, looked.stderr
