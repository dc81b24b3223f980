"""The year in figures, in a terminal."""

from collections.abc import Iterator, Sequence
from textwrap import TextWrapper

from bot.figures.writing import HEADLINE, TOO_SMALL, facts, key_figure, names, number, share
from conversations.figures.report import HIDING, Report
from conversations.figures.tables import Row, Table
from conversations.typography import typeset_french
from conversations.words import Words

WIDTH = 78
GAP = 2


def as_text(report: Report, _: Words) -> str:
    """The whole report, 78 characters wide."""
    return typeset_french("\n".join(_lines(report, _)))


def _lines(report: Report, _: Words) -> Iterator[str]:
    yield f"{report.name.upper()} : {HEADLINE}, {report.year}"
    yield " · ".join(report.places)
    yield ""
    for name, fact in facts(report, _):
        yield f"{name} : {fact}"
    yield ""
    for figure in report.key_figures:
        yield f"{key_figure(figure):>26}  {figure.label}"
    for place, table in enumerate(report.tables, start=1):
        yield ""
        yield "─" * WIDTH
        yield f"{place}. {table.title}"
        yield ""
        yield from _table(table)
        yield ""
        yield from _notes(table.definitions)
    yield ""
    yield "─" * WIDTH
    yield "Les petits nombres"
    yield ""
    yield from _notes(HIDING)


def _table(table: Table) -> Iterator[str]:
    if not table.rows:
        yield TOO_SMALL
        return
    label, *columns = table.headings
    if table.share:
        columns.append(table.share)
    widths = [max(len(heading), 7) + GAP for heading in columns]
    room = WIDTH - sum(widths)
    yield _line((label,), columns, widths, room)
    for row in table.rows:
        yield _line(names(row), _cells(row, table), widths, room)
    if table.total:
        yield _line(names(table.total), _cells(table.total, table), widths, room)


def _cells(row: Row, table: Table) -> list[str]:
    cells = [number(cell) for cell in row.cells]
    return [*cells, share(row.share)] if table.share else cells


def _line(labels: Sequence[str], cells: list[str], widths: list[int], room: int) -> str:
    """The labels on as many lines as they need, the cells on the first of them."""
    wrapper = TextWrapper(room, subsequent_indent=" " * GAP)
    first, *below = [line for label in labels for line in wrapper.wrap(label)] or [""]
    figures = "".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True))
    return "\n".join([f"{first.ljust(room)}{figures}".rstrip(), *below])


def _notes(sentences: tuple[str, ...]) -> Iterator[str]:
    wrapper = TextWrapper(WIDTH, initial_indent="· ", subsequent_indent=" " * GAP)
    for sentence in sentences:
        yield wrapper.fill(sentence)
