"""`python -m bot simulate`: what a loan costs, for a person or as JSON, with the figures of the screens."""

import argparse
import json
import re
import sys
from collections.abc import Iterator
from decimal import Decimal

from bot.programme import load_chosen, today
from conversations.amounts import Refused, explain, read_amount
from conversations.catalogues import FRENCH
from conversations.durations import read_months
from conversations.loan import Schedule, in_cents, repayment_schedule
from conversations.programme.model import Caps, Programme, Rate
from conversations.programme.question import Amount

RATE = re.compile(r"(\d{1,3})(?:[.,](\d{1,4}))?\s*%?", re.ASCII)
COLUMNS = (("Mois", 6), ("Mensualité", 14), ("Intérêts", 12), ("Capital", 14), ("Reste dû", 14))


class _UnreadableError(Exception):
    """What was typed cannot be computed with; the message says what to type instead."""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("simulate", help="ce que coûte un prêt, mois par mois")
    parser.add_argument("amount", metavar="MONTANT", help="en euros, par exemple 2000 ou « 1 200,50 € »")
    parser.add_argument("months", metavar="DURÉE", help="en mois, par exemple 36 ou « 2 ans »")
    parser.add_argument("--rate", metavar="TAUX", help="taux par an en %%, celui du programme sinon")
    parser.add_argument("--json", action="store_true", help="pour un autre programme")
    parser.set_defaults(main=main)


def main(arguments: argparse.Namespace) -> int:
    """Print the figures; 2 where something typed is unreadable or outside what this loan lends."""
    programme = load_chosen().at(today())
    try:
        cents = _amount(arguments.amount, programme.caps)
        months = _months(arguments.months, programme.caps)
        rate = programme.rate.nominal if arguments.rate is None else _rate(arguments.rate, programme.rate)
    except _UnreadableError as error:
        print(error, file=sys.stderr)
        return 2
    schedule = repayment_schedule(Decimal(cents) / 100, months, rate)
    print(_as_json(schedule) if arguments.json else "\n".join(_as_text(schedule, programme)))
    return 0


def _amount(text: str, caps: Caps) -> int:
    match read_amount(text):
        case Refused() as reason:
            raise _UnreadableError(explain(reason, FRENCH))
        case Amount(cents) if caps.least <= cents <= caps.most:
            return cents
        case Amount():
            limits = {"least": FRENCH.euros(caps.least), "most": FRENCH.euros(caps.most)}
            raise _UnreadableError(FRENCH("Ce microcrédit va de {least} à {most}.", **limits))


def _months(text: str, caps: Caps) -> int:
    months = int(text) if re.fullmatch(r"\d{1,4}", text.strip(), re.ASCII) else read_months(text)
    if months is None:
        raise _UnreadableError(
            FRENCH("Je n'ai pas reconnu de durée. Écrivez un nombre de mois, par exemple 36.")
        )
    if not caps.shortest <= months <= caps.longest:
        limits = {"shortest": FRENCH.months(caps.shortest), "longest": FRENCH.months(caps.longest)}
        raise _UnreadableError(FRENCH("Ce microcrédit dure de {shortest} à {longest}.", **limits))
    return months


def _rate(text: str, rate: Rate) -> Decimal:
    found = RATE.fullmatch(text.strip())
    if found is None:
        raise _UnreadableError(
            FRENCH("Je n'ai pas reconnu de taux. Écrivez un pourcentage par an, par exemple 4,5.")
        )
    nominal = Decimal(f"{found[1]}.{found[2] or 0}")
    if nominal > rate.usury:
        ceiling = FRENCH.percent(rate.usury)
        raise _UnreadableError(
            FRENCH("Personne n'a le droit de prêter à plus de {ceiling} par an.", ceiling=ceiling)
        )
    return nominal.normalize() + 0


def _as_text(schedule: Schedule, programme: Programme) -> Iterator[str]:
    months = FRENCH.months(schedule.months)
    yield FRENCH(
        "{amount} sur {months}. Exemple, pas une offre.", amount=_euros(schedule.amount), months=months
    )
    yield ""
    yield FRENCH(
        "{instalment} par mois pendant {months}. La dernière mensualité est de {last}.",
        instalment=_euros(schedule.instalment),
        months=months,
        last=_euros(schedule.last_instalment),
    )
    yield FRENCH(
        "Vous rendez {total} en tout. Le crédit vous coûte {cost}.",
        total=_euros(schedule.total),
        cost=_euros(schedule.cost),
    )
    yield FRENCH(
        "Taux : {rate} par an. TAEG : {apr}.",
        rate=FRENCH.rate(schedule.nominal_rate),
        apr=FRENCH.percent(schedule.apr),
    )
    yield FRENCH(programme.legal["credit"].text)
    yield ""
    yield "".join(heading.rjust(width) for heading, width in COLUMNS)
    for number, *euros in schedule.rows:
        cells = [str(number), *map(_euros, euros)]
        yield "".join(cell.rjust(width) for cell, (_, width) in zip(cells, COLUMNS, strict=True))


def _euros(euros: Decimal) -> str:
    return FRENCH.euros(in_cents(euros))


def _as_json(schedule: Schedule) -> str:
    """Amounts and rates are texts, so that no reader makes them inexact."""
    figures = {
        "amount": str(schedule.amount),
        "months": schedule.months,
        "nominal_rate": str(schedule.nominal_rate),
        "instalment": str(schedule.instalment),
        "last_instalment": str(schedule.last_instalment),
        "total": str(schedule.total),
        "cost": str(schedule.cost),
        "apr": str(schedule.apr),
        "rows": [
            {name: value if isinstance(value, int) else str(value) for name, value in row._asdict().items()}
            for row in schedule.rows
        ],
    }
    return json.dumps(figures, ensure_ascii=False, indent=2)
