"""The packs that come with this program. Earlier editions lie beside them, so that a change can be told."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from .pack import Pack, PackError, read


@cache
def pack(name: str) -> Pack:
    """The edition in force; KeyError for an unknown pack."""
    file = _folder().joinpath(f"{name}.csv")
    if not file.is_file():
        raise KeyError(name)
    return _read(file, name)


@cache
def names() -> tuple[str, ...]:
    """Every pack, in alphabetical order."""
    return tuple(sorted(one.name.removesuffix(".csv") for one in _tables(_folder())))


@cache
def editions(name: str) -> dict[str, Pack]:
    """Every edition that is kept, the one in force last."""
    earlier = [_read(one, name) for one in _tables(_folder().joinpath("earlier")) if one.name.startswith(f"{name}-")]
    return {one.edition: one for one in [*sorted(earlier, key=lambda one: one.effective), pack(name)]}


def _read(file: Traversable, name: str) -> Pack:
    found = read(file.read_bytes().decode("utf-8"))
    if found.id != name:
        raise PackError(f"{file.name} holds the pack {found.id}")
    return found


def _tables(folder: Traversable) -> Iterator[Traversable]:
    return (one for one in folder.iterdir() if one.name.endswith(".csv"))


def _folder() -> Traversable:
    return files("kiosk.code_tables").joinpath("data")
