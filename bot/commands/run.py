"""`python -m bot run`: the bot, on long polling, until it is told to stop. `serve` starts it the same way."""

import asyncio
import gc
import secrets
import signal
import sys
from argparse import Namespace, _SubParsersAction
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from bot import logs
from bot.app import App
from bot.calls.http import HttpRequest
from bot.calls.telegram import Telegram, TokenRefusedError
from bot.clock import now
from bot.contact_keys import master_keys
from bot.settings import Settings, SettingsError, read_settings
from conversations import catalogues
from conversations.desk.case import Role
from conversations.programme.load import load
from conversations.scene import PARIS
from storage.errors import StoreError
from storage.keys import KeysError
from storage.store import Store
from storage.vault import Vault

NOBODY_YET = (
    "Aucune référente n'est inscrite : les demandes l'attendront. "
    "Invitez-la avec « python -m bot invite referente »."
)
PAUSED = (
    "Le bot est en pause depuis une restauration : rien ne part. "
    "Pour voir ce qui attend et décider : « python -m bot resume »."
)
Life = Callable[[App, Settings, asyncio.Event], Awaitable[None]]
LOCALES = Path(__file__).parents[2] / "locales"


def add(commands: "_SubParsersAction[Any]") -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("run", help="lancer le bot avec les réglages de .env")
    parser.set_defaults(main=main)


def main(_: Namespace) -> int:
    """Run until SIGTERM or SIGINT; the exit code is that of `live`. Raises ProgrammeError."""
    return live(lambda app, settings, stop: app.poll(stop, settings.health_port))


def live(life: Life) -> int:
    """Live until SIGTERM or SIGINT. Exit code 2: the settings or the database have to be put right.

    `life` starts the bot, with its settings, until the event is set; it may raise SettingsError before that.
    Raises ProgrammeError.
    """
    try:
        settings = read_settings()
        logs.open_logs(settings.log_level)
        programme = load(settings.programme)
        programme.at(now().astimezone(PARIS).date())
        vault, mailbox = Vault(master_keys(settings)), settings.mailbox
        store = Store(settings.database_url, lean=True)
    except (SettingsError, KeysError, StoreError) as error:
        print(error, file=sys.stderr)
        return 2
    for sentence in programme.incomplete:
        print(sentence, file=sys.stderr)
    try:
        telegram = Telegram(
            HttpRequest(), settings.telegram_api_url, settings.telegram_bot_token, settings.telegram_rate
        )
        words = catalogues.load(LOCALES)
        app = App(telegram, store, programme, words, now, lambda: secrets.randbits(63), vault, mailbox)
        return asyncio.run(_until_told(store, lambda stop: life(app, settings, stop)))
    finally:
        store.close()


async def _until_told(store: Store, life: Callable[[asyncio.Event], Awaitable[None]]) -> int:
    if not await store.do(lambda kept: kept.staff.members(Role.REFERENTE)):
        print(NOBODY_YET, file=sys.stderr)
    if await store.do(lambda kept: kept.pause.since()):
        print(PAUSED, file=sys.stderr)
    stop = asyncio.Event()
    for told in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(told, stop.set)
    gc.freeze()  # what is here now stays: no need to look at it ever again
    logs.tell("started")
    code = 0
    try:
        await life(stop)
    except* TokenRefusedError:
        print("Telegram refuse le jeton. Vérifiez TELEGRAM_BOT_TOKEN.", file=sys.stderr)
        code = 2
    except* SettingsError as errors:
        print(*errors.exceptions, sep="\n", file=sys.stderr)
        code = 2
    logs.tell("stopped")
    return code
