"""Exercises for training: each a TOML file in this folder, read by ``book``, played by ``cast``."""

from .book import Scenario, known
from .cast import current, start_over

__all__ = ["Scenario", "current", "known", "start_over"]
