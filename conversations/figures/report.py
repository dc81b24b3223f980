"""The year as it is published: its period, its key figures, its tables."""

from dataclasses import dataclass
from datetime import date

from conversations.figures.ccas import ByCcas
from conversations.figures.counts import YearCounts
from conversations.figures.people import by_ccas, people, results
from conversations.figures.requests import courses, delays
from conversations.figures.stops import stops
from conversations.figures.tables import Table
from conversations.programme.model import Programme
from conversations.words import Words

HIDING = (
    "Aucun nombre de personnes de 1 à 10 n'est publié.",
    "Une ligne trop petite est réunie à d'autres : « + » les relie.",
    "Ainsi aucun calcul ne permet de l'isoler.",
    "Zéro est publié : il ne compte personne.",
    "Les parts sont arrondies au pour cent.",
)


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number to begin with; None where it is too small to be published."""

    label: str
    number: int | None
    share: int | None = None  # percent


@dataclass(frozen=True, slots=True)
class Report:
    """What every form of it prints. `first` and `last` are the days of the period, both included."""

    name: str
    places: tuple[str, ...]
    first: date
    last: date
    made: date
    versions: tuple[str, ...]  # of the programme
    key_figures: tuple[KeyFigure, ...]
    tables: tuple[Table, ...]

    @property
    def year(self) -> int:
        """The year that is told."""
        return self.first.year


def report(counts: YearCounts, programme: Programme, year: int, today: date, _: Words) -> Report:
    """The year, its small numbers hidden."""
    reached = results(counts, _)
    number = _total(reached)
    stopped = stops(counts, number, programme, _)
    known = ByCcas(counts, programme)
    requests = courses(counts, programme, _)
    return Report(
        name=_(programme.name),
        places=tuple(place.name for place in programme.places),
        first=date(year, 1, 1),
        last=min(date(year, 12, 31), today),
        made=today,
        versions=tuple(sorted(counts.versions)),
        key_figures=(
            KeyFigure("conversations commencées", _sum(number, _total(stopped))),
            KeyFigure("résultats", number),
            _never(known),
            KeyFigure("demandes de rappel", _total(requests)),
        ),
        tables=(
            *by_ccas(known, programme, _),
            reached,
            *people(counts, programme, _),
            stopped,
            requests,
            delays(counts),
        ),
    )


def _total(table: Table) -> int | None:
    return table.total.cells[0] if table.total else None


def _sum(*numbers: int | None) -> int | None:
    return None if None in numbers else sum(filter(None, numbers))


def _never(known: ByCcas) -> KeyFigure:
    number, share = known.never or (None, None)
    return KeyFigure("jamais venu(e)s au CCAS, parmi les réponses", number, share)
