"""The consent, on a screen of its own: the programme's words, and a yes or a no as a message of theirs."""

from dataclasses import replace

from conversations.dialogue import Remark
from conversations.handover.door import closed_door, prospect_of
from conversations.handover.request import Consent
from conversations.navigation import back, to_human
from conversations.page_kinds import Draft
from conversations.scene import Here
from conversations.screen import Button, ReplyKeyboard, Screen, bullet, note, title


def consenting(here: Here) -> Screen:
    """What is sent, to whom, why, how long, how to take it back; refusing costs nothing."""
    _, dialogue, terms, kept = here.words, here.dialogue, here.programme.handover, here.programme.retention
    if prospect_of(here) is None:
        return closed_door(here)
    days = {
        "transmission_close": _.many("{n} jour", "{n} jours", kept.handover_closed),
        "transmission_ouverte": _.many("{n} jour", "{n} jours", kept.handover_open),
    }
    receipt = Consent(terms.consent_version, here.scene.now)
    yes = Button(_("J'accepte"), "consent:yes", dialogue.back().open(Draft(receipt)), ("oui",))
    no = Button(_("Non merci"), "consent:no", replace(dialogue.back(), remark=Remark("declined")), ("non",))
    return Screen(
        lines=(
            title(_("Voici ce qui partirait, si vous êtes d'accord")),
            *(bullet(_(sentence, **days)) for sentence in terms.consent),
            note(_("Répondez par un message : « J'accepte » ou « Non merci ».")),
        ),
        rows=((yes, no), (to_human(here), back(here))),
        keyboard=ReplyKeyboard(),
    )
