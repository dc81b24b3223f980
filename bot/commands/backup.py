"""`python -m bot backup FICHIER`: everything the bot keeps, in one file, while it works."""

import argparse
import sys
from pathlib import Path

from bot.contact_keys import FILE as KEY_FILE
from bot.settings import Settings, SettingsError, read_settings
from conversations.catalogues import FRENCH
from storage.backup import Contents, back_up
from storage.errors import StoreError

ABOUT = (
    "Le bot continue de travailler pendant la sauvegarde. Le fichier est entier et vérifié, ou n'existe pas. "
    "La clé des contacts n'y est jamais : sauvegardez-la à part."
)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("backup", help="sauvegarder la base, bot en marche", description=ABOUT)
    parser.add_argument("file", type=Path, metavar="FICHIER")
    parser.add_argument(
        "--remplacer", action="store_true", help="remplacer le fichier, s'il y en a déjà un de ce nom"
    )
    parser.set_defaults(main=main)


def main(arguments: argparse.Namespace) -> int:
    """Write the backup and say what is in it; 2 where that cannot be."""
    file: Path = arguments.file
    if file.exists() and not arguments.remplacer:
        print(f"{file} existe déjà. Choisissez un autre nom, ou ajoutez --remplacer.", file=sys.stderr)
        return 2
    try:
        settings = read_settings()
        contents = back_up(settings.database_url, file)
    except (SettingsError, StoreError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"La sauvegarde est faite et vérifiée : {file}")
    print("\n".join(listed(contents)))
    print(_key(settings))
    return 0


def listed(contents: Contents) -> list[str]:
    """What a backup holds."""
    _ = FRENCH
    return [
        _.many("- {n} conversation", "- {n} conversations", contents.conversations),
        _.many("- {n} demande ouverte", "- {n} demandes ouvertes", contents.requests),
    ]


def _key(settings: Settings) -> str:
    where = "le réglage CONTACT_KEY" if settings.contact_key is not None else KEY_FILE
    return f"La clé des contacts n'y est pas. Gardez {where} ailleurs : sans elle, aucun contact ne s'ouvre."
