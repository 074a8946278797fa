from collections.abc import Callable
from typing import Any

from starlette.requests import Request

from .inside import Inside


def routes(inside: Inside) -> list[tuple[str, str, Callable[[Request], Any]]]:
    return []
