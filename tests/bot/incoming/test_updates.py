"""Updates as they really come: twice, malformed, from groups. Each costs nobody else anything."""

import asyncio
import json
from datetime import timedelta

import pytest

from sandbox.people import Person
from sandbox.town import Town
from tests.bot.conftest import Running
from tests.databases import looking

pytestmark = pytest.mark.usefixtures("bot")

ASK = "Puis-je demander un microcrédit ?"
CANARY = "kanarienvogel"
CHAT = '"chat":{"id":5,"type":"private","first_name":"Eve"},"from":{"id":5,"is_bot":false,"first_name":"Eve"}'

POISON = {
    "half a character": f'"message":{{"message_id":1,"date":1,{CHAT},"text":"{CANARY} \\ud800"}}',
    "a NUL": f'"message":{{"message_id":1,"date":1,{CHAT},"text":"{CANARY} \\u0000"}}',
    "ten thousand levels": f'"message":{"[" * 10_000}"{CANARY}"{"]" * 10_000}',
    "a number beyond 64 bits": f'"message":{{"message_id":{2**63},"date":1,{CHAT},"text":"{CANARY}"}}',
    "a number of 5,000 digits": f'"message":{{"message_id":{"9" * 5000},"date":1,{CHAT},"text":"{CANARY}"}}',
    "a type nobody knows": f'"novelty":{{"text":"{CANARY}"}}',
    "no message in it": f'"message":"{CANARY}"',
    "no JSON": f'"message":{{{CANARY}',
    "a sender who is not the chat": '"message":{"message_id":1,"date":1,"chat":{"id":5,"type":"private"},'
    f'"from":{{"id":6,"is_bot":false,"first_name":"Eve"}},"text":"{CANARY}"}}',
}


@pytest.mark.parametrize("body", POISON.values(), ids=POISON)
@pytest.mark.fault(10)
async def test_a_poisoned_update_is_put_aside_and_the_others_are_answered(
    bot: Running, town: Town, body: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    people = [town.person(f"P{number}") for number in range(7)]
    for person in people[:4]:
        person.starts()
    town.arrives(body)
    for person in people[4:]:
        person.starts()
    home = "Microcrédit personnel"
    await town.until(lambda: all(person.sees(home) for person in people), "everybody is answered", within=5)
    await bot.until(lambda: len(bot.rows("select 1 from inbox where state = 'aside'")) == 1)
    assert bot.rows("select 1 from inbox where arrival is not null") == []
    out, err = capfd.readouterr()
    assert CANARY not in caplog.text + out + err


@pytest.mark.fault(3)
async def test_an_update_delivered_three_times_has_one_effect(ann: Person, town: Town) -> None:
    town.telegram.faults.copies = 3
    ann.starts()
    await ann.waits()
    ann.taps(ASK)
    await ann.waits()
    for _ in range(4):
        ann.says("je ne sais pas")
        await ann.waits()
    assert ann.sees("Question 5"), "four answers, not twelve"
    sent = [call for call in town.telegram.ledger if call.method == "sendMessage"]
    assert len(sent) == 5


@pytest.mark.fault(3)
async def test_an_update_that_comes_again_after_a_restart_is_known(
    bot: Running, ann: Person, town: Town
) -> None:
    ann.starts()
    await ann.waits()
    await bot.stop()
    raw = {"update_id": 1, "message": ann.starts().as_json()}
    bot.start()
    await ann.waits()
    before = len(town.telegram.ledger)
    known = bot.rows("select update_id from inbox where state = 'done'")
    await bot.app._intake.take([raw | {"update_id": row[0]} for row in known])
    await asyncio.sleep(0.2)
    assert len(known) == 2
    assert len(town.telegram.ledger) == before


async def test_the_numbers_may_jump_backwards(ann: Person, town: Town) -> None:
    """After an idle week Telegram picks a new number at random."""
    ann.starts()
    await ann.waits()
    town.telegram.queue._newest_id = 2 * 10**9
    ann.says("bonjour")
    await ann.waits()
    town.passes(timedelta(days=8))
    ann.taps(ASK)
    await ann.waits()
    assert ann.sees("Dans quelle commune habitez-vous ?")


@pytest.mark.fault(12)
async def test_in_a_group_the_bot_says_nothing_and_leaves(ann: Person, town: Town) -> None:
    group = town.group()
    group.adds_bot(ann)
    ann.says("/start", in_=group)
    await town.settles()
    called = {call.method for call in town.telegram.ledger if call.chat_id == group.chat.id}
    assert called == {"leaveChat"}
    assert group.chat.standing == "left"


async def test_being_thrown_out_of_a_group_is_taken_in_silence(ann: Person, town: Town) -> None:
    group = town.group()
    await town.settles()
    group.removes_bot(ann)
    await town.stays_silent()


@pytest.mark.sqlite
@pytest.mark.fault(8)
async def test_while_somebody_holds_the_database_people_wait_and_are_not_lost(
    bot: Running, ann: Person, town: Town
) -> None:
    ann.starts()
    await ann.waits()
    with looking(bot.url) as engine, engine.begin():
        ann.taps(ASK)
        await asyncio.sleep(0.5)
        assert ann.sees("Microcrédit personnel")
        assert len(town.telegram.queue) == 1, "not confirmed before it is kept"
    await ann.waits()
    assert ann.sees("Dans quelle commune habitez-vous ?")


async def test_nothing_of_an_update_stays_but_its_number(bot: Running, ann: Person) -> None:
    ann.says(CANARY)
    await ann.waits()
    [row] = bot.rows("select * from inbox")
    assert (row.state, row.chat_id, row.arrival) == ("done", None, None)
    assert CANARY not in json.dumps([str(kept) for kept in bot.rows("select * from dialogue")])
