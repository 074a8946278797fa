"""One platform process per module and database, each over an empty database: an SQLite file, and PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .hands import KIOSK, OTHER_WINDOW, STORE_DESK, WINDOW, Hands
from .postgres import Postgres, programs
from .running import NewDatabase, Running

DATABASES = ("sqlite", "postgresql")
# Where two may want the same at once, every run is on both. For the rest the second database is a proof at full size:
# one and the same code, and fifteen minutes.
ALWAYS_ON_BOTH = {
    "test_eight_windows", "test_feed", "test_kill", "test_once", "test_queue", "test_races", "test_rare_characters",
    "test_store", "test_take_over", "test_whole_visit",
}  # fmt: skip


@pytest.hookimpl(tryfirst=True)  # before those marked long are left out
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        given = getattr(item, "callspec", None)
        on_second = given is not None and given.params.get("new_database") == "postgresql"
        if on_second and item.path.stem not in ALWAYS_ON_BOTH:
            item.add_marker("long")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL for this worker of the test run."""
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed here (Debian package postgresql)")
    cluster = Postgres(found)
    yield cluster
    cluster.close()


@pytest.fixture
def own_postgres(postgres: Postgres) -> Iterator[Postgres]:
    """One that may crash: nobody else's data is on it."""
    cluster = Postgres(postgres.bin_folder)
    yield cluster
    cluster.close()


@pytest.fixture(scope="session", params=DATABASES)
def new_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> NewDatabase:
    """Makes an empty database and says where; whoever uses this runs on both."""
    if request.param == "postgresql":
        cluster: Postgres = request.getfixturevalue("postgres")
        return cluster.new_database
    return lambda: str(tmp_path_factory.mktemp("database") / "platform.db")


@pytest.fixture(scope="module")
def platform(new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with Running(Path(tmp_path_factory.mktemp("platform")), database=new_database()) as running:
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


@pytest.fixture
def keeper(platform: Running) -> Iterator[Hands]:
    """Keeps the store, at its own desk."""
    hands = Hands(platform.url, STORE_DESK)
    hands.sign_in("0402")
    yield hands
    hands.close()


@pytest.fixture
def supervisor(platform: Running) -> Iterator[Hands]:
    hands = Hands(platform.url, STORE_DESK)
    hands.sign_in("0001")
    yield hands
    hands.close()
