"""`sources`: where each rule and each figure comes from."""

from collections.abc import Mapping

from conversations.programme.model import Source
from conversations.programme.node import Node
from conversations.programme.units import DATE, IDENTIFIER
from conversations.programme.wording import message


def read_sources(node: Node, figures: Mapping[str, str]) -> dict[str, Source]:
    """The sources by the name that rules call them."""
    sources = node.pairs()
    for name, source in sources.items():
        if IDENTIFIER.parse(name) is None:
            source.mistake(f"trouvé « {name} », attendu {IDENTIFIER.expected}")
    return {name: _source(source, figures) for name, source in sources.items()}


def _source(node: Node, figures: Mapping[str, str]) -> Source:
    node.fields("texte", "lu_le", optional=("article",))
    return Source(
        text=message(node["texte"], figures),
        article=message(node["article"], figures) if node["article"] else "",
        read=node["lu_le"].read(DATE),
    )
