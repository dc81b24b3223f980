"""`python -m bot bilan [ANNÉE]`: the year in figures, for the funder; small numbers are hidden."""

import argparse
import sys
from datetime import date
from pathlib import Path

from bot.clock import now
from bot.figures.data import as_json
from bot.figures.page import as_page
from bot.figures.text import as_text
from bot.programme import load_chosen
from bot.settings import SettingsError, read_settings
from conversations.catalogues import FRENCH
from conversations.figures.report import Report, report
from conversations.scene import PARIS
from storage.beside import beside
from storage.errors import StoreError


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("bilan", help="les chiffres d'une année, pour le financeur")
    parser.add_argument("year", nargs="?", type=_year, metavar="ANNÉE", help="celle en cours sinon")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--html", type=Path, metavar="FICHIER", help="une page à imprimer en A4")
    form.add_argument("--json", action="store_true", help="pour un autre programme")
    parser.set_defaults(main=main)


def main(arguments: argparse.Namespace) -> int:
    """Print the year, or write the page; 2 where a setting or the year is wrong. Raises ProgrammeError."""
    hour = now()
    today = hour.astimezone(PARIS).date()
    year = arguments.year or today.year
    if year > today.year:
        print(f"L'année {year} n'a pas encore commencé.", file=sys.stderr)
        return 2
    try:
        with beside(read_settings().database_url) as kept:
            counts = kept.figures.of(year, hour)
    except (SettingsError, StoreError) as error:
        print(error, file=sys.stderr)
        return 2
    programme = load_chosen().at(min(today, date(year, 12, 31)))
    _ = FRENCH.knowing(**programme.figures(FRENCH))
    return _print(report(counts, programme, year, today, _), arguments)


def _print(told: Report, arguments: argparse.Namespace) -> int:
    if arguments.html is not None:
        arguments.html.parent.mkdir(parents=True, exist_ok=True)
        arguments.html.write_text(as_page(told, FRENCH), encoding="utf-8")
        print(arguments.html)
    else:
        print(as_json(told) if arguments.json else as_text(told, FRENCH))
    return 0


def _year(text: str) -> int:
    if len(text) != 4 or not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"trouvé « {text} », attendu une année, par exemple 2026")
    return int(text)
