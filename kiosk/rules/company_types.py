"""Where a company of a type is registered (R27): here, at a window, or at the city's level."""

import enum

from .limits import limits


class Place(enum.Enum):
    """Where to go with it."""

    HERE = "here"
    WINDOW = "window"  # foreign and Hong Kong, Macao, Taiwan investment, partnerships, cooperatives, branches
    CITY = "city"  # 市级登记机关: joint-stock companies, state-owned ones


def place_of(code: str) -> Place:
    """Where a type's code belongs. What nobody knows is looked at by a person."""
    if code in limits().types_here:
        return Place.HERE
    return Place.CITY if code in limits().types_city else Place.WINDOW
