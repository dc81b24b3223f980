"""`python -m bot questionnaire`: the questions of a day, as a paper form or as JSON."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from bot.paper_form import paper_form
from bot.programme import load_chosen, today
from conversations import catalogues
from conversations.programme.model import Programme
from conversations.programme.units import DATE
from conversations.questionnaire import options
from conversations.words import Words

LOCALES = Path(__file__).parents[2] / "locales"


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("questionnaire", help="les questions, à imprimer ou en JSON")
    parser.add_argument("--json", action="store_true", help="pour un autre programme")
    parser.add_argument("--au", type=_day, metavar="AAAA-MM-JJ", help="les questions de ce jour-là")
    parser.add_argument("--langue", default=catalogues.SOURCE, metavar="xx", help="fr si rien n'est dit")
    parser.set_defaults(main=main)


def main(arguments: argparse.Namespace) -> int:
    """Print the questions as residents read them. Raises ProgrammeError where there are none that day."""
    day = arguments.au or today()
    programme = load_chosen().at(day)
    languages = catalogues.load(LOCALES)
    if arguments.langue not in languages:
        spoken = ", ".join(languages)
        print(f"Le bot ne parle pas « {arguments.langue} ». Il parle : {spoken}.", file=sys.stderr)
        return 2
    words = languages[arguments.langue]
    _ = words.knowing(**programme.figures(words))
    print(_as_json(programme, _) if arguments.json else paper_form(programme, day, _))
    return 0


def _day(text: str) -> date:
    day = DATE.parse(text)
    if day is None:
        raise argparse.ArgumentTypeError(f"trouvé « {text} », attendu {DATE.expected}")
    return day


def _as_json(programme: Programme, _: Words) -> str:
    questions = [
        {
            "id": question.id,
            "text": _(question.text),
            "kind": question.kind.value,
            "options": [{"id": option, "label": label} for option, label in options(question, _)],
        }
        for question in programme.questions
    ]
    return json.dumps(questions, ensure_ascii=False, indent=2)
