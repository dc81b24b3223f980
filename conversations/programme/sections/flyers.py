"""`affiches`: the codes printed on flyers."""

from conversations.programme.model import Flyer
from conversations.programme.node import Node
from conversations.programme.sections.names import check_unique
from conversations.programme.units import FLYER_CODE


def read_flyers(node: Node) -> tuple[Flyer, ...]:
    """The flyers, in the order of the file. Their codes are exact: a deep link carries no other signs."""
    items = node.items()
    check_unique(items, "code")
    return tuple(_flyer(item) for item in items)


def _flyer(node: Node) -> Flyer:
    node.fields("code", "nom")
    return Flyer(node["code"].read(FLYER_CODE), node["nom"].text())
