"""`condition` and `quand`: the closed set of conditions, checked against the questions of the day."""

from collections.abc import Callable, Mapping

from conversations.programme.conditions import And, AtLeast, AtMost, Between, Condition, Not, OneOf, Or
from conversations.programme.node import Node, suggestion
from conversations.programme.question import Kind, Question
from conversations.programme.sections.context import Context

NOTHING = Or(())  # what a condition that cannot be read stands for; the report refuses the file anyway
DEEPEST = 8  # conditions within conditions; more than that nobody reads


def read_condition(node: Node, context: Context, depth: int = 0) -> Condition:
    """A condition; its questions, options and bounds are those of the day."""
    pairs = node.pairs()
    if len(pairs) > 1:
        node.mistake("attendu une seule condition ; « et » ou « ou » en réunissent plusieurs")
    if depth > DEEPEST:
        node.mistake(f"attendu {DEEPEST} conditions au plus l'une dans l'autre")
        return NOTHING
    for name, value in pairs.items():
        if name in _COMPARISONS:
            return _comparison(value, name, context)
        match name:
            case "et":
                return And(tuple(read_condition(part, context, depth + 1) for part in value.items()))
            case "ou":
                return Or(tuple(read_condition(part, context, depth + 1) for part in value.items()))
            case "non":
                return Not(read_condition(value, context, depth + 1))
            case _:
                known = (*_COMPARISONS, "et", "ou", "non")
                value.mistake(f"condition inconnue ; attendu {', '.join(known)}{suggestion(name, known)}")
    return NOTHING


def _comparison(node: Node, name: str, context: Context) -> Condition:
    pairs = node.pairs()
    if len(pairs) > 1:
        node.mistake("attendu une seule question ; « et » ou « ou » en réunissent plusieurs")
    for identifier, value in pairs.items():
        question = context.questions.get(identifier)
        if question is None:
            expected = "une question en vigueur en même temps" + suggestion(identifier, context.questions)
            value.mistake(f"trouvé « {identifier} », attendu {expected}")
            return NOTHING
        return _COMPARISONS[name](value, question, context)
    return NOTHING


def _one_of(node: Node, question: Question, _context: Context) -> Condition:
    if question.kind is Kind.AMOUNT:
        node.mistake("cette question attend un montant ; comparez-la avec au_moins, au_plus ou entre")
        return NOTHING
    known = [option.id for option in question.options]
    return OneOf(
        question.id, tuple(item.reference(known, "une option de la question") for item in node.items())
    )


def _at_least(node: Node, question: Question, context: Context) -> Condition:
    return AtLeast(question.id, _bound(node, question, context))


def _at_most(node: Node, question: Question, context: Context) -> Condition:
    return AtMost(question.id, _bound(node, question, context))


def _between(node: Node, question: Question, context: Context) -> Condition:
    bounds = node.items()
    if len(bounds) != 2:
        node.mistake("attendu deux bornes, par exemple [duree_minimum, duree_maximum]")
        return NOTHING
    low, high = (_bound(bound, question, context) for bound in bounds)
    if high < low:
        bounds[1].wrong("une borne plus haute que la première")
    return Between(question.id, low, high)


def _bound(node: Node, question: Question, context: Context) -> int:
    """A cap of the day by its name, or a value with its unit."""
    measure = context.measures.get(question.id)
    if measure is None:
        node.mistake(f"les options de « {question.id} » ne se comparent pas : il leur manque « vaut »")
        return 0
    caps = context.bounds(measure)
    if not node.raw or node.raw[0].isdigit():
        return node.read(measure)
    return caps.get(node.reference(caps, f"{measure.expected}, ou le nom d'un plafond"), 0)


_COMPARISONS: Mapping[str, Callable[[Node, Question, Context], Condition]] = {
    "est_une_de": _one_of,
    "au_moins": _at_least,
    "au_plus": _at_most,
    "entre": _between,
}
