"""Every operation that the terminal calls stands in every weather: read off the code, and off the tests."""

import ast
import importlib
from pathlib import Path

from kiosk.contracts.platform_api import BY_ID

from .weathers import WORDS, standing

ROOT = Path(__file__).parents[2]
_NAMES = sorted(
    path.stem for path in Path(__file__).parent.glob("test_network_*.py") if path.stem != Path(__file__).stem
)
_MODULES = [importlib.import_module(f"{__package__}.{name}") for name in _NAMES]


def _tests() -> list[object]:
    """The tests that take a weather and an operation."""
    found = [made for module in _MODULES for name, made in vars(module).items() if name.startswith("test_")]
    return [test for test in found if {"weather", "operation"} <= set(getattr(test, "__annotations__", {}))]


def called() -> set[str]:
    """Every operation that is named anywhere in the code that talks to the platform."""
    names = set()
    for path in (ROOT / "offline_cache").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in BY_ID:
                names.add(node.value)
    return names


def test_everything_that_is_called_meets_every_weather() -> None:
    """Whoever adds a call adds it to the matrix."""
    stands = standing(_tests())  # type: ignore[arg-type]
    missing = {name: sorted(w.name for w in set(WORDS) - stands.get(name, set())) for name in called()}
    assert {name: weathers for name, weathers in missing.items() if weathers} == {}
    assert set(stands) == called()  # nothing is tried that nobody calls
    assert {"sendResumeCode", "resumeCase", "putDraft", "patchBlob"} <= called()  # the reading of the code reads
