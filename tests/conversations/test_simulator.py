"""The simulator: the law's figures on screen, amounts and durations read or asked again, the caps kept."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.dialogue import Dialogue
from conversations.durations import read_months
from conversations.page_kinds import Simulator
from conversations.programme.question import Amount, Chosen
from conversations.screen import LoanPaper, Screen
from conversations.simulator import compared, opened
from conversations.step import screen
from tests.conversations.talk import Talk, shipped

CAPS = shipped().programme.caps
amounts = st.integers(CAPS.least, CAPS.most)
durations = st.integers(CAPS.shortest, CAPS.longest)


def at(cents: int, months: int) -> Talk:
    talk = Talk()
    talk.dialogue = talk.dialogue.open(Simulator(cents, months))
    return talk


def shown(cents: int, months: int) -> Screen:
    return at(cents, months).screen


def test_the_screen_says_euros_first_then_what_the_law_wants() -> None:
    text = at(2_000_00, 36).reads().replace("\u202f", " ")
    wanted = [
        "2 000 € sur 36 mois",
        "59,05 € par mois pendant 36 mois",
        "58,95 €",
        "2 125,70 € en tout",
        "coûte 125,70 €",
        "Exemple, pas une offre",
        "4 % par an",
        "TAEG : 4,07 %",
        "Attention ! Un crédit coûte de l’argent et doit être remboursé.",
    ]
    places = [text.index(words) for words in wanted]
    assert places == sorted(places)


@given(amounts, durations)
def test_every_button_stays_within_what_is_lent(cents: int, months: int) -> None:
    for button in shown(cents, months).buttons:
        page = button.then.page
        if isinstance(page, Simulator):
            assert CAPS.least <= page.cents <= CAPS.most
            assert CAPS.shortest <= page.months <= CAPS.longest


@given(durations)
def test_three_different_durations_are_compared(months: int) -> None:
    found = compared(months, CAPS)
    assert months in found
    assert len(set(found)) == 3
    assert list(found) == sorted(found)
    assert all(CAPS.shortest <= each <= CAPS.longest for each in found)


def test_it_starts_from_the_questionnaire_where_that_fits_this_loan() -> None:
    answered = Dialogue("fr", answers={"montant": Amount(800_00), "duree": Chosen("m18")})
    assert opened(answered, shipped().programme).page == Simulator(800_00, 18)
    beyond = replace(answered, answers={"montant": Amount(9_000_00), "duree": Chosen("plus")})
    assert opened(beyond, shipped().programme).page == Simulator(2_000_00, 36)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("24 mois", 24),
        ("24mois", 24),
        ("2 ans", 24),
        ("un an", 12),
        ("1 an", 12),
        ("18 MOIS", 18),
        ("12 months", 12),
    ],
)
def test_a_duration_is_read(text: str, months: int) -> None:
    assert read_months(text) == months


@pytest.mark.parametrize(
    "text", ["24", "2 ans et demi", "mois", "24 €", "", "vingt mois", "2,5 ans", "1 200 mois"]
)
def test_anything_else_is_no_duration(text: str) -> None:
    assert read_months(text) is None


@pytest.mark.parametrize(
    "text", ["12", "36", "0", "99999", "trois mille", "", "🙂", "48 mois", "entre 500 et 600"]
)
def test_what_is_unclear_or_out_of_reach_changes_nothing_and_is_answered(text: str) -> None:
    talk = at(2_000_00, 24)
    talk.says(text)
    assert talk.dialogue.page == Simulator(2_000_00, 24)
    assert talk.dialogue.remark is not None


def test_a_picture_goes_with_the_screen_once_and_only_when_asked() -> None:
    talk = at(2_000_00, 24)
    talk.taps("Voir en image")
    attached = talk.screen.attachment
    assert isinstance(attached, LoanPaper)
    assert (attached.form, attached.cents, attached.months) == ("picture", 2_000_00, 24)
    talk.taps("+ 100 €")
    assert talk.screen.attachment is None


def test_a_budget_leaves_with_its_page() -> None:
    talk = at(2_000_00, 36)
    talk.taps("Mon budget")
    talk.says("987,65 €")
    assert "98765" in str(talk.dialogue)
    talk.taps("Retour au calcul")
    assert "98765" not in str(talk.dialogue)
    assert screen(talk.dialogue, talk.scene).buttons
