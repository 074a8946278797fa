"""A PostgreSQL of the test run's own: from Debian's package, in a folder of its own, on a socket file, as an ordinary
user, with the durability of a real one. Nothing of the machine's own cluster is touched.
"""

import ctypes
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa

_SUPERUSER = "platform"
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)
_numbers = itertools.count(1)


def programs() -> Path | None:
    """Where initdb and postgres are; None: not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


class Postgres:
    """One cluster, started and ended by the test run; dies with it, however that ends."""

    def __init__(self, bin_folder: Path) -> None:
        self.bin_folder = bin_folder
        self._folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short: a socket's path has at most 107 bytes
        self._as: dict[str, Any] = {"cwd": self._folder}
        if os.geteuid() == 0:  # it refuses to run as root
            user = _somebody()
            os.chown(self._folder, user.pw_uid, user.pw_gid)
            self._as |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        make = [str(bin_folder / "initdb"), "-D", str(self._data), "-U", _SUPERUSER, "--auth=trust", "-E", "UTF8",
                "--locale=C.UTF-8", "--no-sync", "--no-instructions"]  # fmt: skip
        made = subprocess.run(make, capture_output=True, text=True, check=False, **self._as)
        assert made.returncode == 0, made.stderr
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def url(self, name: str = "postgres") -> str:
        """As it is given to ``kiosk sandbox --database``."""
        return f"postgresql://{_SUPERUSER}@/{name}?host={self._folder}"

    def engine(self, name: str = "postgres") -> sa.Engine:
        """A test's own look into a database."""
        return engine(self.url(name))

    def start(self) -> None:
        """Start, recover if need be, and wait until it answers."""
        settings = {
            "listen_addresses": "", "unix_socket_directories": str(self._folder), "max_connections": "200",
            "shared_buffers": "64MB", "log_min_messages": "fatal", "deadlock_timeout": "200ms",
        }  # fmt: skip
        command = [str(self.bin_folder / "postgres"), "-D", str(self._data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with (self._folder / "log.txt").open("ab") as log:
            dies = {"preexec_fn": _die_with_the_tests}  # no cluster outlives a test run that is killed
            self._process = subprocess.Popen(command, stdout=log, stderr=log, **dies, **self._as)
        ready = [
            str(self.bin_folder / "pg_isready"),
            "-q",
            "-h",
            str(self._folder),
            "-U",
            _SUPERUSER,
            "-d",
            "postgres",
        ]
        deadline = time.monotonic() + 60
        while subprocess.run(ready, check=False).returncode != 0:
            assert self._process.poll() is None, (self._folder / "log.txt").read_text("utf-8")
            assert time.monotonic() < deadline, "PostgreSQL did not start"
            time.sleep(0.02)

    def crash(self) -> None:
        """What ``pg_ctl stop -m immediate`` does: no goodbye, no checkpoint."""
        assert self._process is not None
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(30)

    def new_database(self) -> str:
        """A new empty database; its URL."""
        name = f"test_{next(_numbers)}"
        with self.engine().connect() as c:
            c.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(f"CREATE DATABASE {name}")
        return self.url(name)

    def run(self, program: str, *arguments: str, given: bytes = b"") -> bytes:
        """One of the package's programs, as an administrator would; what it wrote."""
        command = [str(self.bin_folder / program), *arguments]
        return subprocess.run(command, input=given, capture_output=True, check=True).stdout

    def close(self) -> None:
        """End it and leave nothing behind."""
        self.crash()
        shutil.rmtree(self._folder, ignore_errors=True)


def engine(url: str) -> sa.Engine:
    """For either; without a pool, for the databases come and go."""
    words = url.replace("postgresql://", "postgresql+psycopg://") if "://" in url else f"sqlite:///{url}"
    return sa.create_engine(words, poolclass=sa.NullPool)


def _somebody() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise AssertionError("there is no user to run PostgreSQL as")


def _die_with_the_tests() -> None:
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)
