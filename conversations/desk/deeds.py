"""What each tap of the référente makes of a case. Pure: `sheet` offers them, `storage` writes them down."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from conversations.desk.case import Case, Deed, Done, Hand
from conversations.handover.request import News, Request, Status
from conversations.scene import PARIS
from conversations.words import Words

UNREACHABLE = "injoignable"  # the programme's reason for a request that no call reached
REDIRECTED = "vers:"  # before the id of the aid that fits better

_CALM = (Status.SENT, Status.WAITING)


def reveal(case: Case, hand: Hand) -> Done:
    """Show the contact to the one who asks, for a time."""
    shown = replace(
        case, revealed_to=hand.by, revealed_until=hand.now + timedelta(hours=hand.terms.reveal_hours)
    )
    return Done(_seen(shown, hand.now), deed=Deed.REVEALED)


def hide(case: Case) -> Done:
    """Take the contact off the screen."""
    return Done(_hidden(case), deed=Deed.HIDDEN)


def take(case: Case, hand: Hand) -> Done:
    """*Je prends*: from now on it is hers."""
    return _to(case, hand, Deed.TAKEN, replace(case.request, status=Status.TAKEN), News.TAKEN)


def pass_on(case: Case, hand: Hand) -> Done:
    """*Passer à l'agent du CCAS*: from now on the contact is for the agent of that commune alone."""
    request = replace(case.request, passed_to=case.request.card.commune)
    return Done(_hidden(case).changed(request, hand), deed=Deed.PASSED)


def take_back(case: Case, hand: Hand) -> Done:
    """*Reprendre*: the agent sees no contact any more."""
    return Done(_hidden(case).changed(replace(case.request, passed_to=""), hand), deed=Deed.TAKEN_BACK)


def appoint(case: Case, hand: Hand, at: datetime) -> Done:
    """*RDV*, at this hour."""
    request = replace(_awake(case.request, hand.now), status=Status.APPOINTMENT, appointment=at)
    return _to(case, hand, Deed.APPOINTMENT, request, News.APPOINTMENT)


def miss_paper(case: Case, hand: Hand, paper: str) -> Done:
    """*Papier manquant*: this one."""
    request = replace(_awake(case.request, hand.now), status=Status.PAPERS, reason=paper)
    return _to(case, hand, Deed.PAPERS, request, News.PAPERS)


def sleep(case: Case, hand: Hand, until: date) -> Done:
    """*En veille* until this day."""
    request = replace(_awake(case.request, hand.now), status=Status.SLEEPING, sleeps_until=until)
    return _to(case, hand, Deed.SLEEPING, request, News.SLEEPING)


def miss_call(case: Case, hand: Hand, again: date) -> Done:
    """*Injoignable*: the next try is promised for `again` or later; after the third the request is closed."""
    promised = max(case.request.promised, again)
    tried = replace(case.request, tries=case.request.tries + 1, promised=promised)
    if tried.tries >= hand.terms.tries:
        done = close(replace(case, request=tried), hand, UNREACHABLE)
    else:
        status = Status.TAKEN if tried.status in _CALM else tried.status
        done = _to(case, hand, Deed.UNREACHED, replace(tried, status=status), News.UNREACHED)
    return replace(done, case=replace(done.case, former=case.request, tried_at=hand.now))


def can_try(case: Case, now: datetime) -> bool:
    """Whether a call without an answer counts: one a half-day."""
    return case.tried_at is None or _half_day(case.tried_at) != _half_day(now)


def close(case: Case, hand: Hand, reason: str) -> Done:
    """*Clore* and *Réorienter*: nobody is reminded of it any more, and the contact leaves the screen."""
    awake = replace(_awake(case.request, hand.now), passed_to="")
    request = replace(awake, status=Status.CLOSED, reason=reason, closed_at=hand.now)
    news = News.REDIRECTED if reason.startswith(REDIRECTED) else News.CLOSED
    return _to(_hidden(case), hand, Deed.CLOSED, request, news)


def reopen(case: Case, hand: Hand) -> Done:
    """Take a closed one up again; the former reason stays."""
    request = replace(case.request, status=Status.TAKEN, closed_at=None)
    return _to(case, hand, Deed.REOPENED, request, News.REOPENED)


def undo(case: Case, _: Words) -> Done:
    """Take the last change back. What the resident was told, they are told otherwise."""
    former = case.former or case.request
    seen = replace(former, seen_at=case.request.seen_at)
    tried_at = case.tried_at if former.tries == case.request.tries else None
    shown = case if former.passed_to == case.request.passed_to else _hidden(case)
    back = replace(shown, request=seen, former=None, changed_at=None, changed_by=None, tried_at=tried_at)
    return Done(back, deed=Deed.UNDONE, news=_otherwise(case.request, former), says=_("C'est annulé."))


def _otherwise(told: Request, former: Request) -> News | None:
    if (told.status, told.appointment) == (former.status, former.appointment):
        return None
    match told.status, former.status:
        case Status.CLOSED, _:
            return News.REOPENED
        case Status.APPOINTMENT, _:
            return News.APPOINTMENT_CANCELLED
        case _, Status.APPOINTMENT:
            return News.APPOINTMENT
        case _:
            return None


def _to(case: Case, hand: Hand, deed: Deed, request: Request, news: News) -> Done:
    return Done(case.changed(request, hand), deed=deed, news=news)


def _seen(case: Case, now: datetime) -> Case:
    return replace(case, request=replace(case.request, seen_at=case.request.seen_at or now))


def _hidden(case: Case) -> Case:
    return replace(case, revealed_to=None, revealed_until=None)


def _awake(request: Request, now: datetime) -> Request:
    return replace(request, appointment=None, sleeps_until=None, met_at=request.met(now))


def _half_day(at: datetime) -> tuple[date, bool]:
    local = at.astimezone(PARIS)
    return local.date(), local - timedelta(hours=13) >= local.replace(hour=0, minute=0)
