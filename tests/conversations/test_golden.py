"""Whole conversations as text: `>` is the person, `<` the bot, `[…]` a button. Read them aloud.

`pytest tests/conversations/test_golden.py --write-golden` writes the bot's part anew; the diff is then read.
"""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from conversations.scene import Scene
from tests.conversations.talk import Talk, shipped

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.txt"))


def replayed(text: str) -> str:
    """The conversation of a golden file with the bot's part as it is today."""
    header = [line for line in text.splitlines() if line.startswith(("# ", "langue: ", "bureau: "))]
    language = next((line.removeprefix("langue: ") for line in header if line.startswith("langue: ")), "fr")
    talk = Talk(language, scene=_scene(header))
    parts = ["\n".join(header)]
    for line in text.splitlines():
        if line.startswith("> "):
            talk.acts(line.removeprefix("> "))
            parts.append(f"{line}\n{talk.shown()}")
    return "\n\n".join(parts) + "\n"


def _scene(header: list[str]) -> Scene:
    """The usual scene, or one where the référente has « bureau: 30 ouverts, 3 en attente »."""
    desk = next((re.findall(r"\d+", line) for line in header if line.startswith("bureau: ")), None)
    scene = shipped()
    if desk is None or scene.office is None:
        return scene
    return replace(scene, office=replace(scene.office, open_requests=int(desk[0]), waiting=int(desk[1])))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_the_conversation_goes_as_written(path: Path, request: pytest.FixtureRequest) -> None:
    written = path.read_text(encoding="utf-8")
    today = replayed(written)
    if request.config.getoption("--write-golden"):
        path.write_text(today, encoding="utf-8")
    assert today == written or request.config.getoption("--write-golden")


def test_there_are_a_dozen_people_at_least() -> None:
    assert len(GOLDEN) >= 12
