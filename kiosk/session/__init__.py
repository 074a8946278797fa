"""One visit after the other at one terminal: runs the journeys, carries out their effects, forgets the person."""

from .actor import Hands, Scene, Session, Surroundings

__all__ = ["Hands", "Scene", "Session", "Surroundings"]
