"""The smart-card service: the real pcscd with the real virtual-reader driver, started by the bench where nobody did.

``start = "auto"`` uses a service that already answers, else starts one. ``"private"`` starts one that nobody else on
this machine sees: in a mount namespace of its own, its socket under the path that the client library's environment
variable PCSCLITE_CSOCK_NAME names (the bench's ready file repeats it). ``auto`` does the same when the bench itself
was started with that variable, so parallel test runs set it and never meet.
"""

import asyncio
import contextlib
import fcntl
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

from .bench_file import ServiceSpec
from .device import BenchError, DeviceSpec, Place, VirtualDevice, named_verb

SOCKET_VARIABLE = "PCSCLITE_CSOCK_NAME"
MACHINE_SOCKET = Path("/run/pcscd/pcscd.comm")
READER_DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
READER_NAME = "Virtual PCD"
SECOND_NAME = "Virtual Reader"  # of two more slots, which only a service has that the bench starts itself
_START_PATIENCE = 15.0  # seconds until a service that does not answer counts as failed
_LOCK_PATIENCE = 30.0  # seconds to wait for another bench that runs the machine's service
_STEP = 0.02


class CardService:
    """One pcscd for all smart cards of a bench."""

    def __init__(self, spec: ServiceSpec, folder: Path) -> None:
        self.used = False
        self.readers = 1  # of two slots each; the machine's own service has one
        self.ports: tuple[int, ...] = spec.ports
        self.problem = ""
        self._spec = spec
        self._folder = folder
        named = os.environ.get(SOCKET_VARIABLE)
        self._private = bool(named) or spec.start == "private"
        self.socket = Path(named) if named else folder / "pcscd.comm" if self._private else MACHINE_SOCKET
        self._process: asyncio.subprocess.Process | None = None
        self._scratch: Path | None = None
        self._locks: list[int] = []
        self._ensured = False

    @property
    def own(self) -> bool:
        """Whether the bench runs the service itself."""
        return self._process is not None

    @property
    def startable(self) -> bool:
        """Whether the bench has started the service and may start it again."""
        return self._scratch is not None

    def state(self) -> str:
        """Running or not, and whose it is."""
        if self.problem:
            return f"absent: {self.problem}"
        if self.own:
            return "running, private" if self._private else "running, the bench's own"
        return "running, the machine's" if _answers(self.socket) else "stopped"

    async def ensure(self) -> None:
        """See to it once that a service answers; afterwards ``problem`` says in one line why none does."""
        if self._ensured:
            return
        self._ensured = True
        try:
            if self._spec.start != "never" and not self._private:
                await self._wait_turn()
            if _answers(self.socket):
                self.ports = _noted_ports(self.socket) or self._spec.ports
            else:
                if self._spec.start == "never":
                    raise BenchError("no pcscd answers, and [pcscd] start is never")
                self.ports = tuple(port for _ in range(self.readers) for port in self._free_ports())
                await self.run()
        except BenchError as error:
            self.problem = str(error)

    async def run(self) -> None:
        """Start the service and wait until it answers. Raises BenchError."""
        for program in ("pcscd", *(("unshare",) if self._private else ())):
            if not shutil.which(program, path=_PATH):
                raise BenchError(f"{program} is not installed")
        if not READER_DRIVER.exists():
            raise BenchError("the virtual reader's driver (vsmartcard-vpcd) is not installed")
        self._scratch = self._folder / f"pcscd-{os.getpid()}"
        log = (self._folder / "pcscd.log").open("ab")
        try:
            self._process = await asyncio.create_subprocess_exec(
                *self._command(self._scratch),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PATH": _PATH},
                start_new_session=True,  # a terminal's Ctrl-C is for the bench; it ends the service itself
            )
        finally:
            log.close()
        async with contextlib.AsyncExitStack() as undo:
            undo.push_async_callback(self.halt)
            deadline = asyncio.get_running_loop().time() + _START_PATIENCE
            while not _answers(self.socket):
                if self._process.returncode is not None:
                    raise BenchError(f"pcscd ended at once with {self._process.returncode}, see pcscd.log")
                if asyncio.get_running_loop().time() > deadline:
                    raise BenchError("pcscd was started and does not answer, see pcscd.log")
                await asyncio.sleep(_STEP)
            undo.pop_all()
        _ports_note(self.socket).write_text(" ".join(map(str, self.ports)))

    async def halt(self) -> None:
        """End the service that the bench runs."""
        process, self._process = self._process, None
        if process and process.returncode is None:
            process.terminate()
            try:
                await asyncio.wait_for(process.wait(), 5)
            except TimeoutError:
                process.kill()
                await process.wait()

    async def stop(self) -> None:
        """End the service and tidy up."""
        await self.halt()
        if self._scratch:
            _ports_note(self.socket).unlink(missing_ok=True)
            shutil.rmtree(self._scratch, ignore_errors=True)
            if self._private and self.socket.is_symlink():
                self.socket.unlink()
        while self._locks:
            os.close(self._locks.pop())

    def _command(self, scratch: Path) -> list[str]:
        readers = scratch / "readers"
        readers.mkdir(parents=True, exist_ok=True)
        (readers / "virtual").write_text("".join(map(self._reader, (READER_NAME, SECOND_NAME), self.ports[::2])))
        service = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv", path=_PATH) else []
        service += ["pcscd", "--foreground", "-c", "/run/readers" if self._private else str(readers)]
        if not self._private:
            return service
        self.socket.parent.mkdir(parents=True, exist_ok=True)
        if self.socket.is_symlink():
            self.socket.unlink()
        self.socket.symlink_to(scratch / "pcscd" / MACHINE_SOCKET.name)
        namespace = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
        return [*namespace, "sh", "-c", 'mount --bind "$0" /run && exec "$@"', str(scratch), *service]

    def _reader(self, name: str, port: int) -> str:
        """A reader with two slots. The driver keeps its slots in itself: another reader wants a copy of it."""
        assert self._scratch is not None
        driver = READER_DRIVER
        if name != READER_NAME:
            driver = Path(shutil.copy(READER_DRIVER, self._scratch / "second-reader.so"))
        return f'FRIENDLYNAME "{name}"\nDEVICENAME /dev/null:0x{port:X}\nLIBPATH {driver}\nCHANNELID 0x{port:X}\n'

    async def _wait_turn(self) -> None:
        """Benches that use the machine's own place follow one another: two would share readers and end each other."""
        deadline = asyncio.get_running_loop().time() + _LOCK_PATIENCE
        while not self._claim("service"):
            if asyncio.get_running_loop().time() > deadline:
                raise BenchError(
                    f"another bench runs the smart-card service here; set {SOCKET_VARIABLE} for a private one"
                )
            await asyncio.sleep(0.1)

    def _free_ports(self) -> tuple[int, ...]:
        """Two neighbouring ports that nobody has: those wanted if they are free, else others."""
        for first in (self._spec.ports[0], *range(41963, 49000, 2)):
            if _free(first) and _free(first + 1) and self._claim(f"ports-{first}"):
                return first, first + 1
        raise BenchError("no two neighbouring ports are free for the readers")

    def _claim(self, what: str) -> bool:
        """Take a lock that lasts as long as the bench, so that two benches starting at once do not choose alike."""
        path = Path(tempfile.gettempdir()) / f"virtual-bench-{what}.{os.getuid()}.lock"
        lock = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            return False
        self._locks.append(lock)
        return True


