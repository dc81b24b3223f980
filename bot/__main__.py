"""The command line: `python -m bot NAME`."""

import argparse
import importlib
import sys

from conversations.programme.mistakes import ProgrammeError

COMMANDS = (
    "run",
    "serve",
    "sandbox",
    "invite",
    "staff",
    "keys",
    "attente",
    "journal",
    "backup",
    "restore",
    "resume",
    "bilan",
    "questionnaire",
    "relecture",
    "simulate",
)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code: 0 well, 2 something the person who typed it can mend."""
    parser = argparse.ArgumentParser(prog="python -m bot", description="Le bot du microcrédit personnel.")
    commands = parser.add_subparsers(metavar="COMMANDE", required=True)
    typed = sys.argv[1:] if arguments is None else arguments
    # Only the command that is called is imported: the running bot carries nothing of the others.
    for name in COMMANDS if typed[:1] == [] or typed[0] not in COMMANDS else typed[:1]:
        importlib.import_module(f"bot.commands.{name}").add(commands)
    given = parser.parse_args(typed)
    try:
        code: int = given.main(given)
    except ProgrammeError as error:
        print(error, file=sys.stderr)  # noqa: T201  the report is what this command has to say
        return 2
    return code


if __name__ == "__main__":
    sys.exit(main())
