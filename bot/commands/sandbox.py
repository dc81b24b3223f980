"""`python -m bot sandbox`: Telegram on this desk. The fake Telegram, the bot and a page with two phones."""

import asyncio
import random
import secrets
import signal
import sys
from argparse import Namespace, _SubParsersAction
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.clock import AHEAD
from bot.holdings import Held, holdings
from bot.programme import ChosenProgramme, load_chosen, today
from conversations.desk.case import Role as Staff
from sandbox.clock import MovableClock
from sandbox.page import BotProcess, Desk, Flyer, Folder, FolderInUseError, Page, Role, Sheet
from sandbox.server import TelegramServer
from sandbox.telegram import FakeTelegram
from sandbox.town import Town
from storage.beside import beside
from storage.keys import make_key, write_keys

FOLDER = Path("data/sandbox")
PORT = 8600
VALID = timedelta(hours=24)  # as long as Telegram keeps Claire's message for the bot
ABOUT = {
    "dialogue": ("La conversation en cours", "Effacée avec /effacer, ou plus tard par l’horloge."),
    "inbox": ("Ce qui attend d’être lu", "Après la réponse, seul le numéro du message reste."),
    "lead": ("Les résultats comptés", "Des tranches, sans nom, sans numéro, sans date exacte."),
    "stop_count": ("Là où l’on s’arrête", "Des nombres, jamais des personnes."),
    "request_count": ("Ce que deviennent les demandes", "Des nombres par année, sans numéro de demande."),
    "request": ("Les demandes de rappel", "Le contact est scellé : sans la clé, personne ne le lit."),
    "desk_card": ("Les fiches sur un téléphone", "Des numéros de messages, sans leur contenu."),
    "notice": ("Ce qui reste à envoyer", "Des avis, sans nom ni téléphone."),
    "journal": ("Le journal", "Ce qui a été fait, et quand."),
    "staff": ("Les professionnelles", "Qui peut voir les demandes."),
    "invitation": ("Les invitations", "L’empreinte de codes qui servent une fois."),
    "absence": ("Les absences", "Les jours où personne ne rappelle."),
    "setting": ("Les réglages", "Ce que la référente a changé, et quand le bot vivait encore."),
}


def add(commands: "_SubParsersAction[Any]") -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("sandbox", help="essayer le bot ici, sans compte Telegram ni jeton")
    parser.add_argument(
        "--port", type=int, default=PORT, help=f"le port de la page ({PORT} si rien n'est dit)"
    )
    parser.add_argument("--host", default="127.0.0.1", help="l'adresse de la page : cet ordinateur seulement")
    parser.add_argument("--fresh", action="store_true", help="oublier la dernière fois")
    parser.set_defaults(main=main)


def main(arguments: Namespace) -> int:
    """Play until Ctrl-C. Exit code 2 where another one plays. Raises ProgrammeError."""
    flyers = [Flyer(flyer.code, flyer.name) for flyer in load_chosen().at(today()).flyers]
    try:
        folder = Folder(FOLDER.absolute(), fresh=arguments.fresh)
    except FolderInUseError as error:
        print(error, file=sys.stderr)
        return 2
    asyncio.run(_play(folder, flyers, arguments.host, arguments.port))
    return 0


async def _play(folder: Folder, flyers: list[Flyer], host: str, port: int) -> None:
    stop = asyncio.Event()
    for told in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(told, stop.set)
    desk = _desk(folder, flyers)
    if not folder.restore(desk):
        desk.add("Nadia", "fr")
        claire = desk.add("Claire", "fr", Role.REFERENTE)
        claire.person.starts(_invitation(_database(folder), desk.clock() + VALID))
    page = Page(desk)
    async with desk.server:
        try:
            if not await page.open(host, port):
                print(f"Le port {port} est déjà pris : en voici un autre.")
            await desk.bot.start()
            print(f"Le bot, sur votre bureau : {page.url}\nPour arrêter : Ctrl-C.", flush=True)
            await folder.save_until(stop, desk)
        finally:
            await desk.bot.stop()
            await page.close()


def _invitation(database: Path, until: datetime) -> str:
    """The code of an invitation for a référente."""
    code = secrets.token_urlsafe(16)
    with beside(f"sqlite:///{database}") as kept:
        kept.staff.invite(code, Staff.REFERENTE, "", until)
    return code


def _database(folder: Folder) -> Path:
    return folder.path / "bot.db"


def _desk(folder: Folder, flyers: list[Flyer]) -> Desk:
    clock = MovableClock()
    town = Town(FakeTelegram(clock, random.SystemRandom()))
    server = TelegramServer(town.telegram)
    database = _database(folder)

    def environment() -> dict[str, str]:
        return {
            "TELEGRAM_API_URL": server.url,
            "TELEGRAM_BOT_TOKEN": "1:sandbox",
            "DATABASE_URL": f"sqlite:///{database}",
            "PROGRAMME": str(ChosenProgramme().programme),
            "CONTACT_KEY": _contact_key(folder.path / "contacts.key"),
            AHEAD: str(clock.ahead.total_seconds()),
        }

    bot = BotProcess((sys.executable, "-m", "bot", "run"), environment, folder.path / "bot.log")
    return Desk(
        town, server, bot, flyers, lambda chat_id: [_sheet(held) for held in holdings(database, chat_id)]
    )


def _contact_key(file: Path) -> str:
    """A key of the sandbox's own: the one of real contacts is never used here."""
    if not file.exists():
        write_keys(file, (make_key(),))
    return file.read_text("ascii")


def _sheet(held: Held) -> Sheet:
    title, about = ABOUT.get(held.table, (held.table, ""))
    return Sheet(title, about, held.tied, held.rows)
