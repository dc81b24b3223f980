"""The eight questions that are walked, taken from the shipped programme: every contender shows our screens.

These answers make it ask exactly eight questions: the last two close this loan, and what is left to ask could
not open it again. Then the result is shown, and its « Refaire » begins anew.
"""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.residents import Shown
from bot import render
from conversations import catalogues
from conversations.dialogue import Asking
from conversations.events import Commanded, Tapped
from conversations.handover.request import Office
from conversations.programme.load import load
from conversations.scene import PARIS, Scene
from conversations.step import begin, screen, step

ROOT = Path(__file__).parents[1]
BEGINS = "home:ask"
TAPS = (
    "a:commune:fresnes",
    "a:age:25_59",
    "a:objet:equipement",
    "a:montant:ne_sait_pas",
    "a:duree:m24",
    "a:situation:petit_revenu",
    "a:budget:non",
    "a:banque:accord",
    "result:again",
)


def walk() -> list[Shown]:
    """Home, the eight questions and the result, as the bot shows them today to somebody it does not know."""
    now = datetime.now(UTC)
    programme = load(ROOT / "programme.yaml").at(now.astimezone(PARIS).date())
    office = Office(programme.handover.cap, 0, 0)
    scene = Scene(programme, catalogues.load(ROOT / "locales"), now, office=office)
    dialogue, shown = step(begin("fr"), Commanded("start"), scene).dialogue, []
    for token in (BEGINS, *TAPS):
        seen = screen(dialogue, scene)
        [tapped] = (button for button in seen.buttons if button.token == token)
        rows = [[button.label for button in row] for row in seen.rows]
        shown.append(Shown(render.text(seen), rows, tapped.label))
        dialogue = step(dialogue, Tapped(token), scene).dialogue
    if not isinstance(dialogue.page, Asking) or dialogue.answers:
        raise ValueError("the walk does not come back to its first question")
    return shown


def write(to: Path) -> None:
    """The walk as JSON, for those who cannot import it."""
    to.write_text(json.dumps([asdict(shown) for shown in walk()], ensure_ascii=False), encoding="utf-8")
