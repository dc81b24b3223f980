"""Calls as such: methods, parameters, their three ways of arriving, and the ledger of them all."""

import aiohttp
import pytest
from telegram import Bot
from telegram.error import BadRequest, EndPointNotFound

from sandbox.people import Person
from sandbox.server import TelegramServer
from sandbox.town import Town
from tests.sandbox.refusals import raw, refused


async def test_an_unknown_method_is_not_found(bot: Bot) -> None:
    with pytest.raises(EndPointNotFound):
        await raw(bot, "sendTelepathy")


async def test_an_unknown_parameter_is_refused(bot: Bot, ann: Person) -> None:
    with refused("unknown parameter 'txet'"):
        await bot.send_message(ann.user.id, "Bonjour", api_kwargs={"txet": "Bonjour"})


@pytest.mark.parametrize(
    ("method", "given", "missing"),
    [
        ("sendMessage", {"text": "Bonjour"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 1}, "message text is empty"),
        ("sendPhoto", {"chat_id": 1}, "there is no photo in the request"),
        ("editMessageText", {"chat_id": 1, "text": "x"}, "message identifier is not specified"),
        ("answerCallbackQuery", {}, 'parameter "callback_query_id" is required'),
    ],
)
async def test_a_missing_parameter_is_named(
    bot: Bot, method: str, given: dict[str, object], missing: str
) -> None:
    with refused(missing):
        await raw(bot, method, **given)


async def test_a_number_must_be_a_number_of_64_bits(bot: Bot) -> None:
    with refused("must be an integer"):
        await bot.get_chat("abc")
    with refused("out of range"):
        await bot.get_chat(2**63)


async def test_parameters_arrive_as_form_json_multipart_or_in_the_address(town: Town, ann: Person) -> None:
    """The real server reads all four."""
    given = {"chat_id": str(ann.user.id), "text": "Bonjour"}
    parts = aiohttp.FormData(given, quote_fields=False)
    parts.add_field("reply_markup", "{}", content_type="text/plain")
    async with TelegramServer(town.telegram) as server, aiohttp.ClientSession() as session:
        address = f"{server.url}/bot1:any/sendMessage"
        for ways in ({"data": given}, {"json": {**given, "chat_id": ann.user.id}}, {"data": parts}):
            async with session.post(address, **ways) as answer:
                assert answer.status == 200
        async with session.get(address, params=given) as answer:
            assert (await answer.json())["result"]["text"] == "Bonjour"
        async with session.post(address, data=b"{", headers={"Content-Type": "application/json"}) as answer:
            assert answer.status == 400
        async with session.post(address, data=b"chat_id=1&text=%ed%a0%80") as answer:
            assert answer.status == 400


async def test_the_ledger_keeps_every_call_in_order_with_what_came_of_it(
    bot: Bot, town: Town, ann: Person
) -> None:
    ledger = town.telegram.ledger
    ledger.clear()
    await bot.send_message(ann.user.id, "un")
    await bot.get_updates()
    with pytest.raises(BadRequest):
        await bot.send_message(ann.user.id, "")
    await bot.send_message(ann.user.id, "deux")

    assert [(call.method, call.status) for call in ledger] == [
        ("sendMessage", 200),
        ("sendMessage", 400),
        ("sendMessage", 200),
    ]
    accepted = [call for call in ledger.calls("sendMessage") if call.accepted]
    assert [call.parameters["text"] for call in accepted] == ["un", "deux"]
    assert [call.description for call in ledger.refused()] == ["Bad Request: message text is empty"]
    assert ledger.calls(chat_id=ann.user.id + 1) == []
    assert "un" not in ledger.tail().split()


async def test_after_logging_out_nothing_works(bot: Bot) -> None:
    assert await bot.log_out()
    with refused("Logged out"):
        await bot.get_me()
