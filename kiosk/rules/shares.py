"""Percentages of shareholders (占比): two places, and together always one hundred."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal

_HUNDREDTH = Decimal("0.01")


def percentages(amounts: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """What each amount is of their sum. Rounded one by one they may make 99.99 or 100.01; the hundredths that are
    left over go to those who lost most by rounding (largest remainder). All zero when there is nothing to divide."""
    total = sum(amounts, Decimal(0))
    if total <= 0 or any(one < 0 for one in amounts):
        return tuple(Decimal("0.00") for _ in amounts)
    exact = [one * 100 / total for one in amounts]
    shown = [one.quantize(_HUNDREDTH, ROUND_FLOOR) for one in exact]
    left = int((Decimal(100) - sum(shown, Decimal(0))) / _HUNDREDTH)
    most_lost = sorted(range(len(exact)), key=lambda n: (shown[n] - exact[n], n))
    for n in most_lost[:left]:
        shown[n] += _HUNDREDTH
    return tuple(shown)
