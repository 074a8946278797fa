"""One platform process per module, a fresh database each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .hands import KIOSK, OTHER_WINDOW, WINDOW, Hands
from .running import Running


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with Running(Path(tmp_path_factory.mktemp("platform"))) as running:
        yield running
        assert running.stop() == 0
        assert running.errors() == ""


@pytest.fixture
def kiosk(platform: Running) -> Iterator[Hands]:
    hands = Hands(platform.url, KIOSK)
    yield hands
    hands.close()


@pytest.fixture
def window(platform: Running) -> Iterator[Hands]:
    hands = Hands(platform.url, WINDOW)
    hands.sign_in()
    yield hands
    hands.close()


@pytest.fixture
def other_window(platform: Running) -> Iterator[Hands]:
    hands = Hands(platform.url, OTHER_WINDOW)
    hands.sign_in()
    yield hands
    hands.close()
