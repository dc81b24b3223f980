"""Where people stop: the questions in their order, with their words."""

from conversations.figures.counts import YearCounts
from conversations.figures.tables import Table, labelled, one_column
from conversations.lead import HOME
from conversations.programme.model import Programme
from conversations.words import Words


def stops(counts: YearCounts, results: int | None, programme: Programme, _: Words) -> Table:
    """Stops by question; shares are those of the conversations that began, where `results` may be told."""
    days = programme.retention.conversation
    labels = {HOME: "À l'accueil, sans ouvrir les questions"}
    labels |= {question.id: _(question.text) for question in programme.questions}
    everybody = None if results is None else results + sum(counts.stops.values())
    whole = (
        "La part se compte parmi les arrêts."
        if results is None
        else ("La part se compte parmi les conversations commencées : les résultats et les arrêts.")
    )
    definitions = (
        "Un arrêt : une conversation effacée avant un résultat, à cette question.",
        f"Elle est effacée {days} jours après le dernier message, ou par /effacer.",
        "Une conversation en cours ne compte pas encore.",
        "Certaines personnes ne viennent que pour calculer une mensualité.",
        whole,
    )
    listed = labelled(labels, counts.stops)
    return one_column(
        "arrets", "Là où l'on s'arrête", "Question", listed, counts.stops, definitions, everybody
    )
