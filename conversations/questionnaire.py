"""Which question comes next, and what the answers amount to. Both are computed, never stored.

A question is asked as long as its answer can still change a rule that is not settled, or when the programme
wants it kept. A certain no of a blocking rule ends the questionnaire: nothing that follows could open the
door.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from conversations.programme.model import (
    Aid,
    Amount,
    Answer,
    Answers,
    Chosen,
    DontKnow,
    Effect,
    Kind,
    Programme,
    Question,
    Rule,
    Truth,
)
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

    @property
    def sentence(self) -> str:
        """What a person reads of it, in the file's French."""
        return self.rule.sentences[self.verdict.value]

    @property
    def standing(self) -> Standing:
        """A no closes the door only where the rule is blocking; everything else that is no yes stays open."""
        match self.rule.effect, self.verdict.value:
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
    """
    questions = {question.id: question for question in programme.questions}
    taken: dict[str, Answer] = {}
    while True:
        findings = tuple(
            Finding(rule, evaluate(rule.condition, taken, questions)) for rule in programme.rules
        )
        ahead = _ahead(programme, findings, taken)
        if not ahead:
            return Path(taken, findings, ())
        answer = answers.get(ahead[0].id)
        if answer is None or not fits(ahead[0], answer):
            return Path(taken, findings, ahead)
        taken[ahead[0].id] = answer


def _ahead(programme: Programme, findings: tuple[Finding, ...], taken: Answers) -> tuple[Question, ...]:
    if any(finding.standing is Standing.NOT_MET for finding in findings):
        return ()
    wanted = frozenset().union(*(finding.verdict.missing for finding in findings))
    return tuple(
        question
        for question in programme.questions
        if question.id not in taken and (question.kept or question.id in wanted)
    )


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
