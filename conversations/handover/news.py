"""What a resident is told at each step of their request, in the programme's words.

News is a page: it is put on top of the dialogue, drawn like any other, and *Retour* leads back to where the
person was. So it may be drawn twice, and its buttons work like all others.
"""

from collections.abc import Iterator
from dataclasses import replace

from conversations.desk.deeds import REDIRECTED
from conversations.dialogue import Dialogue, Remark
from conversations.handover.invitation import invited, where
from conversations.handover.request import Channel, News, Request
from conversations.handover.sent import cannot_come
from conversations.handover.wording import said_day, said_hour
from conversations.navigation import back, open_page, to_human
from conversations.page_kinds import Papers, Sent, Told
from conversations.scene import PARIS, Here
from conversations.screen import Button, Line, Screen, bullet, title

MEETINGS = frozenset((News.APPOINTMENT, News.REMINDER))
# The request goes on after these, so there is something to look at or to change.
ENDS = frozenset((News.CLOSED, News.REDIRECTED))


def told(news: News, request: Request) -> Told:
    """The page of some news: of the request as it is after it, only what its words need."""
    match news:
        case News.APPOINTMENT | News.REMINDER:
            visit = request.card.channel is Channel.VISIT
            place = request.card.commune if visit else ""
            return Told(news, request.reference, at=request.appointment, detail=place)
        case News.UNREACHED | News.PROMISE_MOVED | News.ADMITTED:
            return Told(news, request.reference, day=request.promised)
        case News.SLEEPING:
            return Told(news, request.reference, day=request.sleeps_until)
        case News.PAPERS | News.CLOSED | News.REDIRECTED:
            return Told(news, request.reference, detail=request.reason.removeprefix(REDIRECTED))
        case News.TAKEN | News.TO_COMPLETE | News.APPOINTMENT_CANCELLED | News.REOPENED:
            return Told(news, request.reference)


def tell(dialogue: Dialogue, news: Told) -> Dialogue:
    """The dialogue with the news on top; an appointment brings its file along."""
    remark = Remark("invitation") if news.news is News.APPOINTMENT else None
    return replace(dialogue.open(news), remark=remark)


def newspage(here: Here, page: Told) -> Screen:
    """The news, and what can be done about it."""
    lines = [title(here.words("Votre demande {reference}", reference=page.reference))]
    lines += _words(here, page)
    return Screen(
        lines=tuple(lines),
        rows=tuple(_ways(here, page)),
        attachment=invited(here, page.reference, page.at, page.detail) if page.news in MEETINGS else None,
    )


def _words(here: Here, page: Told) -> Iterator[Line]:
    _, programme = here.words, here.programme
    day = page.at.astimezone(PARIS).date() if page.at else page.day
    aid = next((aid for aid in programme.aids if aid.id == page.detail), None)
    paper = next((paper for paper in programme.papers if paper.id == page.detail), None)
    values = {
        "reference": page.reference,
        "jour": said_day(day, _) if day else _("bientôt"),
        "heure": said_hour(page.at, _) if page.at else "",
        "papier": _(paper.label) if paper else _("demandez lequel à la référente"),
        "aide": _(aid.name) if aid else _("demandez à votre CCAS"),
    }
    for sentence in programme.handover.news[page.news]:
        yield bullet(_(sentence, **values))
    closure = programme.handover.closure(page.detail)
    if page.news in MEETINGS:
        yield bullet(where(here, page.detail))
    if page.news is News.PAPERS and paper:
        yield bullet(_(paper.what))
    if page.news is News.REDIRECTED and aid:
        yield bullet(_(aid.text))
        if aid.contact:
            yield bullet(_("À qui demander : {contact}", contact=_(aid.contact)))
    if page.news is News.CLOSED and closure:
        yield bullet(_(closure.sentence))


def _ways(here: Here, page: Told) -> Iterator[tuple[Button, ...]]:
    _ = here.words
    request = here.scene.request
    if page.news in MEETINGS and request is not None and request.meets_after(here.scene.now):
        yield (cannot_come(here, page.reference),)
    if page.news in (News.PAPERS, News.TO_COMPLETE):
        yield (open_page(here, _("Préparer mes papiers"), Papers()),)
    if page.news not in ENDS:
        yield (open_page(here, _("Ma demande de rappel"), Sent()),)
    yield (back(here), to_human(here))
