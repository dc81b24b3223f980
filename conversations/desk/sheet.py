"""A case as one message: what is known without a name, then what can be done, each in one tap.

As everywhere, a button carries what it leads to: what the present sheet does not offer cannot be done.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from conversations.desk import deeds
from conversations.desk.card import card_lines, state_lines
from conversations.desk.case import Case, Done, Hand, Member, Role
from conversations.desk.reasons import missing_papers
from conversations.handover.request import Contact, HalfDaySlot, Status
from conversations.scene import PARIS, Scene
from conversations.screen import WIDE, Line, note, quote, title

MARK = "d"  # every token of the desk begins with it
EVERY = timedelta(minutes=30)  # between two hours that can be chosen for an appointment
NAPS = (7, 14, 30)  # days


@dataclass(frozen=True, slots=True)
class Key:
    """A button of the desk, and what it leads to."""

    label: str
    token: str
    then: Done


@dataclass(frozen=True, slots=True)
class Sheet:
    """One message of the desk: lines, then rows of buttons."""

    lines: tuple[Line, ...]
    rows: tuple[tuple[Key, ...], ...] = ()

    def key(self, token: str) -> Key | None:
        """The tapped button, or None where this sheet does not offer it."""
        return next((key for row in self.rows for key in row if key.token == token), None)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who reads, and when: what a sheet is computed from besides its case."""

    scene: Scene
    member: Member
    slots: Sequence[HalfDaySlot]  # the next half-days she works, in order
    agents: frozenset[str] = frozenset()  # the communes whose CCAS has an agent here

    @property
    def hand(self) -> Hand:
        """The hand that taps."""
        return Hand(self.member.chat_id, self.scene.now, self.scene.programme.handover)


def sheet(case: Case, view: str, desk: Desk, contact: Contact | None = None) -> Sheet:
    """The message of a case. `contact` is shown, and given only where the case says so."""
    _, request = desk.scene.words("fr"), case.request
    lines = [*card_lines(request, desk.scene), *state_lines(case, desk.hand, desk.scene)]
    if contact is not None:
        lines.append(quote(_("{name} · {phone}", name=contact.name, phone=contact.phone)))
    if desk.member.role is Role.COORDINATION and request.seen_at is None:
        lines.append(note(_("Personne ne l'a ouverte à temps : voyez avec la référente.")))
    if desk.member.role is not Role.REFERENTE:
        return Sheet(tuple(lines), _reveal(case, desk))
    if case.belongs_to_another(desk.member.chat_id, desk.scene.now):
        return Sheet((*lines, note(_("Quelqu'un d'autre suit cette demande."))))
    return Sheet(tuple(lines), _keys(case, view, desk))


def gone(reference: str, desk: Desk, *, taken_back: bool) -> Sheet:
    """What is left of a message whose request its resident took back, or whose time was over."""
    _ = desk.scene.words("fr")
    why = _("La personne a retiré sa demande.") if taken_back else _("La durée de conservation est passée.")
    return Sheet((title(reference), note(why), note(_("Tout est effacé."))))


def moved(reference: str, desk: Desk) -> Sheet:
    """What is left of a message whose request is followed in another one."""
    _ = desk.scene.words("fr")
    return Sheet((title(reference), note(_("La suite est dans un message plus récent."))))


def taken_back(reference: str, desk: Desk) -> Sheet:
    """What is left of an agent's message whose request the référente took back, or closed."""
    _ = desk.scene.words("fr")
    return Sheet((title(reference), note(_("Cette demande n'est plus chez vous."))))


def _keys(case: Case, view: str, desk: Desk) -> tuple[tuple[Key, ...], ...]:
    chosen, _, detail = view.partition(":")
    match chosen:
        case "rdv" if detail:
            inner = _hours(case, desk, date.fromisoformat(detail))
        case "rdv":
            inner = _days(case, desk)
        case "papier":
            inner = _papers(case, desk)
        case "vers":
            inner = _aids(case, desk)
        case "veille":
            inner = _naps(case, desk)
        case "clore":
            inner = _closings(case, desk)
        case _:
            return _main(case, desk)
    words = desk.scene.words("fr")
    return (*_column(inner), (_key(case, words("Retour"), "retour", Done(case)),))


