"""Values of the field ⇄ plain values (dict, list, text, number), so that a form can be kept and sent.

Names are the fields' own. What says nothing beyond its default is left out, so that a later edition may add fields.
Amounts and dates are texts: a float would lose a fen.
"""

import enum
import types
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Plain = Any  # dict, list, text, number, bool or None, as JSON has them


class NotPlain(ValueError):  # noqa: N818
    """Plain values that are none of the kind that was asked for. Says where, never what: it may be personal."""


def to_plain(value: object) -> Plain:
    """The plain values of a value of the field."""
    if is_dataclass(value) and not isinstance(value, type):
        told = {one.name: getattr(value, one.name) for one in fields(value)}
        return {one.name: to_plain(told[one.name]) for one in fields(value) if told[one.name] != _default(one)}
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, tuple):
        return [to_plain(one) for one in value]
    if isinstance(value, frozenset):
        return sorted(to_plain(one) for one in value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):  # a moment is a date too
        return value.isoformat()
    return value


def from_plain(kind: type[T], plain: Plain) -> T:
    """The value of the field; NotPlain for anything else. Names it does not know are passed over."""
    return cast(T, _read(kind, plain, kind.__name__))


def _default(one: "Field[Any]") -> object:
    return one.default_factory() if one.default_factory is not MISSING else one.default


@cache
def _kinds(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, plain: Plain, where: str) -> Any:
    kind = getattr(kind, "__supertype__", kind)  # a NewType is its text
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = next(one for one in get_args(kind) if one is not type(None))
        return None if plain is None else _read(inner, plain, where)
    if origin in (tuple, frozenset):
        several = _a(list, list(plain) if isinstance(plain, tuple) else plain, where)
        return origin(_read(get_args(kind)[0], one, where) for one in several)
    if is_dataclass(kind):
        return _record(cast(type, kind), _a(dict, plain, where), where)
    if kind is bool or kind is int:
        if type(plain) is not kind:  # True is an int, and not what was meant
            raise NotPlain(where)
        return plain
    return _from_text(kind, plain if issubclass(kind, enum.Enum) else _a(str, plain, where), where)


def _record(kind: type, plain: dict[str, Plain], where: str) -> Any:
    read = {name: _read(of, plain[name], f"{where}.{name}") for name, of in _kinds(kind).items() if name in plain}
    try:
        return kind(**read)
    except TypeError:  # something without a default is missing
        raise NotPlain(where) from None


def _from_text(kind: type, text: str, where: str) -> object:
    try:
        if kind is datetime:
            return _with_offset(datetime.fromisoformat(text))
        if kind is date:
            return date.fromisoformat(text)
        if kind is Decimal:
            return _finite(Decimal(text))
        return kind(text)
    except (ValueError, ArithmeticError):
        raise NotPlain(where) from None


def _with_offset(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError
    return moment


def _finite(amount: Decimal) -> Decimal:
    if not amount.is_finite():
        raise ValueError
    return amount


def _a(kind: type[T], plain: Plain, where: str) -> T:
    if not isinstance(plain, kind):
        raise NotPlain(where)
    return plain
