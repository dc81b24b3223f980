"""« Être rappelé(e) » in the booklet: what people agree to, the pace, and the words of each news."""

from bot.booklet.markup import Html, card, element, joined, table
from conversations.programme.model import Programme
from conversations.programme.sections.transmission import SAMPLES
from conversations.words import Words

NEWS_TITLES = {
    "prise": "La demande est prise",
    "sans_reponse": "Un appel sans réponse",
    "rendez_vous": "Un rendez-vous est fixé",
    "rendez_vous_annule": "Le rendez-vous n'a plus lieu",
    "rappel": "Avant le rendez-vous",
    "papiers": "Il manque un papier",
    "a_completer": "Les papiers ne sont pas prêts, rien n'est encore arrangé",
    "nouvelle_date": "La date de l'appel change",
    "tour_venu": "La demande sort de la liste d'attente",
    "veille": "La demande attend",
    "rouverte": "La demande est rouverte",
    "reorientee": "Une autre aide est proposée",
    "close": "La demande est terminée",
}


def handover(programme: Programme, words: Words) -> Html:
    """The consent, the numbers, the reasons and the news, with placeholders filled as an example."""
    terms, _ = programme.handover, words.knowing(**programme.figures(words), **SAMPLES)
    return joined(
        card(f"Le consentement, version {terms.consent_version}", _bubble(terms.consent, _)),
        card("Sur la liste d'attente, d'ici là", _bubble(terms.meanwhile, _)),
        table("Le rythme", ("Quoi", "Combien"), _pace(programme)),
        *(card(NEWS_TITLES[name], _bubble(sentences, _)) for name, sentences in terms.news.items()),
        table(
            "Pourquoi une demande se termine",
            ("Motif", "Ce que lit la personne"),
            [(_(closure.label), _(closure.sentence)) for closure in terms.closures],
        ),
        table(
            "Les langues d'un appel", ("Langue", "Code"), [(each.name, each.code) for each in terms.languages]
        ),
    )


def _bubble(sentences: tuple[str, ...], _: Words) -> Html:
    return element("div", *(element("p", _(sentence)) for sentence in sentences), class_="bubble")


def _pace(programme: Programme) -> list[tuple[str, str]]:
    terms = programme.handover
    return [
        ("Dossiers ouverts à la fois", str(terms.cap)),
        ("Dossiers avancés par demi-journée", str(terms.pace)),
        ("Demi-journées proposées", str(terms.slots_offered)),
        ("Délai avant une demi-journée", f"{terms.notice_hours} h"),
        ("Contact visible", f"{terms.reveal_hours} h"),
        ("Appels sans réponse avant de clore", str(terms.tries)),
        ("Rappel à la référente", f"après {terms.remind_after} demi-journée(s)"),
        ("Alerte à la coordination", f"après {terms.escalate_after} demi-journées"),
        (
            "Le bot a été absent",
            f"dit à la référente et à la coordination après {terms.bot_away_minutes} minutes",
        ),
        ("Annuler un geste", f"pendant {terms.undo_minutes} minutes"),
        ("Rappel des papiers à préparer", f"{terms.papers_reminder} jour(s) après l'envoi"),
        ("Rappel d'un rendez-vous", f"{terms.appointment_reminder} jours avant"),
        ("Durée d'un rendez-vous", f"{terms.appointment_minutes} minutes"),
        ("Aucun message la nuit", f"de {terms.quiet_from:%H:%M} à {terms.quiet_until:%H:%M}"),
    ]
