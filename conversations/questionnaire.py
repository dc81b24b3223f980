"""Which question comes next, and what the answers amount to. Both are computed, never stored.

A question is asked as long as its answer can still change a rule that is not settled, or when the programme
wants it kept. A certain no of a blocking rule ends the questionnaire: nothing that follows could open the
door.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from conversations.programme.model import Aid, Effect, Programme, Rule, Truth
from conversations.programme.question import Amount, Answer, Answers, Chosen, DontKnow, Kind, Question
from conversations.rules import Verdict, evaluate
from conversations.words import Words

DONT_KNOW = "ne_sait_pas"  # the id of the option that every question has


class Outcome(StrEnum):
    """What the answers amount to. The lender decides, so none of them is a promise or a refusal."""

    MATCHES = "semble_correspondre"
    TO_VERIFY = "a_verifier"
    NOT_THIS_LOAN = "pas_ce_pret"


class Standing(StrEnum):
    """Where a criterion stands for this person."""

    MET = "rempli"
    NOT_MET = "non rempli"  # a certain no of a blocking rule: this loan is out of reach
    OPEN = "à vérifier"
    TOLD = "signal"  # for the référente's information only


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule in force and what it says of the answers."""

    rule: Rule
    verdict: Verdict
    standing: Standing = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "standing", _standing(self.rule.effect, self.verdict.value))

    @property
    def sentence(self) -> str:
        """What a person reads of it, in the file's French."""
        return self.rule.sentences[self.verdict.value]


def _standing(effect: Effect, value: Truth) -> Standing:
    """A no closes the door only where the rule is blocking; everything else that is no yes stays open."""
    match effect, value:
        case Effect.SIGNAL, _:
            return Standing.TOLD
        case _, Truth.YES:
            return Standing.MET
        case Effect.BLOCKING, Truth.NO:
            return Standing.NOT_MET
        case _:
            return Standing.OPEN


@dataclass(frozen=True, slots=True)
class Path:
    """The answers that count, in the order of the questions, and what is left to ask."""

    answers: Mapping[str, Answer]
    findings: tuple[Finding, ...]
    ahead: tuple[Question, ...]  # still to ask as things stand; the first is next

    @property
    def next(self) -> Question | None:
        """The question to ask now; None where the result is there."""
        return self.ahead[0] if self.ahead else None

    @property
    def outcome(self) -> Outcome | None:
        """What the answers amount to; None while questions are left."""
        if self.ahead:
            return None
        standings = {finding.standing for finding in self.findings}
        if Standing.NOT_MET in standings:
            return Outcome.NOT_THIS_LOAN
        return Outcome.TO_VERIFY if Standing.OPEN in standings else Outcome.MATCHES


def walk(programme: Programme, answers: Answers) -> Path:
    """Ask the questions in order, taking answers from `answers`, until one is missing or the result is there.

    Answers that would not be asked for any more are left aside; they count again when a change needs them.
    One pass is enough: an answer can only make later questions needless, never earlier ones needed.
    """
    return _walk(programme, tuple(answers.items()))


@lru_cache(maxsize=512)  # the first answers are often the same; a step walks its own three times
def _walk(programme: Programme, given: tuple[tuple[str, Answer], ...]) -> Path:
    answers = dict(given)
    questions, readers, untouched = _opening(programme)
    findings = dict(untouched)
    taken: dict[str, Answer] = {}
    ahead: list[Question] = []
    to_ask = programme.questions
    earlier = _walk(programme, given[:-1]) if given else None
    if earlier is not None and earlier.next is not None and earlier.next.id == given[-1][0]:
        # The question that was next is answered: everything before it stays as it was.
        findings = {finding.rule.id: finding for finding in earlier.findings}
        taken = dict(earlier.answers)
        to_ask = to_ask[to_ask.index(earlier.next) :]

    def path() -> Path:
        return Path(taken, tuple(findings.values()), tuple(ahead))

    for question in to_ask:
        reading = readers[question.id]
        if not question.kept and not any(
            question.id in findings[rule.id].verdict.missing for rule in reading
        ):
            continue
        answer = answers.get(question.id)
        if ahead or answer is None or not fits(question, answer):
            ahead.append(question)
            continue
        taken[question.id] = answer
        for rule in reading:
            findings[rule.id] = Finding(rule, evaluate(rule.condition, taken, questions))
            if findings[rule.id].standing is Standing.NOT_MET:
                return path()
    return path()


@lru_cache(maxsize=16)  # the programmes of a few days
def _opening(
    programme: Programme,
) -> tuple[Mapping[str, Question], Mapping[str, tuple[Rule, ...]], Mapping[str, Finding]]:
    """Before anything is answered: the questions by id, the rules that read each, what each rule says."""
    questions = {question.id: question for question in programme.questions}
    readers = {each: tuple(rule for rule in programme.rules if each in rule.reads) for each in questions}
    findings = {rule.id: Finding(rule, evaluate(rule.condition, {}, questions)) for rule in programme.rules}
    return questions, readers, findings


def fits(question: Question, answer: Answer) -> bool:
    """Whether this question can be answered so: the programme may have changed since the answer was given."""
    match answer:
        case DontKnow():
            return True
        case Chosen(option):
            return question.kind is Kind.CHOICE and question.option(option) is not None
        case Amount():
            return question.kind is Kind.AMOUNT


def aids(programme: Programme, path: Path) -> tuple[Aid, ...]:
    """What may fit better or besides: where the rules that say no send people, then what fits by itself."""
    questions = {question.id: question for question in programme.questions}
    sent = [
        programme.aid(aid)
        for finding in path.findings
        if finding.verdict.value is Truth.NO
        for aid in finding.rule.redirect
    ]
    fitting = [
        aid
        for aid in programme.aids
        if aid.when is not None and evaluate(aid.when, path.answers, questions).value is Truth.YES
    ]
    return tuple(dict.fromkeys((*sent, *fitting)))


def options(question: Question, _: Words) -> tuple[tuple[str, str], ...]:
    """Every answer that is a button, as (id, label on screen); « Je ne sais pas » is always the last."""
    listed = tuple((option.id, _(option.label)) for option in question.options)
    return (*listed, (DONT_KNOW, _("Je ne sais pas")))


def spoken(question: Question, answer: Answer, _: Words) -> str:
    """The answer as it is read back to the person."""
    match answer:
        case Amount(cents):
            return _.euros(cents)
        case Chosen(chosen):
            option = question.option(chosen)
            return _(option.label) if option else _("Je ne sais pas")
        case DontKnow():
            return _("Je ne sais pas")
