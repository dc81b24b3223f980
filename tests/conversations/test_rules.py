"""Three values: what nobody knows never decides."""

from hypothesis import given
from hypothesis import strategies as st

from conversations.programme.conditions import And, AtLeast, AtMost, Between, Condition, Not, OneOf, Or
from conversations.programme.model import Truth
from conversations.programme.question import Amount, Answer, Chosen, DontKnow, Kind, Option, Question
from conversations.rules import evaluate

COLOURS = Question(
    id="colour",
    text="?",
    why="",
    short="",
    kind=Kind.CHOICE,
    options=(Option("red", "Red"), Option("blue", "Blue"), Option("unsure", "Unsure", unknown=True)),
    kept=False,
)
LENGTH = Question(
    id="length",
    text="?",
    why="",
    short="",
    kind=Kind.CHOICE,
    options=(Option("short", "Short", value=6), Option("long", "Long", value=36), Option("none", "None")),
    kept=False,
)
PRICE = Question(id="price", text="?", why="", short="", kind=Kind.AMOUNT, options=(), kept=False)
QUESTIONS = {question.id: question for question in (COLOURS, LENGTH, PRICE)}

RED = OneOf("colour", ("red",))
CHEAP = AtMost("price", 100)


def verdict(condition: Condition, **answers: Answer) -> Truth:
    return evaluate(condition, answers, QUESTIONS).value


def test_a_bound_belongs_to_its_range() -> None:
    assert verdict(AtLeast("price", 100), price=Amount(100)) is Truth.YES
    assert verdict(AtLeast("price", 100), price=Amount(99)) is Truth.NO
    assert verdict(AtMost("price", 100), price=Amount(100)) is Truth.YES
    assert verdict(AtMost("price", 100), price=Amount(101)) is Truth.NO
    assert verdict(Between("length", 6, 35), length=Chosen("short")) is Truth.YES
    assert verdict(Between("length", 6, 35), length=Chosen("long")) is Truth.NO


def test_an_option_without_a_quantity_is_unknown_to_a_comparison() -> None:
    assert verdict(AtMost("length", 12), length=Chosen("none")) is Truth.UNKNOWN


def test_not_knowing_is_neither_yes_nor_no_nor_its_contrary() -> None:
    assert verdict(RED, colour=DontKnow()) is Truth.UNKNOWN
    assert verdict(RED, colour=Chosen("unsure")) is Truth.UNKNOWN
    assert verdict(Not(RED), colour=DontKnow()) is Truth.UNKNOWN
    assert verdict(RED) is Truth.UNKNOWN


def test_one_certain_answer_can_settle_a_rule_whatever_the_others_say() -> None:
    assert verdict(Or((RED, CHEAP)), colour=Chosen("red"), price=DontKnow()) is Truth.YES
    assert verdict(And((RED, CHEAP)), colour=Chosen("blue"), price=DontKnow()) is Truth.NO
    assert verdict(Or((RED, CHEAP)), colour=Chosen("blue"), price=DontKnow()) is Truth.UNKNOWN


def test_a_settled_rule_asks_nothing_more_and_an_open_one_says_what_it_lacks() -> None:
    either = Or((RED, CHEAP))
    assert evaluate(either, {}, QUESTIONS).missing == {"colour", "price"}
    assert evaluate(either, {"colour": Chosen("blue")}, QUESTIONS).missing == {"price"}
    assert evaluate(either, {"colour": Chosen("red")}, QUESTIONS).missing == set()


def test_a_verdict_names_the_answers_it_rests_on() -> None:
    found = evaluate(Or((RED, CHEAP)), {"colour": Chosen("red"), "price": Amount(500)}, QUESTIONS)
    assert found.because == {"colour"}


leaves: st.SearchStrategy[Condition] = st.sampled_from(
    [RED, OneOf("colour", ("red", "blue")), CHEAP, AtLeast("length", 12), Between("price", 50, 150)]
)
conditions: st.SearchStrategy[Condition] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(And, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)
certain: dict[str, st.SearchStrategy[Answer]] = {
    "colour": st.sampled_from([Chosen("red"), Chosen("blue")]),
    "length": st.sampled_from([Chosen("short"), Chosen("long")]),
    "price": st.sampled_from([Amount(0), Amount(100), Amount(101), Amount(151)]),
}


@given(conditions, st.fixed_dictionaries(certain), st.sets(st.sampled_from(sorted(certain))))
def test_learning_more_never_overturns_what_was_certain(
    condition: Condition, answers: dict[str, Answer], forgotten: set[str]
) -> None:
    unsure = {question: DontKnow() if question in forgotten else answers[question] for question in answers}
    before, after = verdict(condition, **unsure), verdict(condition, **answers)
    assert before is Truth.UNKNOWN or before is after
    assert after is not Truth.UNKNOWN


@given(conditions, st.fixed_dictionaries(certain), st.sets(st.sampled_from(sorted(certain))))
def test_only_a_missing_question_can_still_change_the_verdict(
    condition: Condition, answers: dict[str, Answer], unasked: set[str]
) -> None:
    asked = {question: answer for question, answer in answers.items() if question not in unasked}
    found = evaluate(condition, asked, QUESTIONS)
    assert found.missing <= unasked
    complete = evaluate(condition, answers, QUESTIONS)
    if not found.missing:
        assert found.value is complete.value
