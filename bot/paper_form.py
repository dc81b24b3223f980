"""The questionnaire on paper, for somebody without a phone: the same questions, in the same words."""

from datetime import date
from textwrap import TextWrapper

from conversations.programme.model import Programme
from conversations.programme.question import Kind, Question
from conversations.questionnaire import options
from conversations.words import Words

WIDTH = 78
RULE = "─" * WIDTH
MARGIN = " " * 4


def paper_form(programme: Programme, day: date, _: Words) -> str:
    """The form as text, ready to print: a box to tick for each answer, a line for an amount."""
    parts = [_heading(programme, day, _)]
    parts += [_question(number, question, _) for number, question in enumerate(programme.questions, start=1)]
    parts.append(
        f"{RULE}\n\n{_wrapped(_('Merci. Remettez cette feuille à votre CCAS : il en parle avec vous.'))}"
    )
    return "\n\n".join(parts)


def _heading(programme: Programme, day: date, _: Words) -> str:
    towns = " · ".join(_(place.name) for place in programme.places)
    lines = [
        _(programme.name).upper(),
        _wrapped(towns),
        _("Questionnaire du {day}, programme {version}", day=_.day(day), version=programme.version),
        "",
        _wrapped(_("Cochez une case par question. « Je ne sais pas » n'est jamais un non.")),
        _wrapped(_("Ce n'est pas une décision : la banque décide. N'écrivez pas votre nom.")),
        _wrapped(_(programme.legal["arnaque"].text)),
        "",
        RULE,
    ]
    return "\n".join(lines)


def _question(number: int, question: Question, _: Words) -> str:
    text = _wrapped(_(question.text), f"{number:>2}. ")
    boxes = [_wrapped(label, f"{MARGIN}☐ ") for _id, label in options(question, _)]
    if question.kind is Kind.AMOUNT:
        boxes.insert(0, f"{MARGIN}{_('Montant : {line} €', line='_' * 14)}")
    return "\n".join([text, _wrapped(_(question.why), MARGIN), "", *boxes])


def _wrapped(text: str, first: str = "") -> str:
    """`text` within the width of the page, its later lines under the first word."""
    return TextWrapper(WIDTH, initial_indent=first, subsequent_indent=" " * len(first)).fill(text)
