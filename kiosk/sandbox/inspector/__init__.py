"""The inspector: a small site for whoever trains, made on the server, without a script."""

from .inside import Inside
from .site import routes

__all__ = ["Inside", "routes"]
