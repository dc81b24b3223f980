"""Who had never come to a CCAS, by commune and by flyer: the scheme's own claim, measured."""

from collections import Counter
from collections.abc import Callable

from conversations.figures.counts import Reached, YearCounts
from conversations.figures.hiding import grouped
from conversations.figures.tables import Labels, Table, labelled, one_column, percent, rows, summed
from conversations.programme.model import Programme

# What was answered to « Êtes-vous déjà allé(e) au CCAS ? »; the share needs the first two on their own.
NEVER, EVER, UNANSWERED = "non", "oui", ""
ANSWERS = {NEVER: "Jamais", EVER: "Déjà", UNANSWERED: "Sans réponse"}
ALONE = ((0,), (1,))
ANSWERED = (
    "« Jamais » : la personne a répondu qu'elle n'était jamais allée au CCAS.",
    "« Sans réponse » : elle ne sait pas, n'a pas été interrogée, ou habite ailleurs.",
)
SPLIT = ("La part compte les « jamais » parmi les « jamais » et les « déjà ».",)
WHOLE = ("Trop peu de personnes pour dire ici qui n'était jamais venu(e).",)


class ByCcas:
    """Results by answer. Every table counts the same answers, or one would betray what another hides."""

    def __init__(self, counts: YearCounts, programme: Programme) -> None:
        ours = {place.id for place in programme.places}
        self._reached = [
            (reached, _answer(reached) if reached.commune in ours else UNANSWERED, count)
            for reached, count in counts.reached.items()
        ]
        self._answers: Counter[str] = Counter()
        for _reached, answer, count in self._reached:
            self._answers[answer] += count
        self._columns = tuple(group.rows for group in grouped([(self._answers[each],) for each in ANSWERS]))

    @property
    def never(self) -> tuple[int, int | None] | None:
        """How many had never come, and which share of the answers; None where it cannot be told."""
        if self._columns[:2] != ALONE:
            return None
        never, ever = self._answers[NEVER], self._answers[EVER]
        return never, percent(never, never + ever)

    def answers(self) -> Table:
        """Everybody by answer."""
        title = "Jamais venu(e)s au CCAS"
        return one_column("ccas", title, "Au CCAS", ANSWERS, self._answers, ANSWERED)

    def table(
        self, id_: str, heading: str, labels: Labels, unnamed: str, kind: Callable[[Reached], str]
    ) -> Table:
        """Answers by kind; `unnamed` is the label of those who have none. Mere numbers where it says nothing.

        Mere numbers give away no answer: each is 11 or more, and so is each answer's total beside it.
        """
        cells: Counter[tuple[str, str]] = Counter()
        for reached, answer, count in self._reached:
            cells[kind(reached), answer] += count
        named = labelled(labels, (key for key, _ in cells), unnamed)
        table = [[cells[key, answer] for answer in ANSWERS] for key in named]
        merged = [[sum(row[place] for place in places) for places in self._columns] for row in table]

        def share(found: tuple[int, ...]) -> int | None:
            return percent(found[0], found[0] + found[1]) if self._columns[:2] == ALONE else None

        listed = rows(named, merged, share) if self._columns else ()
        if sum(any(row.cells) for row in listed) <= 1:
            mere = {key: sum(row) for key, row in zip(named, table, strict=True)}
            title = f"Les résultats, par {heading.lower()}"
            return one_column(id_, title, heading, named, mere, WHOLE)
        title = f"Jamais venu(e)s au CCAS, par {heading.lower()}"
        names = list(ANSWERS.values())
        headings = (" ou ".join(names[place] for place in places) for places in self._columns)
        return Table(id_, title, (heading, *headings), listed, SPLIT, summed(listed, share), "Part")


def _answer(reached: Reached) -> str:
    return reached.known_to_ccas if reached.known_to_ccas in ANSWERS else UNANSWERED
