"""`python -m bot relecture`: the booklet that the référente proofreads."""

import argparse
from pathlib import Path

from bot.booklet.document import booklet
from bot.programme import load_chosen, today
from conversations.catalogues import FRENCH

DEFAULT = Path("data/relecture.html")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("relecture", help="le livret à relire, à ouvrir dans un navigateur")
    parser.add_argument("file", nargs="?", type=Path, default=DEFAULT, metavar="FICHIER")
    parser.set_defaults(main=main)


def main(arguments: argparse.Namespace) -> int:
    """Write the booklet and print where it is. Raises ProgrammeError where the programme is wrong."""
    page = booklet(load_chosen(), today(), FRENCH)
    arguments.file.parent.mkdir(parents=True, exist_ok=True)
    arguments.file.write_text(page, encoding="utf-8")
    print(arguments.file)
    return 0
