"""`papiers`: what to prepare, for every purpose or for some."""

from conversations.programme.model import Paper
from conversations.programme.node import Node
from conversations.programme.sections.context import Context
from conversations.programme.sections.names import check_unique, read_id
from conversations.programme.wording import label, prose

PURPOSE = "objet"  # the question whose options `pour` names


def read_papers(node: Node, context: Context) -> tuple[Paper, ...]:
    """The papers, in the order of the file."""
    items = node.items()
    check_unique(items)
    return tuple(_paper(item, context) for item in items)


def _paper(node: Node, context: Context) -> Paper:
    node.fields("id", "texte", "explication", optional=("pour",))
    purpose = context.questions.get(PURPOSE)
    known = [option.id for option in purpose.options] if purpose else []
    return Paper(
        id=read_id(node["id"]),
        label=label(node["texte"], context.figures),
        what=prose(node["explication"], context.figures),
        purposes=tuple(
            item.reference(known, f"une option de « {PURPOSE} »") for item in node["pour"].items()
        ),
    )
