"""What every test may use."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import databases, figures

# A machine that is busy is no bug: what must be fast has a test that measures it.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

HOW_LONG = ("quick", "ci", "full")  # seconds, minutes, half an hour


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="write the golden conversations anew")
    parser.addoption("--postgres", action="store_true", help="keep everything in a real PostgreSQL")
    parser.addoption("--plant", help="make a mistake of tests/endurance/planted.py: some test must fail")
    parser.addoption("--endurance", choices=HOW_LONG, default="quick", help="how long to look for what fails")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--endurance") != "quick" and not hasattr(config, "workerinput"):
        engine, whole = ("PostgreSQL", "ci") if config.getoption("--postgres") else ("SQLite", "full")
        kept = config.getoption("markexpr") == "fault" and config.getoption("--endurance") == whole
        config.pluginmanager.register(figures.Figures(engine, kept=kept))
    if mistake := config.getoption("--plant"):
        from tests.endurance.planted import MISTAKES  # late: it imports the whole bot

        MISTAKES[mistake].plant()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    figures.mark(items)
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


@pytest.fixture
def endurance(request: pytest.FixtureRequest) -> str:
    """How long to look: one of HOW_LONG."""
    return str(request.config.getoption("--endurance"))


@pytest.fixture
def report(request: pytest.FixtureRequest) -> figures.Report:
    """Tell what was tried and what came of it; it becomes a line of docs/endurance.md."""
    return figures.reporter(request.node)
