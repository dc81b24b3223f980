"""What must hold of every conversation, whatever anybody does."""

import itertools
from dataclasses import fields, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversations.dialogue import Dialogue, Remark
from conversations.effects import CountLead, CountStop
from conversations.events import Said, Tapped
from conversations.page_kinds import Asking, Help, Home, Result
from conversations.programme.model import Rule, Truth
from conversations.programme.question import Amount, Answer, Chosen, DontKnow, Kind
from conversations.questionnaire import Outcome, Standing, walk
from conversations.screen import Style
from conversations.step import screen, step
from tests.conversations.talk import Talk, shipped

PROGRAMME = shipped().programme

MATCHING: dict[str, Answer] = {
    "commune": Chosen("escautpont"),
    "age": Chosen("25_59"),
    "objet": Chosen("vehicule"),
    "montant": Amount(120_000),
    "duree": Chosen("m24"),
    "situation": Chosen("petit_revenu"),
    "budget": Chosen("souvent"),
    "banque": Chosen("refus"),
    "banque_de_france": Chosen("non"),
    "microcredit": Chosen("non"),
    "accompagnement": Chosen("oui"),
    "ccas": Chosen("non"),
}


def possible(question_id: str) -> st.SearchStrategy[Answer]:
    question = PROGRAMME.question(question_id)
    if question.kind is Kind.AMOUNT:
        return st.one_of(st.just(DontKnow()), st.integers(0, 1_000_000).map(Amount))
    return st.sampled_from([DontKnow(), *(Chosen(option.id) for option in question.options)])


everybody = st.fixed_dictionaries({question.id: possible(question.id) for question in PROGRAMME.questions})

# What a person can do next: tap the n-th button, or type something.
acts = st.lists(
    st.one_of(
        st.integers(0, 30),
        st.sampled_from(
            [
                "1 200 €",
                "500",
                "je ne sais pas",
                "retour",
                "escaut",
                "oui",
                "non",
                "🙂",
                "9999999",
                "huissier",
            ]
        ),
    ),
    max_size=40,
)


@given(everybody, st.permutations([question.id for question in PROGRAMME.questions]), st.integers(0, 12))
def test_whichever_answer_came_first_the_path_is_the_same(
    answers: dict[str, Answer], order: list[str], count: int
) -> None:
    """One by one in the order of the questions is how a walk is computed quickly; it may not matter."""
    given_so = {question: answers[question] for question in order[:count]}
    as_asked = {question: answer for question, answer in answers.items() if question in given_so}
    one, other = walk(PROGRAMME, given_so), walk(PROGRAMME, as_asked)
    assert (one.answers, one.findings, one.ahead) == (other.answers, other.findings, other.ahead)
    assert list(one.answers) == list(other.answers)


def live(moves: list[int | str]) -> Talk:
    talk = Talk()
    talk.taps("Puis-je demander un microcrédit ?")
    for move in moves:
        if talk.screen.final:
            break  # everything is erased: what follows is another dialogue
        if isinstance(move, str):
            talk.says(move)
        else:
            buttons = talk.screen.buttons
            talk.does(Tapped(buttons[move % len(buttons)].token))
    return talk


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(acts)
def test_any_detour_ends_where_answering_the_final_list_from_zero_ends(moves: list[int | str]) -> None:
    talk = live(moves)
    path = walk(PROGRAMME, talk.dialogue.answers)
    fresh = walk(PROGRAMME, dict(path.answers))
    assert fresh == path
    straight = replace(Dialogue(talk.dialogue.language), answers=dict(path.answers)).at(Result())
    detour = replace(talk.dialogue, remark=None).at(Result())
    assert screen(straight, talk.scene).lines == screen(detour, talk.scene).lines


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(acts, st.sampled_from(["fr", "en"]))
def test_every_screen_can_be_sent_and_none_is_a_dead_end(moves: list[int | str], language: str) -> None:
    talk = live(moves)
    shown = screen(replace(talk.dialogue, language=language), talk.scene)
    text = "\n".join(line.text for line in shown.lines)
    tokens = [button.token for button in shown.buttons]
    assert 0 < len(text) < 3500
    assert len(set(tokens)) == len(tokens)
    assert all(0 < len(token.encode()) <= 64 and token.isascii() for token in tokens)
    assert all(0 < len(button.label) <= 60 for button in shown.buttons)
    assert shown.buttons or shown.final
    assert all(len(line.text) > 0 for line in shown.lines)


