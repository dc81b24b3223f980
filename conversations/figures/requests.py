"""What became of the requests to be called back, and how long people waited."""

from collections import Counter
from collections.abc import Mapping

from conversations.desk.deeds import REDIRECTED
from conversations.figures.counts import YearCounts
from conversations.figures.course import ENDED, Course, Measure
from conversations.figures.hiding import LEAST
from conversations.figures.tables import Row, Table, labelled, one_column
from conversations.programme.model import Programme
from conversations.words import Words

SENT = (
    "Une demande compte dans l'année de son envoi.",
    "Rouverte ou corrigée, elle compte une fois, avec sa dernière suite.",
    "« Effacée sans suite » : la durée de conservation a pris fin avant la clôture.",
)
WAITED = (
    "Ce sont des jours du calendrier depuis l'envoi ; 0 est le jour même.",
    "« La moitié » : la moitié des demandes ont attendu ce nombre de jours au plus.",
    "« 9 sur 10 » : neuf demandes sur dix ont attendu ce nombre de jours au plus.",
    "« Prise en charge » : le premier geste de la référente.",
    "« Rendez-vous » : le premier dont l'heure est venue.",
    "Un tiret : trop peu de demandes pour publier ce nombre.",
)


def courses(counts: YearCounts, programme: Programme, _: Words) -> Table:
    """Every request sent that year, by what became of it."""
    labels = {
        ENDED + REDIRECTED: "Orientation vers une autre aide",
        **{ENDED + closure.id: _(closure.label) for closure in programme.handover.closures},
        Course.WITHDRAWN.value: "Retirée par la personne",
        Course.EXPIRED.value: "Effacée sans suite",
        Course.RUNNING.value: "En cours",
    }
    found = Counter(_of(counts, Measure.COURSE))
    title = "Ce que deviennent les demandes de rappel"
    return one_column("demandes", title, "Suite", labelled(labels, found), found, SENT)


def delays(counts: YearCounts) -> Table:
    """From the sending on, in days. How many requests came that far is not told: see `courses`."""
    measures = {
        Measure.HANDLED: "Prise en charge",
        Measure.MET: "Rendez-vous",
        Measure.CLOSED: "Clôture",
    }
    rows = []
    for measure, label in measures.items():
        days = {int(value): count for value, count in _of(counts, measure).items()}
        rows.append(Row((label,), (quantile(days, 1, 2), quantile(days, 9, 10))))
    headings = ("Jusqu'à", "La moitié (jours)", "9 sur 10 (jours)")
    return Table("delais", "Les délais", headings, tuple(rows), WAITED)


def quantile(days: Mapping[int, int], part: int, whole: int) -> int | None:
    """The days in which `part` of `whole` had it; None where fewer than 11 waited as long, or as short."""
    everybody = sum(days.values())
    rank = -(-everybody * part // whole)
    if not LEAST <= rank <= everybody - LEAST + 1:
        return None
    passed = 0
    for day in sorted(days):
        passed += days[day]
        if passed >= rank:
            return day
    raise AssertionError(rank)


def _of(counts: YearCounts, measure: Measure) -> Mapping[str, int]:
    return {value: count for (kind, value), count in counts.courses.items() if kind == measure}
