"""The words of documents, by key, from words.toml. A test holds keys, languages and uses together."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from kiosk.domain.document import Language, Text


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Key → language → words."""
    tree = tomllib.loads(files("kiosk.rules.documents").joinpath("words.toml").read_text("utf-8"))
    return dict(_flat("", tree))


def say(text: Text, language: Language) -> str:
    """The text in that language. A fact stays as it is; words get their blanks filled, each filling said first."""
    if isinstance(text, str):
        return text
    words = catalogue()[text.key][language.value]
    return words.format(**{name: say(value, language) for name, value in text.args})


def _flat(path: str, tree: Mapping[str, object]) -> Iterator[tuple[str, Mapping[str, str]]]:
    for name, value in tree.items():
        if not isinstance(value, dict):
            raise ValueError(f"words.toml: {path}{name} is neither a table nor words in two languages")
        if set(value) == {"zh", "en"}:
            yield f"{path}{name}", value
        else:
            yield from _flat(f"{path}{name}.", value)
