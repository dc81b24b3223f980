"""`python -m bot attente --pdf FICHIER`: open requests with their contacts, for the day Telegram is down."""

import argparse
import os
import sys
from pathlib import Path

from bot.clock import now
from bot.contact_keys import master_keys
from bot.desk.open_list import Entry, open_list
from bot.programme import load_chosen
from bot.settings import SettingsError, read_settings
from conversations.catalogues import FRENCH
from conversations.scene import PARIS, Scene
from storage.beside import beside
from storage.errors import StoreError
from storage.keys import KeysError
from storage.vault import SealedError, Vault


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("attente", help="la liste des demandes ouvertes, à imprimer")
    parser.add_argument("--pdf", type=Path, required=True, metavar="FICHIER")
    parser.set_defaults(main=main)


def main(arguments: argparse.Namespace) -> int:
    """Write the list for its owner alone; 2 where a key or a setting is wrong. Raises ProgrammeError."""
    try:
        settings = read_settings()
        vault = Vault(master_keys(settings))
        with beside(settings.database_url) as kept:
            listed = [
                Entry(each.case.request, vault.open(each.sealed, each.case.request.reference))
                for each in kept.requests.open()
            ]
    except (SettingsError, StoreError, KeysError) as error:
        print(error, file=sys.stderr)
        return 2
    except SealedError:
        print("Cette clé n'ouvre pas les contacts. Vérifiez CONTACT_KEY.", file=sys.stderr)
        return 2
    hour = now()
    scene = Scene(load_chosen().at(hour.astimezone(PARIS).date()), {"fr": FRENCH}, hour)
    try:
        descriptor = os.open(arguments.pdf, os.O_WRONLY | os.O_CREAT, 0o600)
    except OSError as error:
        print(f"{arguments.pdf} ne peut pas être écrit : {error.strerror}.", file=sys.stderr)
        return 2
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(descriptor, 0o600)  # it may have been there, open to others
        file.truncate()
        file.write(open_list(listed, scene))
    print(f"{len(listed)} demande(s) dans {arguments.pdf}.")
    print("Ce fichier contient des noms : détruisez-le après usage.")
    return 0
