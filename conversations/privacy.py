"""What is kept, for how long, and the end of it."""

from dataclasses import replace

from conversations.dialogue import Dialogue, Erased
from conversations.navigation import back
from conversations.scene import Here
from conversations.screen import Button, Screen, bullet, note, title


def privacy(here: Here) -> Screen:
    """What is kept of this person, in words."""
    _, retention = here.words, here.programme.retention
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
            bullet(_("Un compteur anonyme : des tranches, le mois, jamais qui vous êtes.")),
            bullet(_("Jamais : votre nom, vos messages, vos papiers, votre numéro de sécurité sociale.")),
            bullet(_("Telegram garde de son côté cette conversation. Vous pouvez l'y supprimer.")),
            note(_("Le programme ne décide rien sur vous. Une personne relit toujours.")),
        ),
        rows=((Button(_("Tout effacer maintenant"), "privacy:erase", erased(here.dialogue)),), (back(here),)),
    )


def erased(dialogue: Dialogue) -> Dialogue:
    """The dialogue with nothing left in it but the language of its last words."""
    return Dialogue(language=dialogue.language, pages=(Erased(),))


def farewell(here: Here) -> Screen:
    """The last screen: what was erased, and how to come back."""
    _ = here.words
    return Screen(
        lines=(
            title(_("Tout est effacé")),
            bullet(_("Je n'ai plus rien de ce que vous m'avez dit.")),
            bullet(_("Pour supprimer aussi les messages, supprimez cette conversation dans Telegram.")),
            bullet(_("Pour revenir un jour, écrivez /start.")),
        ),
        final=True,
    )


def restarted(dialogue: Dialogue) -> Dialogue:
    """The same person from the first question: the language and the flyer stay, the answers go."""
    return replace(dialogue, answers={}, papers=(), remark=None)
