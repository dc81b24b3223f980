"""Which function draws which page."""

from dataclasses import replace

from conversations.affordable import affordable
from conversations.asking import asking, summary
from conversations.budget import budget
from conversations.handover.pages import draw_request
from conversations.home import help_page, home, languages
from conversations.human import human
from conversations.page_kinds import (
    Affordable,
    Asking,
    Budget,
    Consenting,
    Draft,
    Erased,
    Help,
    Home,
    Human,
    Languages,
    OtherWay,
    Page,
    Papers,
    Privacy,
    Result,
    Sent,
    Simulator,
    Summary,
    Told,
)
from conversations.papers import papers
from conversations.privacy import farewell, privacy
from conversations.result import result
from conversations.scene import Here
from conversations.screen import Screen
from conversations.simulator import paper, simulator


def draw(here: Here, page: Page) -> Screen:
    """The screen of `page`, without what the bot remarks above it."""
    match page:
        case Home():
            return home(here)
        case Help():
            return help_page(here)
        case Languages():
            return languages(here)
        case Privacy():
            return privacy(here)
        case Human():
            return human(here)
        case Asking():
            return asking(here.standpoint, page)
        case Summary():
            return summary(here)
        case Result():
            return result(here, page)
        case Papers():
            return papers(here, page)
        case Simulator():
            return replace(simulator(here, page), attachment=paper(here, page))
        case Affordable():
            return affordable(here, page)
        case Budget():
            return budget(here, page)
        case OtherWay() | Consenting() | Draft() | Sent() | Told():
            return draw_request(here, page)
        case Erased():
            return farewell(here, page)
