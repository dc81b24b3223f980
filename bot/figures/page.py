"""The year in figures as one HTML file: read on a screen, printed on A4, a bar beside each share."""

from pathlib import Path

from bot.booklet.markup import Html, element, joined, listed, page, table
from bot.figures.writing import HEADLINE, TOO_SMALL, facts, key_figure, names, number, share
from conversations.figures.report import HIDING, KeyFigure, Report
from conversations.figures.tables import Row, Table
from conversations.words import Words

STYLE = Path(__file__).with_name("bilan.css")


def as_page(report: Report, _: Words) -> str:
    """The whole report."""
    title = f"{report.name}, {report.year}"
    sections = (_section(place, each) for place, each in enumerate(report.tables, start=1))
    hiding = element("section", element("h2", "Les petits nombres"), listed(HIDING), class_="small")
    main = element("main", *sections, hiding)
    return page(title, _cover(report, _), main, style=STYLE.read_text(encoding="utf-8"))


def _cover(report: Report, _: Words) -> Html:
    known = (part for fact in facts(report, _) for part in _pair(*fact))
    return element(
        "header",
        element("p", report.name, class_="kicker"),
        element("h1", f"{HEADLINE}, {report.year}"),
        element("p", " · ".join(report.places), class_="towns"),
        element("dl", *known),
        element("ul", *map(_key_figure, report.key_figures), class_="key"),
        class_="cover",
    )


def _pair(name: str, value: str) -> tuple[Html, Html]:
    return element("dt", name), element("dd", value)


def _key_figure(figure: KeyFigure) -> Html:
    return element("li", element("b", key_figure(figure)), " ", figure.label)


def _section(place: int, told: Table) -> Html:
    body = _table(told) if told.rows else element("p", TOO_SMALL)
    return element(
        "section", element("h2", f"{place}. {told.title}"), body, listed(told.definitions, class_="small")
    )


def _table(told: Table) -> Html:
    lines = [*told.rows, *([told.total] if told.total else [])]
    headings = (*told.headings, *([told.share] if told.share else []))
    rows = [(_labels(row), *map(number, row.cells), *([_share(row)] if told.share else [])) for row in lines]
    shown = table(told.title, headings, rows)
    return element("div", shown, class_="summed" if told.total else "plain")


def _labels(row: Row) -> Html:
    """Each name on its own line."""
    return joined(*(element("div", name) for name in names(row)))


def _share(row: Row) -> Html:
    """The share in figures; the bar says the same once more, for who would rather look."""
    return Html("") if row.share is None else joined(_bar(row.share), element("span", share(row.share)))


def _bar(percent: int) -> Html:
    full = '<rect width="100" height="10" class="full"/>'
    part = f'<rect width="{percent}" height="10" class="part"/>'
    return Html(f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">{full}{part}</svg>')
