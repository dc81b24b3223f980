"""What waits for the bot: until it is confirmed by offset, or too old."""

import asyncio
import json
from datetime import timedelta

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import Conflict

from sandbox.people import Person
from sandbox.server import TelegramServer
from sandbox.telegram import FakeTelegram
from sandbox.town import Town
from tests.sandbox.conftest import NOON

GO = InlineKeyboardMarkup([[InlineKeyboardButton("Suite", callback_data="go")]])


async def test_updates_come_again_until_they_are_confirmed(bot: Bot, ann: Person) -> None:
    ann.says("deux")
    first, second = await bot.get_updates()
    assert second.update_id == first.update_id + 1
    assert [update.update_id for update in await bot.get_updates()] == [first.update_id, second.update_id]
    (again,) = await bot.get_updates(offset=second.update_id)
    assert again.update_id == second.update_id
    (again,) = await bot.get_updates(offset=0)  # the first is forgotten for good
    assert again.update_id == second.update_id
    assert await bot.get_updates(offset=second.update_id + 1) == ()


async def test_a_limit_and_a_negative_offset_are_kept(bot: Bot, ann: Person) -> None:
    for text in ("deux", "trois"):
        ann.says(text)
    assert len(await bot.get_updates(limit=2)) == 2
    (newest,) = await bot.get_updates(offset=-1)
    assert newest.message
    assert newest.message.text == "trois"
    assert len(await bot.get_updates()) == 1


@pytest.mark.parametrize(("waited", "left"), [(149, ["message", "tap"]), (150, ["message"]), (86_400, [])])
async def test_a_message_waits_a_day_and_a_tap_150_seconds(
    inside: Bot, town: Town, waited: int, left: list[str]
) -> None:
    bea = town.person("Béa")
    bea.starts()
    await inside.send_message(bea.user.id, "Un", reply_markup=GO)
    bea.taps("Suite")
    town.passes(timedelta(seconds=waited))
    updates = await inside.get_updates()
    assert ["tap" if update.callback_query else "message" for update in updates] == left


async def test_after_an_idle_week_the_ids_jump_and_an_old_offset_is_ignored(
    inside: Bot, town: Town, ann: Person
) -> None:
    (first,) = await inside.get_updates()
    assert await inside.get_updates(offset=first.update_id + 1) == ()
    jumps = set()
    for _ in range(20):
        town.passes(timedelta(days=7, seconds=1))
        ann.says("me revoilà")
        (update,) = await inside.get_updates(offset=-1)
        assert abs(update.update_id - first.update_id) > 1
        jumps.add(update.update_id > first.update_id)
    assert jumps == {True, False}  # at times the new ids are smaller

    newest = update.update_id
    assert [update.update_id for update in await inside.get_updates(offset=newest + 1000)] == [newest]


async def test_a_long_poll_is_answered_as_soon_as_there_is_something(bot: Bot, ann: Person) -> None:
    await bot.get_updates(offset=-1)
    (update,) = await bot.get_updates()
    poll = asyncio.create_task(bot.get_updates(offset=update.update_id + 1, timeout=20))
    await asyncio.sleep(0.05)
    assert not poll.done()
    ann.says("deux")
    (update,) = await asyncio.wait_for(poll, 2)
    assert update.message
    assert update.message.text == "deux"


async def test_a_second_reader_sends_the_first_away(bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    await bot.get_updates()
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first


async def test_only_what_is_allowed_is_queued(bot: Bot, ann: Person) -> None:
    await bot.get_updates(offset=-1, allowed_updates=["callback_query"])
    (start,) = await bot.get_updates()
    ann.says("pas entendu")
    assert await bot.get_updates(offset=start.update_id + 1) == ()
    await bot.get_updates(allowed_updates=[])
    ann.says("entendu")
    assert len(await bot.get_updates()) == 1


async def test_a_poisoned_update_travels_as_it_is(town: Town) -> None:
    town.arrives('"message":{"text":"\\ud800\\u0000","message_id":99999999999999999999}')
    town.arrives(f'"message":{"[" * 10_000}{"]" * 10_000}')
    town.arrives('"telepathy":{}')
    answer = await town.telegram.call("getUpdates", {})
    assert answer.body.count(b"update_id") == 3
    with pytest.raises(RecursionError):
        json.loads(answer.body)


async def test_an_update_can_be_delivered_three_times(inside: Bot, town: Town, ann: Person) -> None:
    ann.says("deux")
    town.telegram.faults.copies = 3
    updates = await inside.get_updates()
    assert len(updates) == 6
    assert len({update.update_id for update in updates}) == 2


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 5)), max_size=20))
def test_nothing_is_lost_and_the_order_stays(turns: list[tuple[int, int]]) -> None:
    """However arrivals and polls follow each other."""
    queue = FakeTelegram(lambda: NOON).queue
    sent, seen, offset = 0, [], 0
    for arriving, limit in [*turns, (0, 100)]:
        for _ in range(arriving):
            sent += 1
            queue.add("message", {"number": sent}, "lane")
        updates = queue.take(offset, limit)
        seen += [json.loads(update.json)["message"]["number"] for update in updates]
        offset = updates[-1].id + 1 if updates else offset
    assert seen == list(range(1, sent + 1))


async def test_a_reader_that_died_takes_nothing_along(town: Town, ann: Person) -> None:
    """As after SIGKILL: the connection breaks in the middle of a long poll."""
    async with TelegramServer(town.telegram) as server:
        address = f"{server.url}/bot1:any/getUpdates"
        async with aiohttp.ClientSession() as session:
            async with session.get(address) as answer:
                (start,) = (await answer.json())["result"]
            after = {"offset": start["update_id"] + 1, "timeout": 20}
            with pytest.raises(TimeoutError):
                async with session.get(address, params=after, timeout=aiohttp.ClientTimeout(0.05)):
                    pass
        ann.says("deux")
        async with aiohttp.ClientSession() as session, session.get(address, params=after) as answer:
            assert [update["message"]["text"] for update in (await answer.json())["result"]] == ["deux"]
