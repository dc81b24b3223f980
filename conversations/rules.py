"""Three-valued rules: yes, no, and unknown, which is never a no.

Kleene's logic over the programme's conditions. A verdict also says what it rests on and which questions,
not answered yet, could still change it: that is all the questionnaire needs to find its next question.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from conversations.programme.conditions import And, AtLeast, AtMost, Between, Condition, Not, OneOf, Or
from conversations.programme.model import Truth
from conversations.programme.question import Amount, Answer, Answers, Chosen, DontKnow, Question

NO_QUESTION: frozenset[str] = frozenset()
CONTRARY = {Truth.YES: Truth.NO, Truth.NO: Truth.YES, Truth.UNKNOWN: Truth.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a condition says of some answers, and its trace."""

    value: Truth
    because: frozenset[str] = NO_QUESTION  # the questions whose answers it rests on
    missing: frozenset[str] = NO_QUESTION  # the questions without an answer that could still change it


def evaluate(condition: Condition, answers: Answers, questions: Mapping[str, Question]) -> Verdict:
    """The verdict of `condition` on `answers`; `questions` are those in force, by id.

    Raises KeyError where the condition reads a question that is not in force: the loader refuses such a file.
    """
    match condition:
        case And(parts):
            return _joined((evaluate(part, answers, questions) for part in parts), decisive=Truth.NO)
        case Or(parts):
            return _joined((evaluate(part, answers, questions) for part in parts), decisive=Truth.YES)
        case Not(part):
            verdict = evaluate(part, answers, questions)
            return Verdict(CONTRARY[verdict.value], verdict.because, verdict.missing)
        case OneOf() | AtLeast() | AtMost() | Between():
            asked = frozenset((condition.question,))
            answer = answers.get(condition.question)
            if answer is None:
                return Verdict(Truth.UNKNOWN, missing=asked)
            return Verdict(_holds(condition, answer, questions[condition.question]), because=asked)


def _joined(verdicts: Iterable[Verdict], decisive: Truth) -> Verdict:
    """Together: one `decisive` verdict settles it; all contrary settle it too; else it stays unknown."""
    listed = tuple(verdicts)
    settling = [verdict for verdict in listed if verdict.value is decisive]
    if settling:
        return Verdict(decisive, because=settling[0].because)
    because = NO_QUESTION.union(*(verdict.because for verdict in listed))
    if all(verdict.value is CONTRARY[decisive] for verdict in listed):
        return Verdict(CONTRARY[decisive], because)
    return Verdict(Truth.UNKNOWN, because, NO_QUESTION.union(*(verdict.missing for verdict in listed)))


def _holds(condition: OneOf | AtLeast | AtMost | Between, answer: Answer, question: Question) -> Truth:
    """One answer against one comparison."""
    match condition, answer:
        case _, DontKnow():
            return Truth.UNKNOWN
        case OneOf(_, options), Chosen(chosen):
            option = question.option(chosen)
            if option is None or option.unknown:
                return Truth.UNKNOWN
            return Truth.YES if chosen in options else Truth.NO
        case _, Chosen() | Amount():
            quantity = _quantity(answer, question)
            if quantity is None:
                return Truth.UNKNOWN
            return Truth.YES if _within(condition, quantity) else Truth.NO


def _quantity(answer: Answer, question: Question) -> int | None:
    """What the answer is worth, in cents or months; None where it is worth nothing certain."""
    match answer:
        case Amount(cents):
            return cents
        case Chosen(chosen):
            option = question.option(chosen)
            return None if option is None or option.unknown else option.value
        case DontKnow():
            return None


def _within(condition: OneOf | AtLeast | AtMost | Between, quantity: int) -> bool:
    match condition:
        case AtLeast(_, bound):
            return quantity >= bound
        case AtMost(_, bound):
            return quantity <= bound
        case Between(_, low, high):
            return low <= quantity <= high
        case OneOf():
            return False
