"""Each rule: what it checks, what it does, the exact words read in each case, its examples and its source."""

from bot.booklet.conditions import condition_in_words
from bot.booklet.markup import Html, card, element, joined, listed, table
from conversations.programme.model import Effect, Programme, Rule, Source, Truth
from conversations.questionnaire import spoken
from conversations.words import Words

EFFECTS = {
    Effect.BLOCKING: "Un non certain mène vers d'autres aides. Un doute se vérifie ensemble.",
    Effect.TO_VERIFY: "Un non ou un doute se vérifie ensemble. Ce n'est jamais un refus.",
    Effect.SIGNAL: "La référente le voit. Le résultat ne change pas.",
}
CASES = {Truth.YES: ("Oui", "yes"), Truth.NO: ("Non", "no"), Truth.UNKNOWN: ("À vérifier", "unknown")}


def rules(programme: Programme, _: Words) -> Html:
    """Every rule in force, in order."""
    return joined(
        *(_card(number, rule, programme, _) for number, rule in enumerate(programme.rules, start=1))
    )


def _card(number: int, rule: Rule, programme: Programme, _: Words) -> Html:
    return card(
        f"{number}. {_(rule.name)}",
        element(
            "div",
            element(
                "div",
                element("h4", "La règle dit oui quand"),
                condition_in_words(rule.condition, programme, _),
            ),
            element(
                "div",
                element("h4", "Ce qu'elle fait"),
                element("p", EFFECTS[rule.effect]),
                *_redirect(rule, programme, _),
            ),
            class_="sides",
        ),
        element("h4", "Ce que la personne lit"),
        element("dl", *(part for truth in Truth for part in _sentence(rule, truth, _)), class_="said"),
        _examples(rule, programme, _),
        source_line(rule.source, _),
    )


def _sentence(rule: Rule, truth: Truth, _: Words) -> tuple[Html, Html]:
    name, style = CASES[truth]
    return element("dt", name, class_=style), element("dd", _(rule.sentences[truth]), class_=style)


def _redirect(rule: Rule, programme: Programme, _: Words) -> tuple[Html, ...]:
    if not rule.redirect:
        return ()
    names = [_(programme.aid(aid).name) for aid in rule.redirect]
    return element("h4", "Après un non, le bot propose"), listed(names)


def _examples(rule: Rule, programme: Programme, _: Words) -> Html:
    rows = [
        (
            " ; ".join(
                f"{_(programme.question(asked).short)} : {spoken(programme.question(asked), answer, _)}"
                for asked, answer in example.answers.items()
            ),
            CASES[example.expected][0],
        )
        for example in rule.examples
    ]
    return table("Exemples vérifiés à chaque démarrage", ("Réponses", "La règle dit"), rows)


def source_line(source: Source, _: Words) -> Html:
    """Where it comes from, and when somebody read it."""
    named = ", ".join(filter(None, (_(source.text), _(source.article))))
    return element("p", f"Source : {named}. Lu le {_.short_day(source.read)}.", class_="small")
