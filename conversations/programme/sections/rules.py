"""`regles`: the criteria in force, the sentence for each of their three values, and their examples."""

from conversations.programme.model import Effect, Rule, Truth
from conversations.programme.node import Node
from conversations.programme.sections.conditions import read_condition
from conversations.programme.sections.context import Context
from conversations.programme.sections.examples import check_examples, read_examples
from conversations.programme.sections.names import read_id
from conversations.programme.units import one_of
from conversations.programme.wording import prose
from conversations.rules import evaluate

EFFECT = one_of({effect.value: effect for effect in Effect}, Effect.SIGNAL)
SENTENCES = {"oui": Truth.YES, "non": Truth.NO, "a_verifier": Truth.UNKNOWN}


def read_rules(items: list[Node], context: Context) -> tuple[Rule, ...]:
    """The rules in force, in the order of the file."""
    return tuple(_rule(item, context) for item in items)


def _rule(node: Node, context: Context) -> Rule:
    met = node.notebook.met
    node.fields(
        "id", "nom", "depuis", "effet", "condition", "source", *SENTENCES, "exemples",
        optional=("jusqu_au", "reorienter"),
    )  # fmt: skip
    rule = Rule(
        id=read_id(node["id"]),
        name=prose(node["nom"], context.figures),
        effect=node["effet"].read(EFFECT),
        condition=read_condition(node["condition"], context),
        source=context.source(node["source"]),
        sentences=_sentences(node, context),
        redirect=tuple(aid.reference(context.aids, "une des aides") for aid in node["reorienter"].items()),
        examples=read_examples(node["exemples"], context),
        line=node.line,
    )
    reads = {"plafonds", *evaluate(rule.condition, {}, context.questions).missing}
    if node.notebook.met == met and not reads & context.misread:  # else they would be wrong for no reason
        check_examples(rule, node["exemples"], context)
    return rule


def _sentences(node: Node, context: Context) -> dict[Truth, str]:
    sentences: dict[Truth, str] = {}
    for name, truth in SENTENCES.items():
        sentence = prose(node[name], context.figures)
        if sentence and sentence in sentences.values():
            node[name].wrong("une phrase différente des deux autres")
        sentences[truth] = sentence
    return sentences
