"""`aides`: where else help is found."""

from conversations.programme.model import Aid
from conversations.programme.node import TO_COMPLETE, Node
from conversations.programme.sections.conditions import read_condition
from conversations.programme.sections.context import Context
from conversations.programme.sections.names import check_unique, read_id
from conversations.programme.wording import label, prose


def read_aids(node: Node, context: Context) -> tuple[Aid, ...]:
    """The aids, in the order of the file."""
    items = node.items()
    check_unique(items)
    return tuple(_aid(item, context) for item in items)


def _aid(node: Node, context: Context) -> Aid:
    node.fields("id", "nom", "texte", "contact", "source", optional=("quand",))
    contact = node["contact"]
    return Aid(
        id=read_id(node["id"]),
        name=label(node["nom"], context.figures),
        text=prose(node["texte"], context.figures),
        contact=contact.known() if contact.raw == TO_COMPLETE else prose(contact, context.figures),
        source=context.source(node["source"]),
        when=read_condition(node["quand"], context) if node["quand"] else None,
    )
