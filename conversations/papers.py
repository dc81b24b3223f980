"""The papers to prepare, ticked one by one. A checklist only: no paper is ever sent through the bot."""

from dataclasses import replace

from conversations.dialogue import Dialogue, Papers
from conversations.handover.request import ChangeRequest
from conversations.navigation import back, to_home, to_human
from conversations.programme.model import Chosen, Paper, Programme
from conversations.scene import Here
from conversations.screen import Button, Screen, bullet, column, note, title


def needed(programme: Programme, dialogue: Dialogue) -> tuple[Paper, ...]:
    """The papers for this person's purpose; all the common ones where the purpose is not known."""
    match dialogue.answers.get("objet"):
        case Chosen(purpose):
            pass
        case _:
            purpose = ""
    return tuple(paper for paper in programme.papers if not paper.purposes or purpose in paper.purposes)


def papers(here: Here, page: Papers) -> Screen:
    """The list; a tap on a paper ticks it, a second tap takes the tick away."""
    _, dialogue = here.words, here.dialogue
    listed = needed(here.programme, dialogue)
    ready = sum(paper.id in dialogue.papers for paper in listed)
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
                    ready,
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
    state = _("prêt") if paper.id in here.dialogue.papers else _("à préparer")
    if explained:
        return _("{paper} ({state}) : {what}", paper=label, state=state, what=_(paper.what))
    return _("{paper} : {state}", paper=label, state=state)


def _tick(here: Here, paper: Paper) -> Button:
    ticked = here.dialogue.papers
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
    listed = needed(here.programme, here.dialogue)
    ready = sum(paper.id in ticked for paper in listed)
    card = replace(request.card, papers_ready=ready, papers_total=len(listed))
    return (ChangeRequest(request.reference, card, contact=None),)
