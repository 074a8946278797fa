"""Two readings of the same standards agree: the platform's maker and the terminal's checker."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules import credit_code as rule
from kiosk.sandbox.credit_codes import LARGEST, credit_code


@given(st.sampled_from(["500103", "500157", "500243"]), st.integers(0, LARGEST - 1))
def test_made_codes_pass(division: str, number: int) -> None:
    made = credit_code(division, number)
    assert rule.problem(made) is None
    assert made.startswith(f"91{division}MAXX")


@given(st.integers(0, LARGEST - 2))
def test_codes_differ(number: int) -> None:
    assert credit_code("500103", number) != credit_code("500103", number + 1)


def test_no_more() -> None:
    with pytest.raises(ValueError, match="no more"):
        credit_code("500103", LARGEST)
