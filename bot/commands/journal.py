"""`python -m bot journal [MC-7F3K]`: who did what, when, to which request; never what was in it."""

import argparse
import sys

from bot.settings import SettingsError, read_settings
from conversations.desk.case import Deed
from conversations.scene import PARIS
from storage.beside import beside
from storage.errors import StoreError
from storage.journal import Entry

SAYS = {
    Deed.OPENED: "demande reçue",
    Deed.CHANGED: "demande modifiée",
    Deed.WITHDRAWN: "demande retirée",
    Deed.REVEALED: "contact montré",
    Deed.HIDDEN: "contact caché",
    Deed.TAKEN: "demande prise",
    Deed.PASSED: "contact passé à un agent",
    Deed.TAKEN_BACK: "contact repris à un agent",
    Deed.APPOINTMENT: "rendez-vous donné",
    Deed.GIVEN_BACK: "rendez-vous rendu",
    Deed.PAPERS: "papier demandé",
    Deed.UNREACHED: "appel sans réponse",
    Deed.SLEEPING: "mise en veille",
    Deed.CLOSED: "demande close",
    Deed.REOPENED: "demande rouverte",
    Deed.UNDONE: "action annulée",
    Deed.ADMITTED: "sortie de la liste d'attente",
    Deed.MOVED: "promesse déplacée",
    Deed.ESCALATED: "transmise à la coordination",
    Deed.PURGED: "demande effacée",
    Deed.ENROLLED: "accès donné",
    Deed.REVOKED: "accès retiré",
    Deed.RESTORED: "sauvegarde rétablie",
}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("journal", help="qui a fait quoi, et quand, sur quelle demande")
    parser.add_argument(
        "reference", nargs="?", default="", metavar="MC-7F3K", help="une demande ; sinon toutes"
    )
    parser.set_defaults(main=main)


def main(arguments: argparse.Namespace) -> int:
    """Print the journal, a line a deed, in the hours of Paris; 2 where it says nothing of this request."""
    reference = arguments.reference.upper()
    try:
        with beside(read_settings().database_url) as kept:
            entries = kept.journal.entries(reference)
    except (SettingsError, StoreError) as error:
        print(error, file=sys.stderr)
        return 2
    for entry in entries:
        print(_line(entry))
    if entries:
        return 0
    if not reference:
        print("Le journal est vide.")
        return 0
    print(f"Le journal ne dit rien de {reference}. Vérifiez la référence.", file=sys.stderr)
    return 2


def _line(entry: Entry) -> str:
    by = f" (membre {entry.who})" if entry.who is not None else ""
    return f"{entry.at.astimezone(PARIS):%Y-%m-%d %H:%M}  {entry.reference or '–':<7}  {SAYS[entry.deed]}{by}"
