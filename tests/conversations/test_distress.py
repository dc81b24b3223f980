"""Words of distress are heard wherever they stand, and their false friends are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.distress import find_urgency
from conversations.programme.model import Urgency

SUICIDE = Urgency("suicide", ("suicid*", "me tuer", "envie de mourir"), ("3114",))
VIOLENCE = Urgency("violence", ("me frappe", "peur de mon mari"), ("3919",))
HUNGER = Urgency("faim", ("j'ai faim", "plus d'électricité"), ("115",))
DEBTS = Urgency("dettes", ("huissier*", "surendett*", "saisi* sur salaire"), ("34 14",))
URGENCIES = (SUICIDE, VIOLENCE, HUNGER, DEBTS)


@pytest.mark.parametrize(
    ("said", "urgency"),
    [
        ("je veux me tuer", SUICIDE),
        ("SUICIDE", SUICIDE),
        ("pensées suicidaires…", SUICIDE),
        ("j'ai ENVIE  de\nmourir!!", SUICIDE),
        ("il me frappe, aidez-moi", VIOLENCE),
        ("J’ai faim", HUNGER),
        ("jai faim", HUNGER),
        ("on a plus d’electricite", HUNGER),
        ("plus delectricite", HUNGER),
        ("l'huissier est passé", DEBTS),
        ("des huissiers", DEBTS),
        ("surendettée", DEBTS),
        ("une saisie-sur-salaire", DEBTS),
        ("su\u200bicide", SUICIDE),
    ],
)
def test_words_of_distress_are_heard_however_they_are_typed(said: str, urgency: Urgency) -> None:
    assert find_urgency(said, URGENCIES) is urgency


@pytest.mark.parametrize(
    "said",
    [
        "",
        "je me tue au travail",
        "me faire tuer à la tâche",
        "tuer me",
        "envie de manger",
        "il m'a frappé à la porte",
        "une faim de loup",
        "presuicide",
        "peur de mon mariage",
        "une saisie de données sur mon salaire",
        "l'huis",
        "1200",
        "?",
    ],
)
def test_false_friends_are_not_distress(said: str) -> None:
    assert find_urgency(said, URGENCIES) is None


def test_the_first_urgency_of_the_programme_wins() -> None:
    said = "les huissiers me donnent envie de mourir"
    assert find_urgency(said, URGENCIES) is SUICIDE
    assert find_urgency(said, URGENCIES[::-1]) is DEBTS


@pytest.mark.parametrize("expressions", [(), ("",), ("*",), ("…", "**")])
def test_an_expression_without_words_hears_nothing(expressions: tuple[str, ...]) -> None:
    empty = Urgency("vide", expressions, ())
    assert find_urgency("n'importe quoi", [empty]) is None
    assert find_urgency("", [empty]) is None


def test_signs_in_an_expression_are_no_pattern() -> None:
    assert find_urgency("abc", [Urgency("x", ("a.c",), ())]) is None
    assert find_urgency("(", [Urgency("x", ("(", "[z"), ())]) is None
    assert find_urgency("abc", [Urgency("x", ("?", "ab ?"), ())]) is None


@given(st.text(), st.sampled_from(URGENCIES), st.text())
def test_distress_is_heard_in_the_middle_of_anything(before: str, urgency: Urgency, after: str) -> None:
    said = f"{before} {urgency.expressions[0].replace('*', '')} {after}"
    assert find_urgency(said, [urgency]) is urgency
    find_urgency(before, URGENCIES)
