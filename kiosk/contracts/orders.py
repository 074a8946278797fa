"""What this terminal may do now: by the platform's orders, by how long it was alone, by what needs the network."""

from collections.abc import Mapping
from typing import Protocol

from kiosk.domain.acts import Act
from kiosk.domain.orders import Standing
from kiosk.faults import Fault


class Orders(Protocol):
    """Thread-safe, never blocks: asked for every scene."""

    def standing(self) -> Standing:
        """How this terminal stands now."""

    def barred(self) -> Mapping[Act, Fault]:
        """Every act that may not be done now, and why not, in the catalogue's words."""
