"""A loan on one A4 page to keep: the figures, every month, the law's words, the papers, where to go."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.screens.loan_papers.style import ACCENT, PALE, QUIET, TINT, Type
from conversations.loan import Row, Schedule, in_cents
from conversations.scene import PARIS
from conversations.words import Words

if TYPE_CHECKING:  # fpdf2 comes with the first table, not with the bot
    from bot.screens.loan_papers.page import Page

LEFT, ACROSS = 18.0, 174.0  # millimetres, as all that follow
GUTTER = 10.0
HALF = (ACROSS - GUTTER) / 2
RIGHT = LEFT + HALF + GUTTER
FOOT = 297 - 16.0
COLUMNS = (9.5, 22.5, 20.5, 28.0)  # month, payment, cost, what is left
ROWS, ROW = 85.0, 6.0  # all rows of one column at most, one row at most
TICK = 5.5  # a box and the space after it

BRAND = Type(9.5, bold=True, colour=ACCENT)
HEADLINE = Type(24, bold=True)
HEADING = Type(12, bold=True)
FIGURE = Type(13, bold=True)
LAW = Type(11, bold=True)
ADVICE = Type(9, colour=QUIET)
SMALL = Type(8.5, colour=QUIET)
LISTED = [Type(tenths / 10) for tenths in range(95, 55, -5)]  # the first with which all fits


@dataclass(frozen=True, slots=True)
class Leaflet:
    """What stands beside the figures, in the person's language."""

    programme: str  # its name
    legal: str  # the sentence the law puts beside a figure
    notes: tuple[str, ...]  # other advice
    papers: tuple[str, ...]  # to prepare
    places: tuple[str, ...]  # where to go
    made: datetime  # aware: the same page made at the same time is the same file


def loan_table(schedule: Schedule, _: Words, leaflet: Leaflet) -> bytes:
    """The page as a PDF."""
    from bot.screens.loan_papers.page import Page

    loan = _("{amount} sur {months}", amount=_euros(schedule.amount, _), months=_.months(schedule.months))
    page = Page(loan, _.language, leaflet.made)
    page.line(LEFT, leaflet.programme, BRAND, width=HALF)
    page.line(RIGHT, _("Exemple, pas une offre. La banque décide."), ADVICE, width=HALF, align="R")
    page.y += 9
    page.line(LEFT, loan, HEADLINE, width=ACROSS)
    page.y += 16
    _figures(page, schedule, _)
    _months(page, schedule.rows, _)
    _law(page, leaflet)
    _lists(page, leaflet, _)
    page.y = FOOT
    day = _.short_day(leaflet.made.astimezone(PARIS).date())
    page.line(LEFT, _("Calculé le {day} par un programme automatique.", day=day), SMALL, width=ACROSS)
    return page.pdf()


def _figures(page: "Page", schedule: Schedule, _: Words) -> None:
    """What the law wants to be seen (L312-6 Code de la consommation), euros first."""
    figures = (
        (_("Par mois"), _euros(schedule.instalment, _)),
        (_("Le dernier mois"), _euros(schedule.last_instalment, _)),
        (_("Vous rendez en tout"), _euros(schedule.total, _)),
        (_("Le crédit coûte"), _euros(schedule.cost, _)),
        (_("Vous empruntez"), _euros(schedule.amount, _)),
        (_("Durée"), _.months(schedule.months)),
        (_("Taux fixe par an"), _.rate(schedule.nominal_rate)),
        (_("TAEG"), _.percent(schedule.apr)),
    )
    each = ACROSS / 4
    for row in (figures[:4], figures[4:]):
        page.band(LEFT, ACROSS, 0.35, TINT)
        for number, (name, figure) in enumerate(row):
            page.y += 3.5
            page.line(LEFT + number * each, name, SMALL, width=each - 3)
            page.y += 5
            page.line(LEFT + number * each, figure, FIGURE, width=each - 3)
            page.y -= 8.5
        page.y += 19
    explained = _(
        "TAEG : taux annuel effectif global. C'est le coût d'un crédit en un an, tous frais compris."
    )
    page.line(LEFT, explained, SMALL, width=ACROSS)
    page.y += 10


def _months(page: "Page", rows: Sequence[Row], _: Words) -> None:
    """Every month, in two columns read one after the other."""
    deep = (len(rows) + 1) // 2
    height = min(ROW, ROWS / deep)
    kind = Type(min(9.5, height * 1.9))
    top = page.y
    for x, part in ((LEFT, rows[:deep]), (RIGHT, rows[deep:])):
        page.y = top
        _cells(page, x, (_("Mois"), _("Vous payez"), _("dont coût"), _("Reste à rendre")), SMALL)
        page.y += 5.2
        for number, row in enumerate(part):
            if number % 2 == 0:
                page.band(x, HALF, height, PALE)
            above = (height - kind.size / 2) / 2
            page.y += above
            amounts = (row.payment, row.interest, row.balance)
            _cells(page, x, (str(row.number), *(_euros_and_cents(each, _) for each in amounts)), kind)
            page.y += height - above
    page.y = top + 5.2 + deep * height + 7


def _law(page: "Page", leaflet: Leaflet) -> None:
    """The law's sentence beside a bar, then the advice."""
    page.band(LEFT, 1.2, page.height([leaflet.legal], LAW, width=ACROSS - 5), ACCENT)
    page.paragraph(LEFT + 5, leaflet.legal, LAW, width=ACROSS - 5)
    page.y += 2.5
    for note in leaflet.notes:
        page.paragraph(LEFT + 5, note, ADVICE, width=ACROSS - 5)
    page.y += 6


def _lists(page: "Page", leaflet: Leaflet, _: Words) -> None:
    """On the left the papers, each with a box to tick; on the right the places."""
    top = page.y + 8
    papers, places = leaflet.papers, tuple(map(_together, leaflet.places))

    def fits(kind: Type) -> bool:
        left = page.height(papers, kind, width=HALF - TICK) + len(papers) * kind.size / 8
        right = page.height(places, kind, width=HALF) + len(places) * kind.size / 8
        return max(left, right) <= FOOT - 4 - top

    kind = next(filter(fits, LISTED), LISTED[-1])
    page.line(LEFT, _("Les papiers à préparer"), HEADING, width=HALF)
    page.line(RIGHT, _("Où aller"), HEADING, width=HALF)
    page.y = top
    for paper in papers:
        page.y += kind.size / 15
        page.box(LEFT, kind.size * 0.36, QUIET)
        page.y -= kind.size / 15
        page.paragraph(LEFT + TICK, paper, kind, width=HALF - TICK)
        page.y += kind.size / 8
    page.y = top
    for place in places:
        page.paragraph(RIGHT, place, kind, width=HALF)
        page.y += kind.size / 8


def _cells(page: "Page", x: float, texts: Sequence[str], kind: Type) -> None:
    """One row of the table, everything on the right of its column."""
    for width, text in zip(COLUMNS, texts, strict=True):
        page.line(x, text, kind, width=width, align="R")
        x += width


def _together(text: str) -> str:
    """A telephone number or an hour stays on one line."""
    return re.sub(r"(?<=\d) (?=[\dh])", "\u00a0", text)


def _euros(euros: Decimal, _: Words) -> str:
    return _.euros(in_cents(euros))


def _euros_and_cents(euros: Decimal, _: Words) -> str:
    return _.euros_and_cents(in_cents(euros))
