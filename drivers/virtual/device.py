"""What every virtual device has: a name, a state in words, verbs for hands, a journal without personal data."""

import abc
import inspect
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, TextIO, TypeVar

Value = str | int | float | bool
_F = TypeVar("_F", bound=Callable[..., Any])
_PLAIN: Mapping[Any, tuple[type, ...]] = {str: (str,), int: (int,), float: (int, float), bool: (bool,)}


class BenchError(Exception):
    """A bench file or a request that cannot be carried out; the text is one line for the person who wrote it."""


def verb(action: _F) -> _F:
    """Mark a method as something a hand can do to the device; its parameters are the arguments of the request."""
    return named_verb(action.__name__)(action)


def named_verb(name: str) -> Callable[[_F], _F]:
    """The same under another name than the method's."""

    def mark(action: _F) -> _F:
        action.__dict__["verb_name"] = name
        return action

    return mark


@dataclass(frozen=True, slots=True)
class DeviceSpec:
    """One ``[devices."name"]`` table of the bench file."""

    name: str
    kind: str
    address: str
    options: Mapping[str, Value] = field(default_factory=dict)

    def text(self, key: str, default: str, allowed: tuple[str, ...] = ()) -> str:
        """A string option, checked against what is allowed."""
        value = self.options.get(key, default)
        if not isinstance(value, str) or (allowed and value not in allowed):
            wanted = " or ".join(f'"{each}"' for each in allowed) or "a string"
            raise BenchError(f'device "{self.name}": {key} must be {wanted}')
        return value

    def flag(self, key: str, default: bool) -> bool:
        """A true/false option."""
        value = self.options.get(key, default)
        if not isinstance(value, bool):
            raise BenchError(f'device "{self.name}": {key} must be true or false')
        return value

    def whole(self, key: str, default: int) -> int:
        """A whole-number option, never negative."""
        value = self.options.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise BenchError(f'device "{self.name}": {key} must be a whole number')
        return value


class Journal:
    """What happened on the bench, as JSON lines: kinds of events, bytes' counts and card keys, never a person."""

    def __init__(self, path: Path | None) -> None:
        self._file: TextIO | None = path.open("a", encoding="utf-8") if path else None

    def note(self, device: str, event: str, **figures: Value) -> None:
        """Write one line; without a file the journal is silent."""
        if self._file:
            line = {"at": round(time.time(), 3), "device": device, "event": event, **figures}
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._file.flush()

    def close(self) -> None:
        """End the journal."""
        if self._file:
            self._file.close()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a bench keeps what its devices make (pictures of receipts, links to ports), and where it notes things."""

    folder: Path
    journal: Journal

    def file_stem(self, device: str) -> str:
        """The device's name as the beginning of a file name."""
        return "".join(each if each.isalnum() or each in "._-" else "-" for each in device)


class VirtualDevice(abc.ABC):
    """A device on the bench. Lives in the bench's one event loop; verbs run there too, so nothing needs a lock."""

    options: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, spec: DeviceSpec, place: Place) -> None:
        unknown = sorted(set(spec.options) - self.options)
        if unknown:
            raise BenchError(f'device "{spec.name}": kind "{spec.kind}" knows no key "{unknown[0]}"')
        self.name = spec.name
        self.kind = spec.kind
        self.spec = spec
        self.place = place

    @abc.abstractmethod
    async def start(self) -> str:
        """Plug the device in and return the address under which a driver's configuration reaches it."""

    @abc.abstractmethod
    async def stop(self) -> None:
        """Unplug the device for good; ends every task and socket it has."""

    @abc.abstractmethod
    def state(self) -> str:
        """The device's state in a few words, for the list of the bench."""

    def note(self, event: str, **figures: Value) -> None:
        """Write to the bench's journal."""
        self.place.journal.note(self.name, event, **figures)

    def verbs(self) -> dict[str, list[str]]:
        """The verbs with their arguments; an argument that may be left out ends with a question mark."""
        found: dict[str, list[str]] = {}
        for name, method in sorted(self._methods().items()):
            parameters = inspect.signature(method).parameters.values()
            found[name] = [each.name + ("" if each.default is each.empty else "?") for each in parameters]
        return found

    async def do(self, action: str, args: Mapping[str, Any]) -> Any:
        """Carry out a verb; anything wrong with the request is a BenchError."""
        method = self._methods().get(action)
        if method is None:
            raise BenchError(f'{self.kind} "{self.name}" cannot "{action}"; it can: {", ".join(self.verbs())}')
        signature = inspect.signature(method)
        try:
            bound = signature.bind(**args)
        except TypeError as error:
            raise BenchError(f'"{action}": {error}') from None
        for key, value in bound.arguments.items():
            wanted = _PLAIN.get(signature.parameters[key].annotation, (object,))
            if not isinstance(value, wanted) or (
                isinstance(value, bool) and bool not in wanted and object not in wanted
            ):
                raise BenchError(f'"{action}": {key} must be {" or ".join(kind.__name__ for kind in wanted)}')
        self.note("hand", verb=action)
        result = method(**args)
        return await result if isinstance(result, Awaitable) else result

    def _methods(self) -> dict[str, Callable[..., Any]]:
        marked = ((getattr(getattr(type(self), name), "verb_name", None), name) for name in dir(type(self)))
        return {verb_name: getattr(self, name) for verb_name, name in marked if verb_name}
