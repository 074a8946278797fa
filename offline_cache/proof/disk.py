"""A disk that loses power: it keeps what was synced, and of everything else what chance leaves.

As careful as the standard allows a disk to be careless: an unsynced write survives sector by sector, an unsynced
change of size or of a name survives or not, whatever came after it; a name is durable when its *folder* was synced,
not when its file was. A rename is whole or has not happened. Bytes that a file grew by and nobody wrote are zeros or
rubbish.
"""

from dataclasses import dataclass, field
from random import Random

from .events import Event, Made, Removed, Renamed, Resized, SyncBegun, SyncEnded, Wrote

SECTOR = 512

Survivors = dict[str, bytes | None]  # path → content; None: a folder


@dataclass(slots=True)
class _File:
    """Synced bytes, and the unsynced changes behind them: (place, bytes), or (size, None)."""

    kept: bytearray = field(default_factory=bytearray)
    changes: list[tuple[int, bytes | None]] = field(default_factory=list)
    settled: int = 0  # changes that were synced and left the list


@dataclass(slots=True)
class _Folder:
    """Names that are durable, names as the program sees them, and the unsynced changes between: what each name is
    bound to, all at once."""

    kept: "dict[str, _File | _Folder]" = field(default_factory=dict)
    live: "dict[str, _File | _Folder]" = field(default_factory=dict)
    changes: "list[dict[str, _File | _Folder | None]]" = field(default_factory=list)
    settled: int = 0


class SimulatedDisk:
    """Takes events, and says at any moment what a power cut would leave. A cut changes nothing."""

    def __init__(self) -> None:
        self._root = _Folder()
        self._syncs: dict[int, tuple[_File | _Folder, int]] = {}

    def apply(self, event: Event) -> None:
        """One call of the program."""
        match event:
            case Made(path, folder):
                parent, name = self._place(path)
                if name not in parent.live:
                    _bind(parent, {name: _Folder() if folder else _File()})
            case Wrote(path, offset, data):
                self._file(path).changes.append((offset, data))
            case Resized(path, size):
                self._file(path).changes.append((size, None))
            case Removed(path):
                parent, name = self._place(path)
                _bind(parent, {name: None})
            case Renamed(path, to):
                (parent, name), (target, new) = self._place(path), self._place(to)
                if parent is not target:
                    raise ValueError("a rename from folder to folder")
                _bind(parent, {name: None, new: parent.live[name]})
            case SyncBegun(path, number):
                node = self._find(path)
                self._syncs[number] = (node, node.settled + len(node.changes))
            case SyncEnded(number):
                node, upto = self._syncs.pop(number)
                count = max(0, upto - node.settled)
                if isinstance(node, _File):
                    _settle_file(node, count)
                else:
                    _settle_folder(node, count)

    def cut(self, chance: Random) -> Survivors:
        """What is there when the power comes back."""
        left: Survivors = {}
        contents: dict[int, bytes] = {}

        def look(folder: _Folder, prefix: str) -> None:
            names = dict(folder.kept)
            for change in folder.changes:
                if chance.random() < 0.5:
                    _rename(names, change)
            for name, node in names.items():
                if isinstance(node, _Folder):
                    left[prefix + name] = None
                    look(node, f"{prefix}{name}/")
                else:
                    if id(node) not in contents:
                        contents[id(node)] = _survived(node, chance)
                    left[prefix + name] = contents[id(node)]

        look(self._root, "")
        return left

    def running(self) -> Survivors:
        """What the program itself sees, and what is left when only the program dies."""
        left: Survivors = {}

        def look(folder: _Folder, prefix: str) -> None:
            for name, node in folder.live.items():
                left[prefix + name] = None if isinstance(node, _Folder) else bytes(_whole(node))
                if isinstance(node, _Folder):
                    look(node, f"{prefix}{name}/")

        look(self._root, "")
        return left

    def _place(self, path: str) -> tuple[_Folder, str]:
        above, _, name = path.rpartition("/")
        folder = self._find(above)
        if not isinstance(folder, _Folder) or not name:
            raise ValueError("not a folder")
        return folder, name

    def _find(self, path: str) -> _File | _Folder:
        node: _File | _Folder = self._root
        for name in path.split("/") if path else ():
            if not isinstance(node, _Folder):
                raise ValueError("not a folder")
            node = node.live[name]
        return node

    def _file(self, path: str) -> _File:
        node = self._find(path)
        if not isinstance(node, _File):
            raise ValueError("not a file")
        return node


def _bind(folder: _Folder, change: dict[str, _File | _Folder | None]) -> None:
    folder.changes.append(change)
    _rename(folder.live, change)


def _rename(names: dict[str, _File | _Folder], change: dict[str, _File | _Folder | None]) -> None:
    for name, node in change.items():
        if node is None:
            names.pop(name, None)
        else:
            names[name] = node


def _settle_file(node: _File, count: int) -> None:
    node.kept = _whole(node, count)
    del node.changes[:count]
    node.settled += count


def _settle_folder(node: _Folder, count: int) -> None:
    for change in node.changes[:count]:
        _rename(node.kept, change)
    del node.changes[:count]
    node.settled += count


def _whole(node: _File, count: int | None = None) -> bytearray:
    """The bytes with the first ``count`` changes, or all, in them."""
    content = bytearray(node.kept) if count is None else node.kept
    for place, data in node.changes[:count]:
        if data is None:
            _stretch(content, place, bytes(max(0, place - len(content))))
            del content[place:]
        else:
            _put(content, place, data, bytes(max(0, place - len(content))))
    return content


def _survived(node: _File, chance: Random) -> bytes:
    content, rubbish = bytearray(node.kept), chance.random() < 0.5

    def filler(upto: int) -> bytes:
        count = max(0, upto - len(content))
        return chance.randbytes(count) if rubbish else bytes(count)

    for place, data in node.changes:
        if data is None:
            if chance.random() < 0.5:
                _stretch(content, place, bytes(max(0, place - len(content))))
                del content[place:]
            continue
        end, start = place + len(data), place
        while start < end:
            stop = min(end, (start // SECTOR + 1) * SECTOR)
            if chance.random() < 0.5:
                _put(content, start, data[start - place : stop - place], filler(start))
            start = stop
        if chance.random() < 0.5:
            _stretch(content, end, filler(end))
    return bytes(content)


def _put(content: bytearray, place: int, data: bytes, filler: bytes) -> None:
    _stretch(content, place, filler)
    content[place : place + len(data)] = data


def _stretch(content: bytearray, size: int, filler: bytes) -> None:
    if len(content) < size:
        content += filler
