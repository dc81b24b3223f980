"""One browser and one sandbox for all tests of a worker; each test has somebody of its own."""

from collections.abc import Iterator

import pytest
from selenium import webdriver

from tests.browser import chromium
from tests.browser.playing import Playing
from tests.browser.reader import Reader


@pytest.fixture(scope="session")
def playing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Playing]:
    """A sandbox with the real bot."""
    playing = Playing(tmp_path_factory.mktemp("sandbox"))
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
