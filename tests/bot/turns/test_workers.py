"""Three workers on one PostgreSQL, each update to any of them: nobody notices that there are several."""

import asyncio
import random
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Coroutine, Iterable, Sequence
from contextlib import nullcontext
from typing import Any

import pytest

from bot.incoming.intake import Intake
from bot.incoming.polling import Polling
from conversations.desk.case import Deed, Role
from sandbox.people import Person
from sandbox.town import Town
from tests import databases
from tests.bot.conftest import Running
from tests.bot.handing import CANARY, enrolled, journal, sent

ASK = "Puis-je demander un microcrédit ?"


class Worker(Running):
    """One of several: it takes no updates by itself."""

    def lives(self, stop: asyncio.Event) -> Coroutine[Any, Any, None]:
        return self.app._live(stop, asyncio.Event().wait, nullcontext())  # type: ignore[arg-type]


class Spread(Intake):
    """Gives each update to one of the workers, as a proxy in front of their webhooks does."""

    def __init__(self, workers: Sequence[Running], chance: random.Random) -> None:
        self._workers = workers
        self._chance = chance

    async def is_full(self) -> bool:
        return False

    async def take(self, updates: Iterable[object]) -> None:
        for update in updates:
            await self._chance.choice(self._workers).app._intake.take([update])


@pytest.fixture
async def workers(town: Town) -> AsyncIterator[list[Running]]:
    url = databases.server().fresh()
    workers: list[Running] = [Worker(town, url) for _ in range(3)]
    for worker in workers:
        worker.key, worker.chance = workers[0].key, lambda: secrets.randbits(63)
        worker.start()
    polling = Polling(workers[0].app._telegram, Spread(workers, random.Random(7)))
    spreading = asyncio.create_task(polling.run())
    yield workers
    spreading.cancel()
    for worker in workers:
        if not worker.task.done():
            await worker.stop()


def rings(person: Person) -> list[str]:
    """Every message that the bot sent to this person."""
    return [message.text for message in person.chat.messages.values() if message.sender.is_bot]


@pytest.mark.usefixtures("workers")
async def test_everybody_walks_to_the_result_on_one_living_message(town: Town) -> None:
    people = [town.person(f"P{number}") for number in range(12)]
    for person in people:
        person.starts()
    await town.until(lambda: all(person.sees("Microcrédit") for person in people), "home", within=20)

    async def goes_on(person: Person, label: str) -> None:
        before = person.reads()
        person.taps(label)
        await town.until(lambda: person.reads() != before, "the next screen", within=20)

    async def walks(person: Person) -> None:
        await goes_on(person, ASK)
        while "Je ne sais pas" in person.buttons():
            await goes_on(person, "Je ne sais pas")

    await asyncio.gather(*(walks(person) for person in people))
    assert all(person.sees("vérifier ensemble") for person in people)
    assert [len(person.living) for person in people] == [1] * len(people)
    sent = Counter(call.chat_id for call in town.telegram.ledger.calls("sendMessage"))
    assert set(sent.values()) == {1}, "one message each, edited ever since"


async def test_what_a_person_writes_at_once_is_answered_in_its_order(
    workers: list[Running], town: Town
) -> None:
    people = [town.person(f"P{number}") for number in range(6)]
    for person in people:
        person.starts()
        person.says("1")
        person.says("condé")
        person.says("je ne sais pas")
    await town.until(lambda: all(person.sees("Question 3") for person in people), "in order", within=20)
    assert len(workers[0].rows("select 1 from lead")) == 0
    assert len(workers[0].rows("select 1 from dialogue")) == 6


async def test_a_request_is_told_once_and_opened_once(
    workers: list[Running], town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.calls.pace.Pace.wait", lambda *_: 0.0)
    monkeypatch.setattr("conversations.calendar.Calendar.at_work", lambda *_: True)
    first, anne, bea = workers[0], town.person("Anne"), town.person("Béa")
    await enrolled(first, anne)
    await enrolled(first, bea)
    references = [await sent(first, town.person(f"R{number}")) for number in range(3)]
    for worker in workers:
        await worker.app.clockwork.tick()
    await town.settles(quiet=0.3)
    for reference in references:
        for person in (anne, bea):
            assert len([text for text in rings(person) if reference in text]) == 1
    for _ in range(25):
        anne.taps("Voir le contact")
        bea.taps("Voir le contact")
    await town.settles(quiet=0.3)
    shown = [text for person in (anne, bea) for text in rings(person) if CANARY.name in text]
    assert len(shown) == 1
    assert (await journal(first, references[-1])).count(Deed.REVEALED) == 1


async def test_what_a_dead_worker_left_is_done_by_the_others(workers: list[Running], town: Town) -> None:
    ann = town.person("Ann")
    ann.starts()
    await ann.waits(quiet=0.2)
    held = [worker for worker in workers if worker is not workers[0]]
    town.telegram.faults.go_away()
    ann.taps(ASK)
    town.telegram.faults.come_back()
    for worker in held:
        worker.task.cancel()
        await asyncio.gather(worker.task, return_exceptions=True)
        worker.store.close()
    await town.until(lambda: ann.sees("Dans quelle commune"), "the first question", within=10)


@pytest.mark.usefixtures("workers")
async def test_a_member_may_be_served_by_any_worker(workers: list[Running], town: Town) -> None:
    chef = town.person("Chef")
    await enrolled(workers[0], chef, Role.COORDINATION)
    for _ in range(6):
        chef.says("/attente")
    await town.until(lambda: len([t for t in rings(chef) if "demande ouverte" in t]) == 6, "six lists", 40)
