"""One JSON line an event; of errors the type and the place; of what libraries say not a word."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot import logs


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    written = io.StringIO()
    logs.open_logs("DEBUG", written)
    yield written
    root.handlers[:] = before
    root.setLevel(level)


def lines(out: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_an_event_is_one_line(out: io.StringIO) -> None:
    logs.tell("started", workers=2)
    logs.whisper("detail", name="a\nb")
    [started, detail] = lines(out)
    assert started["event"] == "started"
    assert started["workers"] == 2
    assert started["level"] == "info"
    assert str(started["at"]).endswith("+00:00")
    assert detail["name"] == "a\nb"


def test_of_an_error_the_type_and_the_place_are_told(out: io.StringIO) -> None:
    def deep() -> None:
        raise ValueError("kanarienvogel")

    try:
        deep()
    except ValueError as error:
        logs.warn("failed", error, update=7)
    [line] = lines(out)
    assert line["type"] == "ValueError"
    assert line["update"] == 7
    assert str(line["place"]).count("tests/bot/test_logs.py:") == 2
    assert "kanarienvogel" not in out.getvalue()


def test_an_endless_error_is_told_shortly(out: io.StringIO) -> None:
    def endless() -> None:
        endless()

    try:
        endless()
    except RecursionError as error:
        logs.warn("failed", error)
    assert len(out.getvalue()) < 600


@pytest.mark.parametrize(
    "library", ["telegram.Bot", "httpx", "aiohttp.client", "asyncio", "sqlalchemy.engine"]
)
@pytest.mark.fault(16)
def test_a_library_that_complains_is_named_and_not_quoted(out: io.StringIO, library: str) -> None:
    logging.getLogger(library).error("https://api.telegram.org/bot%s/x", "123:token")
    try:
        int("123:token")
    except ValueError:
        logging.getLogger(library).exception("123:token")
    assert [line["library"] for line in lines(out)] == [library, library]
    assert "123:token" not in out.getvalue()


@pytest.mark.parametrize("library", ["telegram.Bot", "httpx", "aiohttp.client", "sqlalchemy.engine"])
@pytest.mark.fault(16)
def test_a_library_that_chats_is_not_heard_even_at_debug(out: io.StringIO, library: str) -> None:
    logging.getLogger(library).info("https://api.telegram.org/bot%s/x", "123:token")
    logging.getLogger(library).debug("123:token")
    assert out.getvalue() == ""


def test_a_calmer_level_says_less(out: io.StringIO) -> None:
    logs.open_logs("WARNING", out)
    logs.tell("started")
    logs.warn("failed")
    assert [line["event"] for line in lines(out)] == ["failed"]
