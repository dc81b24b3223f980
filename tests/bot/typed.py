"""Run one command of this house without loading the others."""

import pytest

from bot import __main__ as command_line


def run(name: str, *arguments: str) -> int:
    """`run("questionnaire", "--json")`; gives the exit code."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(command_line, "COMMANDS", (name,))
        return command_line.main([name, *arguments])
