"""What is published of a year: the right numbers, none too small, in words that anybody understands."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.figures.counts import Profile, Reached, YearCounts
from conversations.figures.hiding import LEAST
from conversations.figures.report import HIDING, KeyFigure, Report
from conversations.figures.requests import quantile
from conversations.figures.tables import Row, Table
from conversations.typography import typeset_french
from tests.conversations.figures.made_up import told, year
from tests.conversations.talk import programme_file

COMMUNES = ("fresnes", "conde", "escautpont", "vieux_conde", "ailleurs", "")
FLYERS = ("mairie", "garage", "bouche-a-oreille", "ancienne", "")
numbers = st.one_of(st.integers(0, 12), st.integers(0, 300))


@st.composite
def years(draw: st.DrawFn) -> YearCounts:
    """Counts of any size, as they could come out of the database."""
    kinds = st.builds(
        Reached,
        st.sampled_from(("non", "oui", "")),
        st.sampled_from(COMMUNES),
        st.sampled_from(FLYERS),
        st.sampled_from(("semble_correspondre", "a_verifier", "pas_ce_pret")),
    )
    reached = Counter(draw(st.dictionaries(kinds, numbers, max_size=25)))
    ages = draw(st.lists(st.sampled_from(("18_24", "60_plus", "")), min_size=1, max_size=3))
    profiles = Counter({Profile(ages[0], "autre", "permis", "plus"): sum(reached.values())})
    stops = Counter(draw(st.dictionaries(st.sampled_from(("accueil", "commune", "age", "ccas")), numbers)))
    ends = st.sampled_from(("close:depose", "close:vers:", "retiree", "echue", "en_cours"))
    courses = Counter({("suite", end): count for end, count in draw(st.dictionaries(ends, numbers)).items()})
    return YearCounts(frozenset({"1"}), reached, profiles, stops, courses)


def table(report: Report, id_: str) -> Table:
    return next(each for each in report.tables if each.id == id_)


def rows(report: Report, id_: str) -> dict[str, Row]:
    return {" + ".join(row.labels): row for row in table(report, id_).rows}


@settings(max_examples=40)
@given(years())
def test_no_number_of_persons_from_one_to_ten_is_told_anywhere(counts: YearCounts) -> None:
    report = told(counts)
    cells = [cell for each in report.tables if each.id != "delais" for row in each.rows for cell in row.cells]
    cells += [figure.number for figure in report.key_figures]
    assert all(cell is None or cell == 0 or cell >= LEAST for cell in cells)


@settings(max_examples=40)
@given(years())
def test_tables_of_the_same_people_agree_so_that_none_betrays_another(counts: YearCounts) -> None:
    """Each total is that of all results, and a column has the same total wherever it stands."""
    report = told(counts)
    everybody = sum(counts.reached.values())
    sums: dict[str, set[int]] = {}
    for each in report.tables:
        if each.id in ("arrets", "demandes", "delais") or each.total is None:
            continue
        assert sum(filter(None, each.total.cells)) == everybody
        for heading, cell in zip(each.headings[1:], each.total.cells, strict=True):
            sums.setdefault(heading, set()).add(cell or 0)
    assert all(len(found) == 1 for found in sums.values())


@settings(max_examples=40)
@given(years())
def test_where_only_sums_are_told_they_leave_room_for_every_number_between(counts: YearCounts) -> None:
    """Communes as mere numbers stand beside the answers of all: what may each crossing of the two be?"""
    report = told(counts)
    for id_ in ("communes", "affiches"):
        each, answers = table(report, id_), table(report, "ccas")
        if each.total is None or len(each.headings) > 2:
            continue
        everybody = each.total.cells[0] or 0
        for row, answer in product(each.rows, answers.rows):
            here, so = row.cells[0] or 0, answer.cells[0] or 0
            low, high = max(0, here + so - everybody), min(here, so)
            assert high - low >= LEAST or here in (0, everybody) or so in (0, everybody)


def test_a_year_in_which_the_group_answered_otherwise_prints_the_same() -> None:
    """Ten of Escautpont had come to a CCAS. Nobody who reads the report can tell it from another number."""
    counts = year()
    report = told(counts)
    group = next(row for row in table(report, "communes").rows if len(row.labels) > 1)
    assert group.labels[:2] == ("Escautpont", "Vieux-Condé")
    theirs = [each for each in counts.reached if each[:2] == ("oui", "escautpont")]
    assert sum(counts.reached[each] for each in theirs) == 10
    for number in range(1, 10):
        reached, moved = counts.reached.copy(), 10 - number
        for each in theirs:  # the same people, with the same flyer, from Vieux-Condé
            some = min(moved, reached[each])
            reached[each] -= some
            reached[each._replace(commune="vieux_conde")] += some
            moved -= some
        assert told(replace(counts, reached=reached)) == report


def test_the_made_up_year_counts_what_is_in_it() -> None:
    report = told(year())
    assert report.key_figures == (
        KeyFigure("conversations commencées", 880 + 432),
        KeyFigure("résultats", 880),
        KeyFigure("jamais venu(e)s au CCAS, parmi les réponses", 360, 67),
        KeyFigure("demandes de rappel", 141),
    )
    assert rows(report, "resultats")["À vérifier ensemble"].cells == (190,)
    assert rows(report, "affiches")["Carte à donner à un proche"].cells == (144, 72, 136)
    asked = typeset_french("De combien avez-vous besoin, en euros ?")
    assert rows(report, "arrets")[asked] == Row((asked,), (35,), 3)


def test_questions_stand_in_their_order_with_their_words() -> None:
    asked = [typeset_french(question.text) for question in programme_file().at(date(2026, 12, 31)).questions]
    shown = [row.labels[0] for row in table(told(year()), "arrets").rows if len(row.labels) == 1]
    assert [text for text in asked if text in shown] == [text for text in shown if text in asked]


def test_an_answer_that_the_programme_has_no_longer_is_told_by_its_id() -> None:
    assert "ancienne" in rows(told(year()), "arrets")


def test_a_year_without_anybody_is_a_report_of_zeros() -> None:
    report = told(YearCounts())
    assert [figure.number for figure in report.key_figures] == [0, 0, 0, 0]
    assert all(cell in (0, None) for each in report.tables for row in each.rows for cell in row.cells)


def test_a_year_with_a_handful_of_people_tells_nothing_of_them() -> None:
    few = Counter({Reached("non", "conde", "mairie", "a_verifier"): 4})
    profiles = Counter({Profile("18_24", "autre", "permis", "1000-1499"): 4})
    report = told(YearCounts(frozenset({"1"}), few, profiles, Counter({"accueil": 90}), Counter()))
    assert [figure.number for figure in report.key_figures] == [None, None, None, 0]
    assert [each.id for each in report.tables if not each.rows] == [
        *("ccas", "communes", "affiches", "resultats", "ages", "situations", "projets", "montants")
    ]
    assert rows(report, "arrets")["À l'accueil, sans ouvrir les questions"].share == 100  # of the stops alone


def test_the_running_year_ends_today_and_a_former_one_on_its_last_day() -> None:
    assert told(year(), date(2026, 7, 14)).last == date(2026, 7, 14)
    assert told(year()).last == date(2026, 12, 31)


def test_a_delay_is_told_only_with_eleven_on_each_side_of_it() -> None:
    assert quantile({3: 20}, 1, 2) is None
    assert quantile({3: 21}, 1, 2) == 3
    assert quantile({0: 10, 4: 1, 9: 10}, 1, 2) == 4
    assert quantile(dict.fromkeys(range(100), 1), 9, 10) == 89
    assert quantile(dict.fromkeys(range(99), 1), 9, 10) is None
    assert quantile({}, 1, 2) is None


def test_a_definition_is_a_short_sentence() -> None:
    sentences = [sentence for each in told(year()).tables for sentence in each.definitions]
    for sentence in (*sentences, *HIDING):
        assert len(re.findall(r"\w[\w'’.()/-]*", sentence)) <= 15, sentence
        assert sentence.endswith(".")
        assert not re.search("éligible|accordé|garanti", sentence)
