"""Whole conversations as text: `>` is the person, `<` the bot, `[…]` a button. Read them aloud.

`pytest tests/conversations/test_golden.py --write-golden` writes the bot's part anew; the diff is then read.
"""

from pathlib import Path

import pytest

from tests.conversations.talk import Talk

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.txt"))


def replayed(text: str) -> str:
    """The conversation of a golden file with the bot's part as it is today."""
    header = [line for line in text.splitlines() if line.startswith(("# ", "langue: "))]
    language = next((line.removeprefix("langue: ") for line in header if line.startswith("langue: ")), "fr")
    talk = Talk(language)
    parts = ["\n".join(header)]
    for line in text.splitlines():
        if line.startswith("> "):
            talk.acts(line.removeprefix("> "))
            parts.append(f"{line}\n{talk.shown()}")
    return "\n\n".join(parts) + "\n"


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_the_conversation_goes_as_written(path: Path, request: pytest.FixtureRequest) -> None:
    written = path.read_text(encoding="utf-8")
    today = replayed(written)
    if request.config.getoption("--write-golden"):
        path.write_text(today, encoding="utf-8")
    assert today == written or request.config.getoption("--write-golden")


def test_there_are_a_dozen_people_at_least() -> None:
    assert len(GOLDEN) >= 12
