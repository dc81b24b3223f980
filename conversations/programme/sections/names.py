"""The names that things of the file go by: plain, and each once."""

from collections.abc import Iterable

from conversations.programme.node import Node
from conversations.programme.units import IDENTIFIER

NOT_KNOWN = "je ne sais pas"  # how the file writes that answer


def read_id(node: Node) -> str:
    """An identifier: it travels through Telegram and into the figures, so it is plain ASCII."""
    return node.read(IDENTIFIER)


def check_unique(items: Iterable[Node], key: str = "id") -> None:
    """Note each name that an earlier item bears already."""
    lines: dict[str, int] = {}
    for item in items:
        node = item.pairs().get(key)
        if node is None or not node.raw:
            continue
        if node.raw in lines:
            node.mistake(f"« {node.raw} » est déjà pris ligne {lines[node.raw]}")
        lines.setdefault(node.raw, node.line)
