"""What the field calls the states."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def state_names() -> Mapping[str, Mapping[str, str]]:
    """Machine → state → Chinese; ``title`` is the machine's own name. A test holds it against the state tables."""
    return tomllib.loads(files("kiosk.sandbox").joinpath("data/states.toml").read_text("utf-8"))
