"""How the capital comes apart among the shareholders until somebody says otherwise."""

from dataclasses import replace
from decimal import Decimal

from kiosk.domain.person import Role

from .visit import Visit, with_person


def share_out(v: Visit) -> Visit:
    """Contributions sum up by themselves: equal shares until somebody says otherwise; the last takes the rest."""
    capital, holders = v.form.registered_capital, v.form.wearing(Role.SHAREHOLDER)
    if capital is None or not holders:
        return v
    share = (capital / len(holders)).quantize(Decimal("0.000001"))
    for holder in holders[:-1]:
        v = with_person(v, replace(holder, subscribed=share))
    return with_person(v, replace(holders[-1], subscribed=capital - share * (len(holders) - 1)))
