"""The questions on paper and as JSON are those on screen."""

import json
from pathlib import Path

import pytest

from conversations.catalogues import FRENCH
from conversations.programme.question import Kind
from conversations.questionnaire import DONT_KNOW
from conversations.screen import Style
from tests.bot.typed import run
from tests.conversations.programme.small import SMALL, changed
from tests.conversations.talk import Talk, shipped


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run("questionnaire", *arguments) == 0
    return capsys.readouterr().out


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small programme is the one of the settings."""
    path = tmp_path / "programme.yaml"
    path.write_text(SMALL, encoding="utf-8")
    monkeypatch.setenv("PROGRAMME", str(path))
    return path


def test_the_json_tells_every_question_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    questions = json.loads(printed(capsys, "--json", "--au", "2026-11-23"))
    programme = shipped().programme
    assert [question["id"] for question in questions] == [question.id for question in programme.questions]
    assert [question["kind"] for question in questions] == [each.kind.value for each in programme.questions]
    assert all(list(question) == ["id", "text", "kind", "options"] for question in questions)


def test_not_knowing_is_the_last_option_of_every_question(capsys: pytest.CaptureFixture[str]) -> None:
    for question in json.loads(printed(capsys, "--json")):
        assert question["options"][-1] == {"id": DONT_KNOW, "label": "Je ne sais pas"}


def test_an_amount_has_no_other_option(capsys: pytest.CaptureFixture[str]) -> None:
    amounts = [each for each in json.loads(printed(capsys, "--json")) if each["kind"] == Kind.AMOUNT.value]
    assert [each["id"] for each in amounts] == ["montant"]
    assert len(amounts[0]["options"]) == 1


def test_the_texts_are_those_on_screen(capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody who is always sure of nothing is asked question after question."""
    told = {each["text"]: each for each in json.loads(printed(capsys, "--json", "--au", "2026-11-23"))}
    talk = Talk()
    talk.taps(talk.labels()[0])
    asked = 0
    while (heading := next(line.text for line in talk.screen.lines if line.style is Style.TITLE)) in told:
        labels = [option["label"] for option in told[heading]["options"]]
        assert talk.labels()[: len(labels)] == labels
        talk.taps("Je ne sais pas")
        asked += 1
    assert asked == len(told)


def test_the_questions_are_those_of_the_day(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert small.exists()
    before = json.loads(printed(capsys, "--json", "--au", "2026-12-31"))
    after = json.loads(printed(capsys, "--json", "--au", "2027-01-01"))
    assert [each["id"] for each in after if each not in before] == ["venu"]


def test_the_paper_form_has_a_box_for_each_answer(capsys: pytest.CaptureFixture[str]) -> None:
    form = printed(capsys)
    for question in shipped().programme.questions:
        assert FRENCH(question.text) in form
    options = [option for question in shipped().programme.questions for option in question.options]
    assert form.count("☐") == len(options) + len(shipped().programme.questions)
    assert "Ce microcrédit va de 300\u202f€ à 3\u202f000\u202f€." in form
    assert max(len(line) for line in form.splitlines()) <= 78


def test_a_day_without_a_programme_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("questionnaire", "--au", "1999-01-01") == 2
    assert "le programme ne commence que le 2010-01-01" in capsys.readouterr().err


def test_a_language_that_the_bot_does_not_speak_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("questionnaire", "--langue", "tlh") == 2
    assert "Le bot ne parle pas « tlh »." in capsys.readouterr().err


def test_a_day_that_is_none_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        run("questionnaire", "--au", "demain")
    assert stop.value.code == 2
    assert "attendu une date année-mois-jour" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["questionnaire", "relecture"])
def test_a_wrong_programme_is_reported_with_exit_code_2(
    command: str, small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = changed(("nominal: 4 %", "nominal: 4"), ("{montant: montant_minimum}", "{montant: 300}"))
    small.write_text(text, encoding="utf-8")
    assert run(command) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert [line[: line.index(",", 16)] for line in told.err.splitlines()] == [
        "programme.yaml, ligne 38",
        "programme.yaml, ligne 104",
    ]
