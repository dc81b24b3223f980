"""One browser and one sandbox for all tests; each test has somebody of its own.

The sandbox has a former life, which was ended and begun again: its tests are in `test_command`.
"""

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from selenium import webdriver

from tests.browser import chromium
from tests.browser.playing import Playing
from tests.browser.reader import Reader


@dataclass(frozen=True, slots=True)
class FormerLife:
    """What there is to know of it: what it said, how it ended, its bot, and where everything is kept."""

    folder: Path
    taken: int  # the port it asked for, and could not have
    said: str
    code: int
    bot: int  # the number of its bot's process


@pytest.fixture(scope="session")
def former(tmp_path_factory: pytest.TempPathFactory) -> FormerLife:
    """A sandbox in which Nadia said hello, and that was then ended."""
    folder = tmp_path_factory.mktemp("sandbox")
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        taken = listening.getsockname()[1]
        playing = Playing(folder, "--port", str(taken))
    playing.says("Nadia", "/start mairie")
    playing.waits_for("Nadia", "Microcrédit personnel")
    bot = playing.state()["desk"]["bot"]["pid"]
    return FormerLife(folder, taken, playing.said, playing.ends(), bot)


@pytest.fixture(scope="session")
def playing(former: FormerLife) -> Iterator[Playing]:
    """A sandbox with the real bot."""
    playing = Playing(former.folder)
    yield playing
    playing.ends()


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """A real Chromium. Skips where there is none, and says why."""
    if why := chromium.missing():
        pytest.skip(why)
    driver = chromium.launch(tmp_path_factory.mktemp("chromium"))
    yield driver
    driver.quit()


@pytest.fixture
def driver(browser: webdriver.Chrome) -> Iterator[webdriver.Chrome]:
    """That browser, wide; whatever its console says fails the test."""
    chromium.resize(browser, chromium.WIDE)
    chromium.console(browser)
    yield browser
    assert chromium.console(browser) == []


@pytest.fixture
def lina(driver: webdriver.Chrome, playing: Playing) -> Reader:
    """Somebody new before the page in each test."""
    return Reader(driver, playing.url, playing.newcomer())
