"""What the desk reads once the bot was away and is back: from when to when, and what became of everybody."""

from datetime import datetime

from conversations.desk.sheet import Sheet
from conversations.scene import PARIS
from conversations.screen import bullet, title
from conversations.words import Words


def back(interval: str, _: Words) -> Sheet:
    """`interval` is what `absence` wrote."""
    since, until = (datetime.fromisoformat(end).astimezone(PARIS) for end in interval.split("/"))
    hours = {"start": f"{since:%H:%M}", "end": f"{until:%H:%M}"}
    if since.date() == until.date():
        when = _("Il ne répondait plus le {day}, de {start} à {end}.", day=_.day(since.date()), **hours)
    else:
        when = _(
            "Il ne répondait plus du {first}, {start}, au {last}, {end}.",
            first=_.day(since.date()),
            last=_.day(until.date()),
            **hours,
        )
    return Sheet(
        (
            title(_("Le bot est revenu")),
            bullet(when),
            bullet(_("Les messages reçus entre-temps ont une réponse maintenant.")),
            bullet(_("Un bouton touché entre-temps est parfois à toucher encore.")),
        )
    )


def absence(since: datetime, until: datetime) -> str:
    """These two moments (aware) as one text, an interval of ISO 8601."""
    return f"{since.isoformat()}/{until.isoformat()}"
