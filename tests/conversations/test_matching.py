"""Typed words find the one button they mean, are asked back between two, and otherwise match nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.matching import Candidate, Matched, Nothing, Several, match_words

FRESNES, CONDE, ESCAUTPONT, VIEUX_CONDE, ELSEWHERE, UNKNOWN = range(6)
COMMUNES = (
    Candidate("Fresnes-sur-Escaut", ("59970", "fresnes")),
    Candidate("Condé-sur-l'Escaut", ("59163", "condé", "conde sur escaut")),
    Candidate("Escautpont", ("59278",)),
    Candidate("Vieux-Condé", ("59690",)),
    Candidate("Une autre commune", ("autre", "ailleurs")),
    Candidate("Je ne sais pas", ("je sais pas", "jsp", "?")),
)
YES_NO = (Candidate("Oui"), Candidate("Non"), Candidate("Je ne sais pas", ("je sais pas", "jsp", "?")))
BANK = (
    Candidate("Non, elle a refusé", ("non", "refus")),
    Candidate("Je n'ai pas droit au crédit"),
    Candidate("Oui, elle est d'accord", ("oui",)),
    Candidate("Je n'ai pas demandé"),
    Candidate("Je ne sais pas", ("je sais pas", "jsp", "?")),
)
BUDGET = (Candidate("Oui, souvent"), Candidate("Oui, de temps en temps", ("parfois",)), Candidate("Non"))
MONTHS = (
    Candidate("6 mois"),
    Candidate("12 mois", ("1 an", "un an")),
    Candidate("18 mois"),
    Candidate("24 mois", ("2 ans",)),
    Candidate("36 mois", ("3 ans",)),
    Candidate("Plus de 36 mois"),
)
AGES = (
    Candidate("Moins de 16 ans"),
    Candidate("16 ou 17 ans", ("16 ans", "17 ans")),
    Candidate("18 à 24 ans"),
    Candidate("25 à 59 ans"),
    Candidate("60 ans ou plus"),
)
PURPOSES = (
    Candidate("Un véhicule ou sa réparation", ("voiture", "scooter")),
    Candidate("Le permis de conduire", ("permis",)),
    Candidate("Un dépôt de garantie", ("caution", "logement")),
    Candidate("Des soins", ("santé", "lunettes")),
    Candidate("Des factures courantes", ("loyer", "électricité")),
)
EVERY = (*COMMUNES, *YES_NO[:2], *BANK[:4], *BUDGET[:2], *MONTHS, *AGES, *PURPOSES)


@pytest.mark.parametrize(
    ("typed", "commune"),
    [
        ("conde", CONDE),
        ("CONDÉ", CONDE),
        ("conde sur escaut", CONDE),
        ("condé sur l’escaut", CONDE),
        ("condesurlescaut", CONDE),
        ("j'habite à Condé", CONDE),
        ("59163", CONDE),
        ("59 163", CONDE),
        ("Condé 59163", CONDE),
        ("vieux conde", VIEUX_CONDE),
        ("vieuxconde", VIEUX_CONDE),
        ("vieu condé", VIEUX_CONDE),
        ("vieux cnode", VIEUX_CONDE),
        ("Vieux", VIEUX_CONDE),
        ("fresne", FRESNES),
        ("frsnes", FRESNES),
        ("Fresnes sur Escault", FRESNES),
        ("ESCAUTPON", ESCAUTPONT),
        ("escaut pont", ESCAUTPONT),
        ("ecsautpotn", ESCAUTPONT),
        ("une autre", ELSEWHERE),
        ("2", CONDE),
        ("2.", CONDE),
        ("n°2", CONDE),
        ("nº 2", CONDE),
        ("le 2", CONDE),
        ("2️⃣", CONDE),
        ("réponse 4", VIEUX_CONDE),
        ("jsp", UNKNOWN),
        ("j'sais pas", UNKNOWN),
        ("je sais pas…", UNKNOWN),
        ("??", UNKNOWN),
    ],
)
def test_a_commune_is_found_by_number_words_and_small_errors(typed: str, commune: int) -> None:
    assert match_words(typed, COMMUNES) == Matched(commune)


@pytest.mark.parametrize(
    ("typed", "communes"),
    [
        ("escaut", (FRESNES, CONDE, ESCAUTPONT)),
        ("sur l'Escaut", (FRESNES, CONDE, ESCAUTPONT)),
        ("cond", (CONDE, VIEUX_CONDE)),
        ("cnode", (CONDE, VIEUX_CONDE)),
    ],
)
def test_two_communes_that_fit_equally_are_asked_back_in_order(typed: str, communes: tuple[int, ...]) -> None:
    assert match_words(typed, COMMUNES) == Several(communes)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "🙂",
        "hergnies",
        "Odomez",
        "Bruay-sur-l'Escaut",
        "Condé-sur-Sarthe",
        "Fresnes-sur-Marne",
        "à côté de Condé",
        "pas Condé",
        "Condé ou Fresnes",
        "59162",
        "5916",
        "59",
        "7",
        "0",
        "2 3",
        "2,5",
        "je sais",
        "9" * 4096,
        "oui",
        "pas",
        "monde",
        "con",
        "le",
        "je voudrais savoir " + "si je peux vraiment le demander ici " * 50,
        "Condé " + "et puis " * 150,
        "je veux " * 150 + "Condé",
        "\ud800\x00",
    ],
)
def test_what_no_commune_explains_matches_nothing(typed: str) -> None:
    assert match_words(typed, COMMUNES) == Nothing()


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("oui", Matched(0)),
        ("oui je veux bien", Matched(0)),
        ("Oui, oui !", Matched(0)),
        ("oui d'accord", Matched(0)),
        ("Non, merci", Matched(1)),
        ("1", Matched(0)),
        ("?", Matched(2)),
        ("oui et non", Nothing()),
        ("oui mais pas trop", Nothing()),
        ("pas oui", Nothing()),
        ("pas", Nothing()),
        ("ouii", Nothing()),
        ("nom", Nothing()),
        ("ou", Nothing()),
    ],
)
def test_yes_and_no_are_heard_with_polite_words_only(typed: str, answer: object) -> None:
    assert match_words(typed, YES_NO) == answer


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("non", Matched(0)),
        ("elle a refusé", Matched(0)),
        ("pas demandé", Matched(3)),
        ("j'ai pas demandé", Matched(3)),
        ("non j'ai pas demandé", Nothing()),
        ("oui elle a refusé", Nothing()),
        ("pas encore", Nothing()),
        ("j'ai demandé", Nothing()),
        ("j'ai droit au crédit", Nothing()),
        ("pas droit", Matched(1)),
        ("elle", Several((0, 2))),
    ],
)
def test_a_refusal_is_never_made_out_of_a_doubt(typed: str, answer: object) -> None:
    assert match_words(typed, BANK) == answer


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("oui", Several((0, 1))),
        ("oui parfois", Matched(1)),
        ("souvent", Matched(0)),
        ("pas souvent", Nothing()),
    ],
)
def test_yes_between_two_kinds_of_yes_is_asked_back(typed: str, answer: object) -> None:
    assert match_words(typed, BUDGET) == answer


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("6 mois", Matched(0)),
        ("6", Several((0, 5))),
        ("1", Matched(0)),
        ("1 an", Matched(1)),
        ("1an", Matched(1)),
        ("12", Matched(1)),
        ("36", Several((4, 5))),
        ("36 mois", Matched(4)),
        ("plus", Matched(5)),
        ("mois", Nothing()),
        ("1 2 mois", Nothing()),
    ],
)
def test_a_number_that_is_both_a_place_and_a_word_is_asked_back(typed: str, answer: object) -> None:
    assert match_words(typed, MONTHS) == answer


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("18 ans", Matched(2)),
        ("j'ai 25 ans", Matched(3)),
        ("16", Several((0, 1))),
        ("16 ans", Matched(1)),
        ("moins de 18 ans", Nothing()),
        ("30 ans", Nothing()),
    ],
)
def test_an_age_is_only_found_where_a_label_names_it(typed: str, answer: object) -> None:
    assert match_words(typed, AGES) == answer


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("une voiture", Matched(0)),
        ("acheter une voiture", Matched(0)),
        ("voitures", Matched(0)),
        ("répar", Matched(0)),
        ("pour passer le permis", Nothing()),
        ("permis voiture", Nothing()),
        ("toiture", Nothing()),
        ("moins", Nothing()),
        ("foyer", Nothing()),
    ],
)
def test_a_word_that_only_looks_alike_is_no_answer(typed: str, answer: object) -> None:
    assert match_words(typed, PURPOSES) == answer


def test_an_exact_spelling_wins_over_a_number() -> None:
    assert match_words("2", [Candidate("Un", ("2",)), Candidate("Deux")]) == Matched(0)


def test_an_exact_label_wins_over_a_spelling() -> None:
    assert match_words("autre", [Candidate("Ailleurs", ("autre",)), Candidate("Autre")]) == Matched(1)


def test_a_number_is_no_place_where_an_amount_is_awaited() -> None:
    assert match_words("2", COMMUNES, numbers=False) == Nothing()
    assert match_words("59163", COMMUNES, numbers=False) == Matched(CONDE)


def test_amounts_on_buttons_are_never_mixed_up() -> None:
    amounts = [Candidate("200 €"), Candidate("1\u202f200\u202f€"), Candidate("2\u202f000\u202f€")]
    assert match_words("1 200", amounts, numbers=False) == Matched(1)
    assert match_words("200", amounts, numbers=False) == Matched(0)
    assert match_words("12,00", amounts, numbers=False) == Nothing()
    assert match_words("2.000,5", amounts, numbers=False) == Nothing()


def test_without_buttons_nothing_matches() -> None:
    assert match_words("1", []) == Nothing()


@given(st.data())
def test_any_label_matches_itself_however_it_is_typed(data: st.DataObject) -> None:
    group = data.draw(st.sampled_from([COMMUNES, YES_NO, BANK, BUDGET, MONTHS, AGES, PURPOSES, EVERY]))
    index = data.draw(st.integers(0, len(group) - 1))
    letters = unicodedata.normalize("NFD", group[index].label)
    typed = "".join(data.draw(st.sampled_from([c.upper(), c.lower()])) for c in letters)
    if data.draw(st.booleans()):
        typed = "".join(c for c in typed if not unicodedata.combining(c))
    typed = typed.replace("-", data.draw(st.sampled_from(["-", " ", "", "–"])))
    typed = typed.replace("'", data.draw(st.sampled_from(["'", "’", " ", ""])))
    end = data.draw(st.sampled_from(["", ".", " !", "  "]))
    assert match_words(f" {typed}{end}", group) == Matched(index)


@given(
    st.text()
    | st.lists(st.sampled_from(["oui", "non", "pas", "conde", "vieux", "escaut", "2", "59163", "?"])).map(
        " ".join
    )
)
def test_whatever_is_typed_gives_one_two_or_three_or_nothing(typed: str) -> None:
    match match_words(typed, EVERY):
        case Matched(index):
            assert 0 <= index < len(EVERY)
        case Several(indexes):
            assert 2 <= len(indexes) <= 3
            assert sorted(set(indexes)) == list(indexes)
        case Nothing():
            pass
