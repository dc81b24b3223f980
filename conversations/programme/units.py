"""How single values are written: amounts, durations, rates, dates. A bare number is no amount.

Each `Kind` says what it expects in the words of the report, and what to go on with after a mistake.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Generic, TypeVar

T = TypeVar("T")

DIGITS = r"(\d{1,3}(?: \d{3})+|\d{1,9})"  # « 3 000 » or « 3000 »
DAYS_OF_WEEK = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """One way to write a value. `parse` gives None for what it cannot read."""

    expected: str
    neutral: T
    parse: Callable[[str], T | None]


def _counted(unit: str) -> Callable[[str], int | None]:
    def parse(text: str) -> int | None:
        match = re.fullmatch(rf"([1-9]\d{{0,4}}) {unit}", text)
        return int(match[1]) if match else None

    return parse


def _ages(text: str) -> range | None:
    match = re.fullmatch(r"(\d{1,3}) à (\d{1,3}) ans", text)
    return range(int(match[1]), int(match[2]) + 1) if match and int(match[1]) < int(match[2]) else None


def _amount(text: str) -> int | None:
    match = re.fullmatch(DIGITS + r"(?:,(\d{2}))? ?€", text)
    return int(match[1].replace(" ", "")) * 100 + int(match[2] or 0) if match else None


def _percent(text: str) -> Decimal | None:
    match = re.fullmatch(r"(\d{1,3}(?:,\d{1,4})?) ?%", text)
    return Decimal(match[1].replace(",", ".")) if match else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None


def _time(text: str) -> time | None:
    return time.fromisoformat(text) if re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text) else None


def pattern(expression: str, expected: str) -> Kind[str]:
    """A text that `expression` matches as a whole."""
    return Kind(expected, "", lambda text: text if re.fullmatch(expression, text) else None)


def one_of(values: Mapping[str, T], neutral: T) -> Kind[T]:
    """One of a few words."""
    return Kind("un de ces mots : " + ", ".join(values), neutral, values.get)


AMOUNT = Kind("un montant avec son unité, par exemple 300 €", 0, _amount)
MONTHS = Kind("une durée avec son unité, par exemple 36 mois", 0, _counted("mois"))
DAYS = Kind("une durée avec son unité, par exemple 7 jours", 0, _counted("jours?"))
HOURS = Kind("une durée avec son unité, par exemple 24 heures", 0, _counted("heures?"))
MINUTES = Kind("une durée avec son unité, par exemple 10 minutes", 0, _counted("minutes?"))
HALF_DAYS = Kind("un nombre de demi-journées, par exemple 3 demi-journées", 0, _counted("demi-journées?"))
REQUESTS = Kind("un nombre de dossiers, par exemple 30 dossiers", 0, _counted("dossiers?"))
CALLS = Kind("un nombre d'appels, par exemple 3 appels", 0, _counted("appels?"))
AGES = Kind("des âges, par exemple 25 à 59 ans", range(0), _ages)
PERCENT = Kind("un taux avec son unité, par exemple 4 %", Decimal(0), _percent)
DATE = Kind("une date année-mois-jour, par exemple 2026-11-20", date.min, _date)
TIME = Kind('une heure entre guillemets, par exemple "09:00"', time.min, _time)
WEEKDAY = one_of({name: number for number, name in enumerate(DAYS_OF_WEEK)}, 0)
YES_NO = one_of({"oui": True, "non": False}, neutral=False)
IDENTIFIER = pattern(r"[a-z0-9_]+", "un identifiant en minuscules sans accent, par exemple vieux_conde")
LANGUAGE = pattern(r"[a-z]{2,5}", "le code d'une langue, par exemple fr")
POSTAL_CODE = pattern(r"\d{5}", "cinq chiffres entre guillemets")
INSEE_CODE = pattern(r"\d[\dAB]\d{3}", "un code INSEE entre guillemets")
FLYER_CODE = pattern(r"[A-Za-z0-9_-]{1,64}", "64 lettres sans accent, chiffres, « - » ou « _ » au plus")
