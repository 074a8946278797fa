"""The proof's sentences, Chinese and English side by side."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Key → language → sentence with its places."""
    return tomllib.loads(files("offline_cache.proof").joinpath("words.toml").read_text("utf-8"))


def sentence(key: str, **figures: object) -> str:
    """Both languages in one line."""
    said = catalogue()[key]
    return f"{said['zh'].format(**figures)} · {said['en'].format(**figures)}"
