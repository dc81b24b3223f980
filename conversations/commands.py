"""The commands, and what Telegram shows of the bot before anybody has said a word."""

from conversations.words import Words

# What can be typed, in French or as Telegram's users know it elsewhere → what it does.
NAMES = {
    "start": "start",
    "aide": "help",
    "help": "help",
    "recommencer": "restart",
    "restart": "restart",
    "effacer": "erase",
    "erase": "erase",
    "stop": "erase",
    "langue": "language",
    "language": "language",
    "mesdonnees": "privacy",
    "mydata": "privacy",
}


def menu(_: Words) -> tuple[tuple[str, str], ...]:
    """The commands in Telegram's menu: (name, description)."""
    return (
        ("start", _("Revenir à l'accueil")),
        ("aide", _("Comment ça marche")),
        ("recommencer", _("Reprendre les questions depuis le début")),
        ("langue", _("Changer de langue")),
        ("mesdonnees", _("Voir ce qui est gardé")),
        ("effacer", _("Tout effacer, tout de suite")),
    )


def description(_: Words) -> str:
    """What stands on an empty conversation (at most 512 characters)."""
    return _(
        "Un microcrédit personnel peut-il vous aider ? Quelques questions, sans nom ni rendez-vous. "
        "Je suis un programme automatique. Le CCAS ne demande jamais d'argent."
    )


def short_description(_: Words) -> str:
    """What stands on the bot's own page (at most 120 characters)."""
    return _("Le microcrédit personnel de quatre communes : questions, papiers, contact.")
