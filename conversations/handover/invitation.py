"""An appointment as a file for a phone's own calendar. It holds the reference and nobody's name."""

from datetime import UTC, datetime, timedelta

from conversations.scene import Here
from conversations.screen import Invitation


def invited(here: Here, reference: str, at: datetime | None, commune: str) -> Invitation | None:
    """The file that goes with a screen when an appointment came as news, or when it was asked for.

    `commune` is the id of the place of a visit, "" for a call.
    """
    _, remark = here.words, here.dialogue.remark
    if at is None or remark is None or remark.kind != "invitation":
        return None
    return Invitation(
        reference=reference,
        begins=at.astimezone(UTC),
        minutes=here.programme.handover.appointment_minutes,
        title=_("Microcrédit : rendez-vous {reference}", reference=reference),
        place=where(here, commune),
        made_at=here.scene.now.astimezone(UTC),
    )


def where(here: Here, commune: str) -> str:
    """Where an appointment is, in words."""
    _, place = here.words, here.programme.place(commune)
    if not commune:
        return _("La référente vous appelle.")
    return _("Au CCAS, à {commune}", commune=_(place.name)) if place else _("Au CCAS")


def ics(invitation: Invitation) -> bytes:
    """The file (RFC 5545), in UTC: a phone shows it in its own time. The same appointment keeps its UID."""
    from icalendar import Calendar, Event  # late: 9 MB that most runs never need

    event = Event()
    event.add("uid", f"{invitation.reference}@microcredit")
    event.add("dtstamp", invitation.made_at)
    event.add("dtstart", invitation.begins)
    event.add("dtend", invitation.begins + timedelta(minutes=invitation.minutes))
    event.add("summary", invitation.title)
    event.add("location", invitation.place)
    calendar = Calendar()
    calendar.add("prodid", "-//Microcredit personnel//FR")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
