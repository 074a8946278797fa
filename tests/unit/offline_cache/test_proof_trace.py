"""From strace's lines to events: what is understood is told exactly, what is not is refused."""

import posixpath
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offline_cache.proof.events import (
    Event,
    Made,
    Promised,
    Removed,
    Renamed,
    Resized,
    SyncBegun,
    SyncEnded,
    Wrote,
)
from offline_cache.proof.trace import TraceError, events

ROOT, TOLD = "/t/disk", "/t/promises"


def _hex(text: str | bytes) -> str:
    data = text.encode() if isinstance(text, str) else text
    return "".join(f"\\x{one:02x}" for one in data)


def _fd(path: str, number: int = 5) -> str:
    return f"{number}<{_hex(posixpath.join(ROOT, path) if path else ROOT)}>"


def _open(path: str, flags: str, number: int = 5) -> str:
    return (
        f'openat(AT_FDCWD<{_hex("/x")}>, "{_hex(posixpath.join(ROOT, path))}", {flags}, 0600) = {_fd(path, number)}'
    )


def _parsed(*lines: str) -> list[Event]:
    return list(events(lines, ROOT, TOLD))


# What strace 6.1 wrote of a store's first start, shortened.
_REAL = rf"""
77 mkdir("{_hex(ROOT + "/kiosk")}", 0700) = 0
77 {_open("kiosk/k.new", "O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC")}
77 write({_fd("kiosk/k.new")}, "\x6b\x36", 2) = 2
77 write({_fd("kiosk/k.new")}, "\x00\x22\x3e", 3) = 2
77 fsync({_fd("kiosk/k.new")}) = 0
77 rename("{_hex(ROOT + "/kiosk/k.new")}", "{_hex(ROOT + "/kiosk/k")}") = 0
77 {_open("kiosk", "O_RDONLY|O_CLOEXEC")}
77 fsync({_fd("kiosk")})         = 0
77 {_open("kiosk/s", "O_RDWR|O_CREAT|O_NOFOLLOW|O_CLOEXEC", 6)}
77 pwrite64({_fd("kiosk/s", 6)}, "\xd9\xd5", 2, 4096) = 2
78 fdatasync({_fd("kiosk/s", 6)} <unfinished ...>
77 pwrite64({_fd("kiosk/s", 6)}, "\x01", 1, 0) = 1
78 <... fdatasync resumed>)               = 0
77 ftruncate({_fd("kiosk/s", 6)}, 3) = 0
77 unlink("{_hex(ROOT + "/kiosk/none")}") = -1 ENOENT (No such file or directory)
77 unlink("{_hex(ROOT + "/kiosk/s")}") = 0
77 pwrite64(6<{_hex(ROOT + "/kiosk/s")}>(deleted), "\x01", 1, 0) = 1
77 write(1<\x70\x69\x70\x65>, "\x01", 1) = 1
77 write(3<{_hex(TOLD)}>, "{_hex("first")}\x0a", 6) = 6
77 mmap(NULL, 32768, PROT_READ|PROT_WRITE, MAP_SHARED, {_fd("kiosk/s-shm", 7)}, 0) = 0x7fd93fd5c000
77 --- SIGCHLD {{si_signo=SIGCHLD}} ---
77 +++ exited with 0 +++
"""


def test_a_first_start() -> None:
    assert _parsed(*_REAL.splitlines()) == [
        Made("kiosk", folder=True),
        Made("kiosk/k.new"),
        Resized("kiosk/k.new", 0),
        Wrote("kiosk/k.new", 0, b"k6"),
        Wrote("kiosk/k.new", 2, b'\0"'),  # what was really taken
        SyncBegun("kiosk/k.new", 1),
        SyncEnded(1),
        Renamed("kiosk/k.new", "kiosk/k"),
        SyncBegun("kiosk", 2),
        SyncEnded(2),
        Made("kiosk/s"),
        Wrote("kiosk/s", 4096, b"\xd9\xd5"),
        SyncBegun("kiosk/s", 3),
        Wrote("kiosk/s", 0, b"\x01"),  # came while the sync was under way, and is not covered by it
        SyncEnded(3),
        Resized("kiosk/s", 3),
        Removed("kiosk/s"),
        Promised("first"),
    ]


def test_a_promise_counts_from_its_beginning_and_only_once() -> None:
    told = _parsed(
        f'7 write(3<{_hex(TOLD)}>, "{_hex("a b")}\\x0a", 4 <unfinished ...>',
        f'8 pwrite64({_fd("s")}, "\\x01", 1, 0) = 1',
        "7 <... write resumed>) = 4",
    )
    assert told == [Promised("a b"), Wrote("s", 0, b"\x01")]


