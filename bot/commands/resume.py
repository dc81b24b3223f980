"""`python -m bot resume`: what a restored database would send; and, once somebody decided, go on."""

import argparse
import sys

from bot.clock import now
from bot.held import HOW, held, sentences
from bot.programme import load_chosen
from bot.settings import SettingsError, read_settings
from conversations.catalogues import FRENCH
from conversations.scene import PARIS, Scene
from storage.beside import beside
from storage.errors import StoreError

ABOUT = (
    "Après une restauration, le bot est en pause : il garde ce que les gens font, et n'envoie rien. "
    "Sans option, cette commande dit ce qui partirait. Elle marche aussi pendant que le bot tourne : "
    "il reprend de lui-même en quelques secondes."
)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("resume", help="reprendre après une restauration", description=ABOUT)
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument(
        "--envoyer",
        action="store_true",
        help="reprendre, et envoyer tout ce qui attendait. "
        "À choisir si la sauvegarde date du moment de la panne.",
    )
    choice.add_argument(
        "--oublier",
        action="store_true",
        help="reprendre sans envoyer ce qui attendait déjà avant la pause : ces messages sont sans doute "
        "partis autrefois. Les fiches des demandes restent. À choisir si la sauvegarde est ancienne.",
    )
    parser.set_defaults(main=main)


def main(arguments: argparse.Namespace) -> int:
    """Say what waits, or end the pause; 2 where settings or database forbid it. Raises ProgrammeError."""
    hour = now()
    scene = Scene(load_chosen().at(hour.astimezone(PARIS).date()), {"fr": FRENCH}, hour)
    try:
        settings = read_settings()
        with beside(settings.database_url) as kept:
            since, waiting = kept.pause.since(), held(kept, scene)
            if since is not None and arguments.oublier:
                kept.pause.forget(since)
            if since is not None and (arguments.envoyer or arguments.oublier):
                kept.pause.end()
    except (SettingsError, StoreError) as error:
        print(error, file=sys.stderr)
        return 2
    if since is None:
        print("Le bot n'est pas en pause : il n'y a rien à reprendre.")
    elif arguments.envoyer:
        print("Le bot reprend. Ce qui attendait part maintenant.")
    elif arguments.oublier:
        print("Le bot reprend. Ce qui attendait avant la pause ne partira pas.")
    else:
        print(f"Le bot est en pause depuis le {since.astimezone(PARIS):%d/%m/%Y à %H:%M}.")
        print("\n".join(sentences(waiting, scene.today, mailing=settings.mailbox is not None)))
        print(HOW)
    return 0
