"""Who reached a result: how it ended, from which commune and flyer, of which age, for what."""

from collections.abc import Callable, Iterator

from conversations.desk.card import outcome_in_brief
from conversations.figures.ccas import ByCcas
from conversations.figures.counts import Profile, YearCounts
from conversations.figures.tables import Labels, Table, counted, labelled, one_column
from conversations.lead import BAND, band
from conversations.programme.model import Caps, Programme
from conversations.questionnaire import Outcome
from conversations.words import Words

RESULTS = (
    "Un résultat : une personne est allée au bout des questions, sans donner de nom.",
    "Une conversation compte une fois, avec son dernier résultat.",
    "Une personne qui revient une fois effacée compte à nouveau.",
)
UNKNOWN = "Non précisé"
ASKED = ("« Non précisé » : la question n'a pas été posée, ou la personne ne sait pas.",)


def results(counts: YearCounts, _: Words) -> Table:
    """How the questions ended."""
    found = counted(counts.reached, lambda each: each.outcome)
    labels = labelled({outcome: outcome_in_brief(outcome, _) for outcome in Outcome}, found)
    return one_column("resultats", "Les résultats", "Résultat", labels, found, RESULTS)


def by_ccas(known: ByCcas, programme: Programme, _: Words) -> Iterator[Table]:
    """Who had never come to a CCAS, by commune and by flyer."""
    communes = {place.id: place.name for place in programme.places}
    flyers = {flyer.code: _(flyer.name) for flyer in programme.flyers}
    yield known.answers()
    yield known.table(
        "communes",
        "Commune",
        communes,
        "Une autre commune, ou non précisée",
        lambda each: each.commune if each.commune in communes else "",
    )
    yield known.table("affiches", "Affiche", flyers, "Sans affiche", lambda each: each.source)


def people(counts: YearCounts, programme: Programme, _: Words) -> Iterator[Table]:
    """Who they are and what for, as far as bands tell."""
    described: tuple[tuple[str, str, str, Labels, Callable[[Profile], str]], ...] = (
        ("ages", "Les âges", "Âge", _options(programme, "age", _), lambda each: each.age),
        (
            "situations",
            "Les situations",
            "Situation",
            _options(programme, "situation", _),
            lambda each: each.situation,
        ),
        ("projets", "Les projets", "Projet", _options(programme, "objet", _), lambda each: each.purpose),
        ("montants", "Les montants", "Montant", _bands(programme.caps, _), lambda each: each.amount),
    )
    for id_, title, heading, labels, kind in described:
        found = counted(counts.profiles, kind)
        yield one_column(id_, title, heading, labelled(labels, found, UNKNOWN), found, ASKED)


def _options(programme: Programme, question: str, _: Words) -> Labels:
    return {option.id: _(option.label) for option in programme.question(question).options}


def _bands(caps: Caps, _: Words) -> Labels:
    """The bands of amounts, from the lowest to the highest."""
    inner = range(caps.least // BAND * BAND, caps.most + 1, BAND)
    return {
        band(caps.least - 1, caps): f"Moins de {_.euros(caps.least)}",
        **{band(max(low, caps.least), caps): _band(max(low, caps.least), caps, _) for low in inner},
        band(caps.most + 1, caps): f"Plus de {_.euros(caps.most)}",
    }


def _band(low: int, caps: Caps, _: Words) -> str:
    high = min(low // BAND * BAND + BAND - 100, caps.most)
    return f"De {_.euros(low)} à {_.euros(high)}" if low < high else _.euros(low)
