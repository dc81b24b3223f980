"""Which function draws which page of a request."""

from conversations.handover.consent import consenting
from conversations.handover.door import other_way
from conversations.handover.draft import draft
from conversations.handover.news import newspage
from conversations.handover.sent import sent
from conversations.page_kinds import Consenting, Draft, OtherWay, Sent, Told
from conversations.scene import Here
from conversations.screen import Screen

RequestPage = OtherWay | Consenting | Draft | Sent | Told


def draw_request(here: Here, page: RequestPage) -> Screen:
    """The screen of a page of *Être rappelé(e)*."""
    match page:
        case OtherWay():
            return other_way(here)
        case Consenting():
            return consenting(here)
        case Draft():
            return draft(here, page)
        case Sent():
            return sent(here, page)
        case Told():
            return newspage(here, page)
