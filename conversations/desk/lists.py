"""The desk at a glance: the next five actions, the list, the digest. Each line says why it is there."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from conversations.calendar import Calendar
from conversations.desk.card import Drawer, drawer, heading, state
from conversations.desk.case import Case, Done, Member, Role
from conversations.desk.sheet import MARK, Key, Sheet
from conversations.handover.request import CALLED, OPEN, Office, Request, Status
from conversations.scene import PARIS, Scene
from conversations.screen import Line, bullet, note, title

Why = Callable[[Request, Scene], str]
FIVE = 5
ALL = 40  # lines that fit into one message


@dataclass(frozen=True, slots=True)
class Overview:
    """Every case that is not closed, the oldest first, and who looks at them."""

    cases: Sequence[Case]
    office: Office
    member: Member
    scene: Scene

    @property
    def mine(self) -> list[Case]:
        """What this member may list: an agent sees one commune."""
        commune = self.member.commune if self.member.role is Role.AGENT else ""
        return [case for case in self.cases if commune in ("", case.request.card.commune)]

    @property
    def calendar(self) -> Calendar:
        """Her half-days."""
        return Calendar(self.scene.programme.half_days, self.office.absences)


def half_day(overview: Overview) -> Sheet:
    """`/demijournee`: the next five actions, the oldest promise first."""
    _ = overview.scene.words("fr")
    cases = next_actions(overview)[:FIVE]
    if not cases:
        return Sheet((title(_("Votre demi-journée")), bullet(_("Rien ne vous attend."))))
    return _listed(overview, title(_("Votre demi-journée")), cases, _why)


def waiting(overview: Overview) -> Sheet:
    """`/attente`: everything that is not closed."""
    _ = overview.scene.words("fr")
    cases = overview.mine
    headline = title(_.many("{n} demande ouverte", "{n} demandes ouvertes", len(cases)))
    listed = _listed(overview, headline, cases[:ALL], state)
    more = _.many("{n} autre n'est pas montrée.", "{n} autres ne sont pas montrées.", len(cases) - ALL)
    return Sheet((*listed.lines, note(more)), listed.rows) if len(cases) > ALL else listed


def digest(overview: Overview, notified: int) -> Sheet:
    """The start of her half-day: what is promised, then whether anything was missed."""
    _ = overview.scene.words("fr")
    cases = [case for case in overview.mine if case.request.status is not Status.WAITING]
    seen = sum(case.request.seen_at is not None for case in cases)
    counted = _(
        "{created} créées = {notified} notifiées = {seen} vues"
        if len(cases) == notified == seen
        else "Créées : {created}. Notifiées : {notified}. Vues : {seen}.",
        created=len(cases),
        notified=notified,
        seen=seen,
    )
    unseen = [case for case in cases if _is_late(case, overview)]
    listed = _listed(
        overview, title(_("Bonjour. Voici votre demi-journée.")), next_actions(overview)[:FIVE], _why
    )
    late = _.many("{n} demande attend d'être vue.", "{n} demandes attendent d'être vues.", len(unseen))
    return Sheet((*listed.lines, *([note(late)] if unseen else []), note(counted)), listed.rows)


def new_ones(overview: Overview, references: Iterable[str]) -> Sheet:
    """A burst of notices as one message."""
    _, wanted = overview.scene.words("fr"), set(references)
    cases = [case for case in overview.mine if case.request.reference in wanted]
    headline = title(_.many("{n} nouvelle demande", "{n} nouvelles demandes", len(cases)))
    return _listed(overview, headline, cases[:ALL], _promise)


def absences(overview: Overview) -> Sheet:
    """`/absence`: the days she is away."""
    _ = overview.scene.words("fr")
    lines = [
        bullet(
            _("Le {day}", day=_.day(first))
            if first == last
            else _("Du {first} au {last}", first=_.day(first), last=_.day(last))
        )
        for first, last in overview.office.absences
    ]
    meetings = [
        case
        for case in overview.cases
        if case.request.status is Status.APPOINTMENT and not overview.calendar.works_on(_day(case.request))
    ]
    moved = [
        bullet(
            _(
                "Rendez-vous à déplacer : {reference}, {day}",
                reference=case.request.reference,
                day=_.day(_day(case.request)),
            )
        )
        for case in meetings
    ]
    hints = [note(_("Pour en noter une : /absence du 24/12 au 02/01"))]
    if lines:
        hints.append(note(_("Pour en annuler une : /absence annuler 24/12")))
    headline = title(_("Vos absences"))
    listed = lines or [bullet(_("Aucune absence notée."))]
    return Sheet((headline, *listed, *moved, *hints), _opening(meetings))


def cap(overview: Overview) -> Sheet:
    """`/plafond`: how many requests may be open at once."""
    _, office = overview.scene.words("fr"), overview.office
    return Sheet(
        (
            title(_("Plafond de demandes ouvertes")),
            bullet(_("{open} ouvertes, {cap} au plus.", open=office.open_requests, cap=office.cap)),
            bullet(_.many("{n} en liste d'attente.", "{n} en liste d'attente.", office.waiting)),
            note(_("Pour le changer : /plafond 25")),
        )
    )


def figures(overview: Overview) -> Sheet:
    """`/chiffres`: how the desk stands, in numbers, for whoever answers for it."""
    _, office, today = overview.scene.words("fr"), overview.office, overview.scene.today
    requests = [case.request for case in overview.cases if case.request.status in OPEN]
    unseen = sum(request.seen_at is None for request in requests)
    late = sum(request.status in CALLED and request.promised < today for request in requests)
    met = sum(request.status is Status.APPOINTMENT and _day(request) >= today for request in requests)
    return Sheet(
        (
            title(_("Les demandes en ce moment")),
            bullet(_("{open} ouvertes, {cap} au plus.", open=office.open_requests, cap=office.cap)),
            bullet(_.many("{n} en liste d'attente.", "{n} en liste d'attente.", office.waiting)),
            bullet(_.many("{n} pas encore vue.", "{n} pas encore vues.", unseen)),
            bullet(_.many("{n} promesse dépassée.", "{n} promesses dépassées.", late)),
            bullet(_.many("{n} rendez-vous à venir.", "{n} rendez-vous à venir.", met)),
            note(_("Les chiffres de l'année : demandez le bilan à l'informatique.")),
        )
    )


def next_actions(overview: Overview) -> list[Case]:
    """What somebody can act on today, the oldest promise first; of one day, drawer by drawer."""
    today = overview.scene.today
    ready = [case for case in overview.mine if _is_ready(case.request, today)]
    return sorted(ready, key=lambda case: (_day(case.request), *_order(case.request)))


def _order(request: Request) -> tuple[bool, int, datetime]:
    card = request.card
    return card.low_priority, tuple(Drawer).index(drawer(card)), request.opened_at


def _is_ready(request: Request, today: date) -> bool:
    match request.status:
        case Status.SLEEPING:
            return request.sleeps_until is None or request.sleeps_until <= today
        case Status.APPOINTMENT:
            return request.appointment is None or request.appointment.astimezone(PARIS).date() <= today
        case status:
            return status in OPEN


def _day(request: Request) -> date:
    if request.status is Status.APPOINTMENT and request.appointment:
        return request.appointment.astimezone(PARIS).date()
    return request.promised


def _is_late(case: Case, overview: Overview) -> bool:
    request, scene = case.request, overview.scene
    waited = overview.calendar.working_half_days_between(request.opened_at, scene.now)
    return request.seen_at is None and waited >= scene.programme.handover.remind_after


def _why(request: Request, scene: Scene) -> str:
    _ = scene.words("fr")
    match request.status:
        case Status.APPOINTMENT:
            return state(request, scene)
        case Status.SLEEPING:
            return _("La veille est finie.")
        case _ if request.tries:
            return _.many(
                "Promise pour le {day}. {n} appel sans réponse.",
                "Promise pour le {day}. {n} appels sans réponse.",
                request.tries,
                day=_.day(request.promised),
            )
        case _ if drawer(request.card) is Drawer.PRESSES:
            return _("Promise pour le {day}. Une date presse.", day=_.day(request.promised))
        case _:
            return _promise(request, scene)


def _promise(request: Request, scene: Scene) -> str:
    _ = scene.words("fr")
    return _("Promise pour le {day}.", day=_.day(request.promised))


def _listed(overview: Overview, headline: Line, cases: Sequence[Case], why: Why) -> Sheet:
    _, scene = overview.scene.words("fr"), overview.scene
    lines = [
        bullet(
            _(
                "{request} : {why}",
                request=heading(case.request, scene.programme, _),
                why=why(case.request, scene),
            )
        )
        for case in cases
    ]
    return Sheet((headline, *lines), _opening(cases) if overview.member.role is Role.REFERENTE else ())


def _opening(cases: Sequence[Case]) -> tuple[tuple[Key, ...], ...]:
    keys = [open_key(case) for case in cases]
    return tuple(tuple(keys[i : i + 2]) for i in range(0, len(keys), 2))


def open_key(case: Case) -> Key:
    """The way to the card of a request, for the référente."""
    return Key(case.request.reference, f"{MARK}:{case.request.reference}:ouvrir", Done(case))
