"""Where a company of a type is registered (R27): here, at a window, or at the city's level."""

import enum

from kiosk.code_tables.company_types import company_type


class Place(enum.Enum):
    """Where to go with it."""

    HERE = "here"
    WINDOW = "window"  # foreign and Hong Kong, Macao, Taiwan investment, partnerships, cooperatives, branches
    CITY = "city"  # 市级登记机关: joint-stock companies, state-owned ones


def place_of(code: str) -> Place:
    """Where a type's code belongs, as the pack ``company_types`` says. What nobody knows is looked at by a person."""
    known = company_type(code)
    if known is not None and known.at_kiosk:
        return Place.HERE
    return Place.CITY if known is not None and known.redirect and known.redirect.higher else Place.WINDOW
