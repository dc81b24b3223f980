"""A condition as a sentence: what a rule checks, for somebody who never saw the file's grammar."""

from collections.abc import Iterable

from babel.lists import format_list

from bot.booklet.markup import Html, element, joined, listed
from conversations.programme.conditions import And, AtLeast, AtMost, Between, Condition, Not, OneOf, Or
from conversations.programme.model import Programme, Truth
from conversations.programme.question import Chosen, Kind, Question
from conversations.rules import evaluate
from conversations.words import Words


def condition_in_words(condition: Condition, programme: Programme, _: Words) -> Html:
    """A sentence, or a list of them where a condition has parts."""
    match condition:
        case And(parts):
            return _list("Toutes ces conditions sont vraies :", parts, programme, _)
        case Or(parts):
            return _list("Au moins une de ces conditions est vraie :", parts, programme, _)
        case Not(OneOf(question_id, options)):
            question = programme.question(question_id)
            return element("p", f"{_(question.short)} : toute réponse sauf {_answers(question, options, _)}.")
        case Not(part):
            return _list("Le contraire de ceci :", (part,), programme, _)
        case OneOf() | AtLeast() | AtMost() | Between():
            question = programme.question(condition.question)
            return element("p", f"{_(question.short)} : {_accepted(condition, question, _)}.")


def _list(opening: str, parts: tuple[Condition, ...], programme: Programme, _: Words) -> Html:
    sentences = [condition_in_words(part, programme, _) for part in parts]
    return joined(element("p", opening), listed(sentences))


def _accepted(condition: OneOf | AtLeast | AtMost | Between, question: Question, _: Words) -> str:
    """A bound on an amount is said; of options, those that keep to it are named."""
    match condition:
        case AtLeast(_id, bound) if question.kind is Kind.AMOUNT:
            return f"au moins {_.euros(bound)}"
        case AtMost(_id, bound) if question.kind is Kind.AMOUNT:
            return f"au plus {_.euros(bound)}"
        case Between(_id, low, high) if question.kind is Kind.AMOUNT:
            return f"de {_.euros(low)} à {_.euros(high)}"
        case _:
            only = {question.id: question}
            kept = [
                option.id
                for option in question.options
                if evaluate(condition, {question.id: Chosen(option.id)}, only).value is Truth.YES
            ]
            return _answers(question, kept, _)


def _answers(question: Question, options: Iterable[str], _: Words) -> str:
    """« Oui », « Non » ou « Les deux »."""
    labels = [f"« {_(option.label)} »" for option in question.options if option.id in options]
    return format_list(labels, style="or", locale="fr")
