"""The program whose system calls are recorded: visits on a fresh store, a promise behind every act.

python -m offline_cache.proof.program STORE PROMISES VISITS full|normal
"""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from offline_cache import driver

from .content import seen
from .visits import Act, ActKind, Desk, acts

SYNCHRONOUS = {"full": 2, "normal": 1}


def walk(store: Path, todo: Sequence[Act], tell: Callable[[str], None]) -> None:
    """Do it all, and tell after the start and after every act what now is in the store."""
    desk = Desk(store)
    try:
        tell(str(seen(desk.store)))
        for act in todo:
            if act.kind is ActKind.RESTART:
                desk.close()
                desk = Desk(store)
            elif (fault := desk.perform(act)) is not None:
                raise RuntimeError(f"{act.kind.value}: {fault.code.value}")
            tell(str(seen(desk.store)))
    finally:
        desk.close()


def teller(path: Path) -> Callable[[str], None]:
    """Writes promises, one line a call of the system."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)

    def tell(line: str) -> None:
        os.write(handle, line.encode("ascii") + b"\n")

    return tell


def main() -> None:
    """The command line above. ``normal`` is the control: the one setting that is known to lose what was promised."""
    store, promises, visits, synchronous = sys.argv[1:]
    driver.PRAGMAS["synchronous"] = SYNCHRONOUS[synchronous]
    walk(Path(store), acts(int(visits)), teller(Path(promises)))


if __name__ == "__main__":
    main()
