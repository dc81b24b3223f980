"""The card of a request: what the answers amount to, in ids and figures, and never a person."""

from conversations.handover.request import Card, Channel, HalfDaySlot
from conversations.page_kinds import Draft
from conversations.papers import needed
from conversations.programme.question import Amount, Chosen
from conversations.questionnaire import Outcome, Path, Standing
from conversations.scene import Here


def new_card(here: Here, path: Path, page: Draft) -> Card:
    """The card of a draft. Raises ValueError while questions are left."""
    if path.outcome is None:
        raise ValueError("there is no card before a result")
    amount = path.answers.get("montant")
    listed = [paper.id for paper in needed(here)]
    return Card(
        commune=_option(path, "commune"),
        purpose=_option(path, "objet"),
        amount=amount.cents if isinstance(amount, Amount) else None,
        months=_months(here, path),
        outcome=path.outcome.value,
        to_verify=tuple(
            finding.rule.id
            for finding in path.findings
            if finding.standing is Standing.OPEN and not finding.verdict.missing
        ),
        papers=tuple(paper for paper in listed if paper in here.dialogue.papers),
        papers_total=len(listed),
        slot=page.slot if isinstance(page.slot, HalfDaySlot) else None,
        channel=page.channel or Channel.PHONE,
        language=page.language or here.dialogue.language,
        source=here.dialogue.source,
        known_to_ccas=_option(path, "ccas"),
        presses=page.presses,
        low_priority=path.outcome is Outcome.NOT_THIS_LOAN,
    )


def _option(path: Path, question: str) -> str:
    match path.answers.get(question):
        case Chosen(option):
            return option
        case _:
            return ""


def _months(here: Here, path: Path) -> int | None:
    option = _option(path, "duree")
    found = here.programme.question("duree").option(option) if option else None
    return found.value if found else None
