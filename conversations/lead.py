"""The anonymised lead: bands only. Nothing in it was typed by a person or names one."""

from conversations.dialogue import Dialogue
from conversations.effects import CountStop, Lead
from conversations.programme.model import Caps
from conversations.programme.question import Amount, Answers, Chosen
from conversations.questionnaire import Path, Standing, walk
from conversations.scene import PARIS, Scene

BAND = 50_000  # cents: amounts are counted by 500 €
HOME = "accueil"  # where somebody stopped who never opened a question


def lead(dialogue: Dialogue, path: Path, scene: Scene) -> Lead:
    """The lead of a finished questionnaire. Raises ValueError while questions are left."""
    if path.outcome is None:
        raise ValueError("there is no lead before a result")
    amount = path.answers.get("montant")
    return Lead(
        month=_month(scene),
        programme=scene.programme.version,
        # A rare language could single somebody out: only those the bot speaks are named.
        language=dialogue.language if dialogue.language in scene.catalogues else "autre",
        source=dialogue.source,
        outcome=path.outcome.value,
        commune=_option(path.answers, "commune"),
        age=_option(path.answers, "age"),
        situation=_option(path.answers, "situation"),
        purpose=_option(path.answers, "objet"),
        amount=band(amount.cents, scene.programme.caps) if isinstance(amount, Amount) else "",
        known_to_ccas=_option(path.answers, "ccas"),
        to_verify=tuple(
            finding.rule.id
            for finding in path.findings
            if finding.standing is Standing.OPEN and not finding.verdict.missing
        ),
    )


def stop(dialogue: Dialogue, scene: Scene) -> CountStop:
    """Where somebody stopped who goes without a result."""
    ahead = walk(scene.programme, dialogue.answers).next
    begun = bool(dialogue.answers) or any(page.kind == "asking" for page in dialogue.pages)
    question = ahead.id if begun and ahead is not None else HOME
    return CountStop(_month(scene), scene.programme.version, question)


def band(cents: int, caps: Caps) -> str:
    """The band of an amount in cents, in euros: « 1000-1499 »; outside the caps « moins » or « plus »."""
    if cents < caps.least:
        return "moins"
    if cents > caps.most:
        return "plus"
    low = cents // BAND * BAND // 100
    return f"{low}-{low + BAND // 100 - 1}"


def _option(answers: Answers, question: str) -> str:
    match answers.get(question):
        case Chosen(option):
            return option
        case _:
            return ""


def _month(scene: Scene) -> str:
    return scene.now.astimezone(PARIS).strftime("%Y-%m")
