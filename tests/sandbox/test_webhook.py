"""Updates pushed to the bot: in order within a chat, again until it says 2xx."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import Conflict

from sandbox.people import Person
from sandbox.town import Town
from tests.sandbox.refusals import raw, refused


@dataclass
class Hook:
    """A small webhook of a bot. `answers` decides by text; every push is kept in `seen`."""

    url: str = ""
    seen: list[tuple[str, str]] = field(default_factory=list)  # text, secret
    answers: Callable[[str], web.Response] = lambda _: web.Response()

    async def receives(self, request: web.Request) -> web.Response:
        text = (await request.json())["message"]["text"]
        self.seen.append((text, request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")))
        return self.answers(text)

    @property
    def texts(self) -> list[str]:
        return [text for text, _ in self.seen]


@pytest.fixture
async def hook(town: Town) -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.receives)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    town.telegram.webhook.delay_unit = 0.01
    yield hook
    await town.telegram.close()
    await runner.cleanup()


async def test_updates_are_pushed_with_the_secret_and_forgotten(
    bot: Bot, town: Town, ann: Person, hook: Hook
) -> None:
    """Also what waited before the webhook was set."""
    await bot.set_webhook(hook.url, secret_token="s3cr-t_")
    ann.says("deux")
    await town.settles()
    assert hook.seen == [("/start", "s3cr-t_"), ("deux", "s3cr-t_")]
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count, info.last_error_message) == (hook.url, 0, None)


async def test_a_failing_update_is_retried_and_holds_up_its_chat_only(
    bot: Bot, town: Town, ann: Person, hook: Hook
) -> None:
    failures = iter([503, 500, 302, 404])
    hook.answers = lambda text: web.Response(status=next(failures, 200) if text == "/start" else 200)
    await bot.set_webhook(hook.url)
    bob = town.person("Bob")
    ann.says("ann deux")
    bob.says("bob un")
    await town.settles()
    assert [text for text in hook.texts if text != "bob un"] == ["/start"] * 5 + ["ann deux"]
    assert hook.texts.index("bob un") < 3
    assert "Wrong response from the webhook" in ((await bot.get_webhook_info()).last_error_message or "")


async def test_while_telegram_is_away_nothing_is_pushed(
    inside: Bot, town: Town, ann: Person, hook: Hook
) -> None:
    await inside.set_webhook(hook.url)
    await town.settles()
    town.telegram.faults.go_away()
    ann.says("deux")
    await asyncio.sleep(0.05)
    assert hook.texts == ["/start"]
    town.telegram.faults.come_back()
    await town.settles()
    assert hook.texts == ["/start", "deux"]


async def test_an_update_can_be_pushed_three_times(inside: Bot, town: Town, ann: Person, hook: Hook) -> None:
    town.telegram.faults.copies = 3
    await inside.set_webhook(hook.url)
    await town.settles()
    assert hook.texts == ["/start"] * 3
    assert ann.reads() == ""


async def test_a_method_in_the_answer_is_a_mistake(inside: Bot, town: Town, ann: Person, hook: Hook) -> None:
    hook.answers = lambda _: web.json_response({"method": "sendMessage", "chat_id": ann.user.id, "text": "x"})
    await inside.set_webhook(hook.url)
    await town.settles()
    assert len(town.telegram.ledger.mistakes) == 1


async def test_polling_and_webhook_exclude_each_other(bot: Bot, town: Town, hook: Hook) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.05)
    await bot.set_webhook(hook.url)
    with pytest.raises(Conflict):
        await poll
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()
    assert town.telegram.webhook.info()["url"] == ""


async def test_what_waits_can_be_dropped(bot: Bot, town: Town, ann: Person, hook: Hook) -> None:
    await bot.set_webhook(hook.url, drop_pending_updates=True)
    await town.settles()
    ann.says("deux")
    await town.settles()
    assert hook.texts == ["deux"]


async def test_only_a_webhook_on_loopback_can_be_set(bot: Bot) -> None:
    with refused("HTTPS URL must be provided"):
        await bot.set_webhook("ftp://127.0.0.1/")
    with refused("the sandbox reaches loopback only"):
        await bot.set_webhook("https://example.org/hook")
    with refused("secret token contains unallowed characters"):
        await bot.set_webhook("http://127.0.0.1:1/", secret_token="é")
    with refused('parameter "url" is required'):
        await raw(bot, "setWebhook")
