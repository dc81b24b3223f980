"""The questions as they stand on screen, with what else is understood for each answer."""

from bot.booklet.markup import Html, card, element, joined
from conversations.programme.model import Programme
from conversations.programme.question import Kind, Option, Question
from conversations.questionnaire import options
from conversations.words import Words


def questions(programme: Programme, _: Words) -> Html:
    """Every question, in order."""
    return joined(*(_card(number, each, _) for number, each in enumerate(programme.questions, start=1)))


def _card(number: int, question: Question, _: Words) -> Html:
    return card(
        f"{number}. {_(question.text)}",
        element("p", element("b", "Pourquoi cette question ? "), _(question.why)),
        element("p", "La personne écrit un montant en euros.") if question.kind is Kind.AMOUNT else None,
        element(
            "ul",
            *(_answer(question, option, label) for option, label in options(question, _)),
            class_="boxes",
        ),
        element("p", f"Dans le résumé : « {_(question.short)} ». {_asked(question)}", class_="small"),
    )


def _answer(question: Question, option_id: str, label: str) -> Html:
    option = question.option(option_id)
    return element("li", label, element("span", _understood(option), class_="small") if option else None)


def _understood(option: Option) -> str:
    """What else means this answer when it is typed."""
    also = f" on peut aussi écrire : {', '.join(option.spellings)}." if option.spellings else ""
    if option.ages:
        also += f" on peut aussi écrire son âge, de {option.ages[0]} à {option.ages[-1]} ans."
    return f"{also} Compte comme « Je ne sais pas »." if option.unknown else also


def _asked(question: Question) -> str:
    if question.kept:
        return "Toujours posée."
    return "Posée seulement si la réponse peut encore changer le résultat."