@settings(max_examples=100, deadline=None)
@given(acts)
def test_one_dialogue_counts_once(moves: list[int | str]) -> None:
    talk = live(moves)
    leads = [effect for effect in talk.effects if isinstance(effect, CountLead)]
    stops = [effect for effect in talk.effects if isinstance(effect, CountStop)]
    erased = talk.screen.final
    assert (len(stops), bool(leads)) in ({(1, False), (0, True)} if erased else {(0, talk.dialogue.counted)})


def test_a_result_that_is_only_looked_at_again_counts_no_second_time() -> None:
    talk = Talk()
    for label in ("Puis-je demander un microcrédit ?", "Une autre commune"):
        talk.taps(label)
    for label in ("Chaque critère", "Retour au résultat", "Accueil", "Puis-je demander un microcrédit ?"):
        talk.taps(label)
    assert isinstance(talk.dialogue.page, Result)
    assert len(talk.effects) == 1


@given(everybody, st.sets(st.sampled_from(sorted(MATCHING))))
def test_not_knowing_never_refuses(answers: dict[str, Answer], forgotten: set[str]) -> None:
    unsure = {question: DontKnow() if question in forgotten else answers[question] for question in answers}
    if walk(PROGRAMME, unsure).outcome is Outcome.NOT_THIS_LOAN:
        assert walk(PROGRAMME, answers).outcome is Outcome.NOT_THIS_LOAN


def test_knowing_nothing_at_all_is_looked_at_together() -> None:
    nothing: dict[str, Answer] = {question.id: DontKnow() for question in PROGRAMME.questions}
    assert walk(PROGRAMME, nothing).outcome is Outcome.TO_VERIFY


@given(everybody)
def test_only_a_certain_blocking_no_closes_the_door(answers: dict[str, Answer]) -> None:
    path = walk(PROGRAMME, answers)
    assert path.outcome is not None
    assert (path.outcome is Outcome.NOT_THIS_LOAN) == any(
        finding.standing is Standing.NOT_MET for finding in path.findings
    )


def test_every_combination_of_a_reduced_questionnaire_has_exactly_one_outcome() -> None:
    few = ("age", "budget", "banque", "accompagnement")
    reduced = replace(
        PROGRAMME,
        questions=tuple(PROGRAMME.question(question) for question in few),
        rules=tuple(
            rule for rule in PROGRAMME.rules if rule.id in {"majorite", "difficulte", "accompagnement"}
        ),
    )
    choices: list[list[Answer]] = [
        [DontKnow(), *(Chosen(option.id) for option in question.options)] for question in reduced.questions
    ]
    met: set[Outcome] = set()
    for combination in itertools.product(*choices):
        path = walk(reduced, dict(zip(few, combination, strict=True)))
        assert path.outcome is not None
        met.add(path.outcome)
    assert met == set(Outcome)


@pytest.mark.parametrize("rule", PROGRAMME.rules, ids=lambda rule: rule.id)
@pytest.mark.parametrize("value", list(Truth), ids=lambda value: value.name)
def test_somebody_reads_each_of_a_rules_three_sentences(rule: Rule, value: Truth) -> None:
    example = next(example for example in rule.examples if example.expected is value)
    dialogue = Dialogue("fr", answers={**MATCHING, **example.answers}).at(Result())
    path = walk(PROGRAMME, dialogue.answers)
    talk = Talk()
    talk.dialogue = dialogue
    talk.taps("Chaque critère")
    assert talk.scene.words("fr")(rule.sentences[value]) in talk.reads()
    assert path.outcome is not None
    assert len(set(rule.sentences.values())) == 3


