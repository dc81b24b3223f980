"""What every test may use."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import databases

# A machine that is busy is no bug: what must be fast has a test that measures it.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="write the golden conversations anew")
    parser.addoption("--postgres", action="store_true", help="keep everything in a real PostgreSQL")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--postgres"):
        for item in items:
            if item.get_closest_marker("sqlite"):
                item.add_marker(pytest.mark.skip(reason="true of SQLite alone"))


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database of this test's own, on the engine of the run."""
    if request.config.getoption("--postgres"):
        return databases.server().fresh()
    return f"sqlite:///{tmp_path / 'bot.db'}"


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """The address of a database of that name in which there is nothing yet."""
    if request.config.getoption("--postgres"):
        return lambda _: databases.server().fresh("template0")
    return lambda name: f"sqlite:///{tmp_path / name}.db"


@pytest.fixture(scope="session", autouse=True)
def _server_ends() -> Iterator[None]:
    """A PostgreSQL that a test started ends with the run."""
    yield
    if databases.server.cache_info().currsize:
        databases.server().stop()
