"""Torn pictures are known before a decoder can make them up."""

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from drivers.face_camera.jpeg import is_whole


def picture(seed: int = 1, side: int = 64, **how: object) -> bytes:
    noise = np.random.default_rng(seed).integers(0, 256, (side, side, 3), np.uint8)
    made = io.BytesIO()
    Image.fromarray(noise).save(made, "JPEG", **how)
    return made.getvalue()


WHOLE = picture()


@given(st.integers(0, 1000), st.integers(8, 90), st.sampled_from([20, 60, 95]), st.sampled_from([0, 1, 4]))
@settings(max_examples=60, deadline=None)
def test_whole_pictures(seed: int, side: int, quality: int, restart: int) -> None:
    made = picture(seed, side, quality=quality, restart_marker_blocks=restart)
    assert is_whole(made)
    assert is_whole(made + bytes(16))


@given(st.integers(0, len(WHOLE) - 1))
def test_cut_anywhere(cut: int) -> None:
    assert not is_whole(WHOLE[:cut])


@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=400))
def test_cut_and_gone_on_with_noise(cut: int, noise: bytes) -> None:
    torn = WHOLE[:cut] + noise
    if not torn.rstrip(b"\x00").endswith(b"\xff\xd9"):
        assert not is_whole(torn)


def test_two_halves_of_two_pictures() -> None:
    assert not is_whole(WHOLE[: len(WHOLE) // 2] + picture(2))


@given(st.binary(max_size=200))
def test_noise(noise: bytes) -> None:
    assert not is_whole(noise)
    assert not is_whole(b"\xff\xd8" + noise)


@pytest.mark.parametrize("other", ["PNG", "GIF", "BMP"])
def test_other_formats(other: str) -> None:
    made = io.BytesIO()
    Image.new("RGB", (8, 8)).save(made, other)
    assert not is_whole(made.getvalue())
