"""One question, one screen: its answers as buttons, why it is asked, the way back and the way to a person."""

from dataclasses import replace
from functools import lru_cache

from conversations.amounts import Refused, read_amount
from conversations.dialogue import Dialogue, Remark
from conversations.navigation import open_page, to_human
from conversations.page_kinds import Asking, Home, Result, Summary
from conversations.programme.question import Amount, Chosen, DontKnow, Kind, Question
from conversations.questionnaire import DONT_KNOW, Path, options, spoken, walk
from conversations.scene import Here, Standpoint
from conversations.screen import Button, Line, Screen, column, note, quote, title

DONT_KNOW_SPELLINGS = ("ne sais pas", "je sais pas", "sais pas", "jsp", "aucune idée", "?")


@lru_cache(maxsize=128)  # everybody who is in the middle of it: what was shown is looked up at the next tap
def asking(here: Standpoint, page: Asking) -> Screen:
    """The question on screen, or the result's door where nothing is left to ask."""
    _, path = here.words, walk(here.programme, here.dialogue.answers)
    question = _asked(here, path, page)
    if question is None:
        return _complete(here)
    return Screen(
        lines=(
            note(_progress(here, path, question)),
            title(_(question.text)),
            *_earlier(here, question),
            *((quote(_(question.why)),) if page.why else ()),
            note(_hint(here, question, page)),
        ),
        rows=(*column(_answers(here, question, page)), *_ways(here, path, question, page)),
    )


def _asked(here: Standpoint, path: Path, page: Asking) -> Question | None:
    """The question this page is about: the one gone back to, else the first still to answer."""
    if page.at is not None and page.at in path.answers:
        return here.programme.question(page.at)
    return path.next


def _complete(here: Standpoint) -> Screen:
    """Only after the programme itself changed and asks for less than it did."""
    _ = here.words
    done = Button(_("Voir mon résultat"), "asking:result", here.dialogue.at(Result()))
    return Screen((title(_("Vous avez répondu à tout.")),), ((done,), (to_human(here),)))


def hear_amount(here: Here, page: Asking, text: str) -> Dialogue | None:
    """What a typed amount leads to; None where this question is not answered by an amount."""
    question = _asked(here, walk(here.programme, here.dialogue.answers), page)
    if question is None or question.kind is not Kind.AMOUNT:
        return None
    match read_amount(text):
        case Amount() as amount:
            return here.dialogue.answered(question.id, amount)
        case Refused() as reason:
            return replace(here.dialogue, remark=Remark("amount", reason.value))


def _answers(here: Standpoint, question: Question, page: Asking) -> list[Button]:
    also = {option.id: option.also for option in question.options} | {DONT_KNOW: DONT_KNOW_SPELLINGS}
    return [
        Button(
            label,
            f"a:{question.id}:{option}",
            here.dialogue.answered(question.id, DontKnow() if option == DONT_KNOW else Chosen(option)),
            also[option],
        )
        for option, label in options(question, here.words)
        if not page.candidates or option in page.candidates
    ]


def _ways(here: Standpoint, path: Path, question: Question, page: Asking) -> tuple[tuple[Button, ...], ...]:
    _, dialogue = here.words, here.dialogue
    ways: list[tuple[Button, ...]] = []
    if page.candidates:
        every = Button(_("Voir toutes les réponses"), f"all:{question.id}", dialogue.open(Asking(page.at)))
        ways.append((every,))
    if question.id in path.answers:
        ways.append((Button(_("Garder ma réponse"), f"keep:{question.id}", dialogue.at(Asking())),))
    if not page.why:
        why = Button(
            _("Pourquoi cette question ?"), f"why:{question.id}", dialogue.open(replace(page, why=True))
        )
        ways.append((why,))
    ways.append(
        (Button(_("Retour"), f"back:{question.id}", _before(dialogue, path, question)), to_human(here))
    )
    return tuple(ways)


def _before(dialogue: Dialogue, path: Path, question: Question) -> Dialogue:
    """Back to the summary one came from, else to the question before, else home."""
    if len(dialogue.pages) > 1 and isinstance(dialogue.pages[-2], Summary):
        return dialogue.back()
    order = list(path.answers)
    index = order.index(question.id) if question.id in path.answers else len(order)
    return dialogue.at(Asking(order[index - 1]) if index else Home())


def _progress(here: Standpoint, path: Path, question: Question) -> str:
    order = list(path.answers)
    number = order.index(question.id) + 1 if question.id in path.answers else len(order) + 1
    total = len(order) + len(path.ahead)
    if number == total:
        return here.words("Question {number} sur {total}, la dernière", number=number, total=total)
    # Questions ahead may still be skipped, never added: the total can only shrink, hence « environ ».
    return here.words("Question {number} sur {total} environ", number=number, total=total)


def _earlier(here: Standpoint, question: Question) -> tuple[Line, ...]:
    earlier = here.dialogue.answers.get(question.id)
    if earlier is None:
        return ()
    return (quote(here.words("Votre réponse : {answer}", answer=spoken(question, earlier, here.words))),)


def _hint(here: Standpoint, question: Question, page: Asking) -> str:
    _ = here.words
    if page.candidates:
        return _("Laquelle vouliez-vous dire ?")
    if question.kind is Kind.AMOUNT:
        return _("Écrivez un montant, par exemple 1 200 €.")
    return _("Touchez une réponse, ou écrivez-la.")


def summary(here: Here) -> Screen:
    """The answers that count, each of which can be changed."""
    _, path = here.words, walk(here.programme, here.dialogue.answers)
    given = [(here.programme.question(question), answer) for question, answer in path.answers.items()]
    lines = (
        quote(_("{question} : {answer}", question=_(question.short), answer=spoken(question, answer, _)))
        for question, answer in given
    )
    changes = (
        Button(_(question.short), f"edit:{question.id}", here.dialogue.open(Asking(question.id)))
        for question, _answer in given
    )
    return Screen(
        lines=(title(_("Vos réponses")), *lines, note(_("Touchez la réponse à changer."))),
        rows=(*column(changes), (open_page(here, _("Voir mon résultat"), Result()),)),
    )
