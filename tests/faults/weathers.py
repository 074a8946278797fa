"""The weather matrix: what each weather is called, and which operations stand in it."""

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest
from _pytest.mark.structures import ParameterSet

from kiosk.faults import FaultCode

from .proxy import Weather

SHORT = 0.8  # seconds: the deadline of one call in these tests; nothing is judged by it
_OFF, _OTHER, _BROKEN, _BUSY = (
    FaultCode.PLATFORM_OFFLINE,
    FaultCode.NOT_THE_PLATFORM,
    FaultCode.BROKEN_ANSWER,
    FaultCode.PLATFORM_BUSY,
)
WORDS = {
    Weather.RESET_AT_ONCE: _OFF,
    Weather.RESET_BEFORE: _OFF,
    Weather.RESET_AFTER: _OFF,
    Weather.CLOSE_AFTER: _OFF,
    Weather.HALF_OPEN: _OFF,
    Weather.SILENCE_AFTER: _OFF,
    Weather.SLOW_HEAD: _OFF,
    Weather.SLOW_BODY: _OFF,
    Weather.TRUNCATED: _BROKEN,
    Weather.TOO_LONG: _BROKEN,
    Weather.TOO_SHORT: _BROKEN,
    Weather.WRONG_JSON: _BROKEN,
    Weather.OTHER_JSON: _BROKEN,
    Weather.PORTAL: _OTHER,
    Weather.PORTAL_403: _OTHER,
    Weather.REDIRECT: _OTHER,
    Weather.BUSY: _BUSY,
    Weather.BARE_500: _BUSY,
    Weather.GATEWAY_502: _BUSY,
    Weather.GATEWAY_503: _BUSY,
    Weather.GATEWAY_504: _BUSY,
}
# Weathers that spoil only a body: an answer without one passes them.
OF_BODIES = (
    Weather.SLOW_BODY, Weather.TRUNCATED, Weather.TOO_LONG, Weather.TOO_SHORT, Weather.WRONG_JSON, Weather.OTHER_JSON,
)  # fmt: skip


def cells(operations: Iterable[str], ordinary: int = 1) -> list[ParameterSet]:
    """Every weather for every operation, as (weather, operation): so many of each in the ordinary suite, others for
    the next operation; the rest are long."""
    made, weathers = [], list(WORDS)
    for operation in operations:
        row = sum(operation.encode())
        soon = {(row + turn * 8) % len(weathers) for turn in range(ordinary)}
        for place, weather in enumerate(weathers):
            marks = () if place in soon else pytest.mark.long
            made.append(pytest.param(weather, operation, marks=marks, id=f"{weather.name.lower()}-{operation}"))
    return made


def standing(tests: Iterable[Callable[..., object]]) -> Mapping[str, set[Weather]]:
    """Which weathers each operation meets, read off what the tests are given: their ``weather`` and ``operation``."""
    found: dict[str, set[Weather]] = defaultdict(set)
    for test in tests:
        axes = [_rows(*mark.args[:2]) for mark in test.pytestmark if mark.name == "parametrize"]  # type: ignore[attr-defined]
        for parts in itertools.product(*axes):
            cell = {name: value for part in parts for name, value in part.items()}
            found[cell["operation"]].add(cell["weather"])
    return found


def _rows(names: Any, values: Iterable[Any]) -> list[dict[str, Any]]:
    columns = [names] if isinstance(names, str) else list(names)
    rows = []
    for value in values:
        row = value.values if isinstance(value, ParameterSet) else value if len(columns) > 1 else (value,)
        rows.append(dict(zip(columns, row, strict=True)))
    return rows
