"""Breaking Chinese text into lines: between characters, never inside a number or a Latin word, and never so that a
closing mark begins a line or an opening one ends it."""

import re
from collections.abc import Callable

_TOKEN = re.compile(r"[!-~]+|[０-９Ａ-Ｚａ-ｚ]+|\s+|.", re.DOTALL)
_NEVER_FIRST = frozenset("，。、；：？！）》〉」』】〕”’…％℃·～—,.;:?!)]}%")
_NEVER_LAST = frozenset("（《〈「『【〔“‘￥¥＃([{#$")


def wrap(text: str, fits: Callable[[str], bool]) -> tuple[str, ...]:
    """The lines of a text; ``fits`` says whether a line is short enough. At least one line, which may be empty."""
    lines: list[str] = []
    line = ""
    for chunk in _chunks(text):
        if fits((line + chunk).rstrip()):
            line += chunk
            continue
        if line.strip():
            lines.append(line.rstrip())
        rest = chunk.lstrip()
        while rest and not fits(rest):
            head = _longest(rest, fits)
            lines.append(head)
            rest = rest[len(head) :]
        line = rest
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return tuple(lines)


def _chunks(text: str) -> list[str]:
    """What must stay together."""
    chunks: list[str] = []
    for token in _TOKEN.findall(text):
        glued = chunks and (token[0] in _NEVER_FIRST or chunks[-1][-1] in _NEVER_LAST) and not chunks[-1].isspace()
        if glued and not token.isspace():
            chunks[-1] += token
        else:
            chunks.append(token)
    return chunks


def _longest(text: str, fits: Callable[[str], bool]) -> str:
    """As much of a chunk as fits a whole line; one character at least, so that an end is reached."""
    count = 1
    while count < len(text) and fits(text[: count + 1]):
        count += 1
    return text[:count]
