"""How a number, a share and a period are written, in every form alike."""

from conversations.figures.report import KeyFigure, Report
from conversations.figures.tables import Row
from conversations.words import Words

HIDDEN = "—"
TOO_SMALL = "Trop peu de personnes : ce tableau n'est pas publié."
HEADLINE = "Le microcrédit en chiffres"


def number(value: int | None) -> str:
    """« 1 234 », or a dash."""
    return HIDDEN if value is None else f"{value:,}".replace(",", " ")


def share(percent: int | None) -> str:
    """« 62 % », or nothing."""
    return "" if percent is None else f"{percent} %"


def names(row: Row) -> list[str]:
    """The name of a line; of several kinds together « A », then « + B »."""
    first, *others = row.labels
    return [first, *(f"+ {other}" for other in others)]


def key_figure(figure: KeyFigure) -> str:
    """« 23 (62 %) »."""
    if figure.number is None:
        return "trop peu pour être publié"
    told = number(figure.number)
    return told if figure.share is None else f"{told} ({share(figure.share)})"


def facts(report: Report, _: Words) -> list[tuple[str, str]]:
    """What a reader must know of the document: its period, its day, its programme."""
    return [
        ("Période", f"du {_.short_day(report.first)} au {_.short_day(report.last)}"),
        ("Fait le", _.short_day(report.made)),
        ("Programme", ", ".join(report.versions) or HIDDEN),
    ]
