"""No face of the terminal reads a large table under somebody's finger: those are there before anybody comes."""

import subprocess
import sys
from pathlib import Path

LARGE = 24 * 1024  # bytes; more takes longer than a few milliseconds to read
# Every face twice, each time with nothing in memory but what is read ahead, or not even that: each table that is
# opened for it, and its size.
_FACES = """
import functools, gc, os, sys
from kiosk.rules.tables import read_ahead
from tests.unit.ui.viewmodels import citizen_walk, clerk_walk
from ui.viewmodels import citizen, clerk
from ui.words import Words

walks = ((citizen, citizen_walk.stills()), (clerk, clerk_walk.stills()))
kept = [one for one in gc.get_objects() if isinstance(one, functools._lru_cache_wrapper)]
words = Words("zh")
when = ""

def opened(event, args):
    if when and event == "open" and str(args[0]).endswith((".csv", ".toml", ".json")):
        print(when, os.path.basename(args[0]), os.stat(args[0]).st_size)

sys.addaudithook(opened)
for before in (read_ahead, lambda: None):
    when = ""
    for one in kept:
        if (one.__module__ or "").startswith(("kiosk.", "ui.")):
            one.cache_clear()
    words.say("slip.edit")
    before()
    when = "ahead" if before is read_ahead else "late"
    for presenter, faces in walks:
        for face in faces.values():
            presenter.present(face.scene, words, face.notes)
print("end", "", 0)
"""


def test_no_large_table_is_read_for_a_face() -> None:
    root, command = Path(__file__).parents[4], [sys.executable, "-c", _FACES]
    done = subprocess.run(command, check=False, cwd=root, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    read = [line.split(" ") for line in done.stdout.splitlines()]
    assert read[-1][0] == "end"
    assert any(when == "ahead" for when, *_ in read), "small ones are"
    large = [(when, name) for when, name, size in read if int(size) > LARGE]
    assert [name for when, name in large if when == "ahead"] == []
    assert {"hanzi_syllables.csv", "findings.toml", "faults.toml"} <= {name for when, name in large if when == "late"}
