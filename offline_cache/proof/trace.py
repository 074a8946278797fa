"""From the lines of ``strace`` to events. Reads what ``CALLS`` and ``OPTIONS`` make strace write, and nothing else.

A call on the watched folder that this module does not understand is a ``TraceError``: a proof over half a trace would
be worth nothing.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator

from .events import Event, Made, Promised, Removed, Renamed, Resized, SyncBegun, SyncEnded, Wrote

# Every call that changes a file or a name, or makes one durable; the last two lines only in order to refuse
# them.
CALLS = (
    *("open", "openat", "creat", "write", "pwrite64", "lseek", "ftruncate", "truncate", "fsync", "fdatasync"),
    *("rename", "renameat", "renameat2", "unlink", "unlinkat", "rmdir", "mkdir", "mkdirat"),
    *("mmap", "writev", "pwritev", "pwritev2", "fallocate", "copy_file_range", "sendfile", "splice"),
    *("link", "linkat", "symlink", "symlinkat"),
)
# All threads, paths beside descriptors, every string whole and in hexadecimal; a machine need not have every call.
OPTIONS = ("-f", "-y", "-xx", "-s", "16777216", "--seccomp-bpf", "-e", "trace=" + ",".join("?" + c for c in CALLS))

_FD = r'(?P<fd>\d+)<(?P<path>[^>"]*)>(?P<gone>\(deleted\))?'
_AT = r'(?P<at>AT_FDCWD|\d+)(?:<(?P<cwd>[^>"]*)>)?'
_TEXT = r'"(?P<{}>[^"]*)"(?P<{}_cut>\.\.\.)?'
_LINE = re.compile(r"(?P<pid>\d+) +(?P<call>\w+)\((?P<args>.*)\) += (?P<result>-?\d+|\?|0x[0-9a-f]+)(?P<rest>.*)")
_BEGUN = re.compile(r"(?P<pid>\d+) +(?P<text>\w+\(.*) <unfinished \.\.\.>")
_RESUMED = re.compile(r"(?P<pid>\d+) +<\.\.\. \w+ resumed>(?P<text>.*)")
_WRITE = re.compile(rf"{_FD}, {_TEXT.format('data', 'data')}, \d+(?:, (?P<offset>\d+))?")
_ON_FD = re.compile(_FD)
_OPENED = re.compile(r"<(?P<path>[^>]*)>")
_OPEN = re.compile(rf"(?:{_AT}, )?{_TEXT.format('name', 'name')}(?:, (?P<flags>[A-Z_|0-9a-fx]+))?.*")
_ONE_NAME = re.compile(rf"(?:{_AT}, )?{_TEXT.format('name', 'name')}.*")
_TWO_NAMES = re.compile(
    rf"(?:{_AT}, )?{_TEXT.format('name', 'name')}, (?:(?P<at2>AT_FDCWD|\d+)(?:<(?P<cwd2>[^>\"]*)>)?, )?"
    rf"{_TEXT.format('to', 'to')}.*"
)
_SYNCS = ("fsync", "fdatasync")


class TraceError(Exception):
    """A line or a call that cannot be judged; the text names the call and never a content."""


def events(lines: Iterable[str], folder: str, promises: str) -> Iterator[Event]:
    """The events on ``folder`` (an absolute path without links) and below, in the order in which they came to be.

    ``promises``: the file to which the program writes, a line each, what it has promised. A write counts from its
    end, a promise from its beginning, a sync covers what was written before it began: each the careful reading.
    """
    reader = _Reader(folder.rstrip("/"), promises)
    for line in lines:
        yield from reader.line(line.rstrip("\n"))


class _Reader:
    def __init__(self, folder: str, promises: str) -> None:
        self._folder, self._promises = folder, promises
        self._begun: dict[str, str] = {}
        self._syncing: dict[str, int] = {}
        self._syncs = 0
        self._position: dict[str, int | None] = {}
        self._telling: set[str] = set()
        self._half_line = b""

    def line(self, line: str) -> Iterator[Event]:
        """What one line says."""
        if begun := _BEGUN.fullmatch(line):
            self._begun[begun["pid"]] = begun["text"]
            yield from self._early(begun["pid"], begun["text"])
            return
        if resumed := _RESUMED.fullmatch(line):
            text = self._begun.pop(resumed["pid"], None)
            if text is None:
                raise TraceError("an end without a beginning")
            line = f"{resumed['pid']} {text}{resumed['text']}"
        if found := _LINE.fullmatch(line):
            yield from self._call(found)

    def _early(self, pid: str, text: str) -> Iterator[Event]:
        """What must not wait for the end of a call."""
        call, _, args = text.partition("(")
        if call in _SYNCS and (on := _ON_FD.match(args)) and (path := self._below(on)) is not None:
            self._syncs += 1
            self._syncing[pid] = self._syncs
            yield SyncBegun(path, self._syncs)
        elif call == "write" and (on := _ON_FD.match(args)) and _text(on["path"]) == self._promises:
            self._telling.add(pid)
            yield from self._promised(_bytes(_must(_WRITE.match(args), call)["data"]))

    def _call(self, found: re.Match[str]) -> Iterator[Event]:
        pid, call, args, result = found["pid"], found["call"], found["args"], found["result"]
        if result == "?" or result.startswith("-"):
            self._syncing.pop(pid, None)  # a sync that failed made nothing durable
            return
        if call in ("write", "pwrite64"):
            yield from self._wrote(pid, call, args, int(result))
        elif call in _SYNCS:
            yield from self._synced(pid, args)
        elif call in ("open", "openat", "creat"):
            yield from self._opened(call, args, result, found["rest"])
        elif call == "lseek":
            if (on := _ON_FD.match(args)) and self._below(on) is not None:
                self._position[on["fd"]] = int(result)
        elif call in ("ftruncate", "truncate"):
            yield from self._resized(call, args)
        elif call in ("rename", "renameat", "renameat2"):
            yield from self._renamed(args)
        elif call in ("unlink", "unlinkat", "rmdir", "mkdir", "mkdirat"):
            names = _must(_ONE_NAME.fullmatch(args), call)
            path = self._named(names["cwd"], names["name"])
            if path is not None:
                yield Made(path, folder=True) if call.startswith("mkdir") else Removed(path)
        else:
            self._refuse(call, args)

    def _wrote(self, pid: str, call: str, args: str, count: int) -> Iterator[Event]:
        on = _ON_FD.match(args)
        if on is None:
            return
        if pid in self._telling:
            self._telling.remove(pid)
        elif _text(on["path"]) == self._promises:
            yield from self._promised(_bytes(_must(_WRITE.fullmatch(args), call)["data"])[:count])
        path = self._below(on)
        if path is None:
            return
        found = _must(_WRITE.fullmatch(args), call)
        if found["data_cut"]:
            raise TraceError(f"{call}: not all bytes are in the trace")
        data = _bytes(found["data"])[:count]
        if found["offset"] is not None:
            yield Wrote(path, int(found["offset"]), data)
            return
        position = self._position.get(on["fd"])
        if position is None:
            raise TraceError(f"{call}: nobody knows where")
        self._position[on["fd"]] = position + len(data)
        yield Wrote(path, position, data)

    def _promised(self, data: bytes) -> Iterator[Event]:
        *whole, self._half_line = (self._half_line + data).split(b"\n")
        for one in whole:
            yield Promised(one.decode("ascii"))

    def _synced(self, pid: str, args: str) -> Iterator[Event]:
        path = self._below(_must(_ON_FD.match(args), "fsync"))
        if path is None:
            return
        number = self._syncing.pop(pid, 0)
        if not number:
            self._syncs += 1
            number = self._syncs
            yield SyncBegun(path, number)
        yield SyncEnded(number)

    def _opened(self, call: str, args: str, fd: str, rest: str) -> Iterator[Event]:
        got = _OPENED.match(rest)
        path = None if got is None else self._relative(_text(got["path"]))
        if path is None:
            return
        flags = (_must(_OPEN.fullmatch(args), call)["flags"] or "O_CREAT|O_TRUNC|O_WRONLY").split("|")
        if "O_APPEND" in flags or "O_TMPFILE" in flags:
            raise TraceError(f"{call}: {'|'.join(flags)}")
        # Reads move the place as well and are not traced, so of a file open for both it is only known after a seek.
        self._position[fd] = 0 if "O_WRONLY" in flags else None
        if "O_CREAT" in flags:
            yield Made(path)
        if "O_TRUNC" in flags:
            yield Resized(path, 0)

    def _resized(self, call: str, args: str) -> Iterator[Event]:
        size = int(args.rpartition(", ")[2])
        if on := _ON_FD.match(args):
            path = self._below(on)
        else:
            path = self._named(None, _must(_ONE_NAME.fullmatch(args), call)["name"])
        if path is not None:
            yield Resized(path, size)

    def _renamed(self, args: str) -> Iterator[Event]:
        found = _must(_TWO_NAMES.fullmatch(args), "rename")
        path, to = self._named(found["cwd"], found["name"]), self._named(found["cwd2"], found["to"])
        if path is None and to is None:
            return
        if path is None or to is None or "RENAME_EXCHANGE" in args:
            raise TraceError("rename: across the edge of what is watched")
        yield Renamed(path, to)

    def _refuse(self, call: str, args: str) -> None:
        texts = [_text(one) for one in re.findall(r'[<"]([^>"]*)[>"]', args) if one.startswith("\\x")]
        paths = [path for text in texts if (path := self._relative(text)) is not None]
        if call == "mmap":
            # The index of the write-ahead log is shared memory: it is made anew after a power cut, never read.
            paths = [path for path in paths if "PROT_WRITE" in args and "MAP_SHARED" in args and path[-4:] != "-shm"]
        if paths:
            raise TraceError(call)

    def _below(self, on: re.Match[str]) -> str | None:
        """The path of a descriptor, when it is watched and still has a name."""
        return None if on["gone"] else self._relative(_text(on["path"]))

    def _named(self, cwd: str | None, name: str) -> str | None:
        path = _text(name)
        if not path.startswith("/"):
            if cwd is None:
                raise TraceError("a name that belongs to nobody knows which folder")
            path = posixpath.join(_text(cwd), path)
        return self._relative(posixpath.normpath(path))

    def _relative(self, path: str) -> str | None:
        if path == self._folder:
            return ""
        return path.removeprefix(self._folder + "/") if path.startswith(self._folder + "/") else None


def _must(found: re.Match[str] | None, call: str) -> re.Match[str]:
    if found is None:
        raise TraceError(f"{call}: written in an unknown way")
    return found


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text.replace("\\x", ""))
    except ValueError:
        raise TraceError("a string that is not hexadecimal") from None


def _text(text: str) -> str:
    return _bytes(text).decode("utf-8", "surrogateescape") if text.startswith("\\x") else text
