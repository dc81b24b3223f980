"""What is kept, for how long, and the end of it."""

from collections.abc import Iterator
from dataclasses import replace

from conversations.desk.card import card_lines
from conversations.dialogue import Dialogue
from conversations.handover.phone import shown_phone
from conversations.handover.request import Request
from conversations.navigation import back
from conversations.page_kinds import Draft, Erased
from conversations.scene import PARIS, Here
from conversations.screen import Button, Line, Screen, bullet, note, title


def privacy(here: Here) -> Screen:
    """What is kept of this person, in words, and the very card of a request."""
    _, retention, handed_over = here.words, here.programme.retention, tuple(_handed_over(here))
    return Screen(
        lines=(
            title(_("Ce qui est gardé")),
            bullet(
                _.many(
                    "Vos réponses : {n} jour après votre dernier message, puis elles sont effacées.",
                    "Vos réponses : {n} jours après votre dernier message, puis elles sont effacées.",
                    retention.conversation,
                )
            ),
            bullet(_("Le numéro que Telegram donne à cette conversation : il faut bien vous répondre.")),
            *_said(here),
            bullet(_("Un compteur anonyme : des tranches, le mois, jamais qui vous êtes.")),
            *(handed_over or (bullet(_("Votre nom et votre numéro : non, je ne les ai pas.")),)),
            bullet(_("Jamais : vos messages, vos papiers, votre numéro de sécurité sociale.")),
            bullet(_("Telegram garde de son côté cette conversation. Vous pouvez l'y supprimer.")),
            note(_("Le programme ne décide rien sur vous. Une personne relit toujours.")),
        ),
        rows=((Button(_("Tout effacer maintenant"), "privacy:erase", erased(here)),), (back(here),)),
    )


def _said(here: Here) -> Iterator[Line]:
    """What is in the conversation besides the answers, where there is any of it."""
    _, dialogue = here.words, here.dialogue
    if dialogue.papers:
        yield bullet(_.many("{n} papier coché.", "{n} papiers cochés.", len(dialogue.papers)))
    flyer = next((flyer for flyer in here.programme.flyers if flyer.code == dialogue.source), None)
    if flyer is not None:
        yield bullet(_("Vous nous connaissez par : {flyer}.", flyer=_(flyer.name)))


def _handed_over(here: Here) -> Iterator[Line]:
    """What is held for the référente: a draft that was not sent, requests that were."""
    _, drafts = here.words, [page for page in here.dialogue.pages if isinstance(page, Draft)]
    for draft in drafts[-1:]:
        if draft.name:
            yield bullet(_("Pas encore envoyé : votre prénom, {name}.", name=draft.name))
        if draft.phone:
            yield bullet(_("Pas encore envoyé : votre numéro, {phone}.", phone=shown_phone(draft.phone)))
    if here.scene.request is not None:
        yield from _sent(here, here.scene.request)
    for closed in here.scene.closed:
        yield from _sent(here, closed)


def _sent(here: Here, request: Request) -> Iterator[Line]:
    _, retention = here.words, here.programme.retention
    sent_on = _.day(request.opened_at.astimezone(PARIS).date())
    yield bullet(_("Votre demande {reference}, envoyée : {day}.", reference=request.reference, day=sent_on))
    if request.closed_at is not None:
        yield bullet(_("Terminée : {day}.", day=_.day(request.closed_at.astimezone(PARIS).date())))
    if request.consent is not None:
        agreed = _.day(request.consent.given_at.astimezone(PARIS).date())
        yield bullet(
            _("Votre accord : {day}, texte {version}.", day=agreed, version=request.consent.text_version)
        )
    yield bullet(_("Sa fiche, comme la référente la lit :"))
    yield from (note(line.text) for line in card_lines(request, here.scene))
    yield bullet(_("Avec elle : votre prénom et votre numéro, chiffrés."))
    yield bullet(_("La référente les ouvre, ou l'agent de votre CCAS si elle le lui confie."))
    yield bullet(_("Un journal garde qui les a ouverts, et quand. Il ne vous nomme pas."))
    yield bullet(
        _(
            "Elle est effacée {closed} jours après la fin, ou {open} jours après l'envoi.",
            closed=retention.handover_closed,
            open=retention.handover_open,
        )
    )
    yield bullet(_("« Tout effacer » l'efface aussi, et prévient la référente."))


def erased(here: Here) -> Dialogue:
    """The dialogue with nothing left in it but the language of its last words."""
    withdrawn = here.scene.request is not None  # of a closed one nobody waits for news
    return Dialogue(language=here.dialogue.language, pages=(Erased(withdrawn=withdrawn),))


def farewell(here: Here, page: Erased) -> Screen:
    """The last screen: what was erased, and how to come back."""
    _ = here.words
    return Screen(
        lines=(
            title(_("Tout est effacé")),
            bullet(_("Je n'ai plus rien de ce que vous m'avez dit.")),
            *(
                (bullet(_("Votre demande est retirée. La référente est prévenue.")),)
                if page.withdrawn
                else ()
            ),
            bullet(_("Pour supprimer aussi les messages, supprimez cette conversation dans Telegram.")),
            bullet(_("Pour revenir un jour, écrivez /start.")),
        ),
        final=True,
    )


def restarted(dialogue: Dialogue) -> Dialogue:
    """The same person from the first question: the language and the flyer stay, the answers go."""
    return replace(dialogue, answers={}, papers=(), remark=None)
