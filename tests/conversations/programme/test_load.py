"""The shipped programme, as the conversations receive it."""

from datetime import date
from pathlib import Path

import pytest

from conversations.programme.load import ProgrammeFile, load
from conversations.programme.model import Programme, Truth
from conversations.programme.question import DontKnow
from conversations.rules import evaluate

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def file() -> ProgrammeFile:
    return load(ROOT / "programme.yaml")


@pytest.fixture(scope="module")
def programme(file: ProgrammeFile) -> Programme:
    return file.at(TODAY)


def test_it_holds_the_scheme_of_the_four_communes(programme: Programme) -> None:
    assert [place.id for place in programme.places] == ["fresnes", "conde", "escautpont", "vieux_conde"]
    assert (programme.caps.least, programme.caps.most) == (30_000, 300_000)
    assert (programme.caps.shortest, programme.caps.longest) == (6, 36)
    assert programme.lender == "Parcours Confiance en Nord – Pas de Calais"


def test_the_communes_are_options_with_their_postal_codes(programme: Programme) -> None:
    options = programme.question("commune").options
    assert [option.id for option in options] == [*(place.id for place in programme.places), "ailleurs"]
    assert "59163" in options[1].spellings


def test_not_knowing_is_no_option_of_the_file(programme: Programme) -> None:
    """The questionnaire adds it to every question, so nobody can forget it."""
    assert all(question.option("ne_sait_pas") is None for question in programme.questions)


def test_the_legal_sentence_is_that_of_the_day(file: ProgrammeFile) -> None:
    assert file.at(date(2026, 11, 19)).legal["credit"].text.startswith("Un crédit vous engage")
    assert file.at(date(2026, 11, 20)).legal["credit"].text.startswith("Attention !")


def test_a_day_of_the_same_period_is_the_same_programme(file: ProgrammeFile) -> None:
    assert file.at(TODAY) is file.at(date(2027, 6, 1))


def test_what_nobody_published_is_told_with_its_line(file: ProgrammeFile) -> None:
    text = (ROOT / "programme.yaml").read_text(encoding="utf-8")
    open_points = text.split("sources:", 1)[1]
    expected = open_points.count("à compléter") + open_points.count("a_confirmer:")
    assert len(file.incomplete) == expected
    number = text[: text.index("ccas: {adresse: à compléter")].count("\n") + 1
    assert (
        f"programme.yaml, ligne {number}, communes › fresnes › ccas › telephone : reste à compléter."
        in file.incomplete
    )


def test_what_nobody_published_is_none(programme: Programme) -> None:
    assert programme.places[0].ccas.phone is None


def test_every_example_is_true_on_every_day(file: ProgrammeFile) -> None:
    """The loader runs them; this runs them once more, from the model alone."""
    for edition in file.editions:
        if edition.programme is None:
            continue
        questions = {question.id: question for question in edition.programme.questions}
        for rule in edition.programme.rules:
            for example in rule.examples:
                assert evaluate(rule.condition, example.answers, questions).value is example.expected, rule.id


def test_knowing_nothing_never_says_no(programme: Programme) -> None:
    questions = {question.id: question for question in programme.questions}
    nothing = {question.id: DontKnow() for question in programme.questions}
    for rule in programme.rules:
        assert evaluate(rule.condition, nothing, questions).value is Truth.UNKNOWN, rule.id


def test_the_words_of_the_file_are_messages_but_not_its_names(file: ProgrammeFile) -> None:
    messages = {message.text for message in file.messages}
    assert {"Dans quelle commune habitez-vous ?", "Plus de {duree_maximum}", "lundi matin"} <= messages
    assert {"article L312-5", "Microcrédit personnel", "Un RIB"} <= messages
    assert not {"Escautpont", "Vieux-Condé", "suicid*", "mission-locale", "59163"} & messages
