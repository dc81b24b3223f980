"""Days, half-days and hours as they are said aloud."""

from datetime import date, datetime, time

from babel.dates import format_date

from conversations.handover.request import Card, Channel, HalfDaySlot
from conversations.programme.model import Programme
from conversations.scene import PARIS
from conversations.words import Words

NOON = time(12)


def said_day(day: date, _: Words) -> str:
    """A day of the coming months: « mardi 24 novembre »."""
    first = _.language == "fr" and day.day == 1
    return format_date(day, "EEEE '1er' MMMM" if first else "EEEE d MMMM", locale=_.language)


def said_slot(slot: HalfDaySlot, programme: Programme, _: Words) -> str:
    """A half-day: « mardi 24 novembre, après-midi »."""
    day = said_day(slot.day, _)
    if slot.half_day < len(programme.half_days) and programme.half_days[slot.half_day].start >= NOON:
        return _("{day}, après-midi", day=day)
    return _("{day}, matin", day=day)


def at_the_latest(card: Card, day: date, _: Words) -> str:
    """The promise: when she calls, or when she is there for who comes by."""
    if card.channel is Channel.VISIT:
        return _("La référente pense vous recevoir au plus tard : {day}.", day=said_day(day, _))
    return _("La référente pense vous appeler au plus tard : {day}.", day=said_day(day, _))


def said_hour(at: datetime, _: Words) -> str:
    """An hour in Paris: « 14 h 30 », « 9 h »."""
    local = at.astimezone(PARIS)
    if local.minute:
        return _("{hour} h {minute}", hour=local.hour, minute=f"{local.minute:02}")
    return _("{hour} h", hour=local.hour)
