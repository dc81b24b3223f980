"""What the bot says about the last thing somebody did with their request."""

from conversations.dialogue import Remark
from conversations.handover.phone import NotAPhone
from conversations.scene import Here
from conversations.screen import Line, note, quote
from conversations.words import Words


def said_of_request(here: Here, remark: Remark) -> tuple[Line, ...]:
    """The remark as lines; none for a remark that is not about a request."""
    _ = here.words
    match remark.kind:
        case "name":
            return (quote(_("Écrivez le nom qu'on utilise pour vous, en 40 signes au plus.")),)
        case "phone":
            return (quote(_refused(NotAPhone(remark.detail), _)),)
        case "not_own":
            return (quote(_("C'est le numéro d'une autre personne. Je ne le garde pas.")),)
        case "questions_first":
            return (note(_("D'abord quelques questions. Ensuite, vous pourrez demander un rappel.")),)
        case "declined" | "unsent":
            return (note(_("D'accord. Rien n'est envoyé.")),)
        case "changed":
            return (note(_("C'est changé. La référente le saura.")),)
        case "withdrawn":
            return (note(_("Votre demande est annulée. Votre numéro est effacé.")),)
        case "cannot_come":
            return (note(_("C'est noté. La référente cherche une autre date avec vous.")),)
        case _:
            return ()


def _refused(why: NotAPhone, _: Words) -> str:
    match why:
        case NotAPhone.NO_NUMBER:
            return _("Je n'ai pas reconnu de numéro. Écrivez seulement les chiffres.")
        case NotAPhone.WRONG:
            return _("Ce numéro n'existe pas. En France, il a 10 chiffres.")
        case NotAPhone.ELSEWHERE:
            return _("Je connais seulement les numéros français et belges.")
        case NotAPhone.SERVICE:
            return _("C'est le numéro d'un service. Donnez le vôtre.")
