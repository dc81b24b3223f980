"""Home, help and languages: where everybody starts, and may come back to at any moment."""

from dataclasses import replace

from conversations.handover.door import door
from conversations.navigation import back, open_page
from conversations.page_kinds import Asking, Help, Human, Languages, Papers, Privacy
from conversations.scene import Here
from conversations.screen import Button, Screen, bullet, column, note, title
from conversations.simulator import opened


def home(here: Here) -> Screen:
    """The four doors, and what everybody must know before they open one."""
    _, programme = here.words, here.programme
    return Screen(
        lines=(
            title(_("Microcrédit personnel")),
            bullet(_("Je suis un programme automatique. Une personne peut toujours vous répondre.")),
            bullet(_("Sans nom, sans rendez-vous, sans engagement.")),
            bullet(_(programme.legal["arnaque"].text)),
            note(
                _.many(
                    "Vos réponses sont gardées {n} jour, puis effacées. /effacer les efface tout de suite.",
                    "Vos réponses sont gardées {n} jours, puis effacées. /effacer les efface tout de suite.",
                    programme.retention.conversation,
                )
            ),
        ),
        rows=(
            *column(
                (
                    Button(_("Puis-je demander un microcrédit ?"), "home:ask", here.dialogue.at(Asking())),
                    Button(_("Calculer une mensualité"), "home:simulator", opened(here.dialogue, programme)),
                    *door(here),
                    Button(_("Préparer mes papiers"), "home:papers", here.dialogue.open(Papers())),
                    Button(_("Parler à quelqu'un"), "home:human", here.dialogue.open(Human())),
                )
            ),
            (open_page(here, _("Langue / Language"), Languages()), open_page(here, _("Aide"), Help())),
        ),
    )


def help_page(here: Here) -> Screen:
    """What the bot does, and what can be typed."""
    _ = here.words
    return Screen(
        lines=(
            title(_("Comment ça marche")),
            bullet(_("Touchez un bouton. Vous pouvez aussi écrire ses mots, ou son numéro.")),
            bullet(_("Vous pouvez vous arrêter, puis revenir : je reprends au même endroit.")),
            bullet(_("« Je ne sais pas » est une bonne réponse. Elle ne ferme aucune porte.")),
            bullet(_("/start : revenir à l'accueil")),
            bullet(_("/recommencer : reprendre les questions depuis le début")),
            bullet(_("/effacer : effacer tout de suite ce que vous avez dit")),
            bullet(_("/langue : changer de langue")),
            bullet(_("/aide : revoir cette page")),
        ),
        rows=((open_page(here, _("Ce qui est gardé"), Privacy()),), (back(here),)),
    )


def languages(here: Here) -> Screen:
    """Every language the bot speaks, each under its own name."""
    _, dialogue = here.words, here.dialogue
    names = {"fr": "Français", "en": "English"}
    buttons = (
        Button(names.get(code, code), f"lang:{code}", replace(dialogue.back(), language=code), also=(code,))
        for code in here.scene.catalogues
    )
    return Screen(lines=(title(_("Choisissez votre langue")),), rows=(*column(buttons), (back(here),)))
