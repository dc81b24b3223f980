"""`communes`: the places of the scheme and their CCAS."""

from conversations.programme.mistakes import Message
from conversations.programme.model import Ccas, Place
from conversations.programme.node import Node
from conversations.programme.sections.names import check_unique, read_id
from conversations.programme.units import INSEE_CODE, POSTAL_CODE


def read_places(node: Node) -> tuple[Place, ...]:
    """The communes, in the order of the file."""
    items = node.items()
    check_unique(items)
    return tuple(_place(item) for item in items)


def _place(node: Node) -> Place:
    node.fields("id", "nom", "insee", "code_postal", "ccas", optional=("autres_ecritures",))
    return Place(
        id=read_id(node["id"]),
        name=node["nom"].text(),
        insee=node["insee"].read(INSEE_CODE),
        postal_code=node["code_postal"].read(POSTAL_CODE),
        spellings=tuple(spelling.text() for spelling in node["autres_ecritures"].items()),
        ccas=_ccas(node["ccas"]),
    )


def _ccas(node: Node) -> Ccas:
    node.fields("adresse", "telephone", "horaires")
    hours = node["horaires"].known()
    if hours:
        node.notebook.messages.setdefault(Message(node["horaires"].line, hours))
    return Ccas(address=node["adresse"].known(), phone=node["telephone"].known(), hours=hours)
