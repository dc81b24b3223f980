"""What can be switched on between the bot and Telegram."""

import asyncio
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TimedOut

from sandbox.people import Person
from sandbox.request import InProcessRequest
from sandbox.server import TelegramServer
from sandbox.telegram import Away, FakeTelegram
from sandbox.town import Town


@pytest.mark.parametrize("how", list(Away))
async def test_while_telegram_is_away_nothing_arrives_and_people_go_on(
    bot: Bot, town: Town, ann: Person, how: Away
) -> None:
    town.telegram.faults.go_away(how)
    ann.says("deux")
    with pytest.raises(NetworkError):
        await bot.send_message(ann.user.id, "Bonjour")
    with pytest.raises(NetworkError):
        await bot.get_updates()
    assert ann.reads() == ""

    town.telegram.faults.come_back()
    assert len(await bot.get_updates()) == 2


async def test_no_file_is_fetched_while_telegram_is_away(bot: Bot, town: Town, ann: Person) -> None:
    file = await (await bot.send_document(ann.user.id, b"un")).effective_attachment.get_file()  # type: ignore[union-attr]
    town.telegram.faults.go_away()
    with pytest.raises(NetworkError):
        await file.download_as_bytearray()


async def test_a_long_poll_breaks_off_when_telegram_goes_away(bot: Bot, town: Town) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    town.telegram.faults.go_away()
    with pytest.raises(NetworkError):
        await asyncio.wait_for(poll, 2)


async def test_a_stopped_server_refuses_connections_and_comes_back_on_its_port(town: Town) -> None:
    async with TelegramServer(town.telegram) as server, Bot("1:any", f"{server.url}/bot") as bot:
        await server.stop()
        with pytest.raises(NetworkError, match="ConnectError"):
            await bot.get_me()
        await server.start()
        assert (await bot.get_me()).username == "microcredit_bot"


async def test_an_answer_can_be_lost_after_the_call_took_effect(bot: Bot, town: Town, ann: Person) -> None:
    town.telegram.faults.lose_answers(method="sendMessage")
    await bot.get_me()
    with pytest.raises(NetworkError):
        await bot.send_message(ann.user.id, "Bonjour")
    assert ann.reads() == "Bonjour"
    (call,) = town.telegram.ledger.calls("sendMessage")
    assert call.accepted
    assert call.lost
    await bot.send_message(ann.user.id, "Rebonjour")


async def test_a_slow_answer_times_out_and_takes_effect_all_the_same(
    bot: Bot, town: Town, ann: Person
) -> None:
    town.telegram.faults.latency = 0.2
    with pytest.raises(TimedOut):
        await bot.send_message(ann.user.id, "Bonjour", read_timeout=0.05)
    assert ann.reads() == ""
    await town.until(lambda: ann.reads() == "Bonjour", "the message arrives")


async def test_a_flooded_chat_says_for_how_long(bot: Bot, town: Town, ann: Person) -> None:
    bob = town.person("Bob")
    bob.starts()
    town.telegram.faults.flood(90, ann.user.id)
    for left in (90, 60):
        with pytest.raises(RetryAfter) as told:
            await bot.send_message(ann.user.id, "Bonjour")
        assert told.value.retry_after == timedelta(seconds=left)
        await bot.send_message(bob.user.id, "Bonjour")
        town.passes(timedelta(seconds=30))
    town.passes(timedelta(seconds=30))
    await bot.send_message(ann.user.id, "Bonjour")


async def test_all_calls_can_be_flooded_but_updates_go_on(bot: Bot, town: Town, ann: Person) -> None:
    town.telegram.faults.flood(1)
    with pytest.raises(RetryAfter):
        await bot.send_message(ann.user.id, "Bonjour")
    with pytest.raises(RetryAfter):
        await bot.answer_callback_query("1")
    assert len(await bot.get_updates()) == 1


async def test_the_real_pace_can_be_enforced(inside: Bot, town: Town, ann: Person) -> None:
    town.telegram.limits.enforced = True
    for _ in range(3):  # a short burst passes
        await inside.send_message(ann.user.id, "Bonjour")
    with pytest.raises(RetryAfter):
        await inside.send_message(ann.user.id, "Bonjour")
    with pytest.raises(RetryAfter):  # who does not wait is refused on
        await inside.send_message(ann.user.id, "Bonjour")
    town.passes(timedelta(seconds=1))
    await inside.send_message(ann.user.id, "Bonjour")


async def test_over_all_chats_30_a_second_pass(inside: Bot, town: Town) -> None:
    town.telegram.limits.enforced = True
    people = [town.person(f"P{number}") for number in range(31)]
    for person in people:
        person.starts()
    for person in people[:30]:
        await inside.send_message(person.user.id, "Bonjour")
    for _ in range(2):
        with pytest.raises(RetryAfter):  # also when it comes back sooner than it was told
            await inside.send_message(people[30].user.id, "Bonjour")
        town.passes(timedelta(milliseconds=100))
    town.passes(timedelta(seconds=1))
    await inside.send_message(people[30].user.id, "Bonjour")


async def test_a_group_takes_20_a_minute(inside: Bot, town: Town, ann: Person) -> None:
    group = town.group()
    group.adds_bot(by=ann)
    town.telegram.limits.enforced = True
    for _ in range(20):
        await inside.send_message(group.chat.id, "Bonjour")
        town.passes(timedelta(milliseconds=50))
    with pytest.raises(RetryAfter):
        await inside.send_message(group.chat.id, "Bonjour")


async def test_nobody_hears_of_a_late_failure_inside(town: Town) -> None:
    """The in-process door forgets a call whose caller has gone, as a server does."""
    telegram: FakeTelegram = town.telegram
    telegram.faults.latency = 0.05
    door = InProcessRequest(telegram)
    with pytest.raises(TimedOut):
        await door.post("https://x/bot1:any/getMe", read_timeout=0.01)
    telegram.faults.go_away()
    await asyncio.sleep(0.1)
