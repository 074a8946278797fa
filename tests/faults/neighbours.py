"""Other processes that want the same store: each tries to start; asks what is owed; checks and exports the trail.

python -m tests.faults.neighbours STORE COUNT     that many processes; each says line by line what it found, until the
                                                  input ends
"""

import os
import signal
import sys
import traceback
from pathlib import Path

from kiosk.config import Store
from kiosk.faults import Fault, FaultCode
from offline_cache.cache import AuditReport, export_audit, owed, verify_audit
from offline_cache.database import open_store
from offline_cache.errors import StoreError


def _start(path: Path) -> str:
    try:
        open_store(path, "file", 0).close()
    except StoreError as error:
        return error.code.value
    return "started"


def _look(store: Store) -> str:
    figures = owed(store)
    if isinstance(figures, Fault):
        return f"owed: {figures.code.value} {dict(figures.details)}"
    report = verify_audit(store)
    if not isinstance(report, AuditReport) or report.broken_at is not None:
        return f"verify: {report}"
    lines = export_audit(store)
    if isinstance(lines, Fault):
        return f"export: {lines.code.value} {dict(lines.details)}"
    count = sum(1 for _ in lines)
    return "ok" if count >= report.entries else f"export: {count} of {report.entries}"


def live(path: Path) -> None:
    """Again and again."""
    store = Store(path=str(path))
    while True:
        told = [_start(path), _look(store)]
        fine = told == [FaultCode.ALREADY_RUNNING.value, "ok"]
        os.write(1, ("round\n" if fine else f"WRONG {told}\n").encode())


def main() -> None:
    """The command line above."""
    path, count = Path(sys.argv[1]), int(sys.argv[2])
    lives = []
    for _ in range(count):
        life = os.fork()
        if life == 0:
            try:
                live(path)
            except BaseException:
                os.write(1, f"WRONG {traceback.format_exc()!r}\n".encode())
            finally:
                os._exit(1)
        lives.append(life)
    sys.stdin.read()
    for life in lives:
        os.kill(life, signal.SIGKILL)
        os.waitpid(life, 0)


if __name__ == "__main__":
    main()
