"""`options`: the answers of a question that are buttons, and what each is worth to a rule."""

from conversations.programme.node import Node
from conversations.programme.question import Option
from conversations.programme.sections.context import Context
from conversations.programme.sections.names import NOT_KNOWN, check_unique, read_id
from conversations.programme.units import AGES, AMOUNT, MONTHS, Kind
from conversations.programme.wording import filled, label
from conversations.questionnaire import DONT_KNOW

MOST_IN_TOKEN = 60  # bytes of `a:question:option`; Telegram carries 64
WORTH = Kind("une valeur avec son unité, par exemple 12 mois, ou « je ne sais pas »", 0, AMOUNT.parse)


def read_options(
    node: Node, question: str, before: tuple[Option, ...], context: Context
) -> tuple[Option, ...]:
    """The options in the order of the file; those `before` them are told apart from them too."""
    items = node.items()
    check_unique(items)
    ids, labels = [option.id for option in before], [option.label.casefold() for option in before]
    options = []
    for item in items:
        option = _option(item, context)
        if option.id in (*ids, DONT_KNOW):
            item["id"].wrong("un autre identifiant : celui-ci est déjà pris par une commune ou par le bot")
        check_token(item["id"], question, option.id)
        shown = filled(option.label, context.figures).casefold()
        if shown in (*labels, NOT_KNOWN):
            item["texte"].wrong("des mots qu'aucune autre option de la question ne porte")
        labels.append(shown)
        options.append(option)
    return tuple(options)


def check_token(node: Node, question: str, option: str) -> None:
    """Note an identifier that does not fit on a button."""
    if len(f"a:{question}:{option}") > MOST_IN_TOKEN:
        node.wrong(
            f"un identifiant plus court : une question et sa réponse ont {MOST_IN_TOKEN - 3} signes au plus"
        )


def _option(node: Node, context: Context) -> Option:
    node.fields("id", "texte", optional=("autres_ecritures", "ages", "vaut"))
    worth = node["vaut"]
    unknown = worth.raw == NOT_KNOWN
    return Option(
        id=read_id(node["id"]),
        label=label(node["texte"], context.figures),
        spellings=tuple(spelling.text() for spelling in node["autres_ecritures"].items()),
        ages=node["ages"].read(AGES) if node["ages"] else range(0),
        value=worth.read(_unit(worth)) if worth and not unknown else None,
        unknown=unknown,
    )


def _unit(worth: Node) -> Kind[int]:
    """Cents or months, as it is written; a bare number is neither."""
    return MONTHS if "mois" in (worth.raw or "") else WORTH


def measure(node: Node) -> Kind[int] | None:
    """What a bound compares in these options: months or cents, one for all; None where nothing is said."""
    worths = [item.pairs().get("vaut") for item in node.items()] if node.raw is None else []
    known = [worth for worth in worths if worth and _unit(worth).parse(worth.raw or "") is not None]
    if not known:
        return None
    in_months = _unit(known[0]) is MONTHS
    for worth in known:
        if (_unit(worth) is MONTHS) is not in_months:
            worth.wrong("la même unité que les autres options")
    if not all(worths):
        node.mistake("attendu « vaut » à chaque option, puisque l'une d'elles en porte un")
    return MONTHS if in_months else AMOUNT
