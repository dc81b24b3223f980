"""`urgences`: words that call for a person at once, and what is said then."""

from collections.abc import Mapping

from conversations.programme.model import Urgency
from conversations.programme.node import Node
from conversations.programme.sections.names import check_unique, read_id
from conversations.programme.wording import prose


def read_urgencies(node: Node, figures: Mapping[str, str]) -> tuple[Urgency, ...]:
    """The urgencies, in the order of the file: the first that fits is the one that speaks."""
    items = node.items()
    check_unique(items)
    return tuple(_urgency(item, figures) for item in items)


def _urgency(node: Node, figures: Mapping[str, str]) -> Urgency:
    node.fields("id", "expressions", "phrases")
    return Urgency(
        id=read_id(node["id"]),
        expressions=tuple(_expression(item) for item in node["expressions"].items()),
        sentences=tuple(prose(item, figures) for item in node["phrases"].items()),
    )


def _expression(node: Node) -> str:
    text = node.text()
    if "*" in text[:-1] or text == "*":
        node.wrong("des mots, avec « * » à la fin seulement")
    return text
