"""A program that does to its folder everything that the trace must understand, and says what is then in it.

python -m tests.faults.scribbler STORE PROMISES SEED     works in the folder above STORE's
"""

import hashlib
import os
import random
import sys
from pathlib import Path

from offline_cache.files import write_durably
from offline_cache.proof.program import teller


def listing(folder: Path) -> str:
    """Names and contents as one digest."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        content = b"folder" if path.is_dir() else path.read_bytes()
        found.update(str(path.relative_to(folder)).encode() + b"\0" + hashlib.sha256(content).digest())
    return found.hexdigest()


def scribble(folder: Path, chance: random.Random) -> None:
    """One thing."""
    path = folder / f"文件 {chance.randrange(4)}"
    match chance.randrange(8):
        case 0:
            path.write_bytes(chance.randbytes(chance.randrange(3000)))
        case 1:
            write_durably(path, chance.randbytes(100))
        case 2:
            path.unlink(missing_ok=True)
        case 3 if path.exists():
            path.rename(folder / "another")
        case 4:
            (folder / f"folder {chance.randrange(9)}").mkdir(exist_ok=True)
        case _:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            os.pwrite(handle, chance.randbytes(chance.randrange(1, 2000)), chance.randrange(5000))
            os.lseek(handle, chance.randrange(4000), os.SEEK_SET)
            os.write(handle, chance.randbytes(30))
            os.ftruncate(handle, chance.randrange(6000))
            os.fsync(handle)
            os.close(handle)


def main() -> None:
    """The command line above."""
    folder, tell, chance = Path(sys.argv[1]).parents[1], teller(Path(sys.argv[2])), random.Random(int(sys.argv[3]))
    for _ in range(60):
        scribble(folder, chance)
        tell(listing(folder))


if __name__ == "__main__":
    main()
