"""The first pages: which programme this is, how to proofread it, and what is still open."""

from datetime import date

from bot.booklet.markup import Html, element, joined, listed, table
from conversations.programme.mistakes import Note
from conversations.programme.model import Programme
from conversations.words import Words


def cover(programme: Programme, day: date, _: Words) -> Html:
    """The title page."""
    return element(
        "header",
        element("p", "Livret de relecture", class_="kicker"),
        element("h1", _(programme.name)),
        element("p", " · ".join(place.name for place in programme.places), class_="towns"),
        element(
            "dl",
            *_fact("Version du programme", programme.version),
            *_fact("Tel qu'il s'applique", _.day(day)),
            *_fact("Prêteur", programme.lender),
        ),
        element(
            "div",
            element("h2", "Comment relire"),
            listed(
                [
                    "Ce livret montre tout ce que le bot peut dire, avec les mots exacts que l'on lit.",
                    "Lisez chaque phrase à voix haute. Cochez « relu » quand elle est juste.",
                    "Barrez ce qui ne va pas et écrivez votre phrase à côté.",
                    "Une phrase, une idée, 15 mots au plus. Le bot ne promet rien : la banque décide.",
                ]
            ),
            class_="how",
        ),
        element(
            "p", "Relu par ", element("span", class_="line"), " le ", element("span", class_="line short")
        ),
        class_="cover",
    )


def _fact(name: str, value: str) -> tuple[Html, Html]:
    return element("dt", name), element("dd", value)


def open_points(notes: tuple[Note, ...]) -> Html:
    """What nobody has published or confirmed yet."""
    if not notes:
        return element("p", "Rien : tout est écrit et confirmé.")
    rows = [(" › ".join(note.path), f"{note.says}.", str(note.line)) for note in notes]
    intro = "Le bot rappelle ces points à chaque démarrage."
    return joined(element("p", intro), table("Les points ouverts du fichier", ("Où", "Quoi", "Ligne"), rows))
