"""The cache's own expected failures. Foreign exceptions end here: nobody else sees the SQLite driver's classes."""

from collections.abc import Mapping
from types import MappingProxyType

from kiosk.faults import Fault, FaultCode

_NOTHING: Mapping[str, str] = MappingProxyType({})


class StoreError(Exception):
    """The store could not do it: disk full, locked, damaged, too new, already in use.

    Raised inside the cache only; its doors turn it into a ``Fault``. ``details`` are figures and slugs.
    """

    def __init__(self, code: FaultCode, details: Mapping[str, str] = _NOTHING) -> None:
        super().__init__(code.value)
        self.code = code
        self.details: Mapping[str, str] = MappingProxyType(dict(details))

    @property
    def fault(self) -> Fault:
        """The same as a value."""
        return Fault(self.code, self.details)


class ConstraintError(Exception):
    """The schema forbids it: a key that is there already, bytes that never change, a trail that only grows. A bug."""
