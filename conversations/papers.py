"""The papers to prepare, ticked one by one. A checklist only: no paper is ever sent through the bot."""

from dataclasses import replace

from conversations.handover.request import ChangeRequest, Request
from conversations.navigation import back, to_home, to_human
from conversations.page_kinds import Papers
from conversations.programme.model import Paper
from conversations.programme.question import Chosen
from conversations.scene import Here
from conversations.screen import Button, Screen, bullet, column, note, title


def needed(here: Here) -> tuple[Paper, ...]:
    """The papers for this person's purpose; all the common ones where the purpose is not known.

    A request that was sent says which: the answers may be erased by then, or speak of something else.
    """
    match here.scene.request, here.dialogue.answers.get("objet"):
        case Request(card=card), _:
            purpose = card.purpose
        case _, Chosen(purpose):
            pass
        case _:
            purpose = ""
    return tuple(paper for paper in here.programme.papers if not paper.purposes or purpose in paper.purposes)


def ready(here: Here) -> tuple[str, ...]:
    """The ids of the papers that this person has: those of a request that was sent are on its card."""
    request = here.scene.request
    return here.dialogue.papers if request is None else request.card.papers


def papers(here: Here, page: Papers) -> Screen:
    """The list; a tap on a paper ticks it, a second tap takes the tick away."""
    _, dialogue = here.words, here.dialogue
    listed = needed(here)
    count = sum(paper.id in ready(here) for paper in listed)
    explanation = Button(
        _("C'est quoi ?"), "papers:what", dialogue.open(Papers(explained=not page.explained))
    )
    return Screen(
        lines=(
            title(_("Les papiers à préparer")),
            note(
                _.many(
                    "{n} papier prêt sur {total}. Touchez un papier quand vous l'avez.",
                    "{n} papiers prêts sur {total}. Touchez un papier quand vous l'avez.",
                    count,
                    total=len(listed),
                )
            ),
            *(bullet(_line(here, paper, explained=page.explained)) for paper in listed),
            note(_("Ne m'envoyez aucun papier : montrez-les seulement à la référente.")),
        ),
        rows=(
            *column(_tick(here, paper) for paper in listed),
            (explanation, to_human(here)),
            (back(here), to_home(here)),
        ),
    )


def _line(here: Here, paper: Paper, *, explained: bool) -> str:
    _, label = here.words, here.words(paper.label)
    state = _("je l'ai") if paper.id in ready(here) else _("pas encore")
    if explained:
        return _("{paper} ({state}) : {what}", paper=label, state=state, what=_(paper.what))
    return _("{paper} : {state}", paper=label, state=state)


def _tick(here: Here, paper: Paper) -> Button:
    ticked = ready(here)
    then = (
        tuple(other for other in ticked if other != paper.id) if paper.id in ticked else (*ticked, paper.id)
    )
    # The token tells what the tap does, so that a tap that arrives twice ticks once.
    token = f"papers:{'untick' if paper.id in ticked else 'tick'}:{paper.id}"
    return Button(
        here.words(paper.label), token, replace(here.dialogue, papers=then), effects=_raised(here, then)
    )


def _raised(here: Here, ticked: tuple[str, ...]) -> tuple[ChangeRequest, ...]:
    """The référente sees how ready a request is that was sent already."""
    request = here.scene.request
    if request is None:
        return ()
    listed = [paper.id for paper in needed(here)]
    has = tuple(paper for paper in listed if paper in ticked)
    card = replace(request.card, papers=has, papers_total=len(listed))
    return (ChangeRequest(request.reference, card, contact=None),)
