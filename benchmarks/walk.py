"""The eight questions that are walked, taken from the shipped programme: every contender shows our screens.

These answers make it ask exactly eight questions: the last two close this loan, and what is left to ask could
not open it again. Then the result is shown, and its « Refaire » begins anew. Each resident picks one of some
thousands of walks by chance: nobody is quick because another one just went the same way.
"""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.residents import Shown
from bot.screens import render
from conversations import catalogues
from conversations.events import Commanded, Tapped
from conversations.handover.request import Office
from conversations.page_kinds import Asking
from conversations.programme.load import load
from conversations.scene import PARIS, Scene
from conversations.screen import Screen, Style
from conversations.step import begin, screen, step

ROOT = Path(__file__).parents[1]
BEGINS = ("home:ask",)
ANSWERS = {
    "commune": ("fresnes", "conde", "escautpont", "vieux_conde"),
    "age": ("18_24", "25_59", "60_plus"),
    "objet": ("vehicule", "permis", "depot_garantie", "equipement", "formation", "sante", "accident_vie"),
    "montant": ("ne_sait_pas",),
    "duree": ("m6", "m12", "m18", "m24", "m36", "plus", "ne_sait_pas"),
    "situation": ("petit_revenu", "sans_emploi", "handicap", "retraite", "autre", "ne_sait_pas"),
    "budget": ("non",),
    "banque": ("accord",),
}
ENDS = ("result:again",)


def world() -> Scene:
    """The shipped programme as of today, in an office where nobody waits."""
    now = datetime.now(UTC)
    programme = load(ROOT / "programme.yaml").at(now.astimezone(PARIS).date())
    office = Office(programme.handover.cap, 0, 0)
    return Scene(programme, catalogues.load(ROOT / "locales"), now, office=office)


def walk() -> list[Shown]:
    """Home, the eight questions and the result, as the bot shows them today to somebody it does not know."""
    scene = world()
    given = [tuple(f"a:{question}:{answer}" for answer in each) for question, each in ANSWERS.items()]
    dialogue, shown = step(begin("fr"), Commanded("start"), scene).dialogue, []
    for tokens in (BEGINS, *given, ENDS):
        seen = screen(dialogue, scene)
        name = next(line for line in seen.lines if line.style is Style.TITLE)
        rows = [[button.label for button in row] for row in seen.rows]
        taps = [button.label for button in seen.buttons if button.token in tokens]
        shown.append(Shown(render.text(seen), rows, render.text(Screen((name,))), taps))
        dialogue = step(dialogue, Tapped(tokens[0]), scene).dialogue
    if not isinstance(dialogue.page, Asking) or dialogue.answers:
        raise ValueError("the walk does not come back to its first question")
    return shown


def write(to: Path) -> None:
    """The walk as JSON, for those who cannot import it."""
    to.write_text(json.dumps([asdict(shown) for shown in walk()], ensure_ascii=False), encoding="utf-8")
