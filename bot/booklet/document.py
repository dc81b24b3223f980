"""The whole booklet: one HTML file that needs nothing else, for a screen and for A4."""

from datetime import date

from bot.booklet import annexes
from bot.booklet.cover import cover, open_points
from bot.booklet.handover import handover
from bot.booklet.markup import Html, element, joined, page
from bot.booklet.questions import questions
from bot.booklet.rules import rules
from conversations.programme.load import ProgrammeFile
from conversations.words import Words


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
    title = f"{_(programme.name)}, livret de relecture"
    return page(title, cover(programme, day, _), element("main", *_chapters(chapters)))


def _chapters(chapters: dict[str, Html]) -> list[Html]:
    """A table of contents, then each chapter under its heading."""
    numbered = list(enumerate(chapters.items(), start=1))
    links = [element("li", element("a", title, href=f"#c{number}")) for number, (title, _body) in numbered]
    contents = element("nav", element("h2", "Dans ce livret"), element("ol", *links))
    return [contents, *(_chapter(number, title, body) for number, (title, body) in numbered)]


def _chapter(number: int, title: str, body: Html) -> Html:
    return element("section", element("h2", title), joined(body), id=f"c{number}")