def test_a_sync_that_fails_makes_nothing_durable() -> None:
    failed = f"7 fsync({_fd('s')}) = -1 EIO (Input/output error)"
    assert _parsed(failed) == []
    late = _parsed(f"7 fsync({_fd('s')} <unfinished ...>", "7 <... fsync resumed>) = -1 EIO (Input/output error)")
    assert late == [SyncBegun("s", 1)]


def test_a_place_is_known_after_opening_to_write_or_seeking() -> None:
    opened = f"7 {_open('s', 'O_RDWR|O_CREAT')}"
    wrote = f'7 write({_fd("s")}, "\\x01", 1) = 1'
    with pytest.raises(TraceError, match="nobody knows where"):
        _parsed(opened, wrote)
    seek = f"7 lseek({_fd('s')}, 100, SEEK_SET) = 100"
    assert _parsed(opened, seek, wrote, wrote)[-2:] == [Wrote("s", 100, b"\x01"), Wrote("s", 101, b"\x01")]


@pytest.mark.parametrize(
    "line",
    [
        f'7 writev({_fd("s")}, [{{iov_base="\\x01", iov_len=1}}], 1) = 1',
        f"7 fallocate({_fd('s')}, 0, 0, 100) = 0",
        f"7 copy_file_range(4<{_hex('/a')}>, NULL, {_fd('s')}, NULL, 9, 0) = 9",
        f"7 mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED, {_fd('s')}, 0) = 0x7f",
        f'7 linkat(AT_FDCWD<{_hex("/")}>, "{_hex("/a")}", AT_FDCWD<{_hex("/")}>, "{_hex(ROOT + "/b")}", 0) = 0',
        f'7 pwrite64({_fd("s")}, "\\x01"..., 4096, 0) = 4096',
        f'7 openat(AT_FDCWD<{_hex("/")}>, "{_hex(ROOT + "/s")}", O_WRONLY|O_APPEND) = {_fd("s")}',
        f'7 rename("{_hex("/elsewhere")}", "{_hex(ROOT + "/s")}") = 0',
        f'7 pwrite64({_fd("s")}, "not hexadecimal", 15, 0) = 15',
        "7 <... fsync resumed>) = 0",
    ],
    ids=lambda line: line.split("(")[0][2:],
)
def test_what_cannot_be_judged_is_refused(line: str) -> None:
    with pytest.raises(TraceError):
        _parsed(line)


@pytest.mark.parametrize(
    "call", ["mmap(NULL, 9, PROT_READ, MAP_PRIVATE, {}, 0) = 0x7f", "fallocate({}, 0, 0, 9) = 0"]
)
def test_other_peoples_files_are_their_own_business(call: str) -> None:
    assert _parsed("7 " + call.format(f"5<{_hex('/t/disk-of-others/s')}>")) == []


_NAMES = st.text(string.ascii_lowercase + '."<>,()中 \n', min_size=1, max_size=8).filter(
    lambda name: name.strip(".") == name and not name.endswith("-shm")
)
_OFFSETS = st.integers(0, 2**40)


def _line(event: Event) -> list[str]:
    """An event as strace writes it."""
    match event:
        case Made(path, folder):
            full = _hex(f"{ROOT}/{path}")
            return [
                f'9 mkdir("{full}", 0700) = 0'
                if folder
                else f'9 openat(AT_FDCWD, "{full}", O_RDWR|O_CREAT, 0) = 5<{full}>'
            ]
        case Wrote(path, offset, data):
            return [f'9 pwrite64({_fd(path)}, "{_hex(data)}", {len(data)}, {offset}) = {len(data)}']
        case Resized(path, size):
            return [f"9 ftruncate({_fd(path)}, {size}) = 0"]
        case Renamed(path, to):
            return [f'9 rename("{_hex(f"{ROOT}/{path}")}", "{_hex(f"{ROOT}/{to}")}") = 0']
        case Removed(path):
            return [f'9 unlink("{_hex(f"{ROOT}/{path}")}") = 0']
        case Promised(text):
            return [f'9 write(3<{_hex(TOLD)}>, "{_hex(text)}\\x0a", {len(text) + 1}) = {len(text) + 1}']
    raise AssertionError(event)


@given(
    st.lists(
        st.one_of(
            st.builds(Made, _NAMES, st.booleans()),
            st.builds(Wrote, _NAMES, _OFFSETS, st.binary(min_size=1, max_size=40)),
            st.builds(Resized, _NAMES, _OFFSETS),
            st.builds(Renamed, _NAMES, _NAMES),
            st.builds(Removed, _NAMES),
            st.builds(Promised, st.text(string.ascii_letters + string.digits + " ", max_size=20)),
        ),
        max_size=12,
    )
)
def test_whatever_is_written_is_read_back(happened: list[Event]) -> None:
    assert _parsed(*(line for event in happened for line in _line(event))) == happened
