"""*Être rappelé(e)*: where this door leads as things stand, and what comes first where another aid fits."""

from dataclasses import replace

from conversations.dialogue import Dialogue, Remark
from conversations.handover.promise import Prospect, prospect
from conversations.human import whom_to_see
from conversations.navigation import back, to_human
from conversations.page_kinds import Asking, Consenting, OtherWay, Result, Sent
from conversations.questionnaire import Outcome, walk
from conversations.scene import Here
from conversations.screen import Button, Screen, bullet, note, title


def prospect_of(here: Here) -> Prospect | None:
    """When this person could be called; None where nobody is called back at present."""
    scene = here.scene
    if scene.office is None or not scene.spare_reference:
        return None
    return prospect(here.programme, scene.office, scene.now)


def door(here: Here) -> tuple[Button, ...]:
    """The door; none where nobody can be called back at present."""
    _, place = here.words, here.dialogue.page.kind
    if here.scene.request is not None:
        return (Button(_("Ma demande de rappel"), f"{place}:sent", here.dialogue.open(Sent())),)
    if prospect_of(here) is None:
        return ()
    return (Button(_("Être rappelé(e)"), f"{place}:callback", _behind(here)),)


def _behind(here: Here) -> Dialogue:
    """The questions come first; then the consent, or what fits better."""
    match walk(here.programme, here.dialogue.answers).outcome:
        case None:
            return replace(here.dialogue.at(Asking()), remark=Remark("questions_first"))
        case Outcome.NOT_THIS_LOAN:
            return here.dialogue.open(OtherWay())
        case Outcome.MATCHES | Outcome.TO_VERIFY:
            return here.dialogue.open(Consenting())


def other_way(here: Here) -> Screen:
    """This loan does not fit: somebody to see and better aids first, and a call for who wants one."""
    _, dialogue = here.words, here.dialogue
    call = Button(_("Être rappelé(e) quand même"), "other_way:callback", dialogue.open(Consenting()))
    return Screen(
        lines=(
            title(_("Ce prêt ne convient pas. Une personne peut vous aider autrement.")),
            bullet(_("Votre CCAS vous reçoit et connaît toutes les aides.")),
            *whom_to_see(here),
            bullet(_("D'autres aides peuvent mieux convenir à votre projet.")),
            note(_("La référente peut aussi vous rappeler. Elle appelle d'abord les demandes de prêt.")),
        ),
        rows=(
            (to_human(here),),
            (Button(_("D'autres aides"), "other_way:aids", dialogue.open(Result("aids"))),),
            *(() if prospect_of(here) is None else ((call,),)),
            (back(here),),
        ),
    )


def closed_door(here: Here) -> Screen:
    """Nobody can be called back at present, or there are questions again: what is left to do."""
    _, ask = here.words, walk(here.programme, here.dialogue.answers).outcome is None
    go_on = (Button(_("Continuer"), "closed:ask", here.dialogue.at(Asking())),)
    why = _("Il reste une question.") if ask else _("Le rappel n'est pas possible pour le moment.")
    return Screen((title(why),), (*((go_on,) if ask else ()), (to_human(here),), (back(here),)))
