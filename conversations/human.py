"""How to reach a person: the CCAS of the commune they named, or of all four."""

from conversations.dialogue import Dialogue
from conversations.navigation import back, to_home
from conversations.programme.model import Place, Programme
from conversations.programme.question import Chosen
from conversations.scene import Here
from conversations.screen import Line, Screen, bullet, note, title
from conversations.words import Words


def human(here: Here) -> Screen:
    """Whom to see or to call; what the programme does not know yet is not shown."""
    _, programme = here.words, here.programme
    return Screen(
        lines=(
            title(_("Parler à quelqu'un")),
            *whom_to_see(here),
            bullet(_("Dites simplement : « Je viens pour un microcrédit personnel. »")),
            note(_(programme.legal["arnaque"].text)),
        ),
        rows=((back(here), to_home(here)),),
    )


def whom_to_see(here: Here) -> list[Line]:
    """The CCAS of their commune, or where to ask in any other."""
    _, place = here.words, _place(here.dialogue, here.programme)
    if place is None:
        return [bullet(_("Au CCAS ou à la mairie de votre commune, sans rien préparer."))]
    return _door(place, _)


def _place(dialogue: Dialogue, programme: Programme) -> Place | None:
    match dialogue.answers.get("commune"):
        case Chosen(option):
            return programme.place(option)
        case _:
            return None


def _door(place: Place, _: Words) -> list[Line]:
    known = [
        bullet(_("CCAS à {commune} : passez à l'accueil, ou demandez à la mairie.", commune=_(place.name)))
    ]
    if place.ccas.phone:
        known.append(bullet(_("Téléphone : {phone}", phone=place.ccas.phone)))
    if place.ccas.address:
        known.append(bullet(_("Adresse : {address}", address=place.ccas.address)))
    if place.ccas.hours:
        known.append(bullet(_("Horaires : {hours}", hours=place.ccas.hours)))
    return known
