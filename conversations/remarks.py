"""What the bot says about the last thing somebody did, above the screen where they are."""

from conversations.amounts import Refused, explain
from conversations.dialogue import Remark
from conversations.handover.remarks import said_of_request
from conversations.questionnaire import spoken
from conversations.scene import Here
from conversations.screen import Line, note, quote, title
from conversations.words import Words


def said(here: Here, remark: Remark) -> tuple[Line, ...]:
    """The remark as lines. A programme that has changed since may leave nothing to say."""
    _, detail = here.words, remark.detail
    match remark.kind:
        case "noted":
            return _noted(here, detail)
        case "amount" | "amount_out" | "months_out" | "euros_or_months":
            return (quote(_figure(remark, _)),)
        case "several":
            return (quote(_("Plusieurs boutons correspondent. Touchez celui que vous voulez.")),)
        case "unclear":
            return (quote(_("Je n'ai pas compris. Touchez un bouton, ou écrivez ses mots.")),)
        case "too_long":
            return (quote(_("C'est trop long pour moi. Répondez en quelques mots.")),)
        case "hurried":
            return (quote(_("Vous allez vite. Je n'ai pas tout lu. Continuez à partir d'ici.")),)
        case "unread":
            return (quote(_("Je lis seulement les mots et les boutons.")),)
        case "paper":
            return (quote(_("Ne m'envoyez pas de papier ni de photo : je ne les regarde pas.")),)
        case "contact":
            return (quote(_("Je n'ai pas besoin de ce numéro maintenant. Je ne le garde pas.")),)
        case "command":
            return (quote(_("Je ne connais pas cette commande. /aide montre celles que je connais.")),)
        case "flyer":
            return (quote(_("Merci, j'ai reconnu le code de l'affiche.")),)
        case "link":
            return (quote(_("Ce lien n'est plus valable. Demandez-en un autre.")),)
        case "urgency":
            return _urgency(here, detail)
        case _:
            return said_of_request(here, remark)  # also for a picture, a table or a file: they say nothing


def _figure(remark: Remark, _: Words) -> str:
    """Why a figure was not taken."""
    match remark.kind:
        case "amount_out":
            return _("Écrivez un montant entre {montant_minimum} et {montant_maximum}.")
        case "months_out":
            return _("Écrivez une durée entre {duree_minimum} et {duree_maximum}.")
        case "euros_or_months":
            return _("{number} quoi ? Écrivez {number} mois, ou {number} €.", number=remark.detail)
        case _:
            return explain(Refused(remark.detail), _)


def _noted(here: Here, question_id: str) -> tuple[Line, ...]:
    _, answer = here.words, here.dialogue.answers.get(question_id)
    question = next((each for each in here.programme.questions if each.id == question_id), None)
    if question is None or answer is None:
        return ()
    return (
        note(
            _(
                "C'est noté. {question} : {answer}",
                question=_(question.short),
                answer=spoken(question, answer, _),
            )
        ),
    )


def _urgency(here: Here, urgency_id: str) -> tuple[Line, ...]:
    _ = here.words
    for urgency in here.programme.urgencies:
        if urgency.id == urgency_id:
            return tuple(title(_(sentence)) for sentence in urgency.sentences)
    return ()
