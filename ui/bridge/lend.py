"""Adapters are made once in Python; QML borrows them as singletons and never makes one.

The engine that asks for a singleton gets the instance that was lent to it before anything was loaded.
"""

from typing import Any, TypeVar

from PySide6.QtQml import QJSValue, QQmlEngine

T = TypeVar("T")
_SHELF = "lentAdapters"

# The metatype's name as a name: the linter's reader of Python types knows names, not strings.
QVariant: Any = "QVariant"


def lend(engine: QQmlEngine, instance: object) -> None:
    """Put an adapter on the engine's shelf."""
    shelf: dict[type, object] = getattr(engine, _SHELF, {})
    shelf[type(instance)] = instance
    setattr(engine, _SHELF, shelf)


def lent(engine: Any, kind: type[T]) -> T:
    """The engine's adapter of that kind; asking for one that was never lent is a bug."""
    found = getattr(engine, _SHELF)[kind]
    assert isinstance(found, kind)
    return found


def plain(value: Any) -> Any:
    """What QML handed over, as Python values."""
    return value.toVariant() if isinstance(value, QJSValue) else value