def _main(case: Case, desk: Desk) -> tuple[tuple[Key, ...], ...]:
    _, me, now, hand = desk.scene.words("fr"), desk.member.chat_id, desk.scene.now, desk.hand
    rows: list[tuple[Key, ...]] = []
    if case.can_undo(hand):
        rows.append((_key(case, _("Annuler la dernière action"), "annuler", deeds.undo(case, _)),))
    if case.request.status is Status.CLOSED:
        return (*rows, (_key(case, _("Rouvrir"), "rouvrir", deeds.reopen(case, hand)),))
    if case.with_agent_of:
        rows.append((_key(case, _("Reprendre à l'agent du CCAS"), "reprendre", deeds.take_back(case, hand)),))
    elif case.shows_contact_to(me, now):
        rows.append((_key(case, _("Cacher le contact"), "cacher", deeds.hide(case)),))
    rows += _reveal(case, desk)
    if not case.with_agent_of and case.request.card.commune in desk.agents:
        rows.append((_key(case, _("Passer à l'agent du CCAS"), "passer", deeds.pass_on(case, hand)),))
    inner = []
    if case.request.status in (Status.SENT, Status.WAITING, Status.SLEEPING):
        inner.append(_key(case, _("Je prends"), "prends", deeds.take(case, hand)))
    inner += [
        _key(case, _("RDV…"), "rdv", Done(case, "rdv")),
        _key(case, _("Papier manquant…"), "papier", Done(case, "papier")),
        _key(case, _("Réorienter…"), "vers", Done(case, "vers")),
    ]
    if deeds.can_try(case, now):
        missed = deeds.miss_call(case, hand, _next_day(case, desk))
        inner.append(_key(case, _("Injoignable"), "injoignable", missed))
    inner += [
        _key(case, _("En veille…"), "veille", Done(case, "veille")),
        _key(case, _("Clore…"), "clore", Done(case, "clore")),
    ]
    return (*rows, *_column(inner))


def _next_day(case: Case, desk: Desk) -> date:
    """The next day she works after today."""
    days = (slot.day for slot in desk.slots if slot.day > desk.scene.today)
    return next(days, case.request.promised)


def _reveal(case: Case, desk: Desk) -> tuple[tuple[Key, ...], ...]:
    """*Voir le contact*, for whom it is to see; all that an agent is ever offered."""
    _, me, now = desk.scene.words("fr"), desk.member.chat_id, desk.scene.now
    shown = case.shows_contact_to(me, now) or (case.with_agent_of and case.is_open_elsewhere(me, now))
    if shown or not case.may_show_contact(desk.member):
        return ()
    return ((_key(case, _("Voir le contact"), "voir", deeds.reveal(case, desk.hand)),),)


def _days(case: Case, desk: Desk) -> list[Key]:
    _, half_days = desk.scene.words("fr"), desk.scene.programme.half_days
    return [
        _key(
            case,
            _("{day}, {hour}", day=_.day(slot.day), hour=half_days[slot.half_day].start.strftime("%H:%M")),
            f"rdv:{slot.day}",
            Done(case, f"rdv:{slot.day}"),
        )
        for slot in desk.slots
    ]


def _hours(case: Case, desk: Desk, day: date) -> list[Key]:
    hand, now = desk.hand, desk.scene.now
    return [
        _key(
            case,
            at.astimezone(PARIS).strftime("%H:%M"),
            f"rdv:{at.astimezone(PARIS):%Y-%m-%d:%H%M}",
            deeds.appoint(case, hand, at),
        )
        for slot in desk.slots
        if slot.day == day
        for at in _within(slot, desk.scene)
        if at > now
    ]


def _within(slot: HalfDaySlot, scene: Scene) -> list[datetime]:
    half_day = scene.programme.half_days[slot.half_day]
    at = datetime.combine(slot.day, half_day.start, PARIS)
    end = datetime.combine(slot.day, half_day.end, PARIS)
    return [at + i * EVERY for i in range((end - at) // EVERY)]


def _papers(case: Case, desk: Desk) -> list[Key]:
    _, hand = desk.scene.words("fr"), desk.hand
    papers = missing_papers(desk.scene.programme, case.request.card.purpose, _)
    return [
        _key(case, label, f"papier:{paper}", deeds.miss_paper(case, hand, paper))
        for paper, label in papers.items()
    ]


def _aids(case: Case, desk: Desk) -> list[Key]:
    _, hand = desk.scene.words("fr"), desk.hand
    return [
        _key(case, _(aid.name), f"vers:{aid.id}", deeds.close(case, hand, deeds.REDIRECTED + aid.id))
        for aid in desk.scene.programme.aids
    ]


def _naps(case: Case, desk: Desk) -> list[Key]:
    _, hand, today = desk.scene.words("fr"), desk.hand, desk.scene.today
    days = [today + timedelta(days=nap) for nap in NAPS]
    return [_key(case, _.day(day), f"veille:{day}", deeds.sleep(case, hand, day)) for day in days]


def _closings(case: Case, desk: Desk) -> list[Key]:
    _, hand = desk.scene.words("fr"), desk.hand
    return [
        _key(case, _(closure.label), f"clore:{closure.id}", deeds.close(case, hand, closure.id))
        for closure in hand.terms.closures
    ]


def _key(case: Case, label: str, place: str, then: Done) -> Key:
    return Key(label, f"{MARK}:{case.request.reference}:{place}", then)


def _column(keys: Iterable[Key]) -> tuple[tuple[Key, ...], ...]:
    listed = tuple(keys)
    step = 2 if all(len(key.label) <= WIDE for key in listed) else 1
    return tuple(listed[i : i + step] for i in range(0, len(listed), step))
