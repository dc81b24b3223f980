"""`exemples`: answers and what a rule says of them. They are the rule's own tests, run at every start."""

from collections.abc import Iterator

from conversations.catalogues import FRENCH
from conversations.programme.conditions import And, AtLeast, AtMost, Between, Condition, Not, OneOf, Or
from conversations.programme.model import Example, Rule, Truth
from conversations.programme.node import Node, suggestion
from conversations.programme.question import Amount, Answer, Answers, Chosen, DontKnow, Kind, Question
from conversations.programme.sections.context import Context
from conversations.programme.sections.names import NOT_KNOWN
from conversations.programme.units import AMOUNT, one_of
from conversations.rules import evaluate

TRUTH = one_of({truth.value: truth for truth in Truth}, Truth.UNKNOWN)
SIDES = {
    (AtLeast, Truth.YES): "{} ou plus",
    (AtLeast, Truth.NO): "moins de {}",
    (AtMost, Truth.YES): "{} ou moins",
    (AtMost, Truth.NO): "plus de {}",
}


def read_examples(node: Node, context: Context) -> tuple[Example, ...]:
    """The examples of a rule, in the order of the file."""
    return tuple(_example(item, context) for item in node.items())


def _example(node: Node, context: Context) -> Example:
    node.fields("reponses", "donne")
    answers: dict[str, Answer] = {}
    for identifier, value in node["reponses"].pairs().items():
        question = context.questions.get(identifier)
        if question is None:
            close = suggestion(identifier, context.questions)
            value.mistake(f"trouvé « {identifier} », attendu une question en vigueur en même temps{close}")
        else:
            answers[identifier] = _answer(value, question)
    return Example(answers, node["donne"].read(TRUTH), node.line)


def _answer(node: Node, question: Question) -> Answer:
    if node.raw == NOT_KNOWN:
        return DontKnow()
    if question.kind is Kind.AMOUNT:
        return Amount(node.read(AMOUNT))
    known = [*(option.id for option in question.options), NOT_KNOWN]
    return Chosen(node.reference(known, f"une option de la question, ou « {NOT_KNOWN} »"))


def check_examples(rule: Rule, node: Node, context: Context) -> None:
    """Note the examples that are not true, and those that are missing."""
    shown = {example.expected for example in rule.examples}
    for item, example in zip(node.items(), rule.examples, strict=True):
        verdict = evaluate(rule.condition, example.answers, context.questions)
        shown.add(verdict.value)
        if verdict.missing:
            missing = ", ".join(sorted(verdict.missing))
            item.mistake(f"attendu aussi une réponse à : {missing} ; « {NOT_KNOWN} » en est une")
        elif verdict.value is not example.expected:
            item.mistake(f"trouvé « donne: {example.expected} », mais la règle donne « {verdict.value} »")
    for truth in sorted(set(Truth) - shown):
        node.mistake(f"attendu au moins un exemple qui donne « {truth} »")
    for bound in _bounds(rule.condition):
        _check_sides(bound, rule, node, context)


def _bounds(condition: Condition) -> Iterator[AtLeast | AtMost]:
    """Every threshold of a condition; « entre » has two."""
    match condition:
        case AtLeast() | AtMost():
            yield condition
        case Between(question, low, high):
            yield AtLeast(question, low)
            yield AtMost(question, high)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _bounds(part)
        case Not(part):
            yield from _bounds(part)
        case OneOf():
            return


def _check_sides(bound: AtLeast | AtMost, rule: Rule, node: Node, context: Context) -> None:
    """A threshold needs an example on either side, where the question has an answer there."""
    question = context.questions[bound.question]
    possible = {Truth.YES, Truth.NO}
    if question.kind is Kind.CHOICE:
        choices: list[Answers] = [{question.id: Chosen(option.id)} for option in question.options]
        possible &= {evaluate(bound, choice, context.questions).value for choice in choices}
    tried = {evaluate(bound, example.answers, context.questions).value for example in rule.examples}
    in_euros = context.measures[question.id] is AMOUNT
    value = FRENCH.euros(bound.bound) if in_euros else FRENCH.months(bound.bound)
    for side in sorted(possible - tried):
        example = SIDES[type(bound), side].format(value)
        node.mistake(f"attendu un exemple où « {question.id} » vaut {example}")