def test_moving_about_keeps_everything_else() -> None:
    papers, remark = ("identite",), Remark("flyer")
    full = Dialogue(
        "en", "caf", (Home(), Help()), {"age": DontKnow()}, papers, remark, counted=True, keys=True
    )
    assert not {field.name for field in fields(full) if getattr(full, field.name) == field.default}
    assert full.at(Asking()) == replace(full, pages=(Home(), Asking()))
    assert full.open(Result()) == replace(full, pages=(Home(), Help(), Result()))
    assert full.back() == replace(full, pages=(Home(),))
    assert full.answered("age", Chosen("18_24")) == replace(
        full, pages=(Home(), Asking()), answers={"age": Chosen("18_24")}, remark=Remark("noted", "age")
    )


def test_a_tap_from_an_older_screen_changes_nothing() -> None:
    talk = Talk()
    talk.taps("Puis-je demander un microcrédit ?")
    old = next(button for button in talk.screen.buttons if button.label == "Escautpont")
    talk.taps("Vieux-Condé")
    before = talk.dialogue
    talk.does(Tapped(old.token))
    assert talk.dialogue == before


@given(st.text(max_size=400))
def test_whatever_is_typed_is_answered_and_loses_nothing(text: str) -> None:
    talk = Talk()
    talk.dialogue = replace(talk.dialogue, answers=dict(MATCHING)).at(Result())
    done = step(talk.dialogue, Said(text), talk.scene)
    assert done.dialogue.answers == MATCHING or done.dialogue.pages[-1] != talk.dialogue.pages[-1]
    assert screen(done.dialogue, talk.scene).lines[0].style in set(Style)


def test_somebody_who_goes_on_after_erasing_begins_anew() -> None:
    talk = Talk()
    talk.acts("/effacer")
    assert talk.screen.final
    talk.acts("bonjour")
    assert talk.dialogue == Dialogue("fr")
    assert len(talk.effects) == 2, "the stop is counted, and whatever was kept is forgotten"


def test_an_invitation_that_lets_nobody_in_any_more_is_said() -> None:
    talk = Talk()
    talk.acts("/start " + "Aa3_-" + "x" * 16)
    assert "plus valable" not in talk.reads(), "a code has 22 characters"
    talk.acts("/start " + "Aa3_-" + "x" * 17)
    assert "plus valable. Demandez-en un autre." in talk.reads()


def test_words_of_distress_that_answer_the_question_are_both_heard_and_counted() -> None:
    talk = Talk()
    talk.dialogue = replace(
        talk.dialogue, answers={key: value for key, value in MATCHING.items() if key != "banque_de_france"}
    ).at(Asking())
    talk.says("surendettement")
    assert talk.dialogue.answers["banque_de_france"] == Chosen("surendettement")
    assert "34 14" in talk.screen.lines[1].text
    assert isinstance(talk.dialogue.page, Result)


def test_a_flyers_code_can_be_scanned_or_typed_and_nothing_else_counts_as_one() -> None:
    scanned, typed, other = Talk(), Talk(), Talk()
    scanned.acts("/start garage")
    typed.acts("GARAGE")
    other.acts("/start <script>")
    assert scanned.dialogue.source == typed.dialogue.source == "garage"
    assert other.dialogue.source == ""
    assert other.dialogue.page == Home()


@pytest.mark.parametrize(
    ("typed", "band"),
    [("42 ans", "25_59"), ("j'ai 42 ans", "25_59"), ("17", "16_17"), ("24", "18_24"), ("60 ans", "60_plus")],
)
def test_an_age_may_be_typed_as_it_is(typed: str, band: str) -> None:
    talk = Talk()
    talk.taps("Puis-je demander un microcrédit ?")
    talk.says("condé")
    talk.says(typed)
    assert talk.dialogue.answers["age"] == Chosen(band)
