"""How the sentence of the 经营范围 is put together, as data: what stands around its groups and between the items."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class ScopeGrammar:
    """The pieces of the sentence. ``endings``: what an item's name ends with and the company's name leaves out."""

    longest: int
    separator: str
    general_head: str
    general_tail: str
    permit_head: str
    permit_tail: str
    between: str
    endings: tuple[str, ...]


def read(text: str) -> ScopeGrammar:
    """From the text of such a file; KeyError when a piece is missing."""
    told = tomllib.loads(text)
    return ScopeGrammar(
        int(told["longest"]), str(told["separator"]), str(told["general_head"]), str(told["general_tail"]),
        str(told["permit_head"]), str(told["permit_tail"]), str(told["between"]), tuple(told["endings"]),
    )  # fmt: skip


@cache
def national() -> ScopeGrammar:
    """The style in force."""
    return read(files("kiosk.code_tables").joinpath("data/scope_grammar.toml").read_text("utf-8"))
