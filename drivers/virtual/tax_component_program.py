"""The program that stands in for a tax office's official component: one line of JSON in, one out, and it ends.

It is run anew for every question and knows nothing of this package: what it says, and how it misbehaves, stands in
two files that the bench writes beside it.
"""

import json
import os
import signal
import sys
import time
from pathlib import Path

QUESTION = {"do": "read"}


def misbehave(what: str) -> int:
    """What such programs have been seen to do."""
    if what == "hang":
        time.sleep(3600)
    elif what == "abort":
        os.abort()
    elif what == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif what == "noise":
        sys.stdout.buffer.write(os.urandom(200))
    elif what == "flood":
        sys.stdout.write('{"device": "' + "x" * 70000 + '"}')
    elif what == "nest":
        sys.stdout.write("[" * 5000)
    elif what == "blank":
        sys.stdout.write("\n")
    return 3 if what == "exit" else 0


def main(state: Path) -> int:
    """Answer one question; the exit code."""
    if json.loads(sys.stdin.readline()) != QUESTION:
        return 2
    fault = state.with_suffix(".fault")
    if fault.exists():
        what, _, once = fault.read_text("utf-8").partition(" ")
        if once:
            fault.unlink(missing_ok=True)
        return misbehave(what)
    sys.stdout.write(state.read_text("utf-8") + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
