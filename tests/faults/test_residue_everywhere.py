"""After a visit nothing of the person is in any file that the program has ever written to: its system calls say which
files those are. First the cache as a program of its own, then the whole application with its screen.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.demo.acts import SIGNATURES
from tests.journeys.visiting import finish, rows, said, slip_code, stage_in, states, to_submit, wait_for

from .hall import Hall
from .spoilt import needs_strace
from .test_store_residue import _decrypted
from .written import Watcher, still_in, under_watch, written

pytestmark = [pytest.mark.processes, needs_strace]

_SECRETS = ["欧阳残留", "500103197001010019", "13912345678", "示例残留路99号", "PNG signature of somebody"]


def test_a_visit_leaves_no_file_behind(tmp_path: Path, hall: Hall) -> None:
    trace, secrets, log = tmp_path / "trace", tmp_path / "secrets", tmp_path / "log"
    secrets.write_text("\n".join(_SECRETS), "utf-8")
    command = [sys.executable, "-m", "tests.faults.workers", "visit", str(tmp_path), str(secrets), "1", hall.url]
    with log.open("wb") as sink:
        subprocess.run(under_watch(trace, *command), check=True, stdout=sink, stderr=sink)
    store = tmp_path / "kiosk" / "store.db"
    files = written(trace, Path.cwd())
    assert {store, store.with_name("store.db-wal"), store.with_name("store.db.key.new")} <= files
    assert {one for one in files if one.is_file() and tmp_path not in one.parents and one.suffix != ".pyc"} == set()
    encoded = [secret.encode() for secret in _SECRETS]
    assert still_in({*files, log}, encoded) == []
    assert [secret for secret in encoded if secret in _decrypted(store)] == []
    there = hall.rows("SELECT count(*) FROM opening_case WHERE CAST(form AS TEXT) LIKE ?", f"%{_SECRETS[2]}%")
    assert there == [(1,)]  # so it was really told


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_a_visit_at_the_screen_leaves_no_file_behind(tmp_path: Path) -> None:
    """Card, face, keyboard, signature, receipt: the whole terminal, with everything that Qt keeps for itself."""
    with stage_in(tmp_path) as stage:
        kiosk = stage.open("kiosk")
        kiosk.page("home")
        limits = Path(f"/proc/{kiosk.child.process.pid}/limits").read_text("ascii")
        assert re.search(r"Max core file size +1 +1 ", limits)
        watcher = Watcher(tmp_path / "trace", kiosk.child.process.pid)
        to_submit(stage, kiosk, "余晖")
        code = slip_code(kiosk)
        kiosk.tap("submit")
        wait_for(lambda: "SUBMITTED" in states(stage, code), "the platform's having it")
        kiosk.tap("next")
        kiosk.page("take_receipt")
        kiosk.sees(said("take_receipt.done.title"))
        finish(kiosk)
        assert stage.settled("kiosk", 60)
        (form,) = rows(stage, "SELECT form FROM opening_case WHERE slip_code = ?", code)[0]
        stage.close(kiosk)
        watcher.stop()
        log = kiosk.child.log
    personal = ["13800001234", "示例路8号", code, "余晖", str(SIGNATURES["wang"][0])]
    assert personal[0] in str(form) or personal[0].encode() in bytes(form)
    files = watcher.open | written(watcher.trace, Path.cwd())
    assert any(one.name == "kiosk-01.db-wal" for one in files)
    assert still_in({*files, log}, [secret.encode() for secret in personal]) == []
    in_clear = _decrypted(tmp_path / "work" / "kiosk-01.db")
    assert [secret for secret in personal[:2] if secret.encode() in in_clear] == []
