"""What the hour brings to the desk: hide, admit, remind, tell the coordinator, begin a half-day, purge."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from conversations.calendar import Calendar, out_of_the_night, some_days_before
from conversations.desk.card import Drawer, drawer
from conversations.desk.case import Deed, Done, Role
from conversations.handover.request import OPEN, News, Status
from conversations.scene import Scene
from storage.desk import DeskRoom
from storage.outbox import NEWS

EARLY = frozenset((Status.WAITING, Status.SENT, Status.TAKEN))  # nothing was arranged yet

SOON = 400  # half-days looked at for a promise


def go_round(room: DeskRoom, scene: Scene) -> int:
    """Do what is due, however late it comes; says how many requests were purged."""
    _hide(room, scene)
    _admit(room, scene)
    _renew(room, scene)
    _nudge(room, scene)
    _remind(room, scene)
    _escalate(room, scene)
    _begin_half_day(room, scene)
    room.book.forget_absences(scene.today)
    return _purge(room, scene)


def _hide(room: DeskRoom, scene: Scene) -> None:
    for kept in room.requests.shown_too_long(scene.now):
        hidden = replace(kept.case, revealed_to=None, revealed_until=None)
        room.follow(kept, Done(hidden, deed=Deed.HIDDEN), None, scene)


def _admit(room: DeskRoom, scene: Scene) -> None:
    office = room.office(scene)
    waiting = [kept for kept in room.requests.open() if kept.case.request.status is Status.WAITING]
    for kept in waiting[: max(office.cap - office.open_requests, 0)]:
        room.admit(kept, scene)


def _renew(room: DeskRoom, scene: Scene) -> None:
    """On the waiting list a day that is over is no promise any more: an honest one takes its place."""
    office, slots = room.office(scene), list(islice(room.calendar(scene).slots(scene.now), SOON))
    waiting = [kept for kept in room.requests.open() if kept.case.request.status is Status.WAITING]
    for before, kept in enumerate(waiting, office.open_requests):
        request, ahead = kept.case.request, before // scene.programme.handover.pace
        if request.promised < scene.today and ahead < len(slots):
            room.promise(kept, replace(request, promised=slots[ahead].day), scene)


def _nudge(room: DeskRoom, scene: Scene) -> None:
    """What is to be completed is the bot's first: some days after the sending it asks for papers, once."""
    terms = scene.programme.handover
    for kept in room.requests.open():
        request = kept.case.request
        if request.status not in EARLY or drawer(request.card) is not Drawer.TO_COMPLETE:
            continue
        due = request.opened_at + timedelta(days=terms.papers_reminder)
        low = request.card.low_priority  # papers for a loan that does not fit would be a false hope
        if not low and due <= scene.now and room.requests.mark(request.reference, "nudged_at", scene.now):
            said = out_of_the_night(scene.now, terms.quiet_from, terms.quiet_until)
            room.outbox.tell(kept.chat_id, NEWS + News.TO_COMPLETE.value, said, request.reference)


def _remind(room: DeskRoom, scene: Scene) -> None:
    """Some days before an appointment, once; none where it was made later than that."""
    terms = scene.programme.handover
    for kept in room.requests.open():
        request, at = kept.case.request, kept.case.request.appointment
        if request.status is not Status.APPOINTMENT or at is None or scene.now >= at:
            continue
        due = some_days_before(at, terms.appointment_reminder)
        made = kept.case.changed_at or request.opened_at
        due = out_of_the_night(due, terms.quiet_from, terms.quiet_until)
        if made < due <= scene.now and room.requests.mark(request.reference, "reminded_at", scene.now):
            said = out_of_the_night(scene.now, terms.quiet_from, terms.quiet_until)
            room.outbox.tell(kept.chat_id, NEWS + News.REMINDER.value, said, request.reference)


def _escalate(room: DeskRoom, scene: Scene) -> None:
    """What nobody acknowledged in time goes to the coordinator, in working hours, once.

    Her absences do not count here: a request does not wait for somebody who is away.
    """
    unseen = [kept.case.request for kept in room.requests.open() if kept.case.request.seen_at is None]
    calendar = Calendar(scene.programme.half_days)
    coordinators = [member.chat_id for member in room.staff.members(Role.COORDINATION)]
    if not unseen or not coordinators or not calendar.at_work(scene.now):
        return
    for request in unseen:
        if request.status not in OPEN:
            continue
        waited = calendar.working_half_days_between(request.opened_at, scene.now)
        late = waited >= scene.programme.handover.escalate_after
        if late and room.requests.mark(request.reference, "escalated_at", scene.now):
            room.journal.write(Deed.ESCALATED, request.reference, scene.now)
            room.outbox.deal(request.reference, coordinators, scene.now)


def _begin_half_day(room: DeskRoom, scene: Scene) -> None:
    """A digest where something is open at that moment; what comes later brings its own notice."""
    start = _running_since(room.calendar(scene), scene.now)
    if start is None:
        return
    begun = [m for m in room.staff.members(Role.REFERENTE) if room.staff.begin_half_day(m.chat_id, start)]
    for member in begun if room.requests.open() else ():
        room.outbox.tell(member.chat_id, "bonjour", scene.now)


def _running_since(calendar: Calendar, now: datetime) -> datetime | None:
    today = calendar.slots(now - timedelta(hours=12))
    for slot in today:
        if calendar.begin(slot) > now:
            return None
        if now < calendar.end(slot):
            return calendar.begin(slot)
    return None


def _purge(room: DeskRoom, scene: Scene) -> int:
    retention = scene.programme.retention
    due = room.requests.due(
        scene.now - timedelta(days=retention.handover_closed),
        scene.now - timedelta(days=retention.handover_open),
    )
    for kept in due:
        room.destroy(kept, Deed.PURGED, scene.now)
    return len(due)
