"""What the staff can type, read without guessing."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from conversations.desk.case import Role
from conversations.words import Words

INVITATION = re.compile(r"[\w-]{22}")  # 128 bits in base64
HELP = ("aide", "help")  # for the staff: what can be typed
NAMES = ("demijournee", "attente", "dossier", "absence", "plafond", "chiffres")
DAY = r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?"
ABSENCE = re.compile(rf"(?:du\s+)?{DAY}\s+(?:au|-)\s+{DAY}")
BACK = re.compile(rf"annuler\s+(?:du\s+|le\s+)?{DAY}(?:\s+(?:au|-)\s+{DAY})?")
ONE_DAY = re.compile(rf"(?:le\s+)?{DAY}")
REFERENCE = re.compile(r"(?:MC-?)?([A-Z0-9]{4})")
RECENT = timedelta(days=90)
LARGEST = 500  # a cap beyond is a typing error


@dataclass(frozen=True, slots=True)
class Look:
    """Show a list: « demijournee », « attente », « absences », « plafond », « chiffres »."""

    at: str


@dataclass(frozen=True, slots=True)
class Open:
    """Show this request."""

    reference: str


@dataclass(frozen=True, slots=True)
class BeAbsent:
    """Away from `first` to `last`."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class ComeBack:
    """Not away after all: the absence around this day is taken back."""

    day: date


@dataclass(frozen=True, slots=True)
class SetCap:
    """At most so many open requests."""

    cap: int


Wish = Look | Open | BeAbsent | ComeBack | SetCap


def read(name: str, argument: str, role: Role, today: date) -> Wish | None:
    """What a command asks for; None where it is unclear, or not for this role."""
    wish = _wish(name, argument.strip(), today)
    figures = role is Role.COORDINATION and wish == Look("chiffres")
    return wish if role is Role.REFERENTE or figures or wish == Look("attente") else None


def menu(role: Role, _: Words) -> tuple[tuple[str, str], ...]:
    """The staff's commands in Telegram's menu: (name, description)."""
    waiting = ("attente", _("Toutes les demandes ouvertes"))
    figures = ("chiffres", _("Où en sont les demandes, en nombres"))
    match role:
        case Role.AGENT:
            return (waiting,)
        case Role.COORDINATION:
            return (waiting, figures)
    return (
        ("demijournee", _("Les cinq prochaines actions")),
        waiting,
        ("dossier", _("Ouvrir une demande : /dossier MC-7F3K")),
        ("absence", _("Noter une absence : /absence du 24/12 au 02/01")),
        ("plafond", _("Changer le plafond : /plafond 25")),
        figures,
    )


def _wish(name: str, argument: str, today: date) -> Wish | None:
    match name:
        case "demijournee" | "attente" | "chiffres":
            return Look(name)
        case "dossier":
            found = REFERENCE.fullmatch(argument.upper())
            return Open(f"MC-{found[1]}") if found else None
        case "absence":
            return _absence(argument, today) if argument else Look("absences")
        case "plafond" if not argument:
            return Look("plafond")
        case "plafond" if argument.isdecimal() and len(argument) < 4 and 0 < int(argument) <= LARGEST:
            return SetCap(int(argument))
        case _:
            return None


def _absence(argument: str, today: date) -> BeAbsent | ComeBack | None:
    text = argument.lower()
    if back := BACK.fullmatch(text):
        day = _day(back[1], back[2], back[3], today - RECENT)  # the one that began lately, too
        return ComeBack(day) if day else None
    if one := ONE_DAY.fullmatch(text):
        first = last = _day(one[1], one[2], one[3], today)
    elif both := ABSENCE.fullmatch(text):
        first = _day(both[1], both[2], both[3], today)
        last = _day(both[4], both[5], both[6], first or today)
    else:
        return None
    if first is None or last is None or not today <= last or first > last:
        return None
    return BeAbsent(first, last)


def _day(day: str, month: str, year: str | None, today: date) -> date | None:
    """The day; without a year the next such day from `today` on. None where the calendar has none."""
    years = [int(year)] if year else [today.year, today.year + 1]
    for each in years:
        try:
            found = date(each, int(month), int(day))
        except ValueError:
            continue
        if year or found >= today:
            return found
    return None