class PcscdDevice(VirtualDevice):
    """The service as something that hands can stop and start."""

    def __init__(self, spec: DeviceSpec, place: Place, service: CardService) -> None:
        super().__init__(spec, place)
        self._service = service
        service.used = True

    async def start(self) -> str:
        """Make sure that a service runs."""
        await self._service.ensure()
        return f"pcsc:{READER_NAME}"

    async def stop(self) -> None:
        """The hall ends the service after the last card."""

    def state(self) -> str:
        """The service's state."""
        return self._service.state()

    @named_verb("stop")
    async def stop_service(self) -> None:
        """Stop the service."""
        self._require_own()
        await self._service.halt()

    @named_verb("start")
    async def start_service(self) -> None:
        """Start the service again."""
        if not self._service.own:
            self._require_own()
            await self._service.run()

    @named_verb("restart")
    async def restart_service(self) -> None:
        """Stop and start."""
        self._require_own()
        await self._service.halt()
        await self._service.run()

    def _require_own(self) -> None:
        if self._service.problem:
            raise BenchError(self._service.problem)
        if not self._service.startable:
            raise BenchError("this pcscd was not started by the bench, so the bench leaves it alone")


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return False
    return True


def _ports_note(path: Path) -> Path:
    """Where a bench notes its readers' ports, for another bench that meets the same service."""
    return path.with_name(f"{path.name}.ports")


def _noted_ports(path: Path) -> tuple[int, ...]:
    try:
        return tuple(int(each) for each in _ports_note(path).read_text().split())
    except (OSError, ValueError):
        return ()


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("", port))
        except OSError:
            return False
    return True


_PATH = os.environ.get("PATH", "") + ":/usr/sbin:/sbin:/usr/bin:/bin"
