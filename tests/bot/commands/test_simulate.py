"""The command line tells the same figures as the screens, and says what it cannot read."""

import json
from decimal import Decimal
from functools import cache

import pytest

from bot.commands import simulate
from bot.programme import load_chosen
from conversations.loan import repayment_schedule
from tests.bot.typed import run

read_once = cache(load_chosen)


@pytest.fixture(autouse=True)
def _the_programme_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulate, "load_chosen", read_once)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run("simulate", *arguments) == 0
    return capsys.readouterr().out.replace("\u202f", " ")


def test_the_json_holds_every_figure_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(printed(capsys, "2000", "36", "--json"))
    rows = told.pop("rows")
    assert told == {
        "amount": "2000.00",
        "months": 36,
        "nominal_rate": "4",
        "instalment": "59.05",
        "last_instalment": "58.95",
        "total": "2125.70",
        "cost": "125.70",
        "apr": "4.07",
    }
    schedule = repayment_schedule(Decimal(2000), 36, Decimal(4))
    assert [tuple(map(Decimal, row.values())) for row in rows] == list(map(tuple, schedule.rows))
    assert list(rows[0]) == ["number", "payment", "interest", "principal", "balance"]


def test_the_rate_is_the_one_of_the_programme_or_the_one_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    usual = json.loads(printed(capsys, "1500", "24", "--json"))
    for rate in ("3.5", "3,5", "3,5 %", "3.50%"):
        asked = json.loads(printed(capsys, "1500", "24", "--rate", rate, "--json"))
        assert asked["nominal_rate"] == "3.5"
        assert Decimal(asked["cost"]) < Decimal(usual["cost"])
    assert json.loads(printed(capsys, "1500", "24", "--rate", "0", "--json"))["cost"] == "0.00"


@pytest.mark.parametrize("amount", ["1200,50", "1 200,50 €", "1\u202f200,50\u202f€", "1.200,50"])
@pytest.mark.parametrize("months", ["24", "24 mois", "2 ans", " deux ans "])
def test_an_amount_and_a_duration_are_read_as_people_write_them(
    capsys: pytest.CaptureFixture[str], amount: str, months: str
) -> None:
    told = json.loads(printed(capsys, amount, months, "--json"))
    assert (told["amount"], told["months"]) == ("1200.50", 24)


def test_a_person_reads_euros_first_and_the_law_beside_them(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, "2000", "36").splitlines()
    assert lines[0] == "2 000 € sur 36 mois. Exemple, pas une offre."
    assert lines[2] == "59,05 € par mois pendant 36 mois. La dernière mensualité est de 58,95 €."
    assert lines[3] == "Vous rendez 2 125,70 € en tout. Le crédit vous coûte 125,70 €."
    assert lines[4] == "Taux : 4 % par an. TAEG : 4,07 %."
    assert "doit être remboursé" in lines[5]
    assert lines[8].split() == ["1", "59,05", "€", "6,67", "€", "52,38", "€", "1", "947,62", "€"]
    assert len(lines) == 8 + 36
    assert len({len(line) for line in lines[7:]}) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("299,99", "12"), "Ce microcrédit va de 300 € à 3 000 €."),
        (("3000,01", "12"), "Ce microcrédit va de 300 € à 3 000 €."),
        (("0", "12"), "Ce microcrédit va de 300 € à 3 000 €."),
        (("trois mille", "12"), "Je lis seulement les chiffres."),
        (("", "12"), "Je n’ai rien lu."),
        (("🙂", "12"), "Je n’ai pas reconnu de montant."),
        (("-5", "12"), "J’ai lu un montant négatif."),
        (("2000", "5"), "Ce microcrédit dure de 6 mois à 36 mois."),
        (("2000", "37 mois"), "Ce microcrédit dure de 6 mois à 36 mois."),
        (("2000", "longtemps"), "Je n’ai pas reconnu de durée."),
        (("2000", "²"), "Je n’ai pas reconnu de durée."),
        (("2000", "12", "--rate", "23,57"), "Personne n’a le droit de prêter à plus de 23,56 % par an."),
        (("2000", "12", "--rate", "-1"), "Je n’ai pas reconnu de taux."),
        (("2000", "12", "--rate", "quatre"), "Je n’ai pas reconnu de taux."),
        (("2000", "12", "--rate", "NaN"), "Je n’ai pas reconnu de taux."),
    ],
)
def test_what_is_unreadable_or_out_of_range_is_said_in_a_sentence(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert run("simulate", *arguments) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert said in output.err.replace("\u202f", " ")
    assert output.err.count("\n") == 1
