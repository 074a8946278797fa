"""The words on the screens, by key, in Chinese and English.

One TOML per area under ui/words/: ``[area.key]`` with ``zh`` and ``en``. Arguments stand in braces: ``第 {n} 步``.
A key that does not exist is a bug and raises.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

LANGUAGES = ("zh", "en")


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every key with its sentence per language, from all files; a key may stand in one file only."""
    found: dict[str, Mapping[str, str]] = {}
    for file in sorted(files("ui").joinpath("words").iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".toml"):
            continue
        for key, entry in _entries(tomllib.loads(file.read_text("utf-8")), ""):
            if key in found:
                raise ValueError(f"{file.name}: {key} stands in two files")
            found[key] = MappingProxyType(entry)
    return MappingProxyType(found)


def _entries(table: Mapping[str, object], prefix: str) -> Iterator[tuple[str, dict[str, str]]]:
    for name, value in table.items():
        if not isinstance(value, dict):
            raise ValueError(f"{prefix}{name}: expected a table with zh and en")
        if all(isinstance(v, str) for v in value.values()):
            yield f"{prefix}{name}", value
        else:
            yield from _entries(value, f"{prefix}{name}.")


class Words:
    """The words in one language; immutable, so that a screen is always of one piece."""

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"no such language: {language}")
        self.language = language

    def say(self, key: str, **arguments: object) -> str:
        """The sentence of a key with its arguments filled in."""
        sentence = catalogue()[key][self.language]
        return sentence.format(**arguments) if arguments else sentence

    def other(self) -> "Words":
        """The same words in the other language."""
        return Words(LANGUAGES[1 - LANGUAGES.index(self.language)])
