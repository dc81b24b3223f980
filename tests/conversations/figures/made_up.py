"""A made-up year, large enough to be read and small enough to hide something."""

from collections import Counter
from datetime import date
from itertools import product

from conversations.catalogues import FRENCH
from conversations.figures.counts import Profile, Reached, YearCounts
from conversations.figures.course import Course, Measure
from conversations.figures.report import Report, report
from tests.conversations.talk import programme_file

LAST, MADE = date(2026, 12, 31), date(2027, 1, 11)
# How many came by each flyer from each commune, and what they answered of the CCAS.
COMMUNES = {"fresnes": 4, "conde": 6, "escautpont": 1, "vieux_conde": 7, "ailleurs": 3, "": 1}
FLYERS = {"mairie": 2, "garage": 1, "bouche-a-oreille": 4, "": 3}
ANSWERS = {"non": 2, "oui": 1, "": 1}


def year() -> YearCounts:
    """The counts of that year."""
    reached: Counter[Reached] = Counter()
    for (commune, here), (flyer, by), (answer, times) in product(
        COMMUNES.items(), FLYERS.items(), ANSWERS.items()
    ):
        if commune == "ailleurs":  # the first answer ends it
            reached[Reached("", commune, flyer, "pas_ce_pret")] += here * by * times
        else:
            outcome = "a_verifier" if answer == "oui" else "semble_correspondre"
            reached[Reached(answer, commune, flyer, outcome)] += here * by * times
    everybody = sum(reached.values())
    profiles = Counter(
        {
            Profile("18_24", "sans_emploi", "permis", "1000-1499"): 300,
            Profile("25_59", "petit_revenu", "vehicule", "2000-2499"): 400,
            Profile("25_59", "retraite", "equipement", "0-499"): 20,
            Profile("60_plus", "retraite", "sante", "3000-3499"): 7,
            Profile("16_17", "", "", ""): 3,
            Profile("", "", "", "plus"): 40,
        }
    )
    profiles[Profile("25_59", "handicap", "vehicule", "500-999")] = everybody - sum(profiles.values())
    stops = Counter(
        {"accueil": 310, "commune": 60, "montant": 35, "duree": 4, "banque": 9, "ccas": 2, "ancienne": 12}
    )
    courses: Counter[tuple[str, str]] = Counter()
    courses.update(
        {
            (Measure.COURSE, "close:depose"): 44,
            (Measure.COURSE, "close:vers:"): 61,
            (Measure.COURSE, "close:injoignable"): 15,
            (Measure.COURSE, "close:doublon"): 3,
            (Measure.COURSE, Course.WITHDRAWN): 6,
            (Measure.COURSE, Course.RUNNING): 12,
        }
    )
    courses.update({(Measure.HANDLED, str(day)): 30 - 3 * day for day in range(10)})
    courses.update({(Measure.MET, str(day)): 4 for day in range(3, 20)})
    courses.update({(Measure.CLOSED, str(day)): 1 for day in range(5, 25)})
    return YearCounts(frozenset({"2026-05", "2026-11"}), reached, profiles, stops, courses)


def told(counts: YearCounts, made: date = MADE) -> Report:
    """The report of a year by the shipped programme."""
    programme = programme_file().at(LAST)
    return report(counts, programme, LAST.year, made, FRENCH.knowing(**programme.figures(FRENCH)))
