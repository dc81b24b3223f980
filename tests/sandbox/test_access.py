"""Whom the bot may write to, and what groups do to it."""

import pytest
from telegram import Bot
from telegram.error import ChatMigrated, Forbidden

from sandbox.people import CannotDoError, Person
from sandbox.town import Town
from tests.sandbox.refusals import refused


async def test_a_stranger_cannot_be_written_to(bot: Bot, town: Town) -> None:
    stranger = town.person("Zoé")
    with refused("chat not found"):
        await bot.send_message(stranger.user.id, "Bonjour")
    stranger.starts()
    await bot.send_message(stranger.user.id, "Bonjour")


async def test_who_was_met_in_a_group_only_must_write_first(bot: Bot, town: Town, ann: Person) -> None:
    stranger, group = town.person("Zoé"), town.group()
    group.adds_bot(by=ann)
    stranger.says("/start", in_=group)
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(stranger.user.id, "Bonjour")


async def test_who_blocked_the_bot_is_left_alone(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(ann.user.id, "Bonjour")
    ann.blocks_bot()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(ann.user.id, "Bonjour")
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await sent.edit_text("Bonsoir")
    with pytest.raises(CannotDoError):
        ann.says("Bonjour")

    ann.unblocks_bot()
    await bot.send_message(ann.user.id, "Rebonjour")
    standings = [update.my_chat_member for update in await bot.get_updates() if update.my_chat_member]
    assert [(s.old_chat_member.status, s.new_chat_member.status) for s in standings] == [
        ("member", "kicked"),
        ("kicked", "member"),
    ]


async def test_a_closed_account_is_deactivated(bot: Bot, ann: Person) -> None:
    ann.closes_account()
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(ann.user.id, "Bonjour")


async def test_a_group_that_grew_tells_its_new_id(bot: Bot, town: Town, ann: Person) -> None:
    group = town.group()
    group.adds_bot(by=ann)
    await bot.send_message(group.chat.id, "Bonjour")
    grown = group.becomes_supergroup(by=ann)
    with pytest.raises(ChatMigrated) as told:
        await bot.send_message(group.chat.id, "Bonjour")
    assert told.value.new_chat_id == grown.chat.id
    assert (await bot.send_message(grown.chat.id, "Bonjour")).chat.type == "supergroup"


async def test_in_a_group_the_bot_hears_only_what_is_meant_for_it(bot: Bot, town: Town, ann: Person) -> None:
    group = town.group()
    ann.says("/start", in_=group)  # the bot is not there yet
    group.adds_bot(by=ann)
    for text in ("bonjour", "/start", f"hé @{town.telegram.me.username}"):
        ann.says(text, in_=group)
    updates = await bot.get_updates()
    heard = [update.message.text for update in updates if update.message and update.message.chat.id < 0]
    assert heard == [None, "/start", "hé @microcredit_bot"]  # None: it was added
    assert updates[1].my_chat_member


async def test_a_group_is_left_and_can_throw_the_bot_out(bot: Bot, town: Town, ann: Person) -> None:
    group = town.group()
    group.adds_bot(by=ann)
    assert await bot.leave_chat(group.chat.id)
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(group.chat.id, "Bonjour")
    group.adds_bot(by=ann)
    group.removes_bot(by=ann)
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(group.chat.id, "Bonjour")
    with refused("can't leave a private chat"):
        await bot.leave_chat(ann.user.id)


async def test_a_chat_can_be_looked_at(bot: Bot, ann: Person) -> None:
    assert (await bot.get_chat(ann.user.id)).first_name == "Ann"
