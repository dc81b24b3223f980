"""What changes with time: a day has one version of everything, and the programme is read as of that day."""

from datetime import date

import pytest

from conversations.programme.conditions import AtMost
from conversations.programme.mistakes import ProgrammeError
from conversations.programme.model import Effect
from tests.conversations.programme.small import SMALL, Change, changed, read, says

SECOND_CAPS = SMALL[SMALL.index("  - depuis: 2027-01-01") : SMALL.index("taux:")]
RULE = SMALL[SMALL.index("  - id: montant\n    nom") : SMALL.index("  - id: duree\n    nom")]
CLOSED = RULE.replace("depuis: 2020-01-01", "depuis: 2020-01-01\n    jusqu_au: 2026-12-31")
NEXT = RULE.replace("depuis: 2020-01-01", "depuis: 2027-01-01").replace("effet: bloquant", "effet: signal")


def test_a_day_has_the_caps_of_that_day() -> None:
    file = read(SMALL)
    assert file.at(date(2026, 12, 31)).caps.most == 300_000
    assert file.at(date(2027, 1, 1)).caps.most == 400_000


def test_a_question_is_asked_from_its_first_day_on() -> None:
    file = read(SMALL)
    assert [question.id for question in file.at(date(2026, 12, 31)).questions] == [
        "commune",
        "montant",
        "duree",
    ]
    assert file.at(date(2027, 1, 1)).questions[-1].id == "venu"


def test_a_rule_changes_on_its_day() -> None:
    file = read(changed((RULE, CLOSED + NEXT)))
    before, after = (file.at(day).rules[1] for day in (date(2026, 12, 31), date(2027, 1, 1)))
    assert (before.effect, after.effect) == (Effect.BLOCKING, Effect.SIGNAL)


def test_a_rule_that_is_over_is_absent() -> None:
    file = read(changed((RULE, CLOSED)))
    assert [rule.id for rule in file.at(date(2027, 1, 1)).rules] == ["commune", "duree"]


def test_a_rule_that_names_a_cap_follows_it() -> None:
    """The examples that were right under the old cap are run again under the new one."""
    at_most = RULE.replace("au_moins: {montant: montant_minimum}", "au_plus: {montant: montant_maximum}")
    examples = at_most.replace("300 €}, donne: oui", "3 000 €}, donne: oui").replace("299,99 €", "3 000,01 €")
    assert says(changed((RULE, examples))) == [
        "regles › montant › exemples : attendu un exemple où « montant » vaut plus de 4\u202f000\u202f€.",
        "regles › montant › exemples › 2 : trouvé « donne: non », mais la règle donne « oui ».",
    ]
    bounds = [
        read(changed((RULE, examples.replace("3 000,01 €", "4 000,01 €")))).at(day).rules[1].condition
        for day in (date(2026, 12, 31), date(2027, 1, 1))
    ]
    assert bounds == [AtMost("montant", 300_000), AtMost("montant", 400_000)]


def test_a_rule_reads_only_questions_that_are_asked_with_it() -> None:
    """« venu » is asked from 2027 on; a rule of 2020 cannot read it."""
    assert says(changed(("{est_une_de: {commune: [ailleurs]}}", "{est_une_de: {venu: [oui]}}"))) == [
        (
            "aides › mairie › quand › ou › 1 › est_une_de › venu : "
            "trouvé « venu », attendu une question en vigueur en même temps."
        )
    ]


def test_a_version_may_hold_for_one_day() -> None:
    one_day = CLOSED.replace("depuis: 2020-01-01", "depuis: 2026-12-31")
    file = read(changed((RULE, one_day)))
    ids = [[rule.id for rule in file.at(date(2026, 12, day)).rules] for day in (30, 31)]
    assert ids == [["commune", "duree"], ["commune", "montant", "duree"]]


def test_before_the_first_caps_there_is_no_programme() -> None:
    with pytest.raises(ProgrammeError, match="le programme ne commence que le 2020-01-01"):
        read(SMALL).at(date(2019, 12, 31))


def test_a_last_version_may_be_closed_and_then_there_is_no_programme() -> None:
    file = read(changed((SECOND_CAPS, "")))
    assert file.at(date(2026, 12, 31)).caps.most == 300_000
    with pytest.raises(ProgrammeError, match="rien n'est en vigueur le 2027-01-01 pour plafonds"):
        file.at(date(2027, 1, 1))


def test_a_legal_text_that_begins_later_is_missed_before() -> None:
    file = read(changed(("{depuis: 2020-01-01, texte: Un crédit", "{depuis: 2021-01-01, texte: Un crédit")))
    with pytest.raises(
        ProgrammeError, match="rien n'est en vigueur le 2020-06-01 pour textes_legaux › credit"
    ):
        file.at(date(2020, 6, 1))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            ("jusqu_au: 2026-12-31", "jusqu_au: 2026-11-30"),
            (
                "plafonds › 2 : il manque une version du 2026-12-01 au 2026-12-31 ;"
                " celle de la ligne 22 s'arrête le 2026-11-30."
            ),
        ),
        (
            ("jusqu_au: 2026-12-31", "jusqu_au: 2026-12-30"),
            (
                "plafonds › 2 : il manque une version du 2026-12-31 au 2026-12-31 ;"
                " celle de la ligne 22 s'arrête le 2026-12-30."
            ),
        ),
        (
            ("jusqu_au: 2026-12-31", "jusqu_au: 2027-01-01"),
            (
                "plafonds › 2 : commence le 2027-01-01, mais la version de la ligne 22 n'est pas finie ;"
                " attendu « jusqu_au: 2026-12-31 » à la ligne 22."
            ),
        ),
        (
            ("    jusqu_au: 2026-12-31\n", ""),
            (
                "plafonds › 2 : commence le 2027-01-01, mais la version de la ligne 22 n'est pas finie ;"
                " attendu « jusqu_au: 2026-12-31 » à la ligne 22."
            ),
        ),
        (
            ("depuis: 2027-01-01\n    options", "depuis: 2027-01-01\n    jusqu_au: 2026-06-01\n    options"),
            "questions › venu : « jusqu_au » (2026-06-01) vient avant « depuis » (2027-01-01).",
        ),
        (
            (RULE, RULE + RULE),
            "regles › montant : déjà écrit ligne 100 ; une nouvelle version porte une autre date « depuis ».",
        ),
        (
            (RULE, CLOSED + NEXT.replace("2027-01-01", "2027-02-01")),
            (
                "regles › montant : il manque une version du 2027-01-01 au 2027-01-31 ;"
                " celle de la ligne 100 s'arrête le 2026-12-31."
            ),
        ),
    ],
)
def test_gaps_and_overlaps_are_refused(change: Change, said: str) -> None:
    assert said in says(changed(change))


def test_versions_may_stand_in_any_order() -> None:
    first = SMALL[SMALL.index("  - depuis: 2020-01-01\n    jusqu_au") : SMALL.index(SECOND_CAPS)]
    turned = read(changed((first + SECOND_CAPS, SECOND_CAPS.rstrip() + "\n" + first + "\n")))
    assert turned.at(date(2020, 1, 1)).caps == read(SMALL).at(date(2020, 1, 1)).caps
