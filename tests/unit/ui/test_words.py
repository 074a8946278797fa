"""Every key has both languages with the same arguments; every key that is said exists, and every key is said."""

import ast
import re
import string
from pathlib import Path

import pytest

from ui.words import LANGUAGES, Words, catalogue

UI = Path(__file__).parents[3] / "ui"
QML_SAYS = re.compile(r"Say\.[tf]\(\s*\"([^\"]+)\"")


def arguments(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_both_languages_say_the_same(key: str) -> None:
    entry = catalogue()[key]
    assert set(entry) == set(LANGUAGES)
    assert all(entry[language] for language in LANGUAGES)
    assert bool(arguments(entry["zh"])) == bool(arguments(entry["en"]))  # amounts differ: 万元 and yuan


def test_words_fill_in_and_refuse() -> None:
    assert Words("zh").say("steps.of", n=3, all=14) == "第 3 步，共 14 步"
    assert Words("zh").other().say("steps.of", n=3, all=14) == "Step 3 of 14"
    with pytest.raises(KeyError):
        Words("zh").say("no.such")
    with pytest.raises(KeyError):
        Words("zh").say("steps.of", n=3)
    with pytest.raises(ValueError, match="language"):
        Words("fr")


def qml_keys() -> set[str]:
    return {key for file in (UI / "qml").rglob("*.qml") for key in QML_SAYS.findall(file.read_text("utf-8"))}


def python_strings() -> tuple[set[str], list[re.Pattern[str]]]:
    """Whole strings, and patterns from f-strings and from strings that begin a key (``"a.b" + …``)."""
    whole: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    for file in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(v.value) if isinstance(v, ast.Constant) else "[a-zA-Z0-9_.-]+" for v in node.values
                ]
                if any(isinstance(v, ast.Constant) and "." in str(v.value) for v in node.values):
                    patterns.append(re.compile("".join(parts)))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
    return whole, patterns


def test_every_key_in_qml_exists() -> None:
    assert qml_keys() - set(catalogue()) == set()


def test_every_key_in_python_exists() -> None:
    said = set()
    for file in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "say"
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                said.add(node.args[0].value)
    assert said - set(catalogue()) == set()
    assert said


def test_no_key_is_left_over() -> None:
    whole, patterns = python_strings()
    used = whole | qml_keys()
    unused = [
        key
        for key in catalogue()
        if key not in used
        and not any(p.fullmatch(key) for p in patterns)
        and not any(key.startswith(w) and "." in w and len(w) > 3 for w in whole)
    ]
    assert unused == []
