"""The whole booklet: one HTML file that needs nothing else, for a screen and for A4."""

from datetime import date
from pathlib import Path

from bot.booklet import annexes
from bot.booklet.cover import cover, open_points
from bot.booklet.handover import handover
from bot.booklet.markup import Html, element, joined
from bot.booklet.questions import questions
from bot.booklet.rules import rules
from conversations.programme.load import ProgrammeFile
from conversations.words import Words

STYLE = Path(__file__).with_name("booklet.css")
POLICY = "default-src 'none'; style-src 'unsafe-inline'"  # a booklet loads nothing and runs nothing


def booklet(file: ProgrammeFile, day: date, words: Words) -> str:
    """The programme of that day as an HTML page. Raises ProgrammeError where there is none that day."""
    programme = file.at(day)
    _ = words.knowing(**programme.figures(words))
    chapters = {
        "Ce qui reste à compléter": open_points(file.open_points),
        "Les questions": questions(programme, _),
        "Les règles": rules(programme, _),
        "Les autres aides": annexes.aids(programme, _),
        "Les papiers": annexes.papers(programme, _),
        "Les urgences": annexes.urgencies(programme, _),
        "L'argent et la loi": joined(annexes.money(programme, _), annexes.legal_texts(file, _)),
        "Être rappelé(e)": handover(programme, _),
        "Les lieux, le temps, les affiches": joined(annexes.places(programme, _), annexes.desk(programme, _)),
    }
    body = element("body", cover(programme, day, _), element("main", *_chapters(chapters)))
    return f"<!DOCTYPE html>\n{element('html', _head(_(programme.name)), body, lang='fr')}\n"


def _head(name: str) -> Html:
    return element(
        "head",
        Html('<meta charset="utf-8">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'),
        element("title", f"{name}, livret de relecture"),
        element("style", Html(STYLE.read_text(encoding="utf-8"))),
    )


def _chapters(chapters: dict[str, Html]) -> list[Html]:
    """A table of contents, then each chapter under its heading."""
    numbered = list(enumerate(chapters.items(), start=1))
    links = [element("li", element("a", title, href=f"#c{number}")) for number, (title, _body) in numbered]
    contents = element("nav", element("h2", "Dans ce livret"), element("ol", *links))
    return [contents, *(_chapter(number, title, body) for number, (title, body) in numbered)]


def _chapter(number: int, title: str, body: Html) -> Html:
    return element("section", element("h2", title), joined(body), id=f"c{number}")
