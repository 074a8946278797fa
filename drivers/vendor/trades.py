"""Who works with makers' libraries in a process of its own: each trade is a module that knows one kind's calls."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from drivers.child_talk import HireLibrary

TRADES = {"skf": "drivers.vendor.skf", "photo": "drivers.vendor.photo"}


class Tradesman:
    """One library, once it is loaded. In its own process only."""

    def __init__(self, hire: HireLibrary) -> None:
        self._hire = hire
        self._obey: Callable[[Mapping[str, Any]], dict[str, Any]] | None = None

    def load(self) -> str:
        """Load the library. What is missing: "library", the name of a function, or nothing."""
        trade = import_module(TRADES[self._hire.trade])
        try:
            self._obey = trade.load(self._hire.path, self._hire.settings)
        except OSError:
            return "library"
        except AttributeError as error:  # ctypes: the library exports no such function
            return str(error).rpartition(" ")[2]
        return ""

    def obey(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """The library's answer."""
        assert self._obey is not None
        return self._obey(question)

    def cancel(self) -> None:
        """A library cannot be stopped; its process is ended instead."""
