"""What stands around the questions and the rules: money, aids, papers, urgencies, time and places."""

from babel.lists import format_list

from bot.booklet.conditions import condition_in_words
from bot.booklet.markup import Html, card, element, joined, table
from bot.booklet.rules import source_line
from conversations.programme.load import ProgrammeFile
from conversations.programme.model import Aid, Ccas, LegalText, Paper, Programme, Urgency
from conversations.programme.sections.papers import PURPOSE
from conversations.words import Words

MISSING = "à compléter"
LEGAL_TEXTS = {
    "credit": "À côté d'un taux ou d'une mensualité",
    "conseil": "Où trouver conseil",
    "arnaque": "Contre les arnaques",
}


def money(programme: Programme, _: Words) -> Html:
    """What is lent, and at which rate."""
    caps, rate = programme.caps, programme.rate
    rows = [
        ("Montant", f"de {_.euros(caps.least)} à {_.euros(caps.most)}"),
        ("Durée", f"de {_.months(caps.shortest)} à {_.months(caps.longest)}"),
        ("Taux des exemples", f"{_.percent(rate.nominal)} par an"),
        ("Seuil de l'usure", f"{_.percent(rate.usury)} par an"),
    ]
    return joined(
        table("Ce que ce microcrédit prête", ("Quoi", "Combien"), rows),
        source_line(rate.source, _),
        source_line(rate.usury_source, _),
    )


def legal_texts(file: ProgrammeFile, _: Words) -> Html:
    """Every version of the sentences of the law, with the day it begins."""
    held = [edition.programme for edition in file.editions if edition.programme]
    versions = {(name, each.legal[name].since): each.legal[name] for name in LEGAL_TEXTS for each in held}
    return joined(*(_legal_text(name, text, _) for (name, _since), text in versions.items()))


def _legal_text(name: str, legal: LegalText, _: Words) -> Html:
    return card(
        f"{LEGAL_TEXTS[name]}, depuis le {_.short_day(legal.since)}",
        element("p", _(legal.text), class_="bubble"),
        source_line(legal.source, _),
    )


def aids(programme: Programme, _: Words) -> Html:
    """Every aid the bot can name."""
    return joined(*(_aid(aid, programme, _) for aid in programme.aids))


def _aid(aid: Aid, programme: Programme, _: Words) -> Html:
    what = element(
        "div",
        element("p", _(aid.text)),
        element("p", element("b", "Contact : "), _(aid.contact) if aid.contact else MISSING),
    )
    return card(
        _(aid.name),
        element("div", what, element("div", *_offered(aid, programme, _)), class_="sides"),
        source_line(aid.source, _),
    )


def _offered(aid: Aid, programme: Programme, _: Words) -> list[Html]:
    """What makes the bot name this aid."""
    ways = [element("h4", "Quand le bot la propose")]
    if aid.when:
        ways.append(condition_in_words(aid.when, programme, _))
    rules = [f"« {_(rule.name)} »" for rule in programme.rules if aid.id in rule.redirect]
    if rules:
        ways.append(element("p", f"Après un non à {format_list(rules, style='or', locale='fr')}."))
    if len(ways) == 1:
        ways.append(element("p", "Jamais : ni condition ni règle n'y mène."))
    return ways


def papers(programme: Programme, _: Words) -> Html:
    """Every paper to prepare, and for which projects."""
    rows = [(_(paper.label), _(paper.what), _purposes(paper, programme, _)) for paper in programme.papers]
    return table("Les papiers à préparer", ("Papier", "C'est quoi ?", "Pour quel projet"), rows)


def _purposes(paper: Paper, programme: Programme, _: Words) -> str:
    if not paper.purposes:
        return "tous"
    options = programme.question(PURPOSE).options
    return ", ".join(_(option.label) for option in options if option.id in paper.purposes)


def urgencies(programme: Programme, _: Words) -> Html:
    """What is said at once, whatever the bot was asking."""
    return joined(*(_urgency(urgency, _) for urgency in programme.urgencies))


def _urgency(urgency: Urgency, _: Words) -> Html:
    return card(
        ", ".join(f"« {expression} »" for expression in urgency.expressions[:3]),
        element("div", *(element("p", _(sentence)) for sentence in urgency.sentences), class_="bubble"),
        element("p", f"Mots reconnus : {', '.join(urgency.expressions)}.", class_="small"),
    )


def places(programme: Programme, _: Words) -> Html:
    """The communes and how to reach their CCAS."""
    rows = [
        (place.name, f"{place.postal_code}, INSEE {place.insee}", _ccas(place.ccas, _))
        for place in programme.places
    ]
    return table("Les communes et leur CCAS", ("Commune", "Codes", "CCAS"), rows)


def _ccas(ccas: Ccas, _: Words) -> Html:
    hours = _(ccas.hours) if ccas.hours else MISSING
    return joined(
        element("p", f"Adresse : {ccas.address or MISSING}"),
        element("p", f"Téléphone : {ccas.phone or MISSING}"),
        element("p", f"Horaires : {hours}"),
    )


def desk(programme: Programme, _: Words) -> Html:
    """When the référente works, how long things are kept, which flyers there are."""
    half_days = [(_(each.label), f"{each.start:%H:%M} à {each.end:%H:%M}") for each in programme.half_days]
    kept = programme.retention
    retention = [
        ("Une conversation inachevée", f"{kept.conversation} jours après le dernier message"),
        ("Une demande close", f"{kept.handover_closed} jours après la fin"),
        ("Une demande ouverte", f"{kept.handover_open} jours au plus"),
    ]
    return joined(
        table("Les demi-journées de la référente", ("Demi-journée", "Heures"), half_days),
        table("Combien de temps les choses sont gardées", ("Quoi", "Combien de temps"), retention),
        table(
            "Les codes des affiches", ("Code", "Où"), [(each.code, each.name) for each in programme.flyers]
        ),
    )
