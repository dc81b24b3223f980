"""`python -m bot invite ROLE`: a link that lets one person in, once, within a quarter of an hour."""

import argparse
import asyncio
import secrets
import sys
from datetime import timedelta

from telegram.error import TelegramError

from bot.calls.http import HttpRequest
from bot.calls.telegram import Telegram
from bot.clock import now
from bot.programme import load_chosen, today
from bot.settings import Settings, SettingsError, read_settings
from conversations.desk.case import Role
from conversations.folding import fold
from conversations.programme.model import Programme
from storage.beside import beside
from storage.errors import StoreError

VALID = timedelta(minutes=15)
CODE = 16  # random bytes


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("invite", help="un lien qui donne accès à une personne, une seule fois")
    parser.add_argument("role", choices=[role.value for role in Role], metavar="RÔLE", help=", ".join(Role))
    parser.add_argument("--commune", default="", help="pour un agent : sa commune")
    parser.set_defaults(main=main)


def main(arguments: argparse.Namespace) -> int:
    """Print the link; 2 where the settings, the commune or Telegram forbid it. Raises ProgrammeError."""
    role = Role(arguments.role)
    commune = _commune(load_chosen().at(today()), arguments.commune)
    if (role is Role.AGENT) != bool(commune):
        print("Pour un agent, et pour lui seul : --commune avec l'une des communes.", file=sys.stderr)
        return 2
    code = secrets.token_urlsafe(CODE)
    try:
        settings = read_settings()
        name = asyncio.run(_name(settings))
        with beside(settings.database_url) as kept:
            kept.staff.invite(code, role, commune, now() + VALID)
    except (SettingsError, StoreError) as error:
        print(error, file=sys.stderr)
        return 2
    except TelegramError:
        print("Telegram ne répond pas, ou refuse le jeton. Réessayez dans un moment.", file=sys.stderr)
        return 2
    print(f"https://t.me/{name}?start={code}")
    print("Ce lien sert une fois, dans le quart d'heure. Envoyez-le à cette personne seulement.")
    return 0


def _commune(programme: Programme, typed: str) -> str:
    """The id of the commune that was typed, by its id or its name; "" for none of ours."""
    words = fold(typed)
    fitting = (place.id for place in programme.places if words in (fold(place.id), fold(place.name)))
    return next(fitting, "")


async def _name(settings: Settings) -> str:
    async with Telegram(HttpRequest(), settings.telegram_api_url, settings.telegram_bot_token) as telegram:
        me = await telegram.call("getMe")
    return str(me["username"])
