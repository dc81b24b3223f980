"""`python -m bot staff`: who has access; with --retirer NUMÉRO their access ends at once."""

import argparse
import sys

from bot.clock import now
from bot.settings import SettingsError, read_settings
from storage.beside import beside
from storage.errors import StoreError


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("staff", help="qui a accès aux demandes, et retirer un accès")
    parser.add_argument("--retirer", type=int, metavar="NUMÉRO", help="fermer cet accès, tout de suite")
    parser.set_defaults(main=main)


def main(arguments: argparse.Namespace) -> int:
    """Print everybody with access, or end one; 2 where there is no such member."""
    try:
        with beside(read_settings().database_url) as kept:
            if arguments.retirer is not None and not kept.desk.dismiss(arguments.retirer, now()):
                print(f"Personne n'a le numéro {arguments.retirer}.", file=sys.stderr)
                return 2
            members = kept.staff.members()
    except (SettingsError, StoreError) as error:
        print(error, file=sys.stderr)
        return 2
    if arguments.retirer is not None:
        print("L'accès est fermé.")
    for member in members:
        print(" ".join(filter(None, (str(member.chat_id), member.role.value, member.commune))))
    if not members:
        print("Personne n'a accès. Invitez quelqu'un : python -m bot invite referente")
    return 0
