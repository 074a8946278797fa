"""What a code is, by its text alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.ids import CaseId, SlipCode
from kiosk.rules.scanned_code import CodeKind, kind_of
from kiosk.rules.slip_code import read_slip, slip_payload

SLIP = slip_payload(CaseId("01JD8M4Q5W0000000000000000"), SlipCode("K7P-428"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (SLIP, CodeKind.SLIP), (SLIP + "\r", CodeKind.SLIP),
        (SLIP[:-1] + ("0" if SLIP[-1] != "0" else "1"), CodeKind.OTHER), (SLIP.lower(), CodeKind.OTHER),
        ("036120010361", CodeKind.NUMBER), ("12", CodeKind.OTHER), ("1" * 21, CodeKind.OTHER),
        ("https://example.invalid/qr?uniscid=91500103MA0000000X", CodeKind.LINK), ("weixin://dl/x", CodeKind.LINK),
        ("HTTP://EXAMPLE.INVALID", CodeKind.LINK), ("https://", CodeKind.OTHER),
        ("javascript:alert(1)", CodeKind.OTHER),
        ("重庆市企业开办", CodeKind.OTHER), ("", CodeKind.NO_TEXT), (" \r\n", CodeKind.NO_TEXT),
    ],
)  # fmt: skip
def test_kinds(text: str, kind: CodeKind) -> None:
    assert kind_of(text) is kind


@given(st.text(max_size=80))
def test_only_a_slip_is_a_slip(text: str) -> None:
    assert (kind_of(text) is CodeKind.SLIP) == (read_slip(text.strip()) is not None)
