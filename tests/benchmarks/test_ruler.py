import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import walk
from benchmarks.contenders import SQLITE
from benchmarks.measure import ruler
from benchmarks.picture import Bar, number, picture


@pytest.fixture
def walked(tmp_path: Path) -> Path:
    walk.write(tmp_path / "walk.json")
    return tmp_path / "walk.json"


def test_the_walk_is_home_eight_questions_and_a_result() -> None:
    shown = walk.walk()
    assert len(shown) == 10
    assert [("Question" in screen.text) for screen in shown] == [False, *[True] * 8, False]


def test_residents_are_answered_and_see_the_screens_of_the_walk(walked: Path, tmp_path: Path) -> None:
    bot = replace(SQLITE, python=Path(sys.executable))
    with (
        ruler(walked) as telegram,
        bot.database(tmp_path) as database,
        bot.running(telegram.url, walked, tmp_path, database) as process,
    ):
        assert telegram.first_answer()
        hurried = telegram.measure(process.pid, residents=5, seconds=1)
        calm = telegram.measure(process.pid, residents=5, seconds=1, rate=30)
    assert hurried.rate > 30 > calm.rate / 3
    assert (hurried.unanswered, hurried.wrong, calm.unanswered, calm.wrong) == (0, 0, 0, 0)
    assert len(calm.latencies) > 10


def test_the_picture_says_its_values() -> None:
    drawn = picture("Speed", [("taps", [Bar("this bot", 1907, ours=True), Bar("a peer", 0.517, ours=False)])])
    assert ">1,907<" in drawn
    assert ">0.52<" in drawn
    assert [number(value) for value in (1907.2, 21.44, 0.517)] == ["1,907", "21.4", "0.52"]
