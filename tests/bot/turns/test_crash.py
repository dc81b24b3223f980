"""SIGKILL in the middle of each question: no answer is lost, nobody is left stuck."""

import asyncio
import random
import re
from functools import partial
from itertools import count
from pathlib import Path

from sandbox.people import Person
from sandbox.server import TelegramServer
from sandbox.town import Town
from tests.bot.processes import environment, forked

ASK = "Puis-je demander un microcrédit ?"


def question(person: Person) -> int:
    """The number of the question on screen; a result is far beyond."""
    found = re.search(r"Question (\d+)", person.reads())
    if found:
        return int(found[1])
    return 0 if "Microcrédit personnel" in person.reads() else 99


def reached(person: Person, number: int) -> bool:
    return question(person) >= number


async def test_after_a_kill_at_any_question_the_walk_goes_on_at_that_question(
    town: Town, tmp_path: Path, url: str
) -> None:
    chance = random.Random(7)
    ann = town.person("Ann")
    async with TelegramServer(town.telegram) as server:
        env = environment(server.url, tmp_path, DATABASE_URL=url)
        with forked(env):
            ann.starts()
            await town.until(lambda: ann.sees("Microcrédit personnel"), "home")
            ann.taps(ASK)
            await asyncio.sleep(chance.uniform(0, 0.02))
        for number in count(1):
            with forked(env):
                await town.until(partial(reached, ann, number), f"question {number}", within=5)
                if question(ann) == 99:
                    break
                assert question(ann) == number, "one answer, one question"
                ann.taps("Je ne sais pas") if number % 2 else ann.says("je ne sais pas")
                await asyncio.sleep(chance.uniform(0, 0.02))
        assert number > 8
        assert ann.sees("vérifier ensemble")


async def test_what_was_said_while_the_bot_was_down_is_answered_in_order(
    town: Town, tmp_path: Path, url: str
) -> None:
    people = [town.person(f"P{number}") for number in range(5)]
    async with TelegramServer(town.telegram) as server:
        env = environment(server.url, tmp_path, DATABASE_URL=url)
        for person in people:
            person.starts()
            person.says("1")
            person.says("condé")
        with forked(env):
            await town.until(lambda: all(question(person) == 2 for person in people), "the second question")
