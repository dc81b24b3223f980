"""`python -m bot serve`: the bot, on the webhook, until it is told to stop. Several may share a database."""

import asyncio
from argparse import Namespace, _SubParsersAction
from typing import Any

from bot.app import App
from bot.commands.run import live
from bot.settings import Settings, SettingsError, sentence


def add(commands: "_SubParsersAction[Any]") -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("serve", help="lancer le bot derrière une adresse publique (webhook)")
    parser.set_defaults(main=main)


def main(_: Namespace) -> int:
    """Serve until SIGTERM or SIGINT; the exit code is that of `live`. Raises ProgrammeError."""
    return live(_serve)


async def _serve(app: App, settings: Settings, stop: asyncio.Event) -> None:
    if settings.webhook_url is None:
        raise SettingsError(sentence("WEBHOOK_URL"))
    await app.serve(stop, settings.webhook_url, settings.webhook_listen)
